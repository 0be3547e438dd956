"""Filling the calendar, as the worker and the command line do it."""

from qilian.core.house.principal import SYSTEM
from qilian.core.log.outbox.api import job

from .adapters.packaged import year_rules
from .services import fill


@job("calendar.fill")
def fill_years(first: int = 2004, last: int = 2030) -> int:
    """Fill the years from `first` to `last`, both included, from the packaged lists; return how many changed."""
    return len(fill(actor=SYSTEM, years=[year_rules(year) for year in range(first, last + 1)]))
