"""Accounts and what binds them, a statement like a bank's, transfers with their proof, holds, trial balance, replay."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Filter,
    Group,
    Head,
    ListPage,
    Section,
    Table,
    show,
)
from qilian.core.log.events.api import proof_of
from qilian.core.offers.resource.api import actions, columns, forms, listed, record, visible
from qilian.core.rights.grants.api import allowed, signed_in
from qilian.core.values.text import Text
from qilian.engines.ledger.owners.api import look_up_owners

from .amounts import amount_of, unit_of, with_unit
from .models import Account, Asset, Restraint, Transfer
from .proving import event_of, proof
from .queries import balance, restraints_of, side_of, statement
from .resource import ACCOUNTS, ASSETS, RESTRAINTS, TRANSFERS, balance_facts
from .rights import RECONCILE, VIEW, seen_by
from .words import ASSET_KINDS, KINDS, STATES, TITLE, first_moment, last_moment, play, title_of

_FROM, _TO = Text("自", "From"), Text("至", "To")
_BY_KIND = Group("asset__kind", lambda row: ASSET_KINDS[row.asset.kind])
_EMPTY = Text(
    "没有您可以查看的账户。开户后，您和您代表的主体、单位的账户会列在这里。",
    "There is no account that you may see. Accounts of yours, your parties and units appear here once they are opened.",
)


def _path(*steps: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(TITLE, ACCOUNTS.home("")), *steps)


@require_safe
def account_list(_request: HttpRequest) -> HttpResponse:
    """The accounts of the reader, his parties and units, and those within his grant `ledger.view`."""
    me = signed_in()
    links = (
        (Text("未结预留", "Open holds"), "holds:list", True),
        (ASSETS.title, "ledger:assets", True),
        (Text("试算平衡", "Trial balance"), "checking:trial", allowed(me, VIEW)),
        (Text("核对账本", "Reconciliation"), "checking:reconciliation", allowed(me, RECONCILE) or allowed(me, VIEW)),
    )
    more = [Action(title, reverse(name)) for title, name, may in links if may]
    head = Head(TITLE, crumbs=(Crumb(TITLE),), quote=play(), actions=more)
    return listed(ACCOUNTS, "", head, empty=_EMPTY, order="title", group=_BY_KIND, prepare=look_up_owners)


@require_safe
def asset_list(_request: HttpRequest) -> HttpResponse:
    """What is counted in the ledger: money, goods, allowances and the rest."""
    signed_in()
    return listed(ASSETS, "", Head(ASSETS.title, _path(Crumb(ASSETS.title)), quote=play()))


@require_safe
def asset_page(_request: HttpRequest, slug: str) -> HttpResponse:
    """One asset: its unit and how it is counted."""
    signed_in()
    row: Asset = visible(ASSETS, "", slug)
    return record(ASSETS, row, more=(Action(TITLE, f"{ACCOUNTS.home('')}?asset={row.slug}"),))


@require_safe
def account_statement(request: HttpRequest, code: str) -> HttpResponse:
    """One account as a bank shows it: what came, what went, what was left after each; by day, side and words."""
    row = _account(code)
    said, totals = with_unit(row.asset), balance(row)
    facts = (
        *(fact for fact in balance_facts(row) if fact.value is not None),
        Fact(Text("预留", "On hold"), said(totals.debits_pending)),
        Fact(Text("待入账", "To come"), said(totals.credits_pending)),
        Fact(Text("冻结和质押", "Frozen and pledged"), said(totals.restrained)),
        Fact(Text("状态", "State"), STATES[row.state]),
        *_period(request, row),
    )
    about = Action(Text("账户资料", "About the account"), reverse("ledger:about", args=[code]))
    more = (*(each for each in actions(ACCOUNTS, row, signed_in()) if not each.dangerous), about)
    head = Head(title_of(row), _path(Crumb(title_of(row))), quote=play(row.asset), facts=facts, actions=more)
    empty = Empty(Text("这个账户还没有往来。", "Nothing has come or gone yet."))
    return show(ListPage(head, statement(row), _statement_columns(row), empty, filters=_statement_filters(row)))


@require_safe
def about_account(_request: HttpRequest, code: str) -> HttpResponse:
    """What an account is: owner, rule, freezes and pledges, serial numbers, its events."""
    row = _account(code)
    bound = list(restraints_of(row).select_related("account__asset"))
    none = Empty(Text("没有冻结和质押。", "Nothing is frozen or pledged."))
    sections = [Section(RESTRAINTS.title, "restraints", Table(columns(RESTRAINTS, ""), bound, none))]
    if row.asset.serial:
        shown = (
            Column("first", Text("起号", "From"), lambda piece: piece.first, "number"),
            Column("last", Text("止号", "To"), lambda piece: piece.last, "number"),
            Column("count", Text("个数", "Count"), lambda piece: piece.last - piece.first + 1, "number"),
            Column("bound", Text("占用", "Bound by"), lambda piece: piece.reserved, "code"),
        )
        held = Table(shown, list(row.holdings.order_by("first")[:500]), Empty(Text("没有编号。", "No numbers.")))
        sections.append(Section(Text("编号", "Serial numbers"), "numbers", held))
    return record(ACCOUNTS, row, *sections)


@require_safe
def restraint_page(_request: HttpRequest, code: str) -> HttpResponse:
    """A freeze or pledge: what it binds, by whose order, and how it was lifted."""
    signed_in()
    row: Restraint = visible(RESTRAINTS, "", code)
    return record(RESTRAINTS, row)


@require_safe
def transfer_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One transfer: what moved from whom to whom, what both had afterwards, what for, and where the log proves it."""
    row = _transfer(code)
    sides = Table(_side_columns(row), (row.debit, row.credit))
    first = Section(Text("借贷双方", "Both sides"), "sides", sides)
    return record(TRANSFERS, row, first, *_related(row), _proof_section(row))


