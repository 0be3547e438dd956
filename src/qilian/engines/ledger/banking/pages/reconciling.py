"""The list of bank accounts, and one account brought to zero: both balances and everything only one side knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import possible, signed_in
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.engines.ledger.banking.kernel import Difference, Reconciliation, Suggestion
from qilian.engines.ledger.banking.models import BankAccount, Resolution, Statement, StatementLine
from qilian.engines.ledger.banking.queries import (
    bank_account_coded,
    bank_accounts,
    ledger_fen,
    matching_of,
    open_orders,
    open_resolutions,
    reconciliation,
    ref,
    unmatched_lines,
)
from qilian.engines.ledger.banking.rights import IMPORT, OPEN, ORDER, PROPOSE
from qilian.engines.ledger.book.api import Transfer

from . import common
from .common import account_title, account_url, crumbs, line_url, statement_url

SHOWN = 100
_ZERO = Status(Text("已对平", "At zero"), "green")
_APART = Status(Text("未对平", "Not at zero"), "amber")


@dataclass(frozen=True, slots=True)
class Open:
    """One difference with the row behind it and the best suggestion."""

    difference: Difference
    row: StatementLine | Transfer
    suggestion: Suggestion | None = None


@require_GET
def account_list(_request: HttpRequest) -> HttpResponse:
    """The bank accounts that the reader may see, with both balances."""
    me = signed_in()
    rows = list(bank_accounts(me))
    ledger = {row.pk: ledger_fen(row) for row in rows}
    columns = (
        Column("bank", Text("账户", "Account"), account_title, url=account_url),
        Column("holder", Text("户名", "Holder"), lambda row: row.holder),
        Column("bank_fen", Text("银行余额", "At the bank"), lambda row: Money(row.bank_fen), "number", common.YUAN),
        Column("ledger", Text("账本余额", "In the book"), lambda row: Money(ledger[row.pk]), "number", common.YUAN),
        Column(
            "apart",
            Text("差额", "Difference"),
            lambda row: Money(row.bank_fen - ledger[row.pk]),
            "number",
            common.YUAN,
        ),
        Column("last", Text("对账单截至", "Statements until"), lambda row: row.last_day, "date"),
        Column("open", Text("未对上", "Unmatched"), lambda row: unmatched_lines(row).count(), "number"),
    )
    new = Action(Text("登记银行账户", "Register a bank account"), reverse("banking:new"), primary=True)
    actions = (new,) if possible(me, [OPEN]) else ()
    empty = Empty(Text("没有您可以查看的银行账户。", "There is no bank account that you may see."), *actions)
    head = Head(common.TITLE, crumbs=(Crumb(common.TITLE),), facts=common.honest(), actions=actions)
    return show(ListPage(head, rows, columns, empty))


@require_GET
def account_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One bank account: bank and book side by side, the differences with their ages, what waits for a second person."""
    row = bank_account_coded(code)
    common.seen(row)
    found = reconciliation(row)
    sections = [*_differences(row, found), *_waiting(row), _statements(row)]
    head = Head(
        account_title(row),
        crumbs=crumbs(None, Crumb(account_title(row))),
        facts=_facts(row, found),
        actions=_actions(row),
    )
    return show(RecordPage(head, sections, timeline(ref(row))))


def _facts(row: BankAccount, found: Reconciliation) -> Sequence[Fact]:
    facts = [
        Fact(Text("银行余额", "At the bank"), Money(found.bank)),
        Fact(Text("账本余额", "In the book"), Money(found.ledger)),
        Fact(Text("差额", "Difference"), Money(found.difference)),
        Fact(Text("状态", "State"), _ZERO if found.at_zero else _APART),
        Fact(Text("对账单截至", "Statements until"), row.last_day or Text("还没有", "none yet")),
    ]
    if found.unexplained:
        lost = Status(
            Text(f"{Money(found.unexplained)} 元无法解释", f"CNY {Money(found.unexplained)} unexplained"), "red"
        )
        facts.append(Fact(Text("核对", "Check"), lost))
    return [*facts, *common.honest(row)]


def _actions(row: BankAccount) -> Sequence[Action]:
    wanted = (
        (IMPORT, Text("导入对账单", "Import a statement"), "new-statement", True),
        (ORDER, Text("提交付款", "Order a payment"), "new-order", False),
        (None, Text("付款指令", "Payment orders"), "orders", False),
        (None, Text("全部流水", "All lines"), "lines", False),
    )
    return [
        Action(title, reverse(f"banking:{name}", args=[row.code]), primary=primary)
        for action, title, name, primary in wanted
        if action is None or common.may(action, row)
    ]


def _differences(row: BankAccount, found: Reconciliation) -> Sequence[Section]:
    at_bank = [each for each in found.differences if each.at_bank]
    in_book = [each for each in found.differences if not each.at_bank]
    lines = StatementLine.objects.in_bulk([each.side.key for each in at_bank[:SHOWN]])
    transfers = Transfer.objects.select_related("debit", "credit").in_bulk([each.side.key for each in in_book[:SHOWN]])
    hints: Mapping[int, Suggestion] = {}
    if lines:
        suggested = reversed(matching_of(row, lines.values()).suggestions)
        hints = {hint.line: hint for hint in suggested}
    open_lines = [Open(each, lines[each.side.key], hints.get(each.side.key)) for each in at_bank[:SHOWN]]
    open_transfers = [Open(each, transfers[each.side.key]) for each in in_book[:SHOWN]]
    return (
        _section(
            Text("银行有、账本没有", "At the bank, not in the book"), "lines", open_lines, len(at_bank), _line_columns()
        ),
        _section(
            Text("账本有、银行没有", "In the book, not at the bank"),
            "transfers",
            open_transfers,
            len(in_book),
            _transfer_columns(row),
        ),
    )


