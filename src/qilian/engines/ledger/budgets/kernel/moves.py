"""The pots of a budget line, and the moves that put money into them and among them.

A line has four pots: `granted` (the other side of an appropriation, the only one below zero), `available`, `paid` and
`lapsed`; each commitment has one, `committed`. What a line may still commit is the balance of its pot `available`:
nothing else says so. Amounts are fen.
"""

from dataclasses import dataclass

from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

GRANTED, AVAILABLE, PAID, LAPSED, COMMITTED = "granted", "available", "paid", "lapsed", "committed"
POTS = (GRANTED, AVAILABLE, PAID, LAPSED)
"""The pots of a line; a commitment has the pot `committed`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One pot: of a line, or of a commitment, by its code."""

    owner: str
    pot: str


@dataclass(frozen=True, slots=True)
class Move:
    """So many fen out of one pot into another: one transfer of the book."""

    out_of: Spot
    into: Spot
    fen: int


@dataclass(frozen=True, slots=True)
class Position:
    """What the pots of a line hold at a moment; `committed` is the sum over its commitments."""

    granted: int = 0
    available: int = 0
    committed: int = 0
    paid: int = 0
    lapsed: int = 0

    @property
    def budget(self) -> int:
        """What the line may spend in all after adjustments: what is left, promised, paid and given back."""
        return self.available + self.committed + self.paid + self.lapsed

    @property
    def adjusted(self) -> int:
        """What adjustments and carrying over have added to the appropriation, or taken from it."""
        return self.budget - self.granted

    def __add__(self, other: "Position") -> "Position":
        return Position(
            self.granted + other.granted,
            self.available + other.available,
            self.committed + other.committed,
            self.paid + other.paid,
            self.lapsed + other.lapsed,
        )


def appropriate(line: str, fen: int) -> Move:
    """Put an approved amount into a line. Refusal `budgets.amount` unless it is more than nothing."""
    positive(fen)
    return Move(Spot(line, GRANTED), Spot(line, AVAILABLE), fen)


def adjust(source: str, target: str, position: Position, fen: int) -> Move:
    """Take what is available in one line into another, whose position is that of the source.

    Refusals: `budgets.amount`, `budgets.adjust.same`, `budgets.exhausted` with how much is missing.
    """
    positive(fen)
    if source == target:
        message = Text("转出和转入是同一个科目。", "The line is the same on both sides.")
        raise Refusal("budgets.adjust.same", message, where="target")
    enough(position, fen)
    return Move(Spot(source, AVAILABLE), Spot(target, AVAILABLE), fen)


def positive(fen: int) -> None:
    """Refuse (`budgets.amount`) an amount that is not more than nothing."""
    if fen <= 0:
        message = Text("金额必须大于零。", "The amount must be more than nothing.")
        raise Refusal(
            "budgets.amount", message, where="amount", remedy=Text("请填写正数。", "Write a positive amount.")
        )


def enough(position: Position, fen: int) -> None:
    """Refuse (`budgets.exhausted`) more than a line has available, saying what is missing."""
    missing = fen - position.available
    if missing > 0:
        have, want, lack = (str(Money(each)) for each in (position.available, fen, missing))
        raise Refusal(
            "budgets.exhausted",
            Text(
                f"科目可用 {have} 元，需要 {want} 元，超出 {lack} 元。",
                f"The line has CNY {have} available; CNY {want} is CNY {lack} too much.",
            ),
            where="amount",
            remedy=Text(
                "请减少金额，或先从别的科目调剂、追加预算。",
                "Ask for less, or first adjust from another line or appropriate more.",
            ),
        )
