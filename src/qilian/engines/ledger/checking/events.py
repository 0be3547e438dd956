"""What a replay of the book found, as a fact."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("ledger.book.reconciled", title=Text("核对账本", "Book reconciled"), measures=("rows", "differences"))
@dataclass(frozen=True, slots=True)
class BookReconciled:
    """All rows were replayed and compared with the totals; both last counts are 0 when the book is sound."""

    accounts: int
    rows: int
    differences: int
    unbalanced: int
