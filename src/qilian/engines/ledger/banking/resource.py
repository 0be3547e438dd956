"""Bank accounts, statements, lines, resolutions, payment orders and batches, each said once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from qilian.core.house.forms.api import FieldSpec, Form, Upload
from qilian.core.house.pages import Crumb, Fact, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.core.work.approvals.api import decisions, traits
from qilian.engines.ledger.book.api import account_coded, play, title_of, transfer_coded
from qilian.engines.ledger.owners.api import Owner

from .models import BankAccount, PaymentBatch, PaymentOrder, Resolution, Statement, StatementLine
from .queries import (
    bank_account_coded,
    bank_accounts,
    batch_coded,
    ledger_fen,
    line_coded,
    open_orders,
    order_coded,
    problems_of,
    ref,
    report_of,
    resolution_coded,
    seen_batches,
    seen_lines,
    seen_orders,
    seen_resolutions,
    seen_statements,
    signed,
    statement_coded,
    unmatched_transfers,
)
from .rights import IMPORT, OPEN, ORDER, PROPOSE, RECEIVE, RELEASE, VIEW, scope_of
from .services import (
    approve,
    ask_to_book,
    bring,
    cancel_order,
    members,
    open_bank_account,
    order_payment,
    propose_booking,
    propose_correction,
    propose_match,
    propose_reversal,
    record_receipt,
    reject,
    release_orders,
    withdraw,
)
from .services.resolutions import DECIDING
from .suggesting import Offered, counters, other_lines, single, sums
from .words import (
    KINDS,
    STATEMENT_STATES,
    TITLE,
    YUAN,
    account_title,
    honest,
    matched_by,
    order_state,
    other_title,
    shown_line,
    shown_order,
    shown_transfer,
)

_WHY = FieldSpec("reason", Text("理由", "Reason"), length=300)
_AMOUNT = FieldSpec("amount", Text("金额", "Amount"), "money", low="0.01", high="999999999999.99", unit=YUAN)
_PAYMENT = Form(
    "payment",
    Text("付款", "Payment"),
    (
        FieldSpec("name", Text("收款人户名", "Payee"), length=200),
        FieldSpec("account", Text("收款账号", "Account"), length=60),
        FieldSpec("bank", Text("收款银行", "Bank"), required=False, length=120),
        _AMOUNT,
        FieldSpec("purpose", Text("用途", "Purpose"), length=120),
    ),
)
_STATEMENT = Form(
    "statement",
    Text("导入对账单", "Import a statement"),
    (
        FieldSpec(
            "file",
            Text("文件", "File"),
            "file",
            accept=".csv,.txt,.xml,.xlsx,.xls,.sta,.940,.mt940",
            hint=Text(
                "网银下载的 CSV 或 .xlsx（带余额）、camt.053 XML 或 MT940；微信、支付宝账单也可以。"
                "先检查，不会保存任何流水。",
                "CSV or .xlsx from the bank (with balances), camt.053 XML or MT940, bills of WeChat and Alipay. It is "
                "checked first; nothing is saved.",
            ),
        ),
    ),
)
_SPOOL = Text(
    "放行后记账，并在待送文件夹生成付款文件，由人送到银行；系统不连接银行。",
    "Releasing books the transfers and writes a payment file into the spool folder, which a person carries to the "
    "bank: no bank is connected.",
)


def account_form(_place: str) -> Form:
    """Number, bank, holder and unit of an account, and what the bank shows on a day."""
    hint = Text("银行在这一天日终显示的余额。", "What the bank shows at the end of that day.")
    fields = (
        FieldSpec("number", Text("账号", "Account number"), length=60),
        FieldSpec("bank", Text("开户银行", "Bank"), length=120),
        FieldSpec("holder", Text("户名", "Holder"), length=120),
        FieldSpec("unit", Text("单位", "Unit"), picks="unit"),
        FieldSpec("opened_on", Text("起始日期", "From the end of"), "date"),
        FieldSpec("opening", Text("期初余额", "Opening balance"), "money", hint=hint, low="0", high=_AMOUNT.high),
    )
    return Form("account", _OPENING, fields)


def receipt_form(row: BankAccount) -> Form:
    """What is paid in, and for which account."""
    choices = tuple((each.code, title_of(each)) for each in counters(row))
    counter = FieldSpec(
        "counter", Text("记到哪个账户", "For which account"), "choice", choices=choices, finds=account_coded
    )
    words = FieldSpec("words", Text("摘要", "For"), length=300)
    return Form("receipt", _RECEIPT, (_AMOUNT, counter, words))  # fmt: skip


def release_form(row: BankAccount) -> Form:
    """The orders that wait, of which those of others may be released."""
    waiting = tuple((each.code, shown_order(each)) for each in open_orders(row)[:200])
    return Form("release", _RELEASE, (FieldSpec("orders", _ORDERS, "choices", choices=waiting),))


def reversal_form(_row: BankAccount) -> Form:
    """Which transfer never reached the bank, and why."""
    transfer = FieldSpec("transfer", Text("账本里的记账", "Transfer in the book"), finds=transfer_coded, length=26)
    return Form("reversal", Text("冲销", "Reversal"), (transfer, _WHY))


def match_form(line: StatementLine) -> Form:
    """Which transfer a line is, alone or with others on one of the sides."""
    offered, others = single(line), other_lines(line)
    known = tuple((each.key, each.title) for each in (*sums(line), *offered))
    fields = [FieldSpec("transfer", Text("账本里的记账", "Transfer in the book"), "choice", choices=known)]
    if len(offered) > 1:
        more = tuple((each.key, each.title) for each in offered)
        title = Text("一起对上的其他记账", "Further transfers of the same sum")
        fields.append(FieldSpec("more_transfers", title, "choices", required=False, choices=more))
    if others:
        more = tuple((each.code, shown_line(each)) for each in others)
        title = Text("一起对上的其他流水", "Further lines of the same sum")
        fields.append(FieldSpec("more_lines", title, "choices", required=False, choices=more))
    return Form("match", KINDS["match"], (*fields, _WHY))


def correction_form(line: StatementLine) -> Form:
    """Which transfer is put right with the line's amount."""
    known = tuple((each.key, each.title) for each in single(line))
    wrong = FieldSpec(
        "transfer", Text("账本里的记账", "Transfer in the book"), "choice", choices=known, finds=transfer_coded
    )
    return Form("correction", KINDS["correct"], (wrong, _WHY))  # fmt: skip


