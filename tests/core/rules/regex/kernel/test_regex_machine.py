"""Patterns as XPath (7.6) and XML Schema (appendix F) mean them, and the bound on their work."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.regex.api import PatternError, Steps, TooComplex, matches, replace, split

BUDGET = 100_000

HOLDS = [
    ("foobar", "^fo*b", ""),
    ("abracadabra", "bra", ""),
    ("abracadabra", "^a.*a$", ""),
    ("kaum hat dies", "hat dies", ""),
    ("a\nb", "a.b", "s"),
    ("x\nb", "^b$", "m"),
    ("HELLO", "hello", "i"),
    ("hello world", "hello\\ sworld", "x"),
    ("a b", "a[ ]b", "x"),
    ("aa", "a{2}", ""),
    ("aaa", "^a{2,}$", ""),
    ("aa", "^a{1,3}$", ""),
    ("aaa", "^a{0,3}?a*$", ""),
    ("", "^(a|b|)$", ""),
    ("bb", "^(a|b)+?$", ""),
    ("abab", "^(ab)\\1$", ""),
    ("abAB", "^(ab)\\1$", "i"),
    ("aa0", "(a)\\10", ""),
    ("ab12", "^\\p{L}+\\p{Nd}+$", ""),
    ("é", "^\\p{Ll}$", ""),
    ("!", "^\\P{L}$", ""),
    ("祁连", "^\\p{IsCJKUnifiedIdeographs}{2}$", ""),
    ("é", "^\\P{IsBasicLatin}$", ""),
    ("_x-1", "^\\i\\c*$", ""),
    (" ", "^\\I$", ""),
    ("\t", "^\\s$", ""),
    ("a", "^\\S$", ""),
    ("7", "^\\d$", ""),
    ("a", "^\\D$", ""),
    ("a", "^\\w$", ""),
    (".", "^\\W$", ""),
    (" ", "^\\C$", ""),
    ("\n", "^\\n$", ""),
    ("\r\t", "^\\r\\t$", ""),
    ("a.b", "^a\\.b$", ""),
    ("-", "^[a-]$", ""),
    ("-", "^[-a]$", ""),
    ("]", "^[\\]]$", ""),
    ("\t", "^[\\t]$", ""),
    ("5", "^[\\d]$", ""),
    ("b", "^[\\p{L}-[a]]$", ""),
    ("B", "^[a-c]$", "i"),
    ("d", "^[^a-c]$", ""),
    ("e", "^[\\n-\\}]$", ""),
    ("K", "\u212a", "i"),
    ("ab", "^(?:a)b$", ""),
    ("abcdefghijj", "^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$", ""),
    ("", "", ""),
]
FAILS = [
    ("foobar", "^bar", ""),
    ("a\nb", "a.b", ""),
    ("a\rb", "a.b", ""),
    ("x\nb", "^b$", ""),
    ("b\n", "^$", "m"),
    ("aa", "^a{3}$", ""),
    ("aaaa", "^a{1,3}$", ""),
    ("a", "^[^a]$", "i"),
    ("A", "^[^a]$", "i"),
    ("a", "^[a-z-[aeiou]]$", ""),
    ("ab", "^(ab)\\1$", ""),
    ("b", "(a)?\\1b$x", ""),
]


@pytest.mark.parametrize(("text", "pattern", "flags"), HOLDS)
def test_it_matches(text: str, pattern: str, flags: str) -> None:
    assert matches(text, pattern, flags, Steps(BUDGET))


@pytest.mark.parametrize(("text", "pattern", "flags"), FAILS)
def test_it_does_not_match(text: str, pattern: str, flags: str) -> None:
    assert not matches(text, pattern, flags, Steps(BUDGET))


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[a",
        "[a-z-[b]",
        "[a-z-[b]x]",
        "[z-a]",
        "[[a]]",
        "*",
        "a**",
        "a{",
        "a{x}",
        "a{2,1}",
        "a{1,x}",
        "a{1",
        "a{123456789}",
        "\\",
        "\\b",
        "\\q",
        "\\1",
        "(a\\1)",
        "\\0",
        "[\\1]",
        "[a-\\q]",
        "\\p",
        "\\pL",
        "\\p{Xx}",
        "\\p{IsNowhere}",
        "\\p{L",
        "a]",
        "a}",
        "(?=a)",
        "(?!a)",
        "?",
        "+a",
        "(" * 41 + ")" * 41,
    ],
)
def test_a_pattern_that_xpath_does_not_know_is_an_error(pattern: str) -> None:
    with pytest.raises(PatternError):
        matches("x", pattern, "", Steps(BUDGET))


def test_flags_other_than_smix_are_an_error() -> None:
    with pytest.raises(PatternError):
        matches("x", "x", "q", Steps(BUDGET))


def test_replacements_name_groups() -> None:
    assert replace("abracadabra", "a(.)", "a$1$1", "", Steps(BUDGET)) == "abbraccaddabbra"
    assert replace("ab", "(a)|(b)", "[$1$2$0]", "", Steps(BUDGET)) == "[aa][bb]"
    assert replace("a", "a", "\\$\\\\", "", Steps(BUDGET)) == "$\\"
    assert replace("a", "(a)", "$12", "", Steps(BUDGET)) == "a2"
    assert replace("a", "(a)", "$2", "", Steps(BUDGET)) == ""
    for wrong in ("$", "$x", "\\x", "\\"):
        with pytest.raises(PatternError):
            replace("a", "a", wrong, "", Steps(BUDGET))


def test_a_pattern_that_matches_nothing_cannot_replace_or_split() -> None:
    with pytest.raises(PatternError):
        replace("abc", "x*", "-", "", Steps(BUDGET))
    with pytest.raises(PatternError):
        split("abc", "", Steps(BUDGET))


def test_split_keeps_empty_parts() -> None:
    assert split("a;b;c;;", ";", Steps(BUDGET)) == ["a", "b", "c", "", ""]
    assert split("", ";", Steps(BUDGET)) == [""]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [("a" * 40, "(a+)+b"), ("a" * 40, "(a*)*b"), ("a" * 200, "(a?){50}a{50}c"), ("a" * 5000, "(.*)(.*)(.*)x")],
)
def test_no_pattern_takes_longer_than_its_budget(text: str, pattern: str) -> None:
    with pytest.raises(TooComplex):
        matches(text, pattern, "", Steps(BUDGET))


@pytest.mark.parametrize("pattern", ["(a{100}){100}", "a{0,5000}", "x" * 5000, "|".join(["abcdefgh"] * 1000)])
def test_no_pattern_makes_an_endless_program(pattern: str) -> None:
    with pytest.raises(TooComplex):
        matches("a", pattern, "", Steps(BUDGET))


@given(st.text("()[]{}|*+?\\.^$-,0123abcpPLdwsi", max_size=12), st.text("abc01 \n", max_size=8))
def test_any_pattern_answers_or_is_refused(pattern: str, text: str) -> None:
    with suppress(PatternError, TooComplex):
        assert matches(text, pattern, "", Steps(5000)) in (True, False)


@given(st.text("ab.|*+?()", max_size=7), st.text("ab", max_size=6))
def test_where_python_and_xpath_agree_so_do_we(pattern: str, text: str) -> None:
    try:
        ours = matches(text, pattern, "", Steps(BUDGET))
    except (PatternError, TooComplex):
        return
    if "*+" in pattern or "++" in pattern or "?+" in pattern:
        return  # possessive in Python, an error or a reluctant plus elsewhere
    assert ours == bool(re.search(pattern, text))
