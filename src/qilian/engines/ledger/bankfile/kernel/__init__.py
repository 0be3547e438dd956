"""The rules of bank files: how statements are read and checked, when two lines are one, how orders are written."""

from .amounts import read_amount, read_day
from .camt import read_camt
from .checking import LINES_MAX, Checking, Wanted
from .csvfile import currency_of, read_statement_csv
from .identity import Prints
from .orders import Order, check_order, clean_account, write_batch
from .reading import Claim, Entry, Passed

__all__ = [
    "LINES_MAX",
    "Checking",
    "Claim",
    "Entry",
    "Order",
    "Passed",
    "Prints",
    "Wanted",
    "check_order",
    "clean_account",
    "currency_of",
    "read_amount",
    "read_camt",
    "read_day",
    "read_statement_csv",
    "write_batch",
]
