"""What the pages share: addresses, words for states, reading of amounts and days, and the form of every step."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from qilian.core.house.forms.api import read_day, read_fen
from qilian.core.house.pages import Column, Crumb, Fact, Status
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.budgets.kernel import Standing
from qilian.engines.ledger.budgets.models import Commitment, Decision, Line, Programme
from qilian.engines.ledger.budgets.rights import VIEW, scope_of

TITLE = Text("预算资金", "Budgets")
YUAN = Text("元", "CNY")
TRANCHE_STATES: Mapping[str, Status] = {
    "due": Status(Text("未拨付", "Due"), "amber"),
    "paid": Status(Text("已拨付", "Paid"), "green"),
    "released": Status(Text("已退回", "Released"), "grey"),
    "carried": Status(Text("已结转", "Carried over"), "blue"),
}
DECISION_STATES: Mapping[str, Status] = {
    "proposed": Status(Text("待批准", "Awaits approval"), "amber"),
    "approved": Status(Text("已批准", "Approved"), "green"),
    "rejected": Status(Text("已退回", "Rejected"), "red"),
}
KINDS: Mapping[str, Text] = {"adjust": Text("科目调剂", "Adjustment"), "close": Text("年度结转", "Close of the year")}
CHOICES = (("carry", Text("结转下年", "carry over")), ("lapse", Text("收回", "let lapse")))


def title_of(row: Programme | Line) -> Text:
    """The title of a programme or line."""
    return Text(row.title_zh, row.title_en)


def programme_url(row: Programme) -> str:
    """Where a programme's cockpit stands."""
    return reverse("budgets:programme", args=[row.number])


def line_url(row: Line) -> str:
    """Where a line stands."""
    return reverse("budgets:line", args=[row.code])


def commitment_url(row: Commitment) -> str:
    """Where a commitment stands."""
    return reverse("budgets:commitment", args=[row.code])


def decision_url(row: Decision) -> str:
    """Where a decision stands."""
    return reverse("budgets:decision", args=[row.code])


def seen(programme: Programme) -> None:
    """Let nobody see a programme without the right."""
    require(current_principal(), VIEW, scope_of(programme))


def may(action: str, programme: Programme) -> bool:
    """Whether the reader may do an action on a programme: pages offer only what will be allowed."""
    return allowed(current_principal(), action, scope_of(programme))


def crumbs(programme: Programme | None, *more: Crumb) -> Sequence[Crumb]:
    """The path of a page."""
    first = Crumb(TITLE, reverse("budgets:list"))
    return (first, *((Crumb(title_of(programme), programme_url(programme)),) if programme else ()), *more)


def standing_facts(standing: Standing) -> Sequence[Fact]:
    """Budget, committed, paid and available of a line or a programme."""
    facts = [
        Fact(Text("预算", "Budget"), Money(standing.budget)),
        Fact(Text("已承诺", "Committed"), Money(standing.committed)),
        Fact(Text("已拨付", "Paid"), Money(standing.paid)),
        Fact(Text("可用", "Available"), Money(standing.available)),
    ]
    return [*facts, Fact(Text("已收回", "Lapsed"), Money(standing.lapsed))] if standing.lapsed else facts


def money_column(name: str, title: Text, value: Callable[..., int]) -> Column:
    """A column of fen, shown in yuan."""
    return Column(name, title, lambda row: Money(value(row)), "number", unit=YUAN)


def play_money() -> Sequence[Fact]:
    """What every page says where the money is invented."""
    if settings.MODE == "real":
        return ()
    return (Fact(Text("资金性质", "Kind of money"), Status(Text("演示资金", "Demonstration money"), "amber")),)


def amount_of(values: Mapping[str, str], name: str = "amount") -> Money:
    """An amount in yuan from a form; Refusal `budgets.amount.form`."""
    try:
        return Money(read_fen(values.get(name, "")))
    except Refusal:
        remedy = Text("请填写元，最多两位小数，如 1200.50。", "Write CNY with at most two decimals, such as 1200.50.")
        message = Text("这不是金额。", "This is no amount.")
        raise Refusal("budgets.amount.form", message, where=name, remedy=remedy) from None


def day_of(values: Mapping[str, str], name: str) -> date | None:
    """A day from a form, None when empty; Refusal `budgets.day`."""
    written = values.get(name, "").strip()
    try:
        return read_day(written) if written else None
    except Refusal:
        message = Text("请填写日期，如 2026-01-01。", "Give a day, such as 2026-01-01.")
        raise Refusal("budgets.day", message, where=name) from None


def year_of(values: Mapping[str, str], name: str = "year") -> int:
    """A year from a form; Refusal `budgets.year.form`."""
    written = values.get(name, "").strip()
    if not (written.isdecimal() and len(written) == 4):
        message = Text("年度应为四位数字，如 2026。", "A year has four digits, such as 2026.")
        raise Refusal("budgets.year.form", message, where=name)
    return int(written)
