"""The life of an entry without a database: every state, every deed, terms to the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.directories.kernel.life import (
    EXITS,
    STATES,
    EntryStatus,
    Terms,
    exited,
    last_day,
    listed,
    published,
    re_evaluated,
    restored,
    suspended,
    unmet,
    withdrawn,
)

DAY = date(2026, 3, 16)
YEARS = Terms(("A", "B"), 24)
PLAIN = Terms()
LISTED = EntryStatus("listed", "A", DAY, date(2028, 3, 15))


def code(act: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refusal) as refused:
        act(*arguments, **named)  # type: ignore[operator]
    assert refused.value.message.zh and refused.value.message.en
    return refused.value.code


# By hand: a term of n months from the d-th ends the day before the d-th, in a shorter month the day before its last.
@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 3, 15), 36, date(2029, 3, 14)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2026, 12, 10), 1, date(2027, 1, 9)),
        (date(2026, 11, 30), 1, date(2026, 12, 29)),
        (date(2026, 5, 4), 0, None),
    ],
)
def test_a_term_ends_to_the_day(first: date, months: int, last: date | None) -> None:
    assert last_day(first, months) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_terms_are_as_long_as_they_say(first: date, months: int) -> None:
    last = last_day(first, months)
    assert last is not None
    following = last + timedelta(days=1)
    assert (following.year - first.year) * 12 + following.month - first.month == months
    assert following.day == first.day or (following + timedelta(days=1)).day == 1


def test_an_entry_lives_from_admission_to_exit() -> None:
    row = listed(EntryStatus(), YEARS, grade="A", first=DAY)
    assert row == LISTED and row.in_force(DAY) and not row.in_force(DAY - timedelta(days=1))
    shown = published(row)
    assert shown.published and withdrawn(shown) == row
    assert restored(suspended(shown), DAY) == shown and not suspended(shown).in_force(DAY)
    again = re_evaluated(suspended(shown), YEARS, grade="B", first=date(2027, 3, 16))
    assert (again.grade, again.state, again.valid_to) == ("B", "listed", date(2029, 3, 15)) and again.published
    assert exited(again).state == "exited" and exited(EntryStatus()).state == "exited"
    assert set(STATES) == {"admitted", "listed", "suspended", "exited"} and len(EXITS) == 6


def test_a_term_runs_out_by_itself() -> None:
    last = date(2028, 3, 15)
    assert LISTED.in_force(last) and not LISTED.expired(last)
    assert LISTED.expired(last + timedelta(days=1)) and not LISTED.in_force(last + timedelta(days=1))
    assert suspended(LISTED).expired(last + timedelta(days=1)) and not exited(LISTED).expired(date(2099, 1, 1))
    endless = listed(EntryStatus(), PLAIN, grade="", first=DAY)
    assert endless.valid_to is None and endless.in_force(date(2099, 1, 1)) and not endless.expired(date(2099, 1, 1))
    assert code(restored, suspended(LISTED), date(2028, 3, 16)) == "registry.entry.over"
    assert not EntryStatus("listed").in_force(DAY)


def test_what_does_not_fit_is_refused() -> None:
    gone = exited(LISTED)
    assert code(listed, LISTED, YEARS, grade="A", first=DAY) == "registry.entry.state"
    assert code(re_evaluated, EntryStatus(), YEARS, grade="A", first=DAY) == "registry.entry.state"
    assert code(suspended, EntryStatus()) == code(suspended, gone) == code(suspended, suspended(LISTED))
    assert code(restored, LISTED, DAY) == code(exited, gone) == code(published, EntryStatus()) == code(published, gone)
    assert code(published, replace(LISTED, published=True)) == "registry.entry.published"
    assert code(withdrawn, LISTED) == "registry.entry.unpublished"
    for terms, grade in ((YEARS, ""), (YEARS, "C"), (PLAIN, "A")):
        assert code(listed, EntryStatus(), terms, grade=grade, first=DAY) == "registry.entry.grade"
    early = DAY - timedelta(days=1)
    assert code(re_evaluated, LISTED, YEARS, grade="A", first=early) == "registry.entry.backwards"
    undated = EntryStatus("listed")
    assert re_evaluated(undated, PLAIN, grade="", first=DAY).valid_from == DAY


def test_every_criterion_wants_its_evidence() -> None:
    needed = [("land", Text("用地", "Land")), ("safety", Text("安全", "Safety"))]
    assert unmet(needed, {"land": "许可证", "safety": "承诺书", "more": ""}) is None and unmet([], {}) is None
    found = unmet(needed, {"land": " "})
    assert found is not None and found.code == "registry.entry.criteria" and found.where == "findings-land"
    assert "用地；安全" in found.message.zh and "2 criteria" in found.message.en
