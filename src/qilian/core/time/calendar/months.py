"""Twelve months as weeks of days, ready for the template."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Text

from .kernel import WorkCalendar

_MONDAY_FIRST = Calendar(firstweekday=0)
_TITLES = [Text(f"{n} 月", date(2000, n, 1).strftime("%B")) for n in range(1, 13)]


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a month: what it is, its feast, and whether its rule goes against its weekday."""

    day: date
    works: bool
    turned: bool
    name: Text
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks from Monday; days of other months are None."""

    title: Text
    weeks: Sequence[Sequence[DayCell | None]]


def months_of(year: int, calendar: WorkCalendar, names: Mapping[date, Text], today: date) -> tuple[Month, ...]:
    """The twelve months of a year."""

    def cell(number: int, month: int) -> DayCell | None:
        if not number:
            return None
        day = date(year, month, number)
        works = calendar.is_workday(day)
        return DayCell(day, works, works != (day.weekday() < 5), names.get(day, Text("", "")), day == today)

    return tuple(
        Month(
            _TITLES[month - 1],
            [[cell(number, month) for number in week] for week in _MONDAY_FIRST.monthdayscalendar(year, month)],
        )
        for month in range(1, 13)
    )
