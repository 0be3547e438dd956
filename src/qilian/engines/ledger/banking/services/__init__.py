"""The verbs of banking, one family a file."""

from .accounts import open_bank_account
from .orders import cancel_order, mark_written, order_payment, release_orders
from .receipts import record_receipt
from .resolutions import (
    approve,
    members,
    propose_booking,
    propose_correction,
    propose_match,
    propose_reversal,
    reject,
    withdraw,
)
from .statements import ask_to_book, book_statement, bring, check_statement, give_up

__all__ = [
    "approve",
    "ask_to_book",
    "book_statement",
    "bring",
    "cancel_order",
    "check_statement",
    "give_up",
    "mark_written",
    "members",
    "open_bank_account",
    "order_payment",
    "propose_booking",
    "propose_correction",
    "propose_match",
    "propose_reversal",
    "record_receipt",
    "reject",
    "release_orders",
    "withdraw",
]
