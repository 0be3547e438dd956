"""How banking speaks: states, kinds, rules of matching, and what every page says about the channel."""

from collections.abc import Mapping, Sequence

from qilian.core.house.pages import Fact, Status
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.engines.ledger.bankfile.api import channel_of
from qilian.engines.ledger.book.api import Account, Transfer, title_of

from .models import BankAccount, PaymentOrder, StatementLine
from .queries import signed

TITLE = Text("银行对账", "Bank reconciliation")
YUAN = Text("元", "CNY")
STATEMENT_STATES: Mapping[str, Status] = {
    "queued": Status(Text("检查中", "Being checked"), "grey"),
    "refused": Status(Text("有问题", "Has problems"), "red"),
    "checked": Status(Text("可以入库", "Ready to book"), "green"),
    "booked": Status(Text("已入库", "Booked"), "blue"),
}
KINDS: Mapping[str, Text] = {
    "match": Text("对上", "match"),
    "book": Text("补记", "book"),
    "correct": Text("更正", "correct"),
    "reverse": Text("冲销", "reverse"),
}
RULES: Mapping[str, Text] = {
    "reference": Text("参考号相同", "same reference"),
    "name": Text("金额、日期、户名相符", "amount, days and name agree"),
    "opening": Text("期初余额", "opening balance"),
    "sum": Text("参考号相同，合计相等", "same reference, equal sums"),
    **{kind: Text(f"人工{word.zh}", f"by hand: {word.en}") for kind, word in KINDS.items()},
}
WHY: Mapping[str, Text] = {
    "amount": Text("参考号或户名相同，金额不同", "reference or name agrees, the amount does not"),
    "several": Text("都相符，但不止一笔", "all agrees, but there are several"),
    "near": Text("只有金额和日期相符", "only amount and days agree"),
}


def account_title(row: BankAccount) -> Text:
    """A bank account as pages name it: bank and last four digits."""
    return Text(f"{row.bank}（尾号 {row.number[-4:]}）", f"{row.bank} (…{row.number[-4:]})")


def honest(row: BankAccount | None = None) -> Sequence[Fact]:
    """What every page says: that no bank is connected."""
    return [Fact(Text("通道", "Channel"), channel_of(row.channel if row else "file").says)]


def other_title(row: BankAccount, transfer: Transfer) -> Text:
    """The title of the account on the other side of a transfer."""
    other: Account = transfer.credit if transfer.debit_id == row.account_id else transfer.debit
    return title_of(other)


def shown_transfer(row: BankAccount, each: Transfer) -> Text:
    """A transfer in one line: day, amount as the bank would show it, the other account, words."""
    fen, name = Money(signed(row, each)), other_title(row, each)
    return Text(
        f"{each.at:%Y-%m-%d} {fen} 元 {name.zh} {each.words[:40]}",
        f"{each.at:%Y-%m-%d} CNY {fen} {name.en} {each.words[:40]}",
    )


def shown_line(line: StatementLine) -> Text:
    """A line of the bank in one line."""
    return Text(
        f"{line.day} {Money(line.fen)} 元 {line.shown_name} {line.summary[:40]}",
        f"{line.day} CNY {Money(line.fen)} {line.shown_name} {line.summary[:40]}",
    )


def matched_by(line: StatementLine) -> Text | None:
    """By which rule a line is explained; None while it is not."""
    return RULES[line.match.rule] if hasattr(line, "match") else None


def order_state(row: PaymentOrder) -> Status:
    """The state of a payment order."""
    if row.cancelled_at is not None:
        return Status(Text("已撤销", "Cancelled"), "grey")
    if row.batch_id is not None:
        return Status(Text("已放行", "Released"), "green")
    return Status(Text("待放行", "Awaits release"), "amber")


def shown_order(row: PaymentOrder) -> Text:
    """A payment order in one line, the payee masked."""
    amount = Money(row.fen)
    return Text(
        f"{row.reference} {row.shown_name} {row.account} {amount} 元 {row.purpose}（{row.ordered_by.name}）",
        f"{row.reference} {row.shown_name} {row.account} CNY {amount} {row.purpose} ({row.ordered_by.name})",
    )
