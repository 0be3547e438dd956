"""To zero: the bank's balance less the ledger's is exactly what the unmatched lines and transfers explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .sides import Side


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that only one side knows: a line at the bank, or a transfer in the book, and how old it is."""

    side: Side
    at_bank: bool
    days: int

    @property
    def effect(self) -> int:
        """By how many fen it moves the bank's balance away from the ledger's."""
        return self.side.fen if self.at_bank else -self.side.fen


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Both balances on a day, and everything that only one side knows, the oldest first."""

    bank: int
    ledger: int
    differences: tuple[Difference, ...]

    @property
    def difference(self) -> int:
        """The bank's balance less the ledger's, in fen."""
        return self.bank - self.ledger

    @property
    def explained(self) -> int:
        """What the differences make together."""
        return sum(each.effect for each in self.differences)

    @property
    def unexplained(self) -> int:
        """Zero unless a match was made of unequal amounts or a row was lost: then somebody must look at once."""
        return self.difference - self.explained

    @property
    def at_zero(self) -> bool:
        """Whether bank and ledger agree and nothing is open."""
        return not self.difference and not self.differences


def reconcile(bank: int, ledger: int, lines: Sequence[Side], transfers: Sequence[Side], today: date) -> Reconciliation:
    """Set both balances beside the unmatched lines and transfers, with the age of each in days."""
    found = [
        *(Difference(line, True, (today - line.day).days) for line in lines),
        *(Difference(each, False, (today - each.day).days) for each in transfers),
    ]
    found.sort(key=lambda each: (-each.days, not each.at_bank, each.side.key))
    return Reconciliation(bank, ledger, tuple(found))
