"""Bank accounts brought to zero: both balances and what only one side knows; statements, lines, payments, decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, Section, Status, Table
from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import columns, forms, listed, record, visible
from qilian.core.papers.sheets.api import PROBLEMS_KEPT
from qilian.core.rights.grants.api import allowed, signed_in
from qilian.core.rights.privacy.api import masked_fact
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.engines.ledger.bankfile.api import WHY as LEFT
from qilian.engines.ledger.book.api import Transfer, play

from .drawings import balances_section
from .kernel import Difference, Reconciliation, Suggestion
from .models import BankAccount, Match, PaymentBatch, PaymentOrder, Resolution, Statement, StatementLine
from .queries import (
    matching_of,
    members_of,
    open_orders,
    open_resolutions,
    problems_of,
    reconciliation,
    ref,
    report_of,
    seen_lines,
    seen_orders,
    signed,
    unmatched_lines,
)
from .resource import BANKS, BATCHES, LINES, ORDERS, RESOLUTIONS, STATEMENTS, crumbs
from .rights import PROPOSE, scope_of
from .words import RULES, TITLE, WHY, YUAN, account_title, honest, other_title

SHOWN, NOTES_SHOWN = 100, 30
_ZERO, _APART = Status(Text("已对平", "At zero"), "green"), Status(Text("未对平", "Not at zero"), "amber")


@dataclass(frozen=True, slots=True)
class Open:
    """One difference with the row behind it and the best suggestion."""

    difference: Difference
    row: StatementLine | Transfer
    suggestion: Suggestion | None = None


@require_safe
def account_list(_request: HttpRequest) -> HttpResponse:
    """The bank accounts that the reader may see, with both balances."""
    signed_in()
    unmatched = Column("open", Text("未对上", "Unmatched"), lambda row: unmatched_lines(row).count(), "number")
    empty = Text("没有您可以查看的银行账户。", "There is no bank account that you may see.")
    head = Head(TITLE, (Crumb(TITLE),), quote=play(), facts=honest())
    return listed(BANKS, "", head, empty=empty, more=(unmatched,))


@require_safe
def account_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One bank account: bank and book side by side, the differences with their ages, what waits for a second person."""
    row: BankAccount = visible(BANKS, "", code)
    found = reconciliation(row)
    more = (
        Action(ORDERS.title, f"{BANKS.url(row)}orders/"),
        Action(LINES.title, f"{BANKS.url(row)}lines/"),
    )
    both = Section(Text("两边余额", "Both balances"), "balances", facts=_facts(row, found))
    return record(
        BANKS, row, both, *balances_section(row), *_differences(row, found), *_waiting(row), _statements(row), more=more
    )


def _facts(row: BankAccount, found: Reconciliation) -> Sequence[Fact]:
    facts = [
        Fact(Text("银行余额", "At the bank"), Money(found.bank)),
        Fact(Text("账本余额", "In the book"), Money(found.ledger)),
        Fact(Text("差额", "Difference"), Money(found.difference)),
        Fact(Text("状态", "State"), _ZERO if found.at_zero else _APART),
        Fact(Text("对账单截至", "Statements until"), row.last_day or Text("还没有", "none yet")),
    ]
    if found.unexplained:
        lost = Money(found.unexplained)
        words = Text(f"{lost} 元无法解释", f"CNY {lost} unexplained")
        facts.append(Fact(Text("核对", "Check"), Status(words, "red")))
    return facts


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
        why = WHY[each.suggestion.why]
        apart = Money(each.suggestion.apart)
        return Text(f"{why.zh}（差 {apart}）", f"{why.en} ({apart} apart)") if each.suggestion.apart else why

    return (
        Column("day", Text("日期", "Day"), lambda each: each.row.day, "date", url=lambda each: LINES.url(each.row)),
        Column("effect", Text("金额", "Amount"), lambda each: Money(each.difference.effect), "number", YUAN),
        Column("name", Text("对方", "Other party"), lambda each: each.row.shown_name),
        Column("summary", Text("摘要", "Summary"), lambda each: each.row.summary),
        Column("days", Text("天数", "Days"), lambda each: each.difference.days, "number"),
        Column("hint", Text("可能是", "It may be"), hint),
        Column("do", Text("办理", "Do"), lambda _: Text("处理", "Resolve"), url=lambda each: LINES.url(each.row)),
    )


