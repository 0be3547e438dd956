"""What the pages share: addresses, words for states, what every page says about the money, the frame of a form."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from qilian.core.house.forms.api import read_day, read_fen
from qilian.core.house.pages import Crumb, Fact, Status
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.bankfile.api import channel_of
from qilian.engines.ledger.banking.models import BankAccount, PaymentBatch, Resolution, Statement, StatementLine
from qilian.engines.ledger.banking.rights import VIEW, scope_of

TITLE = Text("银行对账", "Bank reconciliation")
YUAN = Text("元", "CNY")
STATEMENT_STATES: Mapping[str, Status] = {
    "queued": Status(Text("检查中", "Being checked"), "grey"),
    "refused": Status(Text("有问题", "Has problems"), "red"),
    "checked": Status(Text("可以入库", "Ready to book"), "green"),
    "booked": Status(Text("已入库", "Booked"), "blue"),
}
STATES: Mapping[str, Status] = {
    "proposed": Status(Text("待批准", "Awaits approval"), "amber"),
    "approved": Status(Text("已批准", "Approved"), "green"),
    "rejected": Status(Text("已退回", "Rejected"), "red"),
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


def account_url(row: BankAccount) -> str:
    """Where a bank account is reconciled."""
    return reverse("banking:account", args=[row.code])


def statement_url(row: Statement) -> str:
    """Where a statement stands."""
    return reverse("banking:statement", args=[row.code])


def line_url(row: StatementLine) -> str:
    """Where a line stands."""
    return reverse("banking:line", args=[row.code])


def resolution_url(row: Resolution) -> str:
    """Where a resolution is decided."""
    return reverse("banking:resolution", args=[row.code])


def batch_url(row: PaymentBatch) -> str:
    """Where a batch stands."""
    return reverse("banking:batch", args=[row.code])


def crumbs(row: BankAccount | None, *more: Crumb) -> Sequence[Crumb]:
    """The path of a page."""
    first = Crumb(TITLE, reverse("banking:list"))
    return (first, *((Crumb(account_title(row), account_url(row)),) if row else ()), *more)


def seen(row: BankAccount) -> None:
    """Let nobody see a bank account without the right."""
    require(current_principal(), VIEW, scope_of(row))


def may(action: str, row: BankAccount) -> bool:
    """Whether the reader may do an action on a bank account: pages offer only what will be allowed."""
    return allowed(current_principal(), action, scope_of(row))


def honest(row: BankAccount | None = None) -> Sequence[Fact]:
    """What every page says: that no bank is connected, and that the money is invented where it is."""
    channel = channel_of(row.channel if row else "file")
    facts = [Fact(Text("通道", "Channel"), channel.says)]
    if settings.MODE == "real":
        return facts
    return [Fact(Text("资金性质", "Kind of money"), Status(Text("演示资金", "Demonstration money"), "amber")), *facts]


def amount_of(values: Mapping[str, str], name: str = "amount") -> Money:
    """An amount in yuan from a form; Refusal `banking.amount`."""
    try:
        return Money(read_fen(values.get(name, "")))
    except Refusal:
        remedy = Text("请填写元，最多两位小数，如 1200.50。", "Write CNY with at most two decimals, such as 1200.50.")
        message = Text("这不是金额。", "This is no amount.")
        raise Refusal("banking.amount", message, where=name, remedy=remedy) from None


def day_of(values: Mapping[str, str], name: str) -> date:
    """A day from a form; Refusal `banking.day`."""
    try:
        return read_day(values.get(name, "").strip())
    except Refusal:
        message = Text("请填写日期，如 2026-01-01。", "Give a day, such as 2026-01-01.")
        raise Refusal("banking.day", message, where=name) from None
