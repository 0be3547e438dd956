"""One transfer with both sides, its cause and its proof; open holds; the trial balance; reconciliation."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from qilian.core.house.pages import (
    NOT_A_RECORD,
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
from qilian.core.log.events.api import body_of, proof_of, timeline, written
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import (
    RECONCILE,
    VIEW,
    BookReconciled,
    Difference,
    Hold,
    Reconciliation,
    Transfer,
    TrialLine,
    event_of,
    hold_ref,
    open_holds,
    out_of_balance,
    proof,
    reconcile,
    seen_by,
    side_of,
    trial_balance,
)

from .common import (
    HOLD_STATES,
    KINDS,
    account_url,
    amount_of,
    crumbs,
    day_of,
    end_of,
    play,
    reader,
    spoken,
    title_of,
    transfer_or_404,
    transfer_url,
    unit_of,
    with_unit,
)

_SUMS = Text(
    "{asset}：发生额借方 {debits}，贷方 {credits}；余额借方 {left}，贷方 {right}。",
    "{asset}: debits {debits}, credits {credits}; debit balances {left}, credit balances {right}.",
)
_TRIAL, _HOLDS = Text("试算平衡", "Trial balance"), Text("未结预留", "Open holds")
_RECONCILE = Text("核对账本", "Reconciliation")


@require_GET
def transfer_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One transfer: what moved from whom to whom, what both had afterwards, what for, and where the log proves it."""
    row = transfer_or_404(code)
    asset = row.debit.asset
    hold = Hold.objects.filter(transfer=row).first()
    shown = row.amount or row.released
    facts = [
        Fact(Text("数额", "Amount"), with_unit(asset)(shown)),
        Fact(Text("种类", "Kind"), HOLD_STATES[hold.state] if hold else KINDS[row.kind]),
        Fact(Text("时间", "At"), row.at),
        Fact(Text("摘要", "For"), row.words),
        Fact(Text("事由", "Cause"), row.cause),
        Fact(Text("流水号", "Code"), row.code),
    ]
    if row.first_serial:
        facts.append(Fact(Text("编号", "Serial numbers"), f"{row.first_serial}–{row.last_serial}"))
    if hold and hold.due:
        facts.append(Fact(Text("退回日", "Goes back"), hold.due, note=Text(hold.basis, hold.basis)))
    head = Head(
        KINDS[row.kind],
        crumbs=crumbs((title_of(row.debit), account_url(row.debit)), (KINDS[row.kind], "")),
        quote=play(asset),
        facts=facts,
    )
    sides = Table(_side_columns(row), (row.debit, row.credit))
    sections = [Section(Text("借贷双方", "Both sides"), "sides", sides), *_related(row), _proof_section(row)]
    return show(RecordPage(head, sections, timeline(hold_ref(row.code))))