def booking_form(line: StatementLine) -> Form:
    """Against which account a line is booked."""
    choices = tuple((each.code, title_of(each)) for each in counters(line.bank_account))
    counter = FieldSpec(
        "counter", Text("记到哪个账户", "Against which account"), "choice", choices=choices, finds=account_coded
    )
    return Form("booking", KINDS["book"], (counter, _WHY))  # fmt: skip


def _brought(_row: BankAccount, values: Values) -> Values:
    file: Upload = values["file"]
    return {"name": file.name or "statement", "content": file.content}


def _matched(line: StatementLine, values: Values) -> Values:
    offered: dict[str, Offered] = {each.key: each for each in (*sums(line), *single(line))}
    first, *others = offered[values["transfer"]].transfers
    others += [each for key in values.get("more_transfers") or () for each in offered[key].transfers if each != first]
    lines = [*offered[values["transfer"]].lines, *map(line_coded, values.get("more_lines") or ())]
    return {"transfer": first, "more_transfers": others, "more_lines": lines, "reason": values["reason"]}


def _chosen(row: BankAccount, values: Values) -> Values:
    waiting = {each.code: each for each in open_orders(row)[:200]}
    return {"orders": [waiting[code] for code in values["orders"]]}


def _seen(account: Callable[[Any], BankAccount]) -> Callable[[Principal, Any], bool]:
    """Who may see banking sees it; everybody else is told which right is missing."""

    def seen(me: Principal, row: Any) -> bool:
        require(me, VIEW, scope_of(account(row)))
        return True

    return seen


