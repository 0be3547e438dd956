"""Codes: the examples of the standards, codes of well-known bodies, an independent computation, every mistake."""

from datetime import date
from operator import mul
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.engines.registry.parties.kernel.codes import (
    ALPHABET,
    CATEGORIES,
    DEPARTMENTS,
    Uscc,
    check_character,
    is_identity_number,
    is_organisation_code,
    is_registration_number,
    is_uscc,
    may_be_a_person,
    organisation_check,
    read_identity_number,
    read_old_code,
    read_uscc,
    shown,
    tidy_code,
    veiled,
)
from qilian.engines.registry.parties.kernel.kinds import KINDS

# GB 32100-2015's own example, and codes that their owners print.
SOUND = ("91350100M000100Y43", "91110000802100433B", "9144030071526726XG", "91330100799655058B", "12440300MB2C92173E")


def independent_check(first: str) -> str:
    """The check character by Horner's rule from the other end: find c with Σ value·3^place ≡ 0 (mod 31)."""
    letters = "".join(c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in "IOSVZ")
    total = 0
    for character in reversed(first):
        total = (total * 3 + letters.index(character)) % 31
    return next(c for c in letters if (total + letters.index(c)) % 31 == 0)


def refused(written: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_uscc(written)
    assert caught.value.where == "uscc" and caught.value.message.en
    return caught.value


@pytest.mark.parametrize("code", SOUND)
def test_known_codes_are_sound(code: str) -> None:
    assert is_uscc(code) and read_uscc(code) == Uscc(code) and check_character(code[:17]) == code[17]


def test_a_code_tells_its_parts() -> None:
    example = read_uscc(" ９１350100-m000100y43 ")
    assert (example.department.zh, example.category.zh, example.kind) == ("市场监管（工商）", "企业", "enterprise")
    assert (example.region, example.subject, example.subject_agrees) == ("350100", "M000100Y4", True)
    assert not Uscc("91350100M000100Y53").subject_agrees


def test_every_department_has_categories_and_every_category_a_kind() -> None:
    assert {code[0] for code in CATEGORIES} == set(DEPARTMENTS)
    assert {kind for _, kind in CATEGORIES.values()} <= set(KINDS)
    assert {"N1", "N2", "N3", "N9"} <= set(CATEGORIES)


@given(
    st.sampled_from(sorted(CATEGORIES)),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9),
)
def test_the_check_character_is_that_of_an_independent_computation(head: str, region: str, subject: str) -> None:
    first = head + region + subject
    assert check_character(first) == independent_check(first)
    assert is_uscc(first + check_character(first))


