"""The state machine of credit records against the articles of the measures, day by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.engines.registry.credit.kernel.display import (
    CONDITIONS,
    Record,
    may_repair,
    missing,
    months_after,
    only_standing,
    over,
    shown,
)

DECIDED = date(2026, 1, 31)
MINOR, ORDINARY, SERIOUS = (Record(severity, DECIDED) for severity in ("minor", "ordinary", "serious"))


@pytest.mark.parametrize(
    ("record", "least", "last"),
    [
        (MINOR, date(2026, 1, 31), date(2026, 4, 30)),
        (ORDINARY, date(2026, 4, 30), date(2027, 1, 31)),
        (SERIOUS, date(2027, 1, 31), date(2029, 1, 31)),
    ],
)
def test_the_periods_of_the_three_classes(record: Record, least: date, last: date) -> None:
    assert (record.least_day, record.last_day) == (least, last)


@pytest.mark.parametrize(
    ("record", "day", "is_shown"),
    [
        (MINOR, date(2026, 2, 1), False),
        (replace(MINOR, needed=True), date(2026, 4, 30), True),
        (replace(MINOR, needed=True), date(2026, 5, 1), False),
        (ORDINARY, date(2026, 2, 1), True),
        (ORDINARY, date(2027, 1, 31), True),
        (ORDINARY, date(2027, 2, 1), False),
        (replace(ORDINARY, beyond=True), date(2027, 2, 1), True),
        (replace(ORDINARY, beyond=True, corrected=True), date(2027, 2, 1), False),
        (replace(SERIOUS, state="repaired"), date(2026, 2, 1), False),
        (replace(SERIOUS, state="annulled"), date(2026, 2, 1), False),
    ],
)
def test_what_is_shown_on_a_day(record: Record, day: date, is_shown: bool) -> None:
    assert shown(record, day) is is_shown


@given(
    st.sampled_from([MINOR, ORDINARY, SERIOUS]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 1500),
)
def test_a_record_that_is_over_is_never_shown(
    record: Record, needed: bool, corrected: bool, beyond: bool, days: int
) -> None:
    changed, day = replace(record, needed=needed, corrected=corrected, beyond=beyond), DECIDED + timedelta(days=days)
    assert not (over(changed, day) and shown(changed, day))
    assert not over(replace(changed, state="repaired"), day)


@pytest.mark.parametrize(
    ("record", "day", "pledge", "other", "lacking"),
    [
        (ORDINARY, date(2026, 4, 30), True, True, ("least", "corrected")),
        (replace(ORDINARY, corrected=True), date(2026, 4, 30), True, True, ("least",)),
        (replace(ORDINARY, corrected=True), date(2026, 5, 1), True, True, ()),
        (replace(ORDINARY, corrected=True), date(2026, 5, 1), False, False, ("pledge", "other")),
        (replace(SERIOUS, corrected=True), date(2026, 5, 1), True, True, ("least",)),
        (replace(SERIOUS, corrected=True, repairable=False), date(2027, 2, 1), True, True, ("repairable",)),
        (replace(MINOR, corrected=True), DECIDED, True, True, ()),
    ],
)
def test_what_a_repair_lacks(record: Record, day: date, pledge: bool, other: bool, lacking: tuple[str, ...]) -> None:
    assert missing(record, day, pledge=pledge, other=other) == lacking
    if not lacking:
        may_repair(record, day, pledge=pledge, other=other)
        return
    with pytest.raises(Refusal) as refused:
        may_repair(record, day, pledge=pledge, other=other)
    assert (refused.value.code, refused.value.where) == ("registry.credit.conditions", lacking[0])
    assert all(CONDITIONS[name].en in refused.value.message.en for name in lacking)


def test_nothing_is_done_to_a_record_that_is_over() -> None:
    only_standing(ORDINARY)
    for state in ("repaired", "lapsed", "annulled"):
        with pytest.raises(Refusal) as refused:
            may_repair(replace(ORDINARY, state=state), date(2026, 6, 1), pledge=True, other=True)
        assert refused.value.code == "registry.credit.state"


def test_months_end_on_the_day_of_the_same_number_or_the_last() -> None:
    assert months_after(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert months_after(date(2026, 12, 15), 12) == date(2027, 12, 15)