def _open_line(line: StatementLine) -> bool:
    return not hasattr(line, "match")


def line_facts(line: StatementLine) -> Sequence[Fact]:
    """A line of the bank, for whoever decides what it is."""
    return (
        Fact(Text("日期", "Day"), line.day),
        Fact(Text("银行金额", "At the bank"), Money(line.fen)),
        Fact(Text("对方", "Other party"), line.shown_name or "—"),
        Fact(Text("摘要", "Summary"), line.summary or "—"),
    )


def resolution_facts(row: Resolution) -> Sequence[Fact]:
    """What a resolution changes: the lines, the transfers, the account it is booked against."""
    lines, transfers = members(row)
    found = [*line_facts(lines[0])] if lines else []
    if transfers:
        first = transfers[0]
        found += [
            Fact(Text("记账时间", "Booked"), first.at),
            Fact(Text("账本金额", "In the book"), Money(signed(row.bank_account, first))),
            Fact(Text("对方账户", "Other account"), other_title(row.bank_account, first)),
            Fact(Text("事由", "Words"), first.words or "—"),
        ]
    found += [Fact(Text("还有一行", "And the line"), shown_line(each)) for each in lines[1:]]
    found += [Fact(Text("还有一笔", "And the transfer"), shown_transfer(row.bank_account, e)) for e in transfers[1:]]
    if row.counter is not None:
        found.append(Fact(Text("记到", "Against"), title_of(row.counter)))
    return found


def crumbs(at: Any) -> Sequence[Crumb]:
    """The path to something of banking."""
    first = Crumb(TITLE, BANKS.home(""))
    if isinstance(at, str | BankAccount):
        return (first,)
    account = at.bank_account
    return (first, Crumb(account_title(account), BANKS.url(account)))


def _money(name: str, title: Text, fen: Callable[[Any], int | None], **more: Any) -> Trait[Any]:
    def value(row: Any) -> Money | None:
        found = fen(row)
        return None if found is None else Money(found)

    return Trait(name, title, value, "money", unit=YUAN, **more)


def _problems(row: Statement) -> list[dict[str, object]]:
    return [{"row": each.row, "zh": each.message.zh, "en": each.message.en} for each in problems_of(row)]


def _containing(rows: Any, words: str) -> Any:
    return (
        rows.filter(summary__icontains=words) | rows.filter(shown_name__icontains=words) | rows.filter(reference=words)
    )


_OPENING, _RELEASE = Text("登记银行账户", "Register a bank account"), Text("放行付款", "Release payments")
_RECEIPT, _ORDERS = Text("登记收款", "Book a receipt"), Text("付款指令", "Payment orders")
_CODE: Trait[Any] = Trait("code", Text("公开编码", "Public code"), lambda row: row.code, "code", list=False, fact=False)
_COMMON: dict[str, Any] = {"under": "banking", "crumbs": crumbs, "quote": lambda _at: play(), "ref": ref}
_OF: dict[str, Any] = {
    **_COMMON, "seen": _seen(lambda row: row.bank_account), "scope": lambda row: scope_of(row.bank_account),
    "facts": lambda row: honest(row.bank_account),
}  # fmt: skip


def bank_owners(codes: Collection[str]) -> Mapping[str, Owner]:
    """Accounts at banks as the owners of their mirrors in the book."""
    rows = {row.code: row for row in BankAccount.objects.filter(code__in=codes)}
    seen = set(bank_accounts(current_principal()).filter(code__in=codes).values_list("code", flat=True))
    return {code: Owner(_at_bank(row), BANKS.url(row) if code in seen else "") for code, row in rows.items()}


