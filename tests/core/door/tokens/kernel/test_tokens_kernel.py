"""A token as text: found by its prefix, proved by its digest, a year at most."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from qilian.core.door.tokens.kernel import check_term, digest, prefix_of, same, written
from qilian.core.values.text import Refusal

TOKEN = written("abcdef1234", "s" * 43)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_token_is_found_by_its_prefix_and_proved_by_its_digest() -> None:
    assert TOKEN == "qlt_abcdef1234_" + "s" * 43 and prefix_of(TOKEN) == "abcdef1234"
    assert digest(TOKEN) == hashlib.sha256(TOKEN.encode()).hexdigest()
    assert same(digest(TOKEN), TOKEN) and not same(digest(TOKEN), TOKEN[:-1] + "t")


@pytest.mark.parametrize("wrong", ["", "qlt_", TOKEN + "x", TOKEN.upper(), "bearer " + TOKEN, TOKEN.replace("_", "-")])
def test_what_is_no_token_has_no_prefix(wrong: str) -> None:
    assert prefix_of(wrong) is None


def test_a_short_secret_is_a_defect() -> None:
    with pytest.raises(AssertionError):
        written("abcdef1234", "short")


@pytest.mark.parametrize("days", [0, -1, 367])
def test_terms_outside_a_year_are_refused(days: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_term(NOON, NOON + timedelta(days=days))
    assert refused.value.code == "tokens.term"


def test_a_year_is_allowed() -> None:
    check_term(NOON, NOON + timedelta(days=366))
