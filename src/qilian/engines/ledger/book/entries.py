"""What callers hand to the book, and what they get back: values over rows of accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from qilian.core.values.text import Ref

from .kernel import Code, Span
from .models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A wanted transfer of `amount` minimal units from the debit account to the credit account.

    `key` makes a retry safe: same key and content, same answer. `pending` holds the amount instead of moving it, until
    it is captured, released, or `due`. `linked` binds it to the next of the batch. `serials` are the numbers of
    an asset that has them. `cause` and `words` say what it is for.
    """

    debit: Account
    credit: Account
    amount: int
    key: str = ""
    pending: bool = False
    due: datetime | None = None
    linked: bool = False
    serials: Span | None = None
    cause: Ref | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Take what a hold (its transfer's code) keeps, all of it or an amount; the rest goes back to the payer."""

    hold: str
    amount: int | None = None
    key: str = ""
    linked: bool = False
    cause: Ref | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """Give all of a hold back to the payer. `expired` says that its time ran out."""

    hold: str
    key: str = ""
    linked: bool = False
    cause: Ref | None = None
    words: str = ""
    expired: bool = False


Wanted = Entry | Capture | Void


class Booked(NamedTuple):
    """The answer to one wanted transfer: the public code under which it stands, its key, and the result code.

    `ok` was written now, `exists` was written before; every other code says why it was not.
    """

    code: str
    key: str
    result: Code