def _transfer_columns(row: BankAccount) -> Sequence[Column]:
    proposes = allowed(current_principal(), PROPOSE, scope_of(row))

    def reversal(each: Open) -> str:
        return f"{BANKS.url(row)}reversal/?transfer={each.row.code}" if proposes else ""

    return (
        Column("day", Text("日期", "Day"), lambda each: each.difference.side.day, "date"),
        Column("effect", Text("金额", "Amount"), lambda each: Money(each.difference.side.fen), "number", YUAN),
        Column("name", Text("对方", "Other party"), lambda each: other_title(row, each.row)),
        Column("words", Text("事由", "Words"), lambda each: each.row.words),
        Column("days", Text("天数", "Days"), lambda each: each.difference.days, "number"),
        Column("do", Text("办理", "Do"), lambda _: Text("冲销", "Reverse") if proposes else None, url=reversal),
    )


def _waiting(row: BankAccount) -> Sequence[Section]:
    rows = list(open_resolutions(row)[:SHOWN])
    orders = open_orders(row).count()
    sections = []
    if rows:
        title = Text("等待第二个人批准", "Waits for a second person")
        sections.append(Section(title, "waiting", table=Table(columns(RESOLUTIONS, ""), rows)))
    if orders:
        said = Text(f"有 {orders} 条付款指令等待放行。", f"{orders} payment orders wait to be released.")
        sections.append(Section(Text("付款", "Payments"), "payments", paragraphs=(said,)))
    return sections


def _statements(row: BankAccount) -> Section:
    rows = list(Statement.objects.select_related("by").filter(bank_account=row).defer("problems")[:10])
    empty = Empty(Text("还没有导入对账单。", "No statement has been imported yet."))
    table = Table(columns(STATEMENTS, ""), rows, empty)
    return Section(Text("最近的对账单", "Latest statements"), "statements", table=table)


@require_safe
def statement_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One statement: what it says, every problem by row, and the button that books it."""
    row: Statement = visible(STATEMENTS, "", code)
    again = f"{BANKS.url(row.bank_account)}statement/"
    more = {
        "queued": Action(Text("刷新进度", "Reload"), STATEMENTS.url(row), primary=True),
        "refused": Action(Text("上传改好的文件", "Upload the mended file"), again, primary=True),
    }
    found = [more[row.state]] if row.state in more else []
    return record(STATEMENTS, row, _outcome(row), *_read(row), more=found)


@require_safe
def line_list(_request: HttpRequest, code: str) -> HttpResponse:
    """Every line of the bank, the latest first, with the balance after it and what explains it."""
    row: BankAccount = visible(BANKS, "", code)
    path = (*crumbs(row), Crumb(account_title(row), BANKS.url(row)), Crumb(LINES.title))
    empty = Text("没有流水。请先导入对账单。", "No line. Import a statement first.")
    rows = seen_lines(current_principal()).filter(bank_account=row)
    return listed(LINES, "", Head(LINES.title, path, quote=play(), facts=honest(row)), rows=rows, empty=empty)


@require_safe
def line_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One line: the other party masked, what explains it or what it may be."""
    line: StatementLine = visible(LINES, "", code)
    other = Section(
        Text("对方", "Other party"),
        "party",
        facts=(
            masked_fact(Text("对方户名", "Other party"), line.shown_name, ref(line), "name"),
            masked_fact(Text("对方账号", "Its account"), line.account, ref(line), "account"),
        ),
    )
    row = line.bank_account
    why = _explained(row, line.match) if hasattr(line, "match") else _suggestions(row, line)
    return record(LINES, line, other, why)


