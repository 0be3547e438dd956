"""Dates and times: reading, making, and what the calendar says of them (DMN 1.5, tables 72, 77 and 79)."""

from collections.abc import Callable
from decimal import Decimal

import qilian.core.rules.moments.api as temporal
from qilian.core.rules.feel.arithmetic import nanos_of
from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.order import same
from qilian.core.rules.feel.scope import Run
from qilian.core.rules.feel.values import Value, is_integer, to_feel
from qilian.core.rules.moments.api import NANOS, Date, DateTime, Days, Months, Time
from qilian.core.values.clock import SHANGHAI

from .declare import builtin

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@builtin("date(from: string) -> date", "date(from: date|date and time) -> date")
def date_from(value: str | Date | DateTime) -> Value:
    """Read a date, or take that of a date and time."""
    if isinstance(value, str):
        return temporal.parse_date(value)
    return value.date if isinstance(value, DateTime) else value


@builtin("date(year: number, month: number, day: number) -> date")
def date_of(year: Decimal, month: Decimal, day: Decimal) -> Value:
    """Make a date of its parts."""
    return Date.of(_whole(year), _whole(month), _whole(day))


@builtin("time(from: string) -> time", "time(from: time|date and time|date) -> time")
def time_from(value: str | Time | DateTime | Date) -> Value:
    """Read a time, or take that of a date and time; a date's is midnight in UTC."""
    if isinstance(value, str):
        return temporal.parse_time(value)
    if isinstance(value, DateTime):
        return value.time
    return Time(0, 0) if isinstance(value, Date) else value


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration) -> time")
def time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: Days | None = None) -> Value:
    """Make a time of its parts and, perhaps, an offset from UTC."""
    east = None if offset is None else temporal.check_offset(offset.nanos // NANOS)
    return Time(temporal.clock(_whole(hour), _whole(minute), nanos_of(second)), east)


@builtin("date and time(from: string) -> date and time", "date and time(from: date and time) -> date and time")
def date_and_time_from(value: str | DateTime) -> Value:
    """Read a date and time; a date alone is its midnight."""
    return temporal.parse_date_time(value) if isinstance(value, str) else value


@builtin("date and time(date: date|date and time, time: time) -> date and time")
def date_and_time_of(date: Date | DateTime, time: Time) -> Value:
    """Put a date and a time together."""
    return DateTime(date.date if isinstance(date, DateTime) else date, time)


@builtin("duration(from: string) -> Any", "duration(from: days and time duration|years and months duration) -> Any")
def duration(value: str | Days | Months) -> Value:
    """Read a duration of either kind."""
    return temporal.parse_duration(value) if isinstance(value, str) else value


@builtin("years and months duration(from: date|date and time, to: date|date and time) -> years and months duration")
def months_between(start: Date | DateTime, end: Date | DateTime) -> Value:
    """Count the whole months between two days."""
    one, other = (moment.date if isinstance(moment, DateTime) else moment for moment in (start, end))
    months = (other.year - one.year) * 12 + other.month - one.month
    if months > 0 and other.day < one.day:
        months -= 1
    if months < 0 and other.day > one.day:
        months += 1
    return Months(months)


@builtin("is(value1: Any, value2: Any) -> boolean", run=True, share=3)
def identical(run: Run, one: Value, other: Value) -> Value:
    """Say whether two values are the same element of the semantic domain."""
    return same(one, other, run)


@builtin("today() -> date", run=True)
def today(run: Run) -> Value:
    """Return the calendar day in Asia/Shanghai."""
    return to_feel(run.now.astimezone(SHANGHAI).date())


@builtin("now() -> date and time", run=True)
def now(run: Run) -> Value:
    """Return the moment of the evaluation, in Asia/Shanghai."""
    local = to_feel(run.now.astimezone(SHANGHAI))
    return DateTime(local.date, Time(local.time.nanos, None, SHANGHAI.key))


_CALENDAR: dict[str, Callable[[Date], Value]] = {
    "day of year(date: date|date and time) -> number": lambda day: Decimal(day.day_of_year),
    "day of week(date: date|date and time) -> string": lambda day: _DAYS[day.weekday - 1],
    "month of year(date: date|date and time) -> string": lambda day: _MONTHS[day.month - 1],
    "week of year(date: date|date and time) -> number": lambda day: Decimal(day.week),
}


def _of_day(of: Callable[[Date], Value]) -> Callable[[Date | DateTime], Value]:
    return lambda moment: of(_day(moment))


for _signature, _implementation in _CALENDAR.items():
    builtin(_signature)(_of_day(_implementation))


def _day(moment: Date | DateTime) -> Date:
    return moment.date if isinstance(moment, DateTime) else moment


def _whole(number: Decimal) -> int:
    if not is_integer(number) or abs(number) > 10**10:
        raise Fault("domain", name="date")
    return int(number)
