"""Texts, refusals, references and codes."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import (
    Ref,
    Refusal,
    Text,
    Unfit,
    codes_in_order,
    current_language,
    public_code,
    speaking,
    whole,
    width,
)

HELLO = Text("检验检测", "Inspection and testing")


def test_a_text_speaks_the_current_language() -> None:
    assert str(HELLO) == "检验检测" and current_language() == "zh"
    with speaking("en-GB"):
        assert str(HELLO) == "Inspection and testing"
        with speaking("fr"):
            assert current_language() == "zh"
        assert current_language() == "en"
    assert current_language() == "zh"


def test_the_language_comes_back_after_a_failure() -> None:
    with pytest.raises(RuntimeError), speaking("en"):
        raise RuntimeError
    assert current_language() == "zh"


def test_places_are_filled_in_both_languages() -> None:
    filled = Text("{who}有 {count} 项", "{who} has {count}").filled(who=HELLO, count=3)
    assert filled == Text("检验检测有 3 项", "Inspection and testing has 3")
    assert not Text("", "") and Text("", "x")


def test_a_refusal_says_what_and_what_to_do() -> None:
    refusal = Refusal("a.b", Text("错了。", "Wrong."), where="line 3", remedy=Text("请改正。", "Mend it."))
    assert str(refusal) == "错了。 请改正。"
    assert str(Refusal("a.b", Text("错了。", "Wrong."))) == "错了。"
    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301 — our own bytes, as between processes of the tests
    assert (copy.code, copy.message, copy.where, copy.remedy) == ("a.b", refusal.message, "line 3", refusal.remedy)


@given(st.from_regex(r"[a-z]+(\.[a-z]+)*", fullmatch=True), st.text(min_size=1))
def test_references_are_read_back(kind: str, identifier: str) -> None:
    assert Ref.parse(str(Ref(kind, identifier))) == Ref(kind, identifier)


@pytest.mark.parametrize("written", ["", "plain", ":x", "x:"])
def test_what_is_no_reference(written: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        Ref.parse(written)


def test_public_codes_are_128_random_bits() -> None:
    codes = {public_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 26 and not set(code) & set("ilou") and code == code.lower() for code in codes)
    assert {code[0] for code in codes} <= set("01234567"), "26 characters hold 130 bits: the first carries three"
    assert len({code[-1] for code in codes}) > 20, "the last character carries five bits"


def test_wide_characters_take_two_columns() -> None:
    assert [width(text) for text in ("", "ab", "青海", "，Ａ", "一 b", "ｶ")] == [0, 2, 4, 4, 4, 1]


def test_codes_in_order_ascend_with_time_and_are_not_guessed() -> None:
    moment = datetime(2016, 7, 30, 23, 54, 10, 259_000, tzinfo=UTC)
    codes = codes_in_order(500, moment)
    later = codes_in_order(500, moment + timedelta(milliseconds=1))
    assert [*codes, *later] == sorted({*codes, *later}) and len({*codes, *later}) == 1_000
    assert all(len(code) == 26 and not set(code) & set("ilou") and code == code.lower() for code in codes)
    assert {code[:10] for code in codes} == {"01arz3ndek"}, "the moment of the ULID specification's own example"
    assert all(len({code[place] for code in codes}) > 20 for place in range(10, 26)), "each letter carries five bits"
    assert codes_in_order(0, moment) == []


def test_what_does_not_fit_is_a_refusal_of_what_was_sent() -> None:
    found = Refusal("party.unknown", Text("没有。", "None."), where="7x", remedy=Text("查。", "Look."))
    unfit = Unfit.of(found)
    assert (unfit.code, unfit.where, str(unfit)) == (found.code, "7x", str(found))
    assert Unfit.of(found, "payee").where == "payee"
    again = pickle.loads(pickle.dumps(unfit))  # noqa: S301 — our own bytes, of a moment ago
    assert type(again) is Unfit and again.where == "7x", "what it is survives the way to another process"


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("007", 7), ("123456789", 123_456_789)])
def test_a_whole_number_is_read(written: str, number: int) -> None:
    assert whole(written) == number


@pytest.mark.parametrize("written", ["", "1234567890", "9" * 5_000, "²", "１", "٣", "-1", "+1", " 1", "1_0", "1.0"])
def test_what_is_no_whole_number_or_too_long_is_none(written: str) -> None:
    assert whole(written) is None and whole("12", 1) is None


def test_what_is_too_long_is_cut_in_each_language() -> None:
    assert Text("一二三四", "abc").cut(3) == Text("一二…", "abc")
    assert Text("一二三", "abcd").cut(4) == Text("一二三", "abcd")
