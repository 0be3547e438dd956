"""The machine beside Python's: every match and every group, and the last of each bound."""

import re
from itertools import product

import pytest

from qilian.core.rules.regex.api import PatternError, Steps, TooComplex, matches, replace, split
from qilian.core.rules.regex.machine import pattern

BUDGET = 100_000
TEXTS = ["".join(letters) for length in range(5) for letters in product("ab", repeat=length)]
ATOMS = ["a", "(a)", "(ab)", "(a|b)", "(?:a|ab)", "(?:ab|a|b)", "[ab]"]
BOUNDS = ["", "?", "*", "+", "{0}", "{2}", "{0,1}", "{1,2}", "{1,3}", "{2,}"]
TAILS = ["", "b", "(b|a)"]


def agree(made: str, text: str) -> None:
    ours, theirs = pattern(made).search(text, 0, Steps(BUDGET)), re.search(made, text)
    wanted = theirs and tuple(None if span == (-1, -1) else span for span in theirs.regs)
    assert (ours and ours.groups) == wanted, (made, text)


@pytest.mark.parametrize("tail", TAILS)
def test_matches_and_groups_are_those_of_python(tail: str) -> None:
    for atom, bounds, lazy in product(ATOMS, BOUNDS, ("", "?")):
        if bounds or not lazy:
            for text in TEXTS:
                agree(atom + bounds + lazy + tail, text)


@pytest.mark.parametrize(
    "made", ["(a)\\1", "(a|b)\\1", "b(ab)\\1", "(a)|(b)\\2", "(a)(b)?a\\1", "a|b|ab|ba", "(a|b|)b", "((a)|b)+\\1"]
)
def test_alternatives_and_references_are_those_of_python(made: str) -> None:
    for text in [*TEXTS, "abababb", "xbababx"]:
        agree(made, text)


def test_a_reference_holds_the_same_text() -> None:
    assert [matches(text, "^(a)\\1$", "i", Steps(BUDGET)) for text in ("aA", "ab", "a")] == [True, False, False]
    assert not matches("aA", "^(a)\\1$", "", Steps(BUDGET))
    assert matches("xababx", "(ab)\\1", "", Steps(BUDGET)) and matches("b", "^(a)?\\1b$", "", Steps(BUDGET))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("i", "ı", True), ("ı", "I", True), ("s", "ſ", True), ("ß", "ẞ", True), ("a", "b", False), ("A", "a", True)],
)
def test_letters_of_one_case_or_the_other_are_alike(one: str, other: str, alike: bool) -> None:
    """XPath 7.6.1.1: two characters are alike when their lower cases are equal, or their upper cases."""
    assert alike == (one.lower() == other.lower() or one.upper() == other.upper())
    assert matches(one, f"^{other}$", "i", Steps(BUDGET)) is matches(other, f"^{one}$", "i", Steps(BUDGET)) is alike


@pytest.mark.parametrize(
    ("char", "made", "flags", "holds"),
    [
        ("a", "[a-a]", "", True),
        ("a", "[a-b]", "", True),
        ("b", "[a-b]", "", True),
        ("c", "[a-b]", "", False),
        ("a", "[a-b]", "i", True),
        ("A", "[a-b]", "i", True),
        ("B", "[a-b]", "i", True),
        ("C", "[a-b]", "i", False),
        ("ß", "[a-z]", "i", False),
        ("ß", "[A-Z]", "i", False),
        ("\u4e00", "\\p{IsCJKUnifiedIdeographs}", "", True),
        ("\u9fff", "\\p{IsCJKUnifiedIdeographs}", "", True),
        ("\u4dff", "\\p{IsCJKUnifiedIdeographs}", "", False),
        ("\ua000", "\\p{IsCJKUnifiedIdeographs}", "", False),
        ("A", "\\p{Lu}", "", True),
        ("a", "\\p{Lu}", "", False),
        ("!", "\\p{P}", "", True),
    ],
)
def test_sets_have_both_their_ends(char: str, made: str, flags: str, holds: bool) -> None:
    assert matches(char, f"^{made}$", flags, Steps(BUDGET)) is holds


def test_spaces_in_brackets_stay_and_others_go() -> None:
    assert matches("ab", "^[ a] b$", "x", Steps(BUDGET)) and matches(" b", "^[ a] b$", "x", Steps(BUDGET))
    assert not matches("a b", "^[ a] b$", "x", Steps(BUDGET))


def test_replacements_take_as_many_digits_as_there_are_groups() -> None:
    ten = "".join(f"({letter})" for letter in "abcdefghij")
    assert replace("abcdefghij", ten, "$10", "", Steps(BUDGET)) == "j"
    assert replace("abcdefghij", ten, "$100-$11", "", Steps(BUDGET)) == "j0-a1"
    assert replace("abcdefghij", ten, "$1a$9", "", Steps(BUDGET)) == "aai"
    assert replace("xaxa", "(a)", "<$0$1$2>", "", Steps(BUDGET)) == "x<aa>x<aa>"
    assert split("a1b22c", "\\d", Steps(BUDGET)) == ["a", "b", "", "c"]


@pytest.mark.parametrize(
    ("made", "place"), [("*a", 1), ("ab)", 3), ("a**", 3), ("\\pL}", 3), ("\\p{LL", 3), ("a{1,2", 3), ("[b-a]", 5)]
)
def test_the_message_says_where_the_pattern_goes_wrong(made: str, place: int) -> None:
    with pytest.raises(PatternError) as wrong:
        matches("x", made, "", Steps(BUDGET))
    assert str(wrong.value) == f"{made!r}, {place}"


def test_each_instruction_is_a_step() -> None:
    for text, made, steps in (("a", "a", 2), ("ab", "ab", 3), ("ab", "b", 1 + 2), ("", "a|b", 3)):
        assert (pattern(made).search(text, 0, Steps(steps)) is not None) is bool(text)
        with pytest.raises(TooComplex):
            pattern(made).search(text, 0, Steps(steps - 1))


@pytest.mark.parametrize(
    ("most", "more"),
    [
        ("(" * 39 + "a" + ")" * 39, "(" * 40 + "a" + ")" * 40),
        ("(a)(a)" + "(" * 39 + "a" + ")" * 39, "(a)(a)" + "(" * 40 + "a" + ")" * 40),
    ],
)
def test_groups_stand_forty_deep_with_the_whole(most: str, more: str) -> None:
    matches("a", most, "", Steps(BUDGET))
    with pytest.raises(PatternError):
        matches("a", more, "", Steps(BUDGET))


@pytest.mark.parametrize(
    ("most", "more"), [("a" * 4000, "a" * 4001), ("a{4000}", "a{4001}"), ("a{0,20}", "(?:ab){2001}")]
)
def test_a_program_has_at_most_four_thousand_instructions(most: str, more: str) -> None:
    assert matches("a" * 4000, most, "", Steps(BUDGET))
    with pytest.raises(TooComplex):
        matches("a", more, "", Steps(BUDGET))


def test_numbers_of_a_bound_have_eight_digits_together() -> None:
    assert matches("aa", "^a{0001,0003}$", "", Steps(BUDGET))
    with pytest.raises(PatternError):
        matches("aa", "^a{00001,0003}$", "", Steps(BUDGET))
    assert matches("", "^(a{4000}){0}$", "", Steps(BUDGET))
