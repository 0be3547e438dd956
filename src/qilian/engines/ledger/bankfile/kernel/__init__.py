"""The rules of bank files: how statements are read and checked, when two lines are one, how orders are written."""

from qilian.engines.ledger.bankcheck.api import (
    LINES_MAX,
    SUM_MAX,
    WHY,
    Begins,
    Checking,
    Claim,
    Entry,
    Item,
    Note,
    Passed,
    Prints,
    Wanted,
    read_amount,
    read_day,
    reference_of,
)
from qilian.engines.ledger.bankmessage.api import looks_like_mt940, read_camt, read_mt940

from .csvfile import read_statement_csv
from .heads import COMMON, Heads, Layout, layout_of
from .markup import is_page, is_spreadsheet, read_page, read_spreadsheet
from .orders import Order, check_order, clean_account, write_batch
from .remarks import currency_of

__all__ = [
    "COMMON",
    "LINES_MAX",
    "SUM_MAX",
    "WHY",
    "Begins",
    "Checking",
    "Claim",
    "Entry",
    "Heads",
    "Item",
    "Layout",
    "Note",
    "Order",
    "Passed",
    "Prints",
    "Wanted",
    "check_order",
    "clean_account",
    "currency_of",
    "is_page",
    "is_spreadsheet",
    "layout_of",
    "looks_like_mt940",
    "read_amount",
    "read_camt",
    "read_day",
    "read_mt940",
    "read_page",
    "read_spreadsheet",
    "read_statement_csv",
    "reference_of",
    "write_batch",
]
