"""The verbs of budgets, one family a file."""

from .commitments import commit, confirm, pay, release
from .decisions import adjust, approve, close_year, reject, withdraw
from .programmes import appropriate, open_line, open_programme

__all__ = [
    "adjust",
    "appropriate",
    "approve",
    "close_year",
    "commit",
    "confirm",
    "open_line",
    "open_programme",
    "pay",
    "reject",
    "release",
    "withdraw",
]
