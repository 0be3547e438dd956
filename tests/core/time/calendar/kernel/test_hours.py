"""Working time by the clock, against counting minute by minute and against days worked out by hand."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qilian.core.time.calendar.kernel.hours import Hours, read_duration
from qilian.core.values.text import Refusal

CHINA = ZoneInfo("Asia/Shanghai")
DAY = ((time(9), time(12)), (time(13), time(17)))
OFFICE = Hours(
    dict.fromkeys(range(5), DAY),
    holidays=frozenset({date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 10)}),
    workdays=frozenset({date(2026, 10, 10)}),
)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(29, 9, month=9), at(29, 17, month=9), 7),
        (at(29, 12, month=9), at(29, 13, month=9), 0),
        (at(30, 16, month=9), at(5, 10), 2),
        (at(10, 8), at(10, 18), 7),  # a Saturday that is worked, also where a list names it a day off
        (at(11, 8), at(11, 18), 0),
        (at(6, 10), at(5, 10), 0),
    ],
)
def test_seconds_between_moments(start: datetime, end: datetime, hours: int) -> None:
    assert OFFICE.seconds(start, end) == hours * 3600


@pytest.mark.parametrize(
    ("start", "add", "due"),
    [
        (at(30, 16, month=9), "PT1H", at(30, 17, month=9)),
        (at(30, 16, month=9), "PT2H", at(5, 10)),
        (at(30, 16, month=9), "P1D", at(5, 16)),
        (at(3, 8), "PT0S", at(5, 9)),
        (at(5, 9), "PT8H", at(6, 10)),
        (at(5, 12, 30), "PT30M", at(5, 13, 30)),
        (at(9, 16), "P1DT2H", at(12, 10)),
    ],
)
def test_when_working_time_is_over(start: datetime, add: str, due: datetime) -> None:
    assert OFFICE.due(start, *read_duration(add)) == due


def test_a_span_may_end_at_midnight_and_clocks_may_change() -> None:
    night = Hours({6: ((time(0), time(0)),)}, zone="Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    start, end = datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 3, 30, tzinfo=berlin)
    assert night.seconds(start, end) == 23 * 3600


def test_no_working_time_is_said() -> None:
    for days, left in ((0, timedelta(hours=1)), (1, timedelta())):
        with pytest.raises(Refusal) as caught:
            Hours().due(at(1), days, left)
        assert caught.value.code == "calendar.hours.none"
    assert Hours(workdays=frozenset({date(2026, 10, 1)})).seconds(at(1), at(2)) == 0
    with pytest.raises(Refusal) as caught:
        OFFICE.seconds(datetime(1900, 1, 1, tzinfo=CHINA), at(1))
    assert caught.value.code == "calendar.hours.far"


@pytest.mark.parametrize("written", ["", "P", "PT", "8H", "P1DT", "PT-1H", "P1M", "P1W"])
def test_what_is_no_duration(written: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_duration(written)
    assert caught.value.code == "calendar.duration"


@given(start=st.integers(0, 20_000), length=st.integers(0, 10_000))
@settings(max_examples=60)
def test_seconds_are_those_counted_minute_by_minute(start: int, length: int) -> None:
    first = at(25, month=9) + timedelta(minutes=start)
    worked = 0
    for minute in range(length):
        moment = first + timedelta(minutes=minute)
        day = moment.date()
        works = day in OFFICE.workdays or (day.weekday() < 5 and day not in OFFICE.holidays)
        worked += works and any(begin <= moment.time() < end for begin, end in DAY)
    assert OFFICE.seconds(first, first + timedelta(minutes=length)) == worked * 60


@given(start=st.integers(0, 20_000), minutes=st.integers(1, 3_000))
@settings(max_examples=60)
def test_the_due_moment_has_exactly_so_much_before_it(start: int, minutes: int) -> None:
    first = at(25, month=9) + timedelta(minutes=start)
    due = OFFICE.due(first, 0, timedelta(minutes=minutes))
    assert OFFICE.seconds(first, due) == minutes * 60
    assert OFFICE.seconds(first, due - timedelta(minutes=1)) == (minutes - 1) * 60
