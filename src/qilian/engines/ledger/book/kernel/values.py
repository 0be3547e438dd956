"""What the book's rules speak of: accounts with their totals, commands, holds, and pieces of serial numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

Kind = Literal["single", "pending", "post", "void", "expire"]
Rule = Literal["debits_within_credits", "credits_within_debits", "free"]
AccountState = Literal["open", "no_pay", "closed"]
HoldState = Literal["open", "posted", "voided", "expired"]

MOST = 2**62
"""The largest amount and the largest total: two of them still fit a 64-bit integer."""


class Totals(NamedTuple):
    """The running totals of an account, in minimal units of its asset, none ever negative.

    `restrained` is what freezes and pledges keep from being spent.
    """

    debits_posted: int = 0
    credits_posted: int = 0
    debits_pending: int = 0
    credits_pending: int = 0
    restrained: int = 0

    @property
    def balance(self) -> int:
        """Credits less debits, posted ones only: what the holder has."""
        return self.credits_posted - self.debits_posted

    @property
    def available(self) -> int:
        """What the holder may spend now: the balance less open holds, freezes and pledges."""
        return self.credits_posted - self.debits_posted - self.debits_pending - self.restrained


NOTHING = Totals()


class Span(NamedTuple):
    """Serial numbers from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return self.last - self.first + 1


class Piece(NamedTuple):
    """A span of an asset's serial numbers in one account; `reserved` names the hold or restraint that binds it."""

    first: int
    last: int
    account: int
    reserved: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the rules need it; `final` receives and never pays (retired, surrendered).

    `engine` names the part of the house whose rules alone may move it; "" for an account that its owner moves.
    """

    number: int
    asset: int
    rule: Rule = "debits_within_credits"
    state: AccountState = "open"
    final: bool = False
    serial: bool = False
    totals: Totals = NOTHING
    engine: str = ""


class Command(NamedTuple):
    """One wanted row of the book. `key` names it for ever; `digest` is the hash of its content.

    `post`, `void` and `expire` name the pending row by its key in `pending` and leave debit and credit at 0. `due` is
    when a pending row expires. `linked` binds a command to the next one: both happen or neither.
    """

    key: str
    digest: bytes
    debit: int = 0
    credit: int = 0
    amount: int = 0
    kind: Kind = "single"
    pending: str = ""
    due: datetime | None = None
    linked: bool = False
    serials: Span | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A pending transfer: what it keeps, until when, and what became of it."""

    debit: int
    credit: int
    amount: int
    due: datetime | None = None
    state: HoldState = "open"
    serials: Span | None = None


class Row(NamedTuple):
    """A row that was written: the command, both sides, what it moves and what it releases, both totals after it."""

    command: Command
    debit: int
    credit: int
    amount: int
    released: int
    serials: Span | None
    debit_after: Totals
    credit_after: Totals
    place: int  # of its command in the batch


@dataclass(frozen=True, slots=True)
class State:
    """Of the book what a batch needs: its accounts, the keys it uses, the holds it resolves, the numbers it moves.

    `known` gives the content hash of every key that exists already; `pieces` are disjoint, by asset.
    """

    accounts: Mapping[int, Account] = field(default_factory=dict)
    known: Mapping[str, bytes] = field(default_factory=dict)
    holds: Mapping[str, Hold] = field(default_factory=dict)
    pieces: Mapping[int, tuple[Piece, ...]] = field(default_factory=dict)