@given(st.sampled_from(SOUND), st.integers(2, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_never_passes(code: str, place: int, other: str) -> None:
    mistaken = code[:place] + other + code[place + 1 :]
    assert is_uscc(mistaken) is (other == code[place])


@given(st.sampled_from(SOUND), st.integers(8, 16))
def test_two_neighbours_that_changed_places_never_pass(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_uscc(swapped) is (swapped == code)


def test_a_wrong_check_character_is_told_with_position_and_expectation() -> None:
    found = refused("91350100M000100Y44")
    assert found.code == "registry.code.check" and "第 18 位是“4”" in found.message.zh and "“3”" in found.message.zh


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("", "registry.code.empty", "请填写"),
        ("110108000000016", "registry.code.registration", "15 位工商注册号"),
        ("D2143569-X", "registry.code.organisation", "组织机构代码"),
        ("91350100M000100Y4", "registry.code.length", "这里是 17 位"),
        ("9.16301E+17", "registry.code.power", "科学计数法"),
        ("9135O100M000100Y43", "registry.code.character", "第 5 位“O”"),
        ("9135010@M000100Y43", "registry.code.character", "第 8 位“@”"),
        ("11010519491231002X", "registry.code.identity", "公民身份号码"),
        ("B1350100M000100Y43", "registry.code.department", "第 1 位“B”"),
        ("94350100M000100Y43", "registry.code.category", "第 2 位“4”"),
        ("9135010AM000100Y43", "registry.code.region", "行政区划"),
    ],
)
def test_each_mistake_has_its_own_sentence(written: str, code: str, says: str) -> None:
    found = refused(written)
    assert found.code == code and says in found.message.zh and (found.remedy or code.endswith("empty"))


def test_a_lookalike_is_asked_about() -> None:
    assert "“0”" in str(refused("9135O100M000100Y43").remedy)
    assert "证照" in str(refused("9135010@M000100Y43").remedy)


def test_is_uscc_takes_nothing_else() -> None:
    assert not is_uscc("91350100M000100Y4") and not is_uscc("91350100M000100YI3") and not is_uscc("B" * 18)


def test_organisation_codes_by_the_examples_of_the_standard_and_by_hand() -> None:
    assert organisation_check("D2143569") == "X" and organisation_check("M000100Y") == "4"
    # By hand: 76822546: 7·3+6·7+8·9+2·10+2·5+5·8+4·4+6·2 = 233; 233 mod 11 = 2; 11 − 2 = 9.
    assert is_organisation_code("768225469") and not is_organisation_code("768225468")
    # By hand: only zeros give 0; 11 − 0 = 11, written 0.
    assert organisation_check("00000000") == "0" and not is_organisation_code("0000")


def test_registration_numbers_by_the_example_of_the_rules() -> None:
    assert is_registration_number("110108000000016") and is_registration_number("320300000174110")
    assert not is_registration_number("110108000000017") and not is_registration_number("11010800000001")


def test_identity_numbers_by_the_examples_of_the_standard() -> None:
    assert is_identity_number("11010519491231002X") and is_identity_number("440524188001010014")
    assert not is_identity_number("110105194912310021") and not is_identity_number("11010519491331002X")
    assert not is_identity_number("1101051949123100")
    assert read_identity_number("11010519491231002x") == "11010519491231002X"
    with pytest.raises(Refusal) as caught:
        read_identity_number("110105194912310021")
    assert caught.value.code == "registry.identity.wrong" and "1949" not in str(caught.value)


def test_old_codes_are_read_or_refused() -> None:
    assert read_old_code("110108000000016") == "110108000000016" and read_old_code("d2143569-x") == "D2143569X"
    for written, code in (
        ("110108000000017", "registry.old_code.check"),
        ("D21435691", "registry.old_code.check"),
        ("12", "registry.old_code.form"),
        ("1.10108E+14", "registry.code.power"),
    ):
        with pytest.raises(Refusal) as caught:
            read_old_code(written)
        assert caught.value.code == code


def test_codes_are_tidied() -> None:
    assert tidy_code("　91 35‐01—00 ") == "913501" + "00"


@pytest.mark.parametrize(
    ("day", "sound"),
    [
        ("19491231", True), ("19491130", True), ("19491131", False), ("19490131", True), ("19490132", False),
        ("19490100", False), ("19490001", False), ("19491301", False), ("19480229", True), ("19490229", False),
        ("20000229", True), ("19000229", False), ("00000101", False), ("00010101", True),
    ],
)  # fmt: skip
def test_the_day_in_an_identity_number_is_one_of_the_calendar(day: str, sound: bool) -> None:
    first = f"110105{day}002"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, table 1
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    assert is_identity_number(first + "10X98765432"[total % 11]) is sound


CHECKING = (*(pow(3, place, 31) for place in range(17)), 1)


def identity(division: str, day: str, order: str) -> str:
    """A citizen's number (GB 11643-1999), invented: its last character by the weights of the standard."""
    first = f"{division}{day}{order}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


@given(
    division=st.sampled_from(
        ["110101", "120119", "131102", "321283", "360102", "510104", "533103", "610117", "621202"]
    ),
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: day.strftime("%Y%m%d")),
    order=st.integers(0, 999),
)
def test_a_citizens_number_is_never_a_code_of_a_party_whatever_its_check_says(
    division: str, day: str, order: int
) -> None:
    number = identity(division, day, f"{order:03}")
    assert is_identity_number(number) and may_be_a_person(number) and not is_uscc(number)
    for read in (read_uscc, read_old_code):
        with pytest.raises(Refusal) as caught:
            read(number)
        said = f"{caught.value.message.zh}{caught.value.message.en}{caught.value.remedy}"
        assert caught.value.code == "registry.code.identity" and number not in said and day not in said


def test_some_citizens_numbers_would_pass_every_other_check() -> None:
    """One in thirty-one: else the test above would hold without the rule."""
    numbers = [identity("110101", "19000101", f"{order:03}") for order in range(1000)]
    passing = [each for each in numbers if sum(map(mul, map(ALPHABET.index, each), CHECKING)) % 31 == 0]
    assert 10 < len(passing) < 60 and not any(map(is_uscc, passing))


def test_cases_beside_the_repository_are_refused(shared: Path) -> None:
    for number in (shared / "testdata/cases/files/uscc-1.txt").read_text("utf-8").split():
        with pytest.raises(Refusal) as caught:
            read_uscc(number)
        assert caught.value.code == "registry.code.identity"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("110105194912310021", "110105************"),
        ("110105491231001", "110105*********"),
        ("110108000000017", "110108000000017"),
        ("D21435691", "D21435691"),
    ],
)
def test_a_number_that_may_be_a_persons_is_masked_where_it_is_told(written: str, told: str) -> None:
    assert shown(written) == told
    with pytest.raises(Refusal) as caught:
        read_old_code(written)
    assert told in caught.value.message.zh and told in caught.value.message.en


def test_what_is_repeated_keeps_its_blanks_and_never_a_persons_number() -> None:
    assert [veiled(each) for each in ("青海 昆仑", "9135 0100")] == ["青海 昆仑", "9135 0100"]
    assert veiled(" 110105 19491231 0021") == "110105************"
