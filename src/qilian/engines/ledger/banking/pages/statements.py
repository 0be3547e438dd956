"""Register a bank account, bring a statement, see its problems, book it; the lines of an account, one line."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Field,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    StepForm,
    Table,
    answer_form,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.papers.sheets.api import PROBLEMS_KEPT
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import masked_fact
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import unit_names
from qilian.engines.ledger.bankfile.api import WHY
from qilian.engines.ledger.banking import services as verbs
from qilian.engines.ledger.banking.models import BankAccount, Match, Statement, StatementLine
from qilian.engines.ledger.banking.queries import (
    bank_account_coded,
    line_coded,
    matching_of,
    members_of,
    problems_of,
    ref,
    signed,
    statement_coded,
    told_of,
)
from qilian.engines.ledger.banking.rights import IMPORT, PROPOSE, scope_of
from qilian.engines.ledger.book.api import Transfer

from . import common
from .common import account_url, amount_of, crumbs, day_of, line_url, statement_url
from .reconciling import other_title

NOTES_SHOWN = 30
_FORM = require_http_methods(["GET", "POST"])


@_FORM
def new_account(request: HttpRequest) -> HttpResponse:
    """Register an account at a bank with its balance on a day."""
    title = Text("登记银行账户", "Register a bank account")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        units = list(unit_names(on=clock.today()).items())
        hint = Text("银行在这一天日终显示的余额。", "What the bank shows at the end of that day.")
        fields = (
            Field("number", Text("账号", "Account number"), value=sent.get("number", "")),
            Field("bank", Text("开户银行", "Bank"), value=sent.get("bank", "")),
            Field("holder", Text("户名", "Holder"), value=sent.get("holder", "")),
            Field("unit", Text("单位", "Unit"), "choice", sent.get("unit", ""), choices=units),
            Field("opened_on", Text("起始日期", "From the end of"), "date", sent.get("opened_on", str(clock.today()))),
            Field("opening", Text("期初余额", "Opening balance"), "money", sent.get("opening", ""), hint=hint),
        )
        head = Head(title, crumbs=crumbs(None, Crumb(title)), facts=common.honest())
        return StepForm(head, fields, title, refusals=refused, dense=True)

    def act(sent: QueryDict) -> str:
        row = verbs.open_bank_account(
            actor=current_principal(),
            number=sent.get("number", ""),
            bank=sent.get("bank", ""),
            holder=sent.get("holder", ""),
            unit=sent.get("unit", ""),
            opening=amount_of(sent, "opening"),
            opened_on=day_of(sent, "opened_on"),
        )
        return account_url(row)

    return answer_form(request, form, act)


@_FORM
def new_statement(request: HttpRequest, code: str) -> HttpResponse:
    """Bring a bank file: it is checked first, nothing is booked yet."""
    row = bank_account_coded(code)
    require(current_principal(), IMPORT, scope_of(row))
    title = Text("导入对账单", "Import a statement")
    hint = Text(
        "网银下载的 CSV 或 .xlsx（带余额）、camt.053 XML 或 MT940；微信、支付宝账单也可以。先检查，不会保存任何流水。",
        "CSV or .xlsx from the bank (with balances), camt.053 XML or MT940, bills of WeChat and Alipay. It is checked "
        "first; nothing is saved.",
    )

    def form(_sent: QueryDict, *refused: Refusal) -> StepForm:
        error = refused[0].message if refused else ""
        field = Field(
            "file",
            Text("文件", "File"),
            "file",
            hint=hint,
            accept=".csv,.txt,.xml,.xlsx,.xls,.sta,.940,.mt940",
            error=error,
        )
        head = Head(title, crumbs=crumbs(row, Crumb(title)), facts=common.honest(row))
        return StepForm(head, (field,), Text("上传并检查", "Upload and check"), refusals=refused)

    def act(_sent: QueryDict) -> str:
        uploaded = request.FILES.get("file")
        if uploaded is None:
            raise Refusal("banking.file", Text("请选择一个文件。", "Choose a file."), where="file")
        brought = verbs.bring(
            actor=current_principal(), bank_account=row, name=uploaded.name or "statement", content=uploaded.chunks
        )
        return statement_url(brought)

    return answer_form(request, form, act)


@require_GET
def statement_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One statement: what it says, every problem by row, and the button that books it."""
    row = statement_coded(code)
    common.seen(row.bank_account)
    actions: list[Action] = []
    if row.state == "checked" and common.may(IMPORT, row.bank_account):
        book = Text("入库并自动对账", "Book and match")
        actions = [Action(book, reverse("banking:booking", args=[code]), "post", primary=True)]
    elif row.state == "queued":
        actions = [Action(Text("刷新进度", "Reload"), statement_url(row), primary=True)]
    elif row.state == "refused":
        again = Text("上传改好的文件", "Upload the mended file")
        actions = [Action(again, reverse("banking:new-statement", args=[row.bank_account.code]), primary=True)]
    path = crumbs(row.bank_account, Crumb(row.name))
    head = Head(row.name, crumbs=path, facts=_statement_facts(row), actions=actions)
    return show(RecordPage(head, (_outcome(row), *_read(row)), timeline(ref(row))))


