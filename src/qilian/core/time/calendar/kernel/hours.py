"""Working time by the clock: how much of it lies between two moments, and when so much of it is over.

Hours of a day are spans of local time; a span may end at 24:00. A day that a notice made a work day has the hours of
its weekday, or of the first weekday that has any. Between moments elapsed seconds count, so a change of the clocks
inside a span counts as what it took. A day of a duration is a work day at the same time of day, never 24 hours.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from qilian.core.values.text import Refusal, Text

Spans = tuple[tuple[time, time], ...]
"""Spans of a day, in order, apart from each other; an end of 00:00 is midnight at the day's end."""
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DURATION: Final = re.compile(r"P(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")
_FURTHEST: Final = 366 * 40
"""Days that are counted through: forty years."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The working hours of a week, the days off, and the rest days that are worked."""

    week: Mapping[int, Spans] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    zone: str = "Asia/Shanghai"

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The working spans of a day as moments in UTC."""
        usual = self.week.get(day.weekday(), ())
        if day in self.workdays:
            usual = usual or next((spans for _, spans in sorted(self.week.items()) if spans), ())
        elif day in self.holidays:
            usual = ()
        zone = ZoneInfo(self.zone)
        for first, last in usual:
            end = day if last > first else day + timedelta(days=1)
            yield datetime.combine(day, first, zone).astimezone(UTC), datetime.combine(end, last, zone).astimezone(UTC)

    def seconds(self, start: datetime, end: datetime) -> int:
        """Working seconds between two aware moments: 0 where none passed, and where the end comes first.

        Refusal `calendar.hours.far` for more than forty years.
        """
        zone, whole = ZoneInfo(self.zone), timedelta()
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        if (last - day).days > _FURTHEST:
            raise Refusal("calendar.hours.far", Text("超过四十年。", "This is more than forty years."), where="to")
        while day <= last:
            for first, over in self.spans(day):
                whole += max(min(over, end) - max(first, start), timedelta())
            day += timedelta(days=1)
        return int(whole.total_seconds())

    def due(self, start: datetime, days: int, left: timedelta) -> datetime:
        """The moment when so many work days and then so much working time are over, in the zone of the hours.

        Refusal `calendar.hours.none` where no working time comes within forty years.
        """
        zone = ZoneInfo(self.zone)
        moment = start.astimezone(zone)
        day, at = moment.date(), moment.time()
        for _ in range(days):
            day = self._following(day)
        cursor = datetime.combine(day, at, zone).astimezone(UTC) if days else start.astimezone(UTC)
        for ahead in range(_FURTHEST):
            for first, over in self.spans(day + timedelta(days=ahead)):
                begin = max(first, cursor)
                if begin < over and begin + left <= over:
                    return (begin + left).astimezone(zone)
                left -= max(over - begin, timedelta())
        raise _none()

    def _following(self, day: date) -> date:
        for ahead in range(1, _FURTHEST):
            found = day + timedelta(days=ahead)
            if any(self.spans(found)):
                return found
        raise _none()


def read_duration(written: str) -> tuple[int, timedelta]:
    """Work days and working time of an ISO 8601 duration of days, hours, minutes, seconds. Refusal `calendar.duration`.

    >>> read_duration("P1DT1H30M")
    (1, datetime.timedelta(seconds=5400))
    """
    found = _DURATION.fullmatch(written)
    parts = [int(each or 0) for each in found.groups()] if found else []
    if not found or written in ("P", "PT") or written.endswith("T"):
        raise Refusal(
            "calendar.duration",
            Text(f"时长读不懂：“{written[:40]}”。", f"This is no duration: “{written[:40]}”."),
            where="add",
            remedy=Text("写成 PT8H、P2D、P1DT30M。", "Write it like PT8H, P2D, P1DT30M."),
        )
    days, hours, minutes, seconds = parts
    return days, timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _none() -> Refusal:
    return Refusal(
        "calendar.hours.none",
        Text("这个日历没有工作时间。", "This calendar has no working time."),
        where="calendar",
        remedy=Text("请至少给一个工作日的时段。", "Give the hours of at least one weekday."),
    )
