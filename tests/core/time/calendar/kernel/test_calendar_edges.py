"""Days at the edges of the calendar: the first and last day of time, counts of one, rules at their borders."""

from datetime import date, timedelta

import pytest

from qilian.core.time.calendar.kernel import WEEKDAYS_ONLY, HolidayRule, WorkCalendar
from qilian.core.values.text import Refusal

MONDAY = date(2026, 3, 2)


def test_one_day_after_and_before() -> None:
    friday, saturday, sunday = (MONDAY + timedelta(days=each) for each in (4, 5, 6))
    assert WEEKDAYS_ONLY.add_working_days(friday, 1) == MONDAY + timedelta(days=7)
    assert WEEKDAYS_ONLY.add_working_days(saturday, 1) == MONDAY + timedelta(days=7)
    assert WEEKDAYS_ONLY.add_working_days(sunday, -1) == friday and WEEKDAYS_ONLY.add_working_days(
        MONDAY, -1
    ) == MONDAY - timedelta(days=3)
    assert WEEKDAYS_ONLY.add_natural_days(friday, 1) == MONDAY + timedelta(days=7)
    assert WEEKDAYS_ONLY.add_natural_days(MONDAY, -1) == MONDAY - timedelta(days=1)


def test_the_first_day_of_time_is_a_day_and_none_is_before_it() -> None:
    assert WEEKDAYS_ONLY.is_workday(date.min) and WEEKDAYS_ONLY.next_workday(date.min) == date.min
    assert WEEKDAYS_ONLY.add_natural_days(date(1, 1, 2), -1) == date.min
    with pytest.raises(Refusal):
        WEEKDAYS_ONLY.add_natural_days(date.min, -1)
    assert WEEKDAYS_ONLY.add_natural_days(date.max - timedelta(days=1), 1) == date.max


def test_rulings_at_both_ends_of_what_is_known() -> None:
    known = WorkCalendar.of([HolidayRule(MONDAY, False), HolidayRule(MONDAY + timedelta(days=5), True)])
    work = [day for day in (MONDAY + timedelta(days=each) for each in range(-3, 9)) if known.is_workday(day)]
    assert [day.day for day in work] == [27, 3, 4, 5, 6, 7, 9, 10]
    assert [known.add_working_days(date(2026, 2, 27), count).day for count in range(1, 8)] == [3, 4, 5, 6, 7, 9, 10]
    assert [known.add_working_days(date(2026, 3, 10), -count).day for count in range(1, 8)] == [9, 7, 6, 5, 4, 3, 27]