def _suggestions(row: BankAccount, line: StatementLine) -> Section:
    hints = [hint for hint in matching_of(row, [line]).suggestions if hint.line == line.pk]
    rows = Transfer.objects.select_related("debit", "credit").in_bulk([hint.transfer for hint in hints])
    columns = (
        Column("at", Text("时间", "At"), lambda hint: rows[hint.transfer].at, "datetime"),
        Column("amount", Text("金额", "Amount"), lambda hint: Money(line.fen - hint.apart), "number", YUAN),
        Column("apart", Text("相差", "Apart"), lambda hint: Money(hint.apart), "number", YUAN),
        Column("name", Text("对方", "Other party"), lambda hint: other_title(row, rows[hint.transfer])),
        Column("words", Text("事由", "Words"), lambda hint: rows[hint.transfer].words),
        Column("why", Text("理由", "Why"), lambda hint: WHY[hint.why]),
    )
    empty = Empty(Text("账本里没有相像的记账：可以补记。", "Nothing in the book resembles it: it can be booked."))
    return Section(Text("可能是", "It may be"), "suggestions", table=Table(columns, hints, empty))


def _explained(row: BankAccount, match: Match) -> Section:
    lines, transfers = members_of(match)
    transfer = transfers[0]
    if len(lines) > 1 or len(transfers) > 1:
        return _explained_by_sum(row, match, lines, transfers)
    facts = (
        Fact(Text("依据", "By"), RULES[match.rule]),
        Fact(Text("记账时间", "Booked"), transfer.at),
        Fact(Text("对方账户", "Other account"), other_title(row, transfer)),
        Fact(Text("事由", "Words"), transfer.words or "—"),
        Fact(Text("记账编号", "Transfer"), transfer.code, url=reverse("ledger:transfer", args=[transfer.code])),
    )
    return Section(Text("对应的记账", "The transfer that explains it"), "match", facts=facts)


def _explained_by_sum(
    row: BankAccount, match: Match, lines: Sequence[StatementLine], transfers: Sequence[Transfer]
) -> Section:
    """Several lines that make one transfer, or one line that makes several: all of them."""
    both = [
        *((Text("银行", "bank"), each.day, each.fen, each.summary, LINES.url(each)) for each in lines),
        *(
            (Text("账本", "book"), each.at.date(), signed(row, each), each.words, _transfer_url(each))
            for each in transfers
        ),
    ]
    columns = (
        Column("side", Text("哪一边", "Side"), lambda each: each[0], url=lambda each: each[4]),
        Column("day", Text("日期", "Day"), lambda each: each[1], "date"),
        Column("amount", Text("金额", "Amount"), lambda each: Money(each[2]), "number", YUAN),
        Column("words", Text("摘要或事由", "Words"), lambda each: each[3] or "—"),
    )
    facts = (Fact(Text("依据", "By"), RULES[match.rule]),)
    return Section(
        Text("合起来相等的流水和记账", "What makes the same sum"), "match", facts=facts, table=Table(columns, both)
    )


def _transfer_url(transfer: Transfer) -> str:
    return reverse("ledger:transfer", args=[transfer.code])


def _outcome(row: Statement) -> Section:
    if row.problem_count:
        columns = (
            Column("row", Text("行", "Row"), lambda problem: problem.row or "—", "number"),
            Column("column", Text("列", "Column"), lambda problem: problem.title),
            Column("problem", Text("问题", "Problem"), lambda problem: problem.message),
            Column("remedy", Text("怎么改", "What to do"), lambda problem: problem.remedy),
        )
        more = Text(f"共 {row.problem_count} 个问题。", f"There are {row.problem_count} problems.")
        capped = [more] if row.problem_count > PROBLEMS_KEPT else []
        table = Table(columns, problems_of(row))
        return Section(Text("问题", "Problems"), "problems", table=table, paragraphs=capped)
    new = row.lines_read - row.lines_known
    said = {
        "queued": Text("正在后台检查，请稍后刷新。", "It is being checked. Reload in a moment."),
        "checked": Text(
            f"逐行核对无误：{new} 笔新流水可以入库。", f"Every row adds up: {new} new lines can be booked."
        ),
        "booked": Text("已入库。", "It is booked."),
    }
    return Section(Text("检查结果", "Outcome"), "outcome", paragraphs=(said[row.state],))


