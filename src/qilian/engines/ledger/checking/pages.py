"""The trial balance at the end of any day, and the replay of the whole book."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Column,
    Crumb,
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
from qilian.core.log.events.api import body_of, written
from qilian.core.rights.grants.api import allowed, require, signed_in
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.ledger.book.api import (
    ACCOUNTS,
    RECONCILE,
    VIEW,
    TrialLine,
    amount_of,
    last_moment,
    out_of_balance,
    play,
    spoken,
    title_of,
    trial_balance,
    unit_of,
    with_unit,
)

from .events import BookReconciled
from .services import Difference, Reconciliation, reconcile

_SUMS = Text(
    "{asset}：发生额借方 {debits}，贷方 {credits}；余额借方 {left}，贷方 {right}。",
    "{asset}: debits {debits}, credits {credits}; debit balances {left}, credit balances {right}.",
)
_TRIAL, _RECONCILE = Text("试算平衡", "Trial balance"), Text("核对账本", "Reconciliation")


def _path(title: Text) -> tuple[Crumb, ...]:
    return (Crumb(ACCOUNTS.title, ACCOUNTS.home("")), Crumb(title))


@require_safe
def trial_page(request: HttpRequest) -> HttpResponse:
    """All accounts with their sides at the end of any day; both sides of each asset add up to the same."""
    require(signed_in(), VIEW)
    chosen, title = request.GET.get("at", ""), Text("截至", "As of")
    moment = last_moment("at", title, chosen) if chosen else clock.now()
    lines = trial_balance(moment)
    wrong = out_of_balance((line.account.asset.slug, line.totals) for line in lines)
    verdict = Status(Text("不平", "Out of balance"), "red") if wrong else Status(Text("平衡", "In balance"), "green")
    facts = (Fact(title, moment), Fact(ACCOUNTS.title, len(lines)), Fact(Text("结果", "Result"), verdict))
    head = Head(_TRIAL, _path(_TRIAL), quote=play(), facts=facts)
    filters = (Filter("at", title, lambda rows, _day: rows, day=True),)
    empty = Empty(Text("这一天还没有账户。", "There was no account yet."))
    return show(ListPage(head, lines, _trial_columns(), empty, filters=filters, intro=_sums(lines)))


@require_http_methods(["GET", "HEAD", "POST"])
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Replay the whole book on demand, and what earlier replays found; who only reads the book sees these."""
    me = signed_in()
    may = allowed(me, RECONCILE)
    if request.method == "POST" or not may:
        require(me, RECONCILE if request.method == "POST" else VIEW)
    sections: list[Section] = []
    facts: tuple[Fact, ...] = ()
    if request.method == "POST":
        found = reconcile(actor=me)
        facts = _found_facts(found)
        none = Empty(Text("没有差异，全部为零。", "No difference: everything adds up to zero."))
        table = Table(_difference_columns(), found.differences, none)
        sections.append(Section(Text("本次结果", "This time"), "found", table))
    past = written().filter(type="ledger.book.reconciled").order_by("-pk")[:30]
    empty = Empty(Text("还没有核对过。", "The book has not been reconciled yet."))
    sections.append(Section(Text("历次核对", "Earlier ones"), "past", Table(_past_columns(), list(past), empty)))
    now = Action(Text("立即核对", "Reconcile now"), reverse("checking:reconciliation"), method="post", primary=True)
    head = Head(_RECONCILE, _path(_RECONCILE), quote=play(), facts=facts, actions=(now,) if may else ())
    return show(RecordPage(head, sections, NOT_A_RECORD))


def _trial_columns() -> Sequence[Column]:
    def total(name: str) -> Any:
        return lambda line: amount_of(line.account.asset, getattr(line.totals, name))

    def on_side(sign: int) -> Any:
        """The balance of an account when it lies on a side: the debits' (-1) or the credits' (1)."""
        return lambda line: (
            amount_of(line.account.asset, sign * line.totals.balance) if sign * line.totals.balance > 0 else None
        )

    return (
        Column("asset", Text("资产", "Asset"), lambda line: title_of(line.account.asset)),
        Column(
            "account",
            Text("户名", "Account"),
            lambda line: title_of(line.account),
            url=lambda line: ACCOUNTS.url(line.account),
        ),
        Column("unit", Text("计量", "Unit"), lambda line: unit_of(line.account.asset)),
        Column("debits", Text("借方", "Debits"), total("debits_posted"), "number"),
        Column("credits", Text("贷方", "Credits"), total("credits_posted"), "number"),
        Column("debit", Text("借方余额", "Debit balance"), on_side(-1), "number"),
        Column("credit", Text("贷方余额", "Credit balance"), on_side(1), "number"),
        Column("held", Text("借方预留", "Debits pending"), total("debits_pending"), "number"),
        Column("awaited", Text("贷方预留", "Credits pending"), total("credits_pending"), "number"),
    )


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
        found.append(_SUMS.filled(asset=title_of(asset), **shown))
    return found


def _found_facts(found: Reconciliation) -> tuple[Fact, ...]:
    facts = [
        Fact(Text("结果", "Result"), _verdict(found.sound)),
        Fact(ACCOUNTS.title, found.accounts),
        Fact(Text("记账笔数", "Transfers"), found.rows),
    ]
    if found.unbalanced:
        facts.append(Fact(Text("借贷不等的资产", "Assets out of balance"), " ".join(found.unbalanced)))
    if found.orphans:
        facts.append(Fact(Text("没有账户的记账", "Rows without an account"), found.orphans))
    return tuple(facts)


def _verdict(sound: bool) -> Status:
    return Status(Text("为零", "Zero"), "green") if sound else Status(Text("有差异", "Differs"), "red")


def _difference_columns() -> Sequence[Column]:
    def shown(name: str) -> Any:
        return lambda each: with_unit(each.account.asset)(getattr(each, name))

    def address(each: Difference) -> str:
        return ACCOUNTS.url(each.account)

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
        Column("accounts", ACCOUNTS.title, counted("accounts"), "number"),
        Column("rows", Text("记账笔数", "Transfers"), counted("rows"), "number"),
        Column("differences", Text("差异", "Differences"), counted("differences"), "number"),
        Column("verdict", Text("结果", "Result"), verdict, "status"),
    )


def _body(event: Any) -> BookReconciled:
    body = body_of(event)
    assert isinstance(body, BookReconciled)
    return body


app_name = "checking"
urlpatterns = [
    path("trial-balance/", trial_page, name="trial"),
    path("reconciliation/", reconciliation, name="reconciliation"),
]
