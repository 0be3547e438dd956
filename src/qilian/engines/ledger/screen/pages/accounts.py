"""The list of accounts, a statement like a bank's, and what binds an account."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from qilian.core.house.pages import (
    Action,
    Column,
    Empty,
    Fact,
    Filter,
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import Scope, allowed
from qilian.core.values.text import Ref, Text
from qilian.engines.ledger.book.api import (
    FREEZE,
    RECONCILE,
    VIEW,
    Account,
    Restraint,
    Transfer,
    balance,
    restraints_of,
    seen_by,
    side_of,
    statement,
    totals_of,
)

from .common import (
    KINDS,
    RULES,
    STATES,
    TITLE,
    account_or_404,
    account_url,
    amount_of,
    crumbs,
    day_of,
    end_of,
    play,
    reader,
    start_of,
    title_of,
    transfer_url,
    unit_of,
    with_unit,
)

_EMPTY = Text(
    "没有您可以查看的账户。开户后，您和您代表的主体、单位的账户会列在这里。",
    "There is no account that you may see. Accounts of yours, your parties and units appear here once they are opened.",
)


@require_GET
def account_list(_request: HttpRequest) -> HttpResponse:
    """The accounts of the reader, his parties and units, and those within his grant `ledger.view`."""
    me = reader()
    rows = seen_by(me).select_related("asset")
    links = (
        (Text("未结预留", "Open holds"), "ledger:holds", True),
        (Text("试算平衡", "Trial balance"), "ledger:trial", allowed(me, VIEW)),
        (Text("核对账本", "Reconcile"), "ledger:reconciliation", allowed(me, RECONCILE)),
    )
    actions = [Action(title, reverse(name)) for title, name, may in links if may]
    head = Head(TITLE, crumbs=crumbs(), quote=play(), actions=actions)
    return show(ListPage(head, rows, _account_columns(), Empty(_EMPTY), filters=_account_filters(), order="title"))


@require_GET
def account_statement(request: HttpRequest, code: str) -> HttpResponse:
    """One account as a bank shows it: what came, what went, what was left after each; by day, side and words."""
    row = account_or_404(code)
    said, totals = with_unit(row.asset), balance(row)
    facts = [
        Fact(Text("余额", "Balance"), said(totals.balance)),
        Fact(Text("可用", "Available"), said(totals.available)) if row.rule != "free" else None,
        Fact(Text("预留", "On hold"), said(totals.debits_pending)),
        Fact(Text("待入账", "To come"), said(totals.credits_pending)),
        Fact(Text("冻结和质押", "Frozen and pledged"), said(totals.restrained)),
        Fact(Text("状态", "State"), STATES[row.state]),
        *_period(request, row),
    ]
    more = Action(Text("账户资料", "About the account"), reverse("ledger:about", args=[code]))
    head = Head(
        title_of(row),
        crumbs=crumbs((title_of(row), "")),
        quote=play(row.asset),
        facts=[fact for fact in facts if fact],
        actions=(more,),
    )
    empty = Empty(Text("这个账户还没有往来。", "Nothing has come or gone yet."))
    return show(ListPage(head, statement(row), _statement_columns(row), empty, filters=_statement_filters(row)))


@require_GET
def about_account(_request: HttpRequest, code: str) -> HttpResponse:
    """What an account is: owner, rule, freezes and pledges, serial numbers, its events."""
    row = account_or_404(code)
    may = allowed(reader(), FREEZE, Scope(unit=row.unit, offer=row.offer))
    freeze_it = Action(Text("冻结", "Freeze"), reverse("ledger:freezing", args=[code]), dangerous=True)
    facts = (
        Fact(Text("户主", "Owner"), row.owner),
        Fact(Text("资产", "Asset"), Text(row.asset.title_zh, row.asset.title_en)),
        Fact(Text("用途", "Purpose"), row.purpose),
        Fact(Text("记账规则", "Rule"), RULES[row.rule]),
        Fact(Text("服务项", "Offer"), row.offer),
        Fact(Text("开户", "Opened"), row.opened_at),
        Fact(Text("状态", "State"), STATES[row.state], note=Text(row.state_reason, row.state_reason)),
    )
    head = Head(
        title_of(row),
        crumbs=crumbs((title_of(row), account_url(row)), (Text("账户资料", "About"), "")),
        quote=play(row.asset),
        facts=facts,
        actions=(freeze_it,) if may and row.state != "closed" else (),
    )
    none = Empty(Text("没有冻结和质押。", "Nothing is frozen or pledged."))
    bound = Table(_restraint_columns(row, may), list(restraints_of(row)), none)
    sections = [Section(Text("冻结和质押", "Freezes and pledges"), "restraints", bound)]
    if row.asset.serial:
        columns = (
            Column("first", Text("起号", "From"), lambda piece: piece.first, "number"),
            Column("last", Text("止号", "To"), lambda piece: piece.last, "number"),
            Column("count", Text("个数", "Count"), lambda piece: piece.last - piece.first + 1, "number"),
            Column("bound", Text("占用", "Bound by"), lambda piece: piece.reserved, "code"),
        )
        held = Table(columns, list(row.holdings.order_by("first")[:500]), Empty(Text("没有编号。", "No numbers.")))
        sections.append(Section(Text("编号", "Serial numbers"), "numbers", held))
    return show(RecordPage(head, sections, timeline(Ref("ledger.account", row.code))))


def _period(request: HttpRequest, row: Account) -> list[Fact]:
    """What stood there before and after the chosen days."""
    said, found = with_unit(row.asset), []
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    if first:
        before = balance(row, at=start_of(day_of(first, "from")) - timedelta(microseconds=1))
        found.append(Fact(Text("期初余额", "Opening balance"), said(before.balance)))
    if last:
        found.append(
            Fact(Text("期末余额", "Closing balance"), said(balance(row, at=end_of(day_of(last, "to"))).balance))
        )
    return found


def _account_columns() -> Sequence[Column]:
    return (
        Column("title", Text("户名", "Account"), title_of, url=account_url, sort="title_zh"),
        Column("owner", Text("户主", "Owner"), lambda row: row.owner, "code", sort="owner"),
        Column("asset", Text("资产", "Asset"), lambda row: Text(row.asset.title_zh, row.asset.title_en)),
        Column("balance", Text("余额", "Balance"), lambda row: amount_of(row.asset, totals_of(row).balance), "number"),
        Column("available", Text("可用", "Available"), _available, "number"),
        Column("held", Text("预留", "On hold"), lambda row: amount_of(row.asset, row.debits_pending), "number"),
        Column("unit", Text("计量", "Unit"), lambda row: unit_of(row.asset)),
        Column("state", Text("状态", "State"), lambda row: STATES[row.state], "status"),
    )


def _available(row: Account) -> Any:
    return None if row.rule == "free" else amount_of(row.asset, totals_of(row).available)


def _account_filters() -> Sequence[Filter]:
    states = tuple((name, status.word) for name, status in STATES.items())
    return (
        Filter("words", Text("户名或户主", "Account or owner"), _named),
        Filter("asset", Text("资产代码", "Asset"), lambda rows, slug: rows.filter(asset__slug=slug)),
        Filter("offer", Text("服务项", "Offer"), lambda rows, offer: rows.filter(offer=offer)),
        Filter("state", Text("状态", "State"), lambda rows, state: rows.filter(state=state), states),
    )


def _named(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return rows.filter(Q(title_zh__contains=words) | Q(title_en__icontains=words) | Q(owner__contains=words))


def _statement_columns(account: Account) -> Sequence[Column]:
    asset, unit = account.asset, unit_of(account.asset)

    def moved(side: str) -> Any:
        return lambda row: amount_of(asset, row.amount) if _moves(row) and side_of(row, account)[0] == side else None

    return (
        Column("at", Text("时间", "At"), lambda row: row.at, "datetime"),
        Column("kind", Text("种类", "Kind"), lambda row: KINDS[row.kind], url=transfer_url),
        Column("other", Text("对方户名", "Counterparty"), lambda row: title_of(_other(row, account))),
        Column("words", Text("摘要", "For"), lambda row: row.words or row.cause),
        Column("credit", Text("收入", "In"), moved("credit"), "number", unit=unit),
        Column("debit", Text("支出", "Out"), moved("debit"), "number", unit=unit),
        Column("held", Text("预留", "Hold"), lambda row: _held(row, account), "number", unit=unit),
        Column("balance", Text("余额", "Balance"), lambda row: _balance(row, account), "number", unit=unit),
    )


def _moves(row: Transfer) -> bool:
    return row.kind in ("single", "post")


def _held(row: Transfer, account: Account) -> Any:
    """What a row puts on hold, or (negative) takes off it."""
    amount = row.amount if row.kind == "pending" else -row.released
    return amount_of(account.asset, amount) if amount else None


def _balance(row: Transfer, account: Account) -> Any:
    return amount_of(account.asset, side_of(row, account)[1].balance)


def _other(row: Transfer, account: Account) -> Account:
    return row.credit if row.debit_id == account.pk else row.debit


def _statement_filters(account: Account) -> Sequence[Filter]:
    sides = (("credit", Text("收入", "In")), ("debit", Text("支出", "Out")), ("held", Text("预留", "Hold")))

    def by_side(rows: QuerySet[Any], side: str) -> QuerySet[Any]:
        if side == "held":
            return rows.exclude(kind="single")
        return rows.filter(kind__in=("single", "post"), **{side: account})

    return (
        Filter("from", Text("自", "From"), _since, day=True),
        Filter("to", Text("至", "To"), _until, day=True),
        Filter("side", Text("方向", "Direction"), by_side, sides),
        Filter("words", Text("摘要", "For"), lambda rows, words: rows.filter(words__contains=words)),
    )


def _since(rows: QuerySet[Any], written: str) -> QuerySet[Any]:
    return rows.filter(at__gte=start_of(day_of(written, "from")))


def _until(rows: QuerySet[Any], written: str) -> QuerySet[Any]:
    return rows.filter(at__lte=end_of(day_of(written, "to")))


def _restraint_columns(account: Account, may_lift: bool) -> Sequence[Column]:
    kinds = {"freeze": Text("冻结", "Freeze"), "pledge": Text("质押", "Pledge")}

    def state(row: Restraint) -> Status:
        lifted = row.released_at is not None
        return Status(Text("已解除", "Lifted"), "grey") if lifted else Status(Text("有效", "In force"), "amber")

    def lift(row: Restraint) -> Text | None:
        return Text("解除", "Lift") if may_lift and row.released_at is None else None

    return (
        Column("kind", Text("种类", "Kind"), lambda row: kinds[row.kind]),
        Column(
            "amount",
            Text("数额", "Amount"),
            lambda row: amount_of(account.asset, row.amount),
            "number",
            unit=unit_of(account.asset),
        ),
        Column("reason", Text("理由", "Reason"), lambda row: row.reason),
        Column("document", Text("文书", "Document"), lambda row: row.document),
        Column("holder", Text("质权人", "Pledgee"), lambda row: row.beneficiary, "code"),
        Column("at", Text("自", "Since"), lambda row: row.at, "datetime"),
        Column("state", Text("状态", "State"), state, "status"),
        Column(
            "lift",
            Text("操作", "Action"),
            lift,
            url=lambda row: reverse("ledger:lifting", args=[account.code, row.code]),
        ),
    )