@require_POST
def booking(_request: HttpRequest, code: str) -> HttpResponse:
    """Book a checked statement: at once when it is short, else by the worker."""
    row = verbs.ask_to_book(actor=current_principal(), statement=statement_coded(code))
    return HttpResponseRedirect(account_url(row.bank_account) if row.state == "booked" else statement_url(row))


@require_GET
def line_list(_request: HttpRequest, code: str) -> HttpResponse:
    """Every line of the bank, the latest first, with the balance after it and what explains it."""
    row = bank_account_coded(code)
    common.seen(row)
    rows = StatementLine.objects.filter(bank_account=row).select_related("match__transfer")
    columns = (
        Column("day", Text("日期", "Day"), lambda line: line.day, "date", sort="day", url=line_url),
        Column("in", Text("收入", "In"), lambda line: Money(line.fen) if line.fen > 0 else None, "number", common.YUAN),
        Column(
            "out", Text("支出", "Out"), lambda line: Money(-line.fen) if line.fen < 0 else None, "number", common.YUAN
        ),
        Column("balance", Text("余额", "Balance"), _balance, "number", common.YUAN),
        Column("name", Text("对方", "Other party"), lambda line: line.shown_name, sort="shown_name"),
        Column("summary", Text("摘要", "Summary"), lambda line: line.summary),
        Column("state", Text("对账", "Matched"), _matched),
    )
    title = Text("全部流水", "All lines")
    choices = (("open", Text("未对上", "unmatched")), ("matched", Text("已对上", "matched")))
    filters = (
        Filter("state", Text("对账", "Matched"), _narrowed, choices),
        Filter("words", Text("摘要或对方", "Summary or name"), _containing),
    )
    empty = Empty(Text("没有流水。请先导入对账单。", "No line. Import a statement first."))
    head = Head(title, crumbs=crumbs(row, Crumb(title)), facts=common.honest(row))
    return show(ListPage(head, rows, columns, empty, filters=filters))


