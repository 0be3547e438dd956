"""What happens to budgets, as facts; amounts stand in the event's money, payees only as parties."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("ledger.programme.opened", title=Text("设立资金项目", "Programme opened"), dimensions=("number",))
@dataclass(frozen=True, slots=True)
class ProgrammeOpened:
    """A programme may receive budget from now on."""

    number: str


@event_type("ledger.budget.appropriated", title=Text("下达预算", "Budget appropriated"), dimensions=("line", "year"))
@dataclass(frozen=True, slots=True)
class Appropriated:
    """An approved amount was put into a line, by a document."""

    line: str
    year: int
    document: str
    transfer: str


@event_type("ledger.budget.proposed", title=Text("提出预算决定", "Decision proposed"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class DecisionProposed:
    """Somebody proposed to adjust lines or to close a year."""

    kind: str
    decision: str
    reason: str


@event_type("ledger.budget.rejected", title=Text("退回预算决定", "Decision rejected"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class DecisionRejected:
    """Somebody else turned a decision down."""

    kind: str
    decision: str
    reason: str


@event_type("ledger.budget.withdrawn", title=Text("撤回预算决定", "Decision withdrawn"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class DecisionWithdrawn:
    """Who proposed a decision took it back."""

    kind: str
    decision: str


@event_type("ledger.budget.adjusted", title=Text("科目调剂", "Lines adjusted"), dimensions=("source", "target"))
@dataclass(frozen=True, slots=True)
class Adjusted:
    """Two people moved what was available from one line to another."""

    source: str
    target: str
    decision: str
    proposed_by: str
    transfer: str


@event_type("ledger.budget.committed", title=Text("预算承诺", "Budget committed"), dimensions=("line", "year"))
@dataclass(frozen=True, slots=True)
class Committed:
    """Money of a line was set apart for a payee, to be paid in so many tranches; why, if it is not registered."""

    commitment: str
    line: str
    year: int
    tranches: int
    transfer: str
    unregistered: str = ""


@event_type("ledger.budget.confirmed", title=Text("确认拨付条件", "Condition confirmed"))
@dataclass(frozen=True, slots=True)
class ConditionConfirmed:
    """The result that a tranche waited for was confirmed, with its evidence."""

    commitment: str
    tranche: int
    evidence: str


@event_type(
    "ledger.budget.paid", title=Text("资金拨付", "Tranche paid"), dimensions=("line", "year"), proves="evidenced"
)
@dataclass(frozen=True, slots=True)
class TranchePaid:
    """A tranche was paid, once and whole."""

    commitment: str
    tranche: int
    line: str
    year: int
    transfer: str


@event_type("ledger.budget.released", title=Text("退回承诺", "Commitment released"), dimensions=("line", "year"))
@dataclass(frozen=True, slots=True)
class Released:
    """What was promised and not paid went back to its line."""

    commitment: str
    line: str
    year: int
    reason: str
    transfer: str


@dataclass(frozen=True, slots=True)
class LineClosed:
    """What the close of a year did with one line, in fen."""

    line: str
    choice: str
    lapsed: int
    carried: int


@event_type("ledger.budget.year_closed", title=Text("年度结转", "Year closed"), dimensions=("year",))
@dataclass(frozen=True, slots=True)
class YearClosed:
    """Two people closed a fiscal year: what was left lapsed or was carried over, line by line."""

    year: int
    decision: str
    proposed_by: str
    closed_on: date
    lines: tuple[LineClosed, ...]