@require_GET
def transfer_proof(_request: HttpRequest, code: str) -> HttpResponse:
    """The proof of a transfer as JSON: its text, its path to the batch's root, the receipt of the batch's event."""
    answer = JsonResponse(proof(transfer_or_404(code)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="transfer-{code}.json"'
    return answer


@require_GET
def hold_list(_request: HttpRequest) -> HttpResponse:
    """The open holds of accounts that the reader may see, the first due first."""
    seen = seen_by(reader()).values("pk")
    rows = open_holds().filter(Q(debit__in=seen) | Q(credit__in=seen))
    empty = Empty(Text("没有未结的预留。", "There is no open hold."))
    head = Head(_HOLDS, crumbs=crumbs((_HOLDS, "")), quote=play())
    filters = (Filter("due", Text("到期", "Due"), _due, (("over", Text("已到期", "Due now")),)),)
    return show(ListPage(head, rows, _hold_columns(), empty, filters=filters, order="due"))


@require_GET
def trial_page(request: HttpRequest) -> HttpResponse:
    """All accounts with their sides at the end of any day; both sides of each asset add up to the same."""
    require(reader(), VIEW)
    written_day = request.GET.get("at", "")
    moment = end_of(day_of(written_day, "at")) if written_day else clock.now()
    lines = trial_balance(moment)
    wrong = out_of_balance((line.account.asset.slug, line.totals) for line in lines)
    verdict = Status(Text("不平", "Out of balance"), "red") if wrong else Status(Text("平衡", "In balance"), "green")
    facts = (
        Fact(Text("截至", "As of"), moment),
        Fact(Text("账户", "Accounts"), len(lines)),
        Fact(Text("结果", "Result"), verdict),
    )
    head = Head(_TRIAL, crumbs=crumbs((_TRIAL, "")), quote=play(), facts=facts)
    filters = (Filter("at", Text("截至", "As of"), lambda rows, _day: rows, day=True),)
    empty = Empty(Text("这一天还没有账户。", "There was no account yet."))
    return show(ListPage(head, lines, _trial_columns(), empty, filters=filters, intro=_sums(lines)))


@require_http_methods(["GET", "POST"])
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Replay the whole book on demand, and what earlier replays found."""
    require(reader(), RECONCILE)
    sections: list[Section] = []
    facts: tuple[Fact, ...] = ()
    if request.method == "POST":
        found = reconcile(actor=reader())
        facts = _found_facts(found)
        none = Empty(Text("没有差异，全部为零。", "No difference: everything adds up to zero."))
        table = Table(_difference_columns(), found.differences, none)
        sections.append(Section(Text("本次结果", "This time"), "found", table))
    past = written().filter(type="ledger.book.reconciled").order_by("-pk")[:30]
    empty = Empty(Text("还没有核对过。", "The book has not been reconciled yet."))
    sections.append(Section(Text("历次核对", "Earlier ones"), "past", Table(_past_columns(), list(past), empty)))
    now = Action(Text("立即核对", "Reconcile now"), reverse("ledger:reconciliation"), method="post", primary=True)
    head = Head(_RECONCILE, crumbs=crumbs((_RECONCILE, "")), quote=play(), facts=facts, actions=(now,))
    return show(RecordPage(head, sections, NOT_A_RECORD))


def _found_facts(found: Reconciliation) -> tuple[Fact, ...]:
    facts = [
        Fact(Text("结果", "Result"), _verdict(found.sound)),
        Fact(Text("账户", "Accounts"), found.accounts),
        Fact(Text("记账笔数", "Transfers"), found.rows),
    ]
    if found.unbalanced:
        facts.append(Fact(Text("借贷不等的资产", "Assets out of balance"), " ".join(found.unbalanced)))
    if found.orphans:
        facts.append(Fact(Text("没有账户的记账", "Rows without an account"), found.orphans))
    return tuple(facts)


def _verdict(sound: bool) -> Status:
    return Status(Text("为零", "Zero"), "green") if sound else Status(Text("有差异", "Differs"), "red")


def _side_columns(row: Transfer) -> Sequence[Column]:
    asset, unit = row.debit.asset, unit_of(row.debit.asset)

    def after(name: str) -> Any:
        return lambda account: amount_of(asset, getattr(side_of(row, account)[1], name))

    seen = set(seen_by(reader()).filter(pk__in=(row.debit_id, row.credit_id)).values_list("pk", flat=True))

    def own(value: Any) -> Any:
        return lambda account: value(account) if account.pk in seen else None

    return (
        Column(
            "side",
            Text("方", "Side"),
            lambda account: Text("付方（借）", "Debit") if account.pk == row.debit_id else Text("收方（贷）", "Credit"),
        ),
        Column(
            "account",
            Text("户名", "Account"),
            title_of,
            url=lambda account: account_url(account) if account.pk in seen else "",
        ),
        Column("owner", Text("户主", "Owner"), lambda account: account.owner, "code"),
        Column("balance", Text("之后余额", "Balance after"), own(after("balance")), "number", unit=unit),
        Column("held", Text("之后预留", "On hold after"), own(after("debits_pending")), "number", unit=unit),
        Column("awaited", Text("之后待入账", "To come after"), own(after("credits_pending")), "number", unit=unit),
    )


def _related(row: Transfer) -> list[Section]:
    """The hold that a row resolves, or the row that resolved this hold, and the chain that it belongs to."""
    found = [row.pending] if row.pending else list(row.resolutions.select_related("debit__asset"))
    if row.chain is not None:
        chain = row.batch.transfers.filter(chain=row.chain).exclude(pk=row.pk).select_related("debit__asset")
        found += list(chain.order_by("id"))
    if not found:
        return []
    columns = (
        Column("at", Text("时间", "At"), lambda each: each.at, "datetime"),
        Column("kind", Text("种类", "Kind"), lambda each: KINDS[each.kind], url=transfer_url),
        Column(
            "amount",
            Text("数额", "Amount"),
            lambda each: with_unit(each.debit.asset)(each.amount or each.released),
            "number",
        ),
        Column("words", Text("摘要", "For"), lambda each: each.words),
    )
    return [Section(Text("相关记账", "Related"), "related", Table(columns, found))]


def _proof_section(row: Transfer) -> Section:
    event = event_of(row)
    place = proof_of(event)
    link = reverse("ledger:proof", args=[row.code])
    sequence = Text("待封存", "being sealed") if place.sequence is None else place.sequence
    facts = (
        Fact(Text("内容摘要", "Digest of content"), bytes(row.digest).hex()),
        Fact(Text("本批根值", "Root of its batch"), bytes(row.batch.root).hex()),
        Fact(Text("日志序号", "Place in the log"), sequence, url=place.url),
        Fact(Text("证明", "Proof"), Text("下载 JSON", "Download JSON"), url=link if place.sequence is not None else ""),
    )
    return Section(Text("审计日志中的证明", "Proof in the audit log"), "proof", facts=facts)


def _hold_columns() -> Sequence[Column]:
    return (
        Column("due", Text("退回日", "Goes back"), lambda row: row.due, "datetime", sort="due"),
        Column("state", Text("状态", "State"), _hold_state, "status"),
        Column(
            "amount",
            Text("数额", "Amount"),
            lambda row: amount_of(row.debit.asset, row.amount),
            "number",
            url=lambda row: transfer_url(row.transfer),
        ),
        Column("unit", Text("计量", "Unit"), lambda row: unit_of(row.debit.asset)),
        Column("debit", Text("付方", "From"), lambda row: title_of(row.debit)),
        Column("credit", Text("收方", "For"), lambda row: title_of(row.credit)),
        Column("words", Text("摘要", "For"), lambda row: row.transfer.words),
        Column("basis", Text("依据", "Basis"), lambda row: row.basis),
    )


def _hold_state(row: Hold) -> Status:
    over = row.due is not None and row.due <= clock.now()
    return Status(Text("已到期", "Due now"), "red") if over else HOLD_STATES["open"]


def _due(rows: Any, _chosen: str) -> Any:
    return rows.filter(due__lte=clock.now())


def _trial_columns() -> Sequence[Column]:
    def total(name: str) -> Any:
        return lambda line: amount_of(line.account.asset, getattr(line.totals, name))

    return (
        Column("asset", Text("资产", "Asset"), lambda line: _asset(line)),
        Column(
            "account",
            Text("户名", "Account"),
            lambda line: title_of(line.account),
            url=lambda line: account_url(line.account),
        ),
        Column("unit", Text("计量", "Unit"), lambda line: unit_of(line.account.asset)),
        Column("debits", Text("借方", "Debits"), total("debits_posted"), "number"),
        Column("credits", Text("贷方", "Credits"), total("credits_posted"), "number"),
        Column("debit", Text("借方余额", "Debit balance"), lambda line: _on_side(line, -1), "number"),
        Column("credit", Text("贷方余额", "Credit balance"), lambda line: _on_side(line, 1), "number"),
        Column("held", Text("借方预留", "Debits pending"), total("debits_pending"), "number"),
        Column("awaited", Text("贷方预留", "Credits pending"), total("credits_pending"), "number"),
    )


def _on_side(line: TrialLine, sign: int) -> Any:
    """The balance of an account when it lies on a side: the debits' (-1) or the credits' (1)."""
    balance = sign * line.totals.balance
    return amount_of(line.account.asset, balance) if balance > 0 else None


def _asset(line: TrialLine) -> Text:
    return Text(line.account.asset.title_zh, line.account.asset.title_en)


def _sums(lines: Sequence[TrialLine]) -> list[Text]:
    """One sentence for each asset: both sides."""
    found = []
    for asset in {line.account.asset_id: line.account.asset for line in lines}.values():
        mine = [line.totals for line in lines if line.account.asset_id == asset.pk]
        sums = {
            "debits": sum(each.debits_posted for each in mine),
            "credits": sum(each.credits_posted for each in mine),
            "left": sum(max(-each.balance, 0) for each in mine),
            "right": sum(max(each.balance, 0) for each in mine),
        }
        shown = {name: spoken(asset, amount) for name, amount in sums.items()}
        found.append(_SUMS.filled(asset=Text(asset.title_zh, asset.title_en), **shown))
    return found


def _difference_columns() -> Sequence[Column]:
    def shown(name: str) -> Any:
        return lambda each: with_unit(each.account.asset)(getattr(each, name))

    def address(each: Difference) -> str:
        return account_url(each.account)

    return (
        Column("account", Text("户名", "Account"), lambda each: title_of(each.account), url=address),
        Column("title", Text("项目", "Total"), lambda each: each.title),
        Column("stored", Text("账面", "Stored"), shown("stored"), "number"),
        Column("computed", Text("重算", "Replayed"), shown("computed"), "number"),
    )


def _past_columns() -> Sequence[Column]:
    def counted(name: str) -> Any:
        return lambda event: getattr(_body(event), name)

    def verdict(event: Any) -> Status:
        body = _body(event)
        return _verdict(not body.differences and not body.unbalanced)

    return (
        Column("at", Text("时间", "At"), lambda event: event.at, "datetime"),
        Column("accounts", Text("账户", "Accounts"), counted("accounts"), "number"),
        Column("rows", Text("记账笔数", "Transfers"), counted("rows"), "number"),
        Column("differences", Text("差异", "Differences"), counted("differences"), "number"),
        Column("verdict", Text("结果", "Result"), verdict, "status"),
    )


def _body(event: Any) -> BookReconciled:
    body = body_of(event)
    assert isinstance(body, BookReconciled)
    return body
