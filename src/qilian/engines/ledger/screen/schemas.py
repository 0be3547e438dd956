"""What the book says and takes as JSON; amounts are whole minimal units (fen)."""

from datetime import datetime

from ninja import Schema


class AccountOut(Schema):
    """An account with its totals."""

    code: str
    title_zh: str
    title_en: str
    owner: str
    asset: str
    scale: int
    purpose: str
    state: str
    balance: int
    available: int
    debits_posted: int
    credits_posted: int
    debits_pending: int
    credits_pending: int
    restrained: int


class BalanceOut(Schema):
    """The totals of an account at a moment."""

    at: datetime
    balance: int
    available: int
    debits_posted: int
    credits_posted: int
    debits_pending: int
    credits_pending: int
    restrained: int


class TransferOut(Schema):
    """A row of the book."""

    code: str
    key: str
    kind: str
    at: datetime
    debit: str
    credit: str
    asset: str
    amount: int
    released: int
    pending: str
    due: datetime | None
    serials: list[int]
    cause: str
    words: str
    actor: str


class StatementOut(Schema):
    """A page of a statement; `before` of the next request is the code of its last row."""

    transfers: list[TransferOut]
    more: bool


class TransferIn(Schema):
    """A wanted transfer; accounts by code. `pending` holds instead of moving, until `due` if given."""

    debit: str
    credit: str
    amount: int
    key: str
    pending: bool = False
    due: datetime | None = None
    linked: bool = False
    serials: list[int] | None = None
    cause: str = ""
    words: str = ""


class BatchIn(Schema):
    """Transfers that are booked together, all or none."""

    transfers: list[TransferIn]


class CaptureIn(Schema):
    """How much of a hold is taken; all of it without an amount."""

    key: str
    amount: int | None = None
    words: str = ""


class VoidIn(Schema):
    """That a hold goes back."""

    key: str
    words: str = ""


class BookedOut(Schema):
    """The answer to one wanted transfer: `ok` was written now, `exists` before."""

    code: str
    key: str
    result: str
