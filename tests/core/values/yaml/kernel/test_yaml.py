"""YAML of people: texts only, and nothing lost in silence."""

import pytest

from qilian.core.values.text import Refusal
from qilian.core.values.yaml import LARGEST, plain_yaml


def test_nothing_is_guessed() -> None:
    assert plain_yaml("a: no\nb: 12:30\nc: [1.50, ~]\nd: {e: 2026-01-01}", "x") == {
        "a": "no",
        "b": "12:30",
        "c": ["1.50", "~"],
        "d": {"e": "2026-01-01"},
    }


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a" * (LARGEST + 1), "x.size", ""),
        ("a: &b 1\nc: *b", "x.alias", ""),
        ("a: 1\nb: {c: 1, c: 2}", "x.twice", "line 2"),
        ("a: 1\n? [p, q]\n: 2\n", "x.form", "line 2"),
        ("a: [1", "x.form", "line 1"),
        ("\ta: 1", "x.form", "line 1"),
        ("\x07", "x.form", "unacceptable"),
        ("[" * 5000, "x.form", ""),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str, code: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        plain_yaml(text, "x")
    assert caught.value.code == code and where in caught.value.where
