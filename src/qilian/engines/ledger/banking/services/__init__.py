"""The verbs of banking, one family a file."""

from .accounts import open_bank_account
from .orders import cancel_order, mark_written, order_payment, release_orders
from .receipts import record_receipt
from .resolutions import approve, propose_booking, propose_correction, propose_match, propose_reversal, reject
from .statements import book_statement, bring, check_statement

__all__ = [
    "approve",
    "book_statement",
    "bring",
    "cancel_order",
    "check_statement",
    "mark_written",
    "open_bank_account",
    "order_payment",
    "propose_booking",
    "propose_correction",
    "propose_match",
    "propose_reversal",
    "record_receipt",
    "reject",
    "release_orders",
]
