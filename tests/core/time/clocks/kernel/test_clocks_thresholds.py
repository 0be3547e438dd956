"""When little is left: a fifth of the limit, for days at least one and at most three; and overdue by at least one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qilian.core.time.calendar.kernel import WEEKDAYS_ONLY
from qilian.core.time.clocks.kernel import Clock, Limit, Unit, describe, due_at, light

START = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


def colours(value: int, unit: Unit, *moments: datetime, amber_at: int | None = None) -> list[str]:
    clock = Clock(START, Limit(value, unit), amber_at=amber_at)
    return [light(clock, WEEKDAYS_ONLY, moment).colour for moment in moments]


@pytest.mark.parametrize(
    ("days", "little"), [(1, 1), (4, 1), (7, 1), (9, 1), (10, 2), (14, 2), (15, 3), (21, 3), (60, 3)]
)
def test_little_of_natural_days(days: int, little: int) -> None:
    at_last, before = START + timedelta(days=days - little), START + timedelta(days=days - little - 1)
    assert colours(days, "natural_day", at_last) == ["amber"]
    if days > little:
        assert colours(days, "natural_day", before) == ["green"]


def test_little_of_hours_and_minutes() -> None:
    def after(minutes: int) -> datetime:
        return START + timedelta(minutes=minutes)

    assert colours(10, "hour", after(479), after(480), after(599), after(600)) == ["green", "amber", "amber", "red"]
    assert colours(50, "minute", after(39), after(40), after(50)) == ["green", "amber", "red"]
    assert colours(50, "minute", after(29), after(30), amber_at=20) == ["green", "amber"]
    assert colours(10, "hour", after(419), after(420), amber_at=3) == ["green", "amber"]


def test_the_first_minute_over_is_one_over() -> None:
    clock = Clock(START, Limit(1, "hour"))
    end = due_at(clock, WEEKDAYS_ONLY)
    assert end == START + timedelta(hours=1)
    assert describe(clock, WEEKDAYS_ONLY, end).en == "1 minute overdue"
