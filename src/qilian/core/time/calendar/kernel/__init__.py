"""Counting working days, and reading the notices that move them; pure."""

from .counting import WEEKDAYS_ONLY, HolidayRule, WorkCalendar
from .notice import read_notice, write_notice

__all__ = ["WEEKDAYS_ONLY", "HolidayRule", "WorkCalendar", "read_notice", "write_notice"]
