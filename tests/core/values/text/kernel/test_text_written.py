"""Words that must be given, or may be: plain spaces, nothing cut, nothing unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal, Text, fitting_text, required_text

REASON = Text("理由", "reason")


def required(written: str) -> str:
    return required_text(written, "reason", REASON, most=5)


@given(st.text(max_size=8))
def test_words_come_back_whole_or_are_refused(written: str) -> None:
    plain = " ".join(written.split())
    try:
        assert required(written) == plain and 0 < len(plain) <= 5
    except Refusal as refusal:
        assert refusal.where == "reason"
        assert not plain or len(plain) > 5 or not plain.isprintable()


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        (" \n", "text.missing", "请填写理由。"),
        ("一二三四五六", "text.long", "理由最多 5 字，现在有 6 字。"),
        ("a\x07b", "text.unseen", "理由里有看不见的控制字符。"),
        ("a\u202eb", "text.unseen", "理由里有看不见的控制字符。"),
    ],
)
def test_what_is_wrong_is_said(written: str, code: str, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        required(written)
    assert (caught.value.code, caught.value.message.zh) == (code, said)


def test_what_may_be_left_out_is_empty_and_families_of_signs_stay() -> None:
    assert fitting_text("  ", "note", REASON) == ""
    assert fitting_text("👨‍👩‍👧 一家", "note", REASON) == "👨‍👩‍👧 一家"