def _section(title: Text, anchor: str, rows: Sequence[Open], total: int, columns: Sequence[Column]) -> Section:
    more = [Text(f"共 {total} 笔，下面是最早的 {SHOWN} 笔。", f"There are {total}; these are the oldest {SHOWN}.")]
    table = Table(columns, rows, Empty(Text("没有差异。", "No difference.")))
    return Section(title, anchor, table=table, paragraphs=more if total > SHOWN else ())


def _line_columns() -> Sequence[Column]:
    def hint(each: Open) -> Text | None:
        if each.suggestion is None:
            return None
        why = common.WHY[each.suggestion.why]
        apart = Money(each.suggestion.apart)
        return Text(f"{why.zh}（差 {apart}）", f"{why.en} ({apart} apart)") if each.suggestion.apart else why

    return (
        Column("day", Text("日期", "Day"), lambda each: each.row.day, "date", url=_line_of),
        Column("effect", Text("金额", "Amount"), lambda each: Money(each.difference.effect), "number", common.YUAN),
        Column("name", Text("对方", "Other party"), lambda each: each.row.shown_name),
        Column("summary", Text("摘要", "Summary"), lambda each: each.row.summary),
        Column("days", Text("天数", "Days"), lambda each: each.difference.days, "number"),
        Column("hint", Text("可能是", "It may be"), hint),
        Column("do", Text("办理", "Do"), lambda _: Text("处理", "Resolve"), url=_line_of),
    )


def _transfer_columns(row: BankAccount) -> Sequence[Column]:
    proposes = common.may(PROPOSE, row)

    def reversal(each: Open) -> str:
        return reverse("banking:reversal", args=[row.code, each.row.code]) if proposes else ""

    return (
        Column("day", Text("日期", "Day"), lambda each: each.difference.side.day, "date"),
        Column("effect", Text("金额", "Amount"), lambda each: Money(each.difference.side.fen), "number", common.YUAN),
        Column("name", Text("对方", "Other party"), lambda each: other_title(row, each.row)),
        Column("words", Text("事由", "Words"), lambda each: each.row.words),
        Column("days", Text("天数", "Days"), lambda each: each.difference.days, "number"),
        Column("do", Text("办理", "Do"), lambda _: Text("冲销", "Reverse") if proposes else None, url=reversal),
    )


def other_title(row: BankAccount, transfer: Transfer) -> Text:
    """The title of the account on the other side of a transfer."""
    other = transfer.credit if transfer.debit_id == row.account_id else transfer.debit
    return Text(other.title_zh, other.title_en)


def _waiting(row: BankAccount) -> Sequence[Section]:
    rows = list(open_resolutions(row)[:SHOWN])
    orders = open_orders(row).count()
    sections = []
    if rows:
        columns = (
            Column("kind", Text("处理", "Resolution"), lambda each: common.KINDS[each.kind], url=_resolution_of),
            Column("reason", Text("理由", "Reason"), lambda each: each.reason),
            Column("proposer", Text("提出人", "Proposed by"), lambda each: each.proposed_by.name),
            Column("at", Text("时间", "At"), lambda each: each.proposed_at, "datetime"),
        )
        title = Text("等待第二个人批准", "Waits for a second person")
        sections.append(Section(title, "waiting", table=Table(columns, rows)))
    if orders:
        said = Text(f"有 {orders} 条付款指令等待放行。", f"{orders} payment orders wait to be released.")
        sections.append(Section(Text("付款", "Payments"), "payments", paragraphs=(said,)))
    return sections


def _statements(row: BankAccount) -> Section:
    rows = list(Statement.objects.filter(bank_account=row).defer("problems")[:10])
    columns = (
        Column("name", Text("文件", "File"), lambda each: each.name, url=statement_url),
        Column("state", Text("状态", "State"), lambda each: common.STATEMENT_STATES[each.state], "status"),
        Column("from", Text("自", "From"), lambda each: each.first_day, "date"),
        Column("to", Text("至", "To"), lambda each: each.last_day, "date"),
        Column("lines", Text("笔数", "Lines"), lambda each: each.lines_read, "number"),
        Column("closing", Text("期末余额", "Closing"), _closing, "number", common.YUAN),
    )
    empty = Empty(Text("还没有导入对账单。", "No statement has been imported yet."))
    return Section(Text("最近的对账单", "Latest statements"), "statements", table=Table(columns, rows, empty))


def _closing(each: Statement) -> Money | None:
    return None if each.closing is None else Money(each.closing)


def _line_of(each: Open) -> str:
    assert isinstance(each.row, StatementLine)
    return line_url(each.row)


def _resolution_of(each: Resolution) -> str:
    return common.resolution_url(each)
