"""Public interface of bank files: a channel reads statements and writes orders; the rules check them."""

from .channels import CHANNELS, WORKBOOKS, BankFile, channel_of, is_workbook
from .kernel import (
    SUM_MAX,
    WHY,
    Checking,
    Entry,
    Order,
    Prints,
    Wanted,
    check_order,
    clean_account,
)

__all__ = [
    "CHANNELS",
    "SUM_MAX",
    "WHY",
    "WORKBOOKS",
    "BankFile",
    "Checking",
    "Entry",
    "Order",
    "Prints",
    "Wanted",
    "channel_of",
    "check_order",
    "clean_account",
    "is_workbook",
]