def _read(row: Statement) -> Sequence[Section]:
    """What was read and what was left out, so that every row of the file is accounted for."""
    if row.state == "queued":
        return ()
    report = report_of(row)
    counts = [(Text("读入的流水", "entries read"), row.lines_read)]
    counts += [(LEFT[why], count) for why, count in report.left.items() if why in LEFT]
    counts += [(LEFT["other"], report.others)] if report.others else []
    columns = (
        Column("what", Text("内容", "What"), lambda each: each[0]),
        Column("count", Text("行数或笔数", "Rows or entries"), lambda each: each[1], "number"),
    )
    notes = [
        Text(f"第 {at} 行：{said.zh}", f"Row {at}: {said.en}") if at else said
        for at, said in report.notes[:NOTES_SHOWN]
    ]
    title = Text("读到了什么，略过了什么", "What was read, what was left out")
    return (Section(title, "read", table=Table(columns, counts), paragraphs=notes),)


@require_safe
def resolution_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One resolution: what somebody proposes to do; whoever may decide on it approves it or turns it down."""
    row: Resolution = visible(RESOLUTIONS, "", code)
    return record(RESOLUTIONS, row)


@require_safe
def order_list(_request: HttpRequest, code: str) -> HttpResponse:
    """The payment orders of an account, the latest first."""
    row: BankAccount = visible(BANKS, "", code)
    path = (*crumbs(row), Crumb(account_title(row), BANKS.url(row)), Crumb(ORDERS.title))
    rows = seen_orders(current_principal()).filter(bank_account=row)
    empty = Text("还没有付款指令。", "No payment has been ordered yet.")
    return listed(ORDERS, "", Head(ORDERS.title, path, quote=play(), facts=honest(row)), rows=rows, empty=empty)


@require_safe
def order_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One payment order, the payee masked."""
    row: PaymentOrder = visible(ORDERS, "", code)
    return record(ORDERS, row)


@require_safe
def batch_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One batch: its orders, and where its file lies."""
    row: PaymentBatch = visible(BATCHES, "", code)
    written = Status(Text("已生成，待人工送银行", "Written, to be carried to the bank"), "green")
    state = written if row.written_at else Status(Text("生成中", "Being written"))
    file = (Fact(Text("文件", "File"), f"{row.number}.csv"), Fact(Text("文件状态", "Its state"), state))
    rows = list(row.orders.select_related("bank_account", "batch", "ordered_by").order_by("pk"))
    return record(
        BATCHES,
        row,
        Section(Text("文件", "File"), "file", facts=file),
        Section(ORDERS.title, "orders", table=Table(columns(ORDERS, ""), rows)),
    )


app_name = "banking"
urlpatterns = [
    path("", account_list, name="list"),
    path("accounts/<str:code>/", account_page, name="account"),
    path("accounts/<str:code>/lines/", line_list, name="lines"),
    path("accounts/<str:code>/orders/", order_list, name="orders"),
    path("batches/<str:code>/", batch_page, name="batch"),
    path("lines/<str:code>/", line_page, name="line"),
    path("orders/<str:code>/", order_page, name="order"),
    path("resolutions/<str:code>/", resolution_page, name="resolution"),
    path("statements/<str:code>/", statement_page, name="statement"),
    *(each for found in (BANKS, STATEMENTS, LINES, RESOLUTIONS, ORDERS, BATCHES) for each in forms(found)),
]