@require_safe
def transfer_proof(_request: HttpRequest, code: str) -> HttpResponse:
    """The proof of a transfer as JSON: its text, its path to the batch's root, the receipt of the batch's event."""
    answer = JsonResponse(proof(_transfer(code)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="transfer-{code}.json"'
    return answer


def _account(code: str) -> Account:
    signed_in()
    row: Account = visible(ACCOUNTS, "", code)
    return row


def _transfer(code: str) -> Transfer:
    signed_in()
    row: Transfer = visible(TRANSFERS, "", code)
    return row


def _period(request: HttpRequest, row: Account) -> list[Fact]:
    """What stood there before and after the chosen days."""
    said, found = with_unit(row.asset), []
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    if first:
        before = balance(row, at=first_moment("from", _FROM, first) - timedelta(microseconds=1))
        found.append(Fact(Text("期初余额", "Opening balance"), said(before.balance)))
    if last:
        after = balance(row, at=last_moment("to", _TO, last))
        found.append(Fact(Text("期末余额", "Closing balance"), said(after.balance)))
    return found


def _statement_columns(account: Account) -> Sequence[Column]:
    asset, unit = account.asset, unit_of(account.asset)

    def moved(side: str) -> Any:
        return lambda row: amount_of(asset, row.amount) if _moves(row) and side_of(row, account)[0] == side else None

    def held(row: Transfer) -> Any:
        """What a row puts on hold, or (negative) takes off it."""
        amount = row.amount if row.kind == "pending" else -row.released
        return amount_of(asset, amount) if amount else None

    def other(row: Transfer) -> Account:
        return row.credit if row.debit_id == account.pk else row.debit

    return (
        Column("at", Text("时间", "At"), lambda row: row.at, "datetime"),
        Column("kind", Text("种类", "Kind"), lambda row: KINDS[row.kind], url=TRANSFERS.url),
        Column("other", Text("对方户名", "Counterparty"), lambda row: title_of(other(row))),
        Column("words", Text("摘要", "For"), lambda row: row.words or row.cause),
        Column("credit", Text("收入", "In"), moved("credit"), "number", unit=unit),
        Column("debit", Text("支出", "Out"), moved("debit"), "number", unit=unit),
        Column("held", Text("预留", "Hold"), held, "number", unit=unit),
        Column(
            "balance",
            Text("余额", "Balance"),
            lambda row: amount_of(asset, side_of(row, account)[1].balance),
            "number",
            unit=unit,
        ),
    )


def _moves(row: Transfer) -> bool:
    return row.kind in ("single", "post")


def _statement_filters(account: Account) -> Sequence[Filter]:
    sides = (("credit", Text("收入", "In")), ("debit", Text("支出", "Out")), ("held", Text("预留", "Hold")))

    def by_side(rows: QuerySet[Any], side: str) -> QuerySet[Any]:
        if side == "held":
            return rows.exclude(kind="single")
        return rows.filter(kind__in=("single", "post"), **{side: account})

    return (
        Filter("from", _FROM, lambda rows, day: rows.filter(at__gte=first_moment("from", _FROM, day)), day=True),
        Filter("to", _TO, lambda rows, day: rows.filter(at__lte=last_moment("to", _TO, day)), day=True),
        Filter("side", Text("方向", "Direction"), by_side, sides),
        Filter("words", Text("摘要", "For"), lambda rows, words: rows.filter(words__contains=words)),
    )


def _side_columns(row: Transfer) -> Sequence[Column]:
    asset, unit = row.debit.asset, unit_of(row.debit.asset)
    seen = set(seen_by(signed_in()).filter(pk__in=(row.debit_id, row.credit_id)).values_list("pk", flat=True))
    sides = {row.debit_id: Text("付方（借）", "Debit"), row.credit_id: Text("收方（贷）", "Credit")}

    def after(name: str, title: Text) -> Column:
        def value(account: Account) -> Any:
            return amount_of(asset, getattr(side_of(row, account)[1], name)) if account.pk in seen else None

        return Column(name, title, value, "number", unit=unit)

    return (
        Column("side", Text("方", "Side"), lambda account: sides[account.pk]),
        Column(
            "account",
            Text("户名", "Account"),
            title_of,
            url=lambda account: ACCOUNTS.url(account) if account.pk in seen else "",
        ),
        Column("owner", Text("户主", "Owner"), lambda account: account.owner, "code"),
        after("balance", Text("之后余额", "Balance after")),
        after("debits_pending", Text("之后预留", "On hold after")),
        after("credits_pending", Text("之后待入账", "To come after")),
    )


def _related(row: Transfer) -> list[Section]:
    """The hold that a row resolves, or the row that resolved this hold, and the chain that it belongs to."""
    found = [row.pending] if row.pending else list(row.resolutions.select_related("debit__asset", "credit"))
    if row.chain is not None:
        chain = row.batch.transfers.filter(chain=row.chain).exclude(pk=row.pk).select_related("debit__asset", "credit")
        found += list(chain.order_by("id"))
    return [Section(Text("相关记账", "Related"), "related", Table(columns(TRANSFERS, ""), found))] if found else []


def _proof_section(row: Transfer) -> Section:
    place = proof_of(event_of(row))
    link = reverse("ledger:proof", args=[row.code])
    sequence = Text("待封存", "being sealed") if place.sequence is None else place.sequence
    facts = (
        Fact(Text("内容摘要", "Digest of content"), bytes(row.digest).hex()),
        Fact(Text("本批根值", "Root of its batch"), bytes(row.batch.root).hex()),
        Fact(Text("日志序号", "Place in the log"), sequence, url=place.url),
        Fact(Text("证明", "Proof"), Text("下载 JSON", "Download JSON"), url=link if place.sequence is not None else ""),
    )
    return Section(Text("审计日志中的证明", "Proof in the audit log"), "proof", facts=facts)


app_name = "ledger"
urlpatterns = [
    path("", account_list, name="accounts"),
    path("assets/", asset_list, name="assets"),
    path("assets/<str:slug>/", asset_page, name="asset"),
    path("accounts/<str:code>/", account_statement, name="account"),
    path("accounts/<str:code>/about/", about_account, name="about"),
    path("restraints/<str:code>/", restraint_page, name="restraint"),
    path("transfers/<str:code>/", transfer_page, name="transfer"),
    path("transfers/<str:code>/proof.json", transfer_proof, name="proof"),
    *(each for found in (ASSETS, ACCOUNTS, TRANSFERS, RESTRAINTS) for each in forms(found)),
]
