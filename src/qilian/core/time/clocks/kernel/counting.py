"""When a limit ends and how much of it is left.

The day on which a limit or a pause begins does not count, nor does a day within a pause: a pause from day A to day B
takes away the days after A up to B. A limit of natural days or months that ends on a rest day ends on the next work
day, and every limit of days at 24:00 (民法典 §§ 200-204; 行政许可法 § 82: its days are work days). Hours and
minutes run from the moment.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .state import Clock, Days

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_SECONDS = {"hour": 3600, "minute": 60}


def today_of(moment: datetime) -> date:
    """The legal day of a moment, in Asia/Shanghai."""
    return moment.astimezone(_SHANGHAI).date()


def due_day(clock: Clock, days: Days) -> date | None:
    """The last day of a limit; None while it stands still and cannot have ended before."""
    if not clock.limit.in_days:
        moment = due_at(clock, days)
        return None if moment is None else today_of(moment)
    if clock.limit.unit == "workday":
        return _walk(clock, days, clock.total, days.add_working_days, days.working_days_between)
    return _walk(clock, days, _natural(clock), _plus, _between)


def due_at(clock: Clock, days: Days) -> datetime | None:
    """The moment from which on a limit is over, aware; None while it stands still."""
    if clock.limit.in_days:
        last = due_day(clock, days)
        return None if last is None else datetime.combine(last + timedelta(days=1), time(), _SHANGHAI)
    left, cursor = timedelta(seconds=clock.total * _SECONDS[clock.limit.unit]), clock.start
    for each in clock.pauses:
        if cursor + left <= each.start:
            break
        if each.end is None:
            return None
        left -= each.start - cursor
        cursor = each.end
    return cursor + left


def remaining(clock: Clock, days: Days, now: datetime) -> int:
    """How much is left: work days, days, or minutes for hours and minutes; negative when overdue.

    A paused clock keeps what was left when the pause began; a stopped one what was left when it stopped.
    """
    seen = clock.stopped or now
    if clock.paused:
        seen = clock.pauses[-1].start
        clock = replace(clock, pauses=(*clock.pauses[:-1], replace(clock.pauses[-1], end=seen)))
    if not clock.limit.in_days:
        end = due_at(clock, days)
        assert end is not None
        return (end - seen) // timedelta(minutes=1)
    last = due_day(clock, days)
    assert last is not None
    between = days.working_days_between if clock.limit.unit == "workday" else _between
    return between(today_of(seen), last)


def paused_days(clock: Clock, now: datetime) -> int:
    """How many natural days pauses have taken so far."""
    return sum(_between(today_of(each.start), today_of(each.end or now)) for each in clock.pauses)


def _walk(
    clock: Clock,
    days: Days,
    total: int,
    plus: Callable[[date, int], date],
    between: Callable[[date, date], int],
) -> date | None:
    """Spend a limit of days from pause to pause; what is left after the last pause begins to count the day after it."""
    left, cursor = total, today_of(clock.start)
    for each in clock.pauses:
        first = today_of(each.start)
        if days.next_workday(plus(cursor, left)) < first:
            break
        if each.end is None:
            return None
        left = max(0, left - between(cursor, first))
        cursor = today_of(each.end)
    return days.next_workday(plus(cursor, left))


def _natural(clock: Clock) -> int:
    """A limit of days, or of months from its own first day, as natural days."""
    if clock.limit.unit == "natural_day":
        return clock.total
    start = today_of(clock.start)
    years, month = divmod(start.month - 1 + clock.total, 12)
    year, month = start.year + years, month + 1
    end = date(year, month, min(start.day, monthrange(year, month)[1]))
    return (end - start).days


def _plus(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _between(start: date, end: date) -> int:
    return (end - start).days
