"""Reading calendars: the value to count with, and the rows to show."""

from threading import Lock

from django.db.models import QuerySet

from qilian.core.who.regions.api import ancestors

from .kernel import HolidayRule, WorkCalendar
from .models import CalendarDay, CalendarVersion, CalendarYear

_loaded: dict[str, tuple[str, WorkCalendar]] = {}
_loading = Lock()
_MOST = 512  # regions kept per process; a province has a few dozen


def version() -> int:
    """The number of changes so far; 0 for a calendar that nobody has filled."""
    return CalendarVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def load(region: str = "") -> WorkCalendar:
    """Return the calendar of a region: the country's rules, then those of each division down to it.

    Costs one small query while nothing changed. Refusal `regions.code` for anything else than a code or nothing.
    """
    mark = CalendarVersion.objects.filter(pk=1).values_list("mark", flat=True).first() or ""
    kept = _loaded.get(region)
    if kept is None or kept[0] != mark:
        kept = (mark, _read(region))
        with _loading:
            if len(_loaded) >= _MOST:
                _loaded.clear()
            _loaded[region] = kept
    return kept[1]


def days_of(year: int, region: str = "") -> QuerySet[CalendarDay]:
    """The rules of a year that are made for exactly this region."""
    return CalendarDay.objects.filter(region=region, day__year=year)


def years(region: str = "") -> QuerySet[CalendarYear]:
    """The years of a region with their sources, the latest first."""
    return CalendarYear.objects.filter(region=region).order_by("-year")


def chain(region: str) -> tuple[str, ...]:
    """The regions whose rules hold in a region, the widest first."""
    return ("", *ancestors(region), region) if region else ("",)


def _read(region: str) -> WorkCalendar:
    above = chain(region)
    place = {code: number for number, code in enumerate(above)}
    rows = CalendarDay.objects.filter(region__in=above).values_list("region", "day", "is_workday")
    ordered = sorted(rows, key=lambda row: place[row[0]])
    official = CalendarYear.objects.filter(region="", provisional=False).values_list("year", flat=True)
    return WorkCalendar.of((HolidayRule(day, works) for _, day, works in ordered), official)
