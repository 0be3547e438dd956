"""What happens between the book and the bank, as facts; parties outside stand in them as salted digests only."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "ledger.bank.account_opened",
    title=Text("登记银行账户", "Bank account registered"),
    dimensions=("bank",),
    says=Text(
        "登记银行账户：{bank}（尾号 {tail}），期初余额 {money}",
        "A bank account was registered: {bank}, number ending {tail}, opening balance {money}",
    ),
)
@dataclass(frozen=True, slots=True)
class BankAccountOpened:
    """An account at a bank is mirrored in the book from a day on; only the last four digits are told."""

    bank: str
    tail: str
    currency: str
    opened_on: date


@event_type(
    "ledger.bank.statement_checked",
    title=Text("对账单试算", "Statement checked"),
    measures=("lines", "problems"),
    says=Text(
        "检查对账单：{lines} 行，{problems} 处问题",
        "A statement was checked: {lines} lines, {problems} problems",
    ),
)
@dataclass(frozen=True, slots=True)
class StatementChecked:
    """A bank file was brought and its dry run is done."""

    statement: str
    sha256: str
    lines: int
    problems: int


@event_type(
    "ledger.bank.statement_booked",
    title=Text("对账单入库", "Statement booked"),
    measures=("lines", "known", "matched"),
    says=Text(
        "对账单入库：{lines} 笔，对上 {matched} 笔，期末余额 {money}",
        "A statement was booked: {lines} lines, {matched} matched, closing balance {money}",
    ),
)
@dataclass(frozen=True, slots=True)
class StatementBooked:
    """The lines of a statement were booked; `known` had been booked before, `matched` found their transfer at once.

    `root` is the SHA-256 over the marks of the new lines in order: it binds the batch without naming anybody; `codes`
    is that over their public codes, `-` in facts that are older than it.
    """

    statement: str
    sha256: str
    lines: int
    known: int
    matched: int
    opening: int
    closing: int
    first_day: date
    last_day: date
    root: str
    codes: str = "-"


@event_type(
    "ledger.bank.resolution_proposed",
    title=Text("提出对账处理", "Resolution proposed"),
    dimensions=("kind",),
    says=Text(
        "提出对账处理，涉及 {money}：{reason}",
        "A resolution over {money} was proposed: {reason}",
    ),
)
@dataclass(frozen=True, slots=True)
class ResolutionProposed:
    """Somebody proposed what to do with an unmatched line or transfer; `party` is a salted digest of the other side."""

    resolution: str
    kind: str
    line: str
    transfer: str
    party: str
    reason: str


@event_type(
    "ledger.bank.resolution_approved",
    title=Text("批准对账处理", "Resolution approved"),
    dimensions=("kind",),
    says=Text(
        "批准对账处理，涉及 {money}，提出人 {proposed_by}",
        "A resolution over {money} was approved, proposed by {proposed_by}",
    ),
)
@dataclass(frozen=True, slots=True)
class ResolutionApproved:
    """Somebody else approved it: the line and the transfers are matched, corrections are booked."""

    resolution: str
    kind: str
    proposed_by: str
    transfers: tuple[str, ...]


@event_type(
    "ledger.bank.resolution_rejected",
    title=Text("退回对账处理", "Resolution rejected"),
    dimensions=("kind",),
    says=Text(
        "退回对账处理，涉及 {money}：{reason}",
        "A resolution over {money} was turned down: {reason}",
    ),
)
@dataclass(frozen=True, slots=True)
class ResolutionRejected:
    """Somebody else turned it down."""

    resolution: str
    kind: str
    reason: str


@event_type(
    "ledger.bank.resolution_withdrawn", title=Text("撤回对账处理", "Resolution taken back"), dimensions=("kind",)
)
@dataclass(frozen=True, slots=True)
class ResolutionWithdrawn:
    """Who proposed it took it back."""

    resolution: str
    kind: str


@event_type(
    "ledger.bank.payment_ordered",
    title=Text("提交付款指令", "Payment ordered"),
    says=Text(
        "提交付款指令 {money}，用途：{purpose}（{reference}）",
        "A payment of {money} was ordered for: {purpose} ({reference})",
    ),
)
@dataclass(frozen=True, slots=True)
class PaymentOrdered:
    """A payment was asked for; the payee is a salted digest."""

    order: str
    reference: str
    payee: str
    purpose: str


@event_type(
    "ledger.bank.payment_cancelled",
    title=Text("撤销付款指令", "Payment order cancelled"),
    says=Text(
        "撤销付款指令 {money}（{reference}）",
        "A payment order of {money} was cancelled ({reference})",
    ),
)
@dataclass(frozen=True, slots=True)
class PaymentCancelled:
    """An order that was not released was taken back."""

    order: str
    reference: str


@event_type(
    "ledger.bank.batch_released",
    title=Text("放行付款批次", "Batch released"),
    measures=("orders",),
    says=Text(
        "放行付款批次 {number}：{orders} 笔，合计 {money}",
        "Batch {number} was released: {orders} payments, {money} in all",
    ),
)
@dataclass(frozen=True, slots=True)
class BatchReleased:
    """Somebody else released payment orders: their transfers are booked, their file will lie in the spool folder."""

    batch: str
    number: str
    orders: int
    sha256: str


@event_type(
    "ledger.bank.batch_written",
    title=Text("付款文件已生成", "Batch file written"),
    says=Text(
        "付款批次 {number} 的文件已生成，合计 {money}",
        "The file of batch {number} was written, {money} in all",
    ),
)
@dataclass(frozen=True, slots=True)
class BatchWritten:
    """The file of a batch lies in the spool folder; a person carries it to the bank."""

    batch: str
    number: str
    sha256: str