def outside_owners(codes: Collection[str]) -> Mapping[str, Owner]:
    """What lies outside accounts at banks: whoever pays their holders and is paid."""
    others = Text("往来方：{name}", "Others, of {name}")
    return {code: Owner(others.filled(name=each.title), each.url) for code, each in bank_owners(codes).items()}


def _at_bank(row: BankAccount) -> Text:
    tail = row.number[-4:]
    return Text(f"{row.holder}（{row.bank}，尾号 {tail}）", f"{row.holder} ({row.bank}, …{tail})")


BANKS: Resource[BankAccount] = Resource(
    plural="accounts", row="bank_account", title=Text("银行账户", "Bank accounts"),
    noun=Text("银行账户", "Bank account"),
    find=lambda _place, code: bank_account_coded(code), rows=lambda me, _place: bank_accounts(me),
    seen=_seen(lambda row: row), scope=scope_of, named=account_title, facts=honest,
    traits=(
        _CODE,
        Trait("account", Text("账户", "Account"), account_title, leads=True, fact=False, json=False),
        Trait("bank", Text("开户银行", "Bank"), lambda row: row.bank, list=False, fact=False),
        Trait("tail", Text("尾号", "Last digits"), lambda row: row.number[-4:], "code", list=False, fact=False),
        Trait("holder", Text("户名", "Holder"), lambda row: row.holder, fact=False),
        Trait("currency", Text("币种", "Currency"), lambda row: row.currency, "code", list=False, fact=False),
        _money("at_bank", Text("银行余额", "At the bank"), lambda row: row.bank_fen, fact=False),
        _money("in_book", Text("账本余额", "In the book"), ledger_fen, fact=False),
        _money("difference", Text("差额", "Difference"), lambda row: row.bank_fen - ledger_fen(row), fact=False),
        Trait("last_day", Text("对账单截至", "Statements until"), lambda row: row.last_day, "date", fact=False),
    ),
    creation=Operation("opening", _OPENING, OPEN, open_bank_account, account_form,
                       given=lambda _place: {"opened_on": str(clock.today())}),
    operations=(
        Operation("statement", _STATEMENT.title, IMPORT, bring, _STATEMENT, takes=_brought, gives=lambda: STATEMENTS,
                  facts=honest, done=Text("文件已收到，检查结果如下。", "The file has come; its check found this.")),
        Operation("payment", Text("提交付款", "Order a payment"), ORDER, order_payment, _PAYMENT,
                  gives=lambda: ORDERS, facts=honest),
        Operation("receipt", _RECEIPT, RECEIVE, record_receipt, receipt_form, facts=honest),
        Operation("release", _RELEASE, RELEASE, release_orders, release_form, takes=_chosen, gives=lambda: BATCHES,
                  when=lambda row: open_orders(row).exists(), hint=_SPOOL, facts=honest),
        Operation("reversal", Text("提出冲销", "Propose a reversal"), PROPOSE, propose_reversal, reversal_form,
                  gives=lambda: RESOLUTIONS, when=lambda row: unmatched_transfers(row).exists(), facts=honest,
                  dangerous=True),
    ),
    **_COMMON,
)  # fmt: skip
STATEMENTS: Resource[Statement] = Resource(
    plural="statements", row="statement", title=Text("对账单", "Statements"), noun=Text("对账单", "Statement"),
    find=lambda _place, code: statement_coded(code), rows=lambda me, _place: seen_statements(me),
    named=lambda row: row.name,
    traits=(
        _CODE,
        Trait("name", Text("文件", "File"), lambda row: row.name, leads=True, fact=False),
        Trait("state", Text("状态", "State"), lambda row: STATEMENT_STATES[row.state], "status",
              plain=lambda row: row.state),
        Trait("first_day", Text("自", "From"), lambda row: row.first_day, "date", fact=False),
        Trait("last_day", Text("至", "To"), lambda row: row.last_day, "date", fact=False),
        Trait("lines", Text("笔数", "Lines"), lambda row: row.lines_read, "integer"),
        Trait("problem_count", Text("问题数", "Problems"), lambda row: row.problem_count, "integer", list=False),
        Trait("by", Text("上传人", "By"), lambda row: row.by.name if row.by else Text("系统", "the system"),
              list=False),
        Trait("at", Text("上传时间", "Uploaded"), lambda row: row.at, "datetime", list=False),
        _money("opening", Text("期初余额", "Opening"), lambda row: row.opening, list=False),
        _money("inflow", Text("收入", "In"), lambda row: row.inflow if row.opening is not None else None, list=False),
        _money("outflow", Text("支出", "Out"), lambda row: row.outflow if row.opening is not None else None,
               list=False),
        _money("closing", Text("期末余额", "Closing"), lambda row: row.closing),
        Trait("known", Text("此前已入库", "Booked before"), lambda row: row.lines_known or None, "integer", list=False,
              plain=lambda row: row.lines_known),
        Trait("passed", Text("略过（零额或未记账）", "Passed over (zero or pending)"),
              lambda row: row.lines_passed or None, "integer", list=False, plain=lambda row: row.lines_passed),
        Trait("left", Text("略过的行", "Rows left out"), lambda row: dict(report_of(row).left), "object"),
        Trait("problems", Text("问题", "Problems"), _problems, "rows", of=(
            Trait("row", Text("行", "Row"), lambda each: each["row"], "integer"),
            Trait("zh", Text("中文", "Chinese"), lambda each: each["zh"], "code"),
            Trait("en", Text("英文", "English"), lambda each: each["en"], "code"),
        )),
    ),
    operations=(
        Operation("booking", Text("入库并自动对账", "Book and match"), IMPORT, ask_to_book, when=in_state("checked"),
                  leads=lambda row: (BANKS.url(row.bank_account) if row.state == "booked" else STATEMENTS.url(row))),
    ),
    **_OF,
)  # fmt: skip
LINES: Resource[StatementLine] = Resource(
    plural="lines", row="line", title=Text("全部流水", "All lines"), noun=Text("流水", "Line"),
    find=lambda _place, code: line_coded(code), rows=lambda me, _place: seen_lines(me),
    named=lambda row: Text(f"{row.day} {Money(row.fen)} 元", f"{row.day} CNY {Money(row.fen)}"),
    traits=(
        _CODE,
        Trait("day", Text("日期", "Day"), lambda row: row.day, "date", sort="day", leads=True),
        _money("in", Text("收入", "In"), lambda row: row.fen if row.fen > 0 else None),
        _money("out", Text("支出", "Out"), lambda row: -row.fen if row.fen < 0 else None),
        _money("balance", Text("余额", "Balance"), lambda row: row.balance),
        Trait("name", Text("对方", "Other party"), lambda row: row.shown_name, sort="shown_name", fact=False),
        Trait("summary", Text("摘要", "Summary"), lambda row: row.summary),
        Trait("serial", Text("流水号", "Serial number"), lambda row: row.serial, "code", list=False),
        Trait("match", Text("对账", "Matched"), matched_by,
              plain=lambda row: None if _open_line(row) else row.match.rule),
    ),
    filters=lambda _place: (
        Filter("state", Text("对账", "Matched"), lambda rows, state: rows.filter(match__isnull=state == "open"),
               (("open", Text("未对上", "unmatched")), ("matched", Text("已对上", "matched")))),
        Filter("words", Text("摘要或对方", "Summary or name"), _containing),
    ),
    operations=(
        Operation("match", Text("对上", "Match"), PROPOSE, propose_match, match_form, takes=_matched, when=_open_line,
                  gives=lambda: RESOLUTIONS, facts=line_facts),
        Operation("correction", Text("更正账本", "Correct the book"), PROPOSE, propose_correction, correction_form,
                  when=_open_line, gives=lambda: RESOLUTIONS, facts=line_facts),
        Operation("booking", Text("补记", "Book it"), PROPOSE, propose_booking, booking_form, when=_open_line,
                  gives=lambda: RESOLUTIONS, facts=line_facts),
    ),
    **_OF,
)  # fmt: skip
RESOLUTIONS: Resource[Resolution] = Resource(
    plural="resolutions", row="resolution", title=Text("对账处理", "Resolutions"), noun=Text("对账处理", "Resolution"),
    find=lambda _place, code: resolution_coded(code), rows=lambda me, _place: seen_resolutions(me),
    named=lambda row: Text(f"对账处理：{KINDS[row.kind].zh}", f"Resolution: {KINDS[row.kind].en}"),
    traits=(
        _CODE,
        Trait("kind", Text("处理", "Resolution"), lambda row: KINDS[row.kind], leads=True, plain=lambda row: row.kind),
        Trait("reason", Text("理由", "Reason"), lambda row: row.reason),
        *traits(),
    ),
    operations=decisions(DECIDING, approve=approve, reject=reject, withdraw=withdraw, facts=resolution_facts,
                         leads=lambda row: BANKS.url(row.bank_account)),
    **{**_OF, "facts": lambda row: (*resolution_facts(row), *honest(row.bank_account))},
)  # fmt: skip
ORDERS: Resource[PaymentOrder] = Resource(
    plural="orders", row="order", title=_ORDERS, noun=Text("付款指令", "Payment order"),
    find=lambda _place, code: order_coded(code), rows=lambda me, _place: seen_orders(me),
    named=lambda row: row.reference,
    traits=(
        _CODE,
        Trait("reference", Text("参考号", "Reference"), lambda row: row.reference, "code", leads=True, fact=False),
        Trait("name", Text("收款人", "Payee"), lambda row: row.shown_name),
        Trait("account", Text("收款账号", "Account"), lambda row: str(row.account), "code"),
        _money("amount", Text("金额", "Amount"), lambda row: row.fen, sort="fen"),
        Trait("purpose", Text("用途", "Purpose"), lambda row: row.purpose),
        Trait("state", Text("状态", "State"), order_state, "status"),
        Trait("ordered_by", Text("提交人", "Ordered by"), lambda row: row.ordered_by.name),
        Trait("ordered_at", Text("提交时间", "Ordered"), lambda row: row.ordered_at, "datetime", sort="ordered_at"),
        Trait("batch", Text("批次", "Batch"), lambda row: row.batch and row.batch.number, "code", list=False,
              plain=lambda row: row.batch and row.batch.code,
              url=lambda row: BATCHES.url(row.batch) if row.batch else ""),
    ),
    operations=(
        Operation("cancellation", Text("撤销", "Cancel"), ORDER, cancel_order, dangerous=True,
                  when=lambda row: row.batch_id is None and row.cancelled_at is None),
    ),
    **_OF,
)  # fmt: skip
BATCHES: Resource[PaymentBatch] = Resource(
    plural="batches", row="batch", title=Text("付款批次", "Batches"), noun=Text("付款批次", "Batch"),
    find=lambda _place, code: batch_coded(code), rows=lambda me, _place: seen_batches(me), named=lambda row: row.number,
    traits=(
        _CODE,
        Trait("number", Text("批次", "Batch"), lambda row: row.number, "code", leads=True, fact=False),
        Trait("orders", Text("笔数", "Orders"), lambda row: row.orders_count, "integer"),
        _money("sum", Text("合计", "Sum"), lambda row: row.fen),
        Trait("released_by", Text("放行人", "Released by"), lambda row: row.released_by.name),
        Trait("released_at", Text("放行时间", "Released"), lambda row: row.released_at, "datetime"),
        Trait("written_at", Text("文件生成", "File written"), lambda row: row.written_at, "datetime", fact=False),
        Trait("digest", Text("文件摘要", "Digest"), lambda row: row.sha256[:16], "code", list=False,
              plain=lambda row: row.sha256),
    ),
    **_OF,
)  # fmt: skip