@require_GET
def line_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One line: the other party masked, what explains it or what it may be."""
    line = line_coded(code)
    row = line.bank_account
    common.seen(row)
    facts = (
        Fact(Text("日期", "Day"), line.day),
        Fact(Text("金额", "Amount"), Money(line.fen)),
        masked_fact(Text("对方户名", "Other party"), line.shown_name, ref(line), "name"),
        masked_fact(Text("对方账号", "Its account"), line.account, ref(line), "account"),
        Fact(Text("摘要", "Summary"), line.summary or "—"),
        Fact(Text("流水号", "Serial number"), line.serial or "—"),
        Fact(Text("对账", "Matched"), _matched(line) or Text("未对上", "unmatched")),
        *common.honest(row),
    )
    resolve = Action(Text("提出处理", "Propose a resolution"), reverse("banking:resolve", args=[code]), primary=True)
    open_line = not hasattr(line, "match")
    actions = (resolve,) if open_line and common.may(PROPOSE, row) else ()
    title = Text(f"{line.day} {Money(line.fen)} 元", f"{line.day} CNY {Money(line.fen)}")
    head = Head(title, crumbs=crumbs(row, Crumb(title)), facts=facts, actions=actions)
    section = _suggestions(row, line) if open_line else _explained(row, line.match)
    return show(RecordPage(head, (section,), timeline(ref(line))))


def _suggestions(row: BankAccount, line: StatementLine) -> Section:
    hints = [hint for hint in matching_of(row, [line]).suggestions if hint.line == line.pk]
    rows = Transfer.objects.select_related("debit", "credit").in_bulk([hint.transfer for hint in hints])
    columns = (
        Column("at", Text("时间", "At"), lambda hint: rows[hint.transfer].at, "datetime"),
        Column("amount", Text("金额", "Amount"), lambda hint: Money(line.fen - hint.apart), "number", common.YUAN),
        Column("apart", Text("相差", "Apart"), lambda hint: Money(hint.apart), "number", common.YUAN),
        Column("name", Text("对方", "Other party"), lambda hint: other_title(row, rows[hint.transfer])),
        Column("words", Text("事由", "Words"), lambda hint: rows[hint.transfer].words),
        Column("why", Text("理由", "Why"), lambda hint: common.WHY[hint.why]),
    )
    empty = Empty(Text("账本里没有相像的记账：可以补记。", "Nothing in the book resembles it: it can be booked."))
    return Section(Text("可能是", "It may be"), "suggestions", table=Table(columns, hints, empty))


def _explained(row: BankAccount, match: Match) -> Section:
    lines, transfers = members_of(match)
    transfer = transfers[0]
    if len(lines) > 1 or len(transfers) > 1:
        return _explained_by_sum(row, match, lines, transfers)
    facts = (
        Fact(Text("依据", "By"), common.RULES[match.rule]),
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
        *((Text("银行", "bank"), each.day, each.fen, each.summary, line_url(each)) for each in lines),
        *(
            (Text("账本", "book"), each.at.date(), signed(row, each), each.words, _transfer_url(each))
            for each in transfers
        ),
    ]
    columns = (
        Column("side", Text("哪一边", "Side"), lambda each: each[0], url=lambda each: each[4]),
        Column("day", Text("日期", "Day"), lambda each: each[1], "date"),
        Column("amount", Text("金额", "Amount"), lambda each: Money(each[2]), "number", common.YUAN),
        Column("words", Text("摘要或事由", "Words"), lambda each: each[3] or "—"),
    )
    facts = (Fact(Text("依据", "By"), common.RULES[match.rule]),)
    return Section(
        Text("合起来相等的流水和记账", "What makes the same sum"), "match", facts=facts, table=Table(columns, both)
    )


def _transfer_url(transfer: Transfer) -> str:
    return reverse("ledger:transfer", args=[transfer.code])


def _statement_facts(row: Statement) -> Sequence[Fact]:
    facts = [
        Fact(Text("状态", "State"), common.STATEMENT_STATES[row.state]),
        Fact(Text("笔数", "Lines"), row.lines_read),
        Fact(Text("问题数", "Problems"), row.problem_count),
        Fact(Text("上传人", "By"), row.by.name if row.by else Text("系统", "the system")),
        Fact(Text("上传时间", "Uploaded"), row.at),
    ]
    if row.opening is not None and row.closing is not None:
        facts += [
            Fact(Text("期初余额", "Opening"), Money(row.opening)),
            Fact(Text("收入", "In"), Money(row.inflow)),
            Fact(Text("支出", "Out"), Money(row.outflow)),
            Fact(Text("期末余额", "Closing"), Money(row.closing)),
        ]
    if row.lines_known:
        facts.append(Fact(Text("此前已入库", "Booked before"), row.lines_known))
    if row.lines_passed:
        facts.append(Fact(Text("略过（零额或未记账）", "Passed over (zero or pending)"), row.lines_passed))
    return [*facts, *common.honest(row.bank_account)]


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
    told = told_of(row)
    counts = [(Text("读入的流水", "entries read"), row.lines_read)]
    counts += [(WHY[why], count) for why, count in told.left.items() if why in WHY]
    counts += [(WHY["other"], told.others)] if told.others else []
    columns = (
        Column("what", Text("内容", "What"), lambda each: each[0]),
        Column("count", Text("行数或笔数", "Rows or entries"), lambda each: each[1], "number"),
    )
    notes = [
        Text(f"第 {at} 行：{said.zh}", f"Row {at}: {said.en}") if at else said for at, said in told.notes[:NOTES_SHOWN]
    ]
    title = Text("读到了什么，略过了什么", "What was read, what was left out")
    return (Section(title, "read", table=Table(columns, counts), paragraphs=notes),)


def _balance(line: StatementLine) -> Money | None:
    return None if line.balance is None else Money(line.balance)


def _matched(line: StatementLine) -> Text | None:
    return common.RULES[line.match.rule] if hasattr(line, "match") else None


def _narrowed(rows: QuerySet[StatementLine], state: str) -> QuerySet[StatementLine]:
    return rows.filter(match__isnull=state == "open")


def _containing(rows: QuerySet[StatementLine], words: str) -> QuerySet[StatementLine]:
    return rows.filter(Q(summary__icontains=words) | Q(shown_name__icontains=words) | Q(reference=words))
