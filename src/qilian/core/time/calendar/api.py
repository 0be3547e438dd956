"""Public interface of the calendar."""

from .kernel import WEEKDAYS_ONLY, HolidayRule, WorkCalendar, read_notice
from .queries import days_of, load, version, years
from .services import clear_day, enter_notice, fill, set_day

__all__ = [
    "WEEKDAYS_ONLY",
    "HolidayRule",
    "WorkCalendar",
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
