"""The verbs of the book, one family a file."""

from .accounts import close_account, ensure_account, open_account, register_asset, set_paying
from .booking import capture, hold, post, submit, void
from .restraints import freeze, lift, pledge
from .vouchers import transfer

__all__ = [
    "capture",
    "close_account",
    "ensure_account",
    "freeze",
    "hold",
    "lift",
    "open_account",
    "pledge",
    "post",
    "register_asset",
    "set_paying",
    "submit",
    "transfer",
    "void",
]
