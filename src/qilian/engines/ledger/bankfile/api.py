"""Public interface of bank files: a channel reads statements and writes orders; the rules check them."""

from .channels import WORKBOOKS, BankFile, Channel, channel_of, is_workbook
from .kernel import (
    LINES_MAX,
    SUM_MAX,
    WHY,
    Checking,
    Entry,
    Note,
    Order,
    Prints,
    Wanted,
    check_order,
    clean_account,
)

__all__ = [
    "LINES_MAX",
    "SUM_MAX",
    "WHY",
    "WORKBOOKS",
    "BankFile",
    "Channel",
    "Checking",
    "Entry",
    "Note",
    "Order",
    "Prints",
    "Wanted",
    "channel_of",
    "check_order",
    "clean_account",
    "is_workbook",
]
