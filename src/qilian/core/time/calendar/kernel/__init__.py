"""Counting working days, and reading the notices that move them; pure."""

from .counting import WEEKDAYS_ONLY, Ruling, WorkCalendar
from .notice import read_notice, write_notice

__all__ = ["WEEKDAYS_ONLY", "Ruling", "WorkCalendar", "read_notice", "write_notice"]
