"""The verbs of the book, one family a file."""

from .accounts import close_account, ensure_account, open_account, register_asset, set_paying
from .booking import capture, hold, post, submit, void
from .holds import expire_due, schedule_return
from .reconciling import Difference, Reconciliation, reconcile
from .restraints import freeze, lift, pledge
from .vouchers import transfer

__all__ = [
    "Difference",
    "Reconciliation",
    "capture",
    "close_account",
    "ensure_account",
    "expire_due",
    "freeze",
    "hold",
    "lift",
    "open_account",
    "pledge",
    "post",
    "reconcile",
    "register_asset",
    "schedule_return",
    "set_paying",
    "submit",
    "transfer",
    "void",
]
