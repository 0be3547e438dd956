"""Public interface of the calendar."""

from .events import DayCleared, DaySet, YearEntered
from .kernel import WEEKDAYS_ONLY, HolidayRule, WorkCalendar, read_notice
from .queries import days_of, load, version, years
from .services import YearRules, clear_day, enter_notice, fill, set_day

__all__ = [
    "WEEKDAYS_ONLY",
    "DayCleared",
    "DaySet",
    "HolidayRule",
    "WorkCalendar",
    "YearEntered",
    "YearRules",
    "clear_day",
    "days_of",
    "enter_notice",
    "fill",
    "load",
    "read_notice",
    "set_day",
    "version",
    "years",
]
