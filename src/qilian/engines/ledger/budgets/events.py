"""What happens to budgets, as facts; amounts stand in the event's money, payees only as parties."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "ledger.programme.opened",
    title=Text("设立资金项目", "Programme opened"),
    dimensions=("number",),
    says=Text(
        "设立资金项目 {number}",
        "Programme {number} was opened",
    ),
)
@dataclass(frozen=True, slots=True)
class ProgrammeOpened:
    """A programme may receive budget from now on."""

    number: str


@event_type(
    "ledger.budget.appropriated",
    title=Text("下达预算", "Budget appropriated"),
    dimensions=("line", "year"),
    says=Text(
        "向科目 {line}（{year} 年度）下达预算 {money}，文号 {document}",
        "{money} was appropriated to line {line} of {year} by {document}",
    ),
)
@dataclass(frozen=True, slots=True)
class Appropriated:
    """An approved amount was put into a line, by a document."""

    line: str
    year: int
    document: str
    transfer: str


@event_type(
    "ledger.budget.proposed",
    title=Text("提出预算决定", "Decision proposed"),
    dimensions=("kind",),
    says=Text(
        "提出一项预算决定，涉及 {money}：{reason}",
        "A decision over {money} was proposed: {reason}",
    ),
)
@dataclass(frozen=True, slots=True)
class DecisionProposed:
    """Somebody proposed to adjust lines or to close a year."""

    kind: str
    decision: str
    reason: str


@event_type(
    "ledger.budget.rejected",
    title=Text("退回预算决定", "Decision rejected"),
    dimensions=("kind",),
    says=Text(
        "退回一项预算决定：{reason}",
        "A decision was turned down: {reason}",
    ),
)
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


@event_type(
    "ledger.budget.adjusted",
    title=Text("科目调剂", "Lines adjusted"),
    dimensions=("source", "target"),
    says=Text(
        "从科目 {source} 调剂 {money} 到科目 {target}",
        "{money} was moved from line {source} to line {target}",
    ),
)
@dataclass(frozen=True, slots=True)
class Adjusted:
    """Two people moved what was available from one line to another."""

    source: str
    target: str
    decision: str
    proposed_by: str
    transfer: str


@event_type(
    "ledger.budget.committed",
    title=Text("预算承诺", "Budget committed"),
    dimensions=("line", "year"),
    says=Text(
        "从科目 {line} 承诺 {money}，分 {tranches} 笔：{subject}",
        "{money} of line {line} was committed in {tranches} tranches: {subject}",
    ),
)
@dataclass(frozen=True, slots=True)
class Committed:
    """Money of a line was set apart for a payee, to be paid in so many tranches; why, if it is not registered."""

    commitment: str
    line: str
    year: int
    tranches: int
    transfer: str
    unregistered: str = ""


@event_type(
    "ledger.budget.confirmed",
    title=Text("确认拨付条件", "Condition confirmed"),
    says=Text(
        "确认第 {tranche} 笔 {money} 的拨付条件（{evidence}）：{subject}",
        "The condition of tranche {tranche}, {money}, was confirmed by {evidence}: {subject}",
    ),
)
@dataclass(frozen=True, slots=True)
class ConditionConfirmed:
    """The result that a tranche waited for was confirmed, with its evidence."""

    commitment: str
    tranche: int
    evidence: str


@event_type(
    "ledger.budget.paid",
    title=Text("资金拨付", "Tranche paid"),
    dimensions=("line", "year"),
    proves="evidenced",
    says=Text(
        "拨付第 {tranche} 笔 {money}：{subject}",
        "Tranche {tranche}, {money}, was paid: {subject}",
    ),
)
@dataclass(frozen=True, slots=True)
class TranchePaid:
    """A tranche was paid, once and whole."""

    commitment: str
    tranche: int
    line: str
    year: int
    transfer: str


@event_type(
    "ledger.budget.released",
    title=Text("退回承诺", "Commitment released"),
    dimensions=("line", "year"),
    says=Text(
        "退回未拨付的 {money}（{reason}）：{subject}",
        "{money} that was not paid went back ({reason}): {subject}",
    ),
)
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


@event_type(
    "ledger.budget.year_closed",
    title=Text("年度结转", "Year closed"),
    dimensions=("year",),
    says=Text(
        "结转 {year} 年度，涉及 {money}：{subject}",
        "The year {year} was closed over {money}: {subject}",
    ),
)
@dataclass(frozen=True, slots=True)
class YearClosed:
    """Two people closed a fiscal year: what was left lapsed or was carried over, line by line."""

    year: int
    decision: str
    proposed_by: str
    closed_on: date
    lines: tuple[LineClosed, ...]
