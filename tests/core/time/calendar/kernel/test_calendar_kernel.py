"""Counting working days, against a day-by-day count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.time.calendar.kernel import WEEKDAYS_ONLY, HolidayRule, WorkCalendar
from qilian.core.values.text import Refusal

DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
RULINGS = st.dictionaries(st.dates(date(2023, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=60)
SPRING = [HolidayRule(date(2026, 2, 15) + timedelta(days=n), False, "春节") for n in range(9)]
SPRING += [HolidayRule(date(2026, 2, 14), True, "春节"), HolidayRule(date(2026, 2, 28), True, "春节")]
OF_2026 = WorkCalendar.of(SPRING, official=[2026])


def made(rules: dict[date, bool]) -> WorkCalendar:
    return WorkCalendar.of(HolidayRule(day, works) for day, works in rules.items())


def works(rules: dict[date, bool], day: date) -> bool:
    return rules.get(day, day.weekday() < 5)


def walked(rules: dict[date, bool], day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not works(rules, day):
            day += step
    return day


@given(RULINGS, DAYS, st.integers(-300, 300))
def test_adding_is_walking(rules: dict[date, bool], day: date, count: int) -> None:
    assert made(rules).add_working_days(day, count) == walked(rules, day, count)


@given(RULINGS, DAYS, st.integers(0, 900))
def test_counting_is_walking(rules: dict[date, bool], start: date, length: int) -> None:
    end, calendar = start + timedelta(days=length), made(rules)
    counted = sum(works(rules, start + timedelta(days=n)) for n in range(1, length + 1))
    assert calendar.working_days_between(start, end) == counted
    assert calendar.working_days_between(end, start) == -counted


@given(RULINGS, DAYS)
def test_single_days(rules: dict[date, bool], day: date) -> None:
    calendar = made(rules)
    assert calendar.is_workday(day) is works(rules, day)
    following, former = calendar.next_workday(day), calendar.previous_workday(day)
    assert former <= day <= following and works(rules, following) and works(rules, former)
    assert (following == day) is works(rules, day)
    assert calendar.working_days_between(day, following) == int(following != day)


def test_the_spring_festival_of_2026() -> None:
    assert OF_2026.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 14), "a Saturday at work"
    assert OF_2026.add_working_days(date(2026, 2, 14), 1) == date(2026, 2, 24)
    assert OF_2026.add_natural_days(date(2026, 2, 10), 6) == date(2026, 2, 24), "民法典 § 203"
    assert OF_2026.add_natural_days(date(2026, 2, 24), -6) == date(2026, 2, 18), "backwards nothing gives way"
    assert OF_2026.add_natural_days(date(2026, 2, 21), 0) == date(2026, 2, 21), "no day passed, no day gives way"
    assert OF_2026.work_days_of(2025) == 261 and OF_2026.work_days_of(2026) == 261 - 6 + 2
    assert not OF_2026.is_provisional(date(2026, 5, 1)) and OF_2026.is_provisional(date(2027, 5, 1))
    assert hash(OF_2026) == hash(WorkCalendar.of(SPRING, official=[2026]))


def test_a_later_ruling_holds() -> None:
    day = date(2026, 3, 3)
    assert not WorkCalendar.of([HolidayRule(day, True), HolidayRule(day, False)]).is_workday(day)


def test_no_year_raises() -> None:
    assert WEEKDAYS_ONLY.is_workday(date(1, 1, 1)) and not WEEKDAYS_ONLY.is_workday(date(1, 1, 6))
    assert OF_2026.next_workday(date(1, 1, 6)) == date(1, 1, 8)
    assert OF_2026.is_workday(date.max) and OF_2026.work_days_of(9999) == 261
    assert WEEKDAYS_ONLY.add_working_days(date(2026, 1, 10), 0) == date(2026, 1, 10)


@pytest.mark.parametrize(("day", "count"), [(date.max, 1), (date(1, 1, 3), -3), (date(2026, 1, 1), 10**9)])
def test_beyond_all_years_is_refused(day: date, count: int) -> None:
    for add in (OF_2026.add_working_days, OF_2026.add_natural_days):
        with pytest.raises(Refusal) as told:
            add(day, count)
        assert told.value.code == "calendar.range"
