"""Payment orders: the list, a new one, release as a batch, and the batch with its file."""

from collections.abc import Sequence

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
    Head,
    ListPage,
    RecordPage,
    Section,
    Status,
    StepForm,
    Table,
    answer_form,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import require
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.banking import services as verbs
from qilian.engines.ledger.banking.models import PaymentOrder
from qilian.engines.ledger.banking.queries import bank_account_coded, batch_coded, open_orders, order_coded, ref
from qilian.engines.ledger.banking.rights import ORDER, RELEASE, scope_of

from . import common
from .common import amount_of, batch_url, crumbs

_FORM = require_http_methods(["GET", "POST"])
_ORDERS = Text("付款指令", "Payment orders")


@require_GET
def order_list(_request: HttpRequest, code: str) -> HttpResponse:
    """The payment orders of an account, the latest first."""
    row = bank_account_coded(code)
    common.seen(row)
    rows = PaymentOrder.objects.filter(bank_account=row).select_related("batch", "ordered_by")
    wanted = (
        (ORDER, Text("提交付款", "Order a payment"), "new-order", True),
        (RELEASE, Text("放行付款", "Release payments"), "release", False),
    )
    actions = [
        Action(title, reverse(f"banking:{name}", args=[code]), primary=primary)
        for action, title, name, primary in wanted
        if common.may(action, row)
    ]
    empty = Empty(Text("还没有付款指令。", "No payment has been ordered yet."), *actions[:1])
    head = Head(_ORDERS, crumbs=crumbs(row, Crumb(_ORDERS)), facts=common.honest(row), actions=actions)
    return show(ListPage(head, rows, _columns(), empty))


@_FORM
def new_order(request: HttpRequest, code: str) -> HttpResponse:
    """Order a payment; somebody else releases it."""
    row = bank_account_coded(code)
    require(current_principal(), ORDER, scope_of(row))
    title = Text("提交付款", "Order a payment")

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        fields = (
            Field("name", Text("收款人户名", "Payee"), value=sent.get("name", "")),
            Field("account", Text("收款账号", "Account"), value=sent.get("account", "")),
            Field("bank", Text("收款银行", "Bank"), value=sent.get("bank", ""), required=False),
            Field("amount", Text("金额", "Amount"), "money", sent.get("amount", ""), unit=common.YUAN),
            Field("purpose", Text("用途", "Purpose"), value=sent.get("purpose", "")),
        )
        head = Head(title, crumbs=crumbs(row, Crumb(title)), facts=common.honest(row))
        return StepForm(head, fields, title, refusals=refused, dense=True)

    def act(sent: QueryDict) -> str:
        verbs.order_payment(
            actor=current_principal(),
            bank_account=row,
            name=sent.get("name", ""),
            account=sent.get("account", ""),
            bank=sent.get("bank", ""),
            amount=amount_of(sent),
            purpose=sent.get("purpose", ""),
        )
        return reverse("banking:orders", args=[code])

    return answer_form(request, form, act)


@_FORM
def releasing(request: HttpRequest, code: str) -> HttpResponse:
    """Choose orders of others and release them as one file."""
    row = bank_account_coded(code)
    require(current_principal(), RELEASE, scope_of(row))
    title = Text("放行付款", "Release payments")
    waiting = list(open_orders(row)[:200])

    def form(sent: QueryDict, *refused: Refusal) -> StepForm:
        choices = [(each.code, _said(each)) for each in waiting]
        chosen = sent.getlist("orders")
        field = Field("orders", _ORDERS, "choices", chosen, choices=choices)
        said = Text(
            "放行后记账，并在待送文件夹生成付款文件，由人送到银行；系统不连接银行。",
            "Releasing books the transfers and writes a payment file into the spool folder, which a person carries to "
            "the bank: no bank is connected.",
        )
        head = Head(title, crumbs=crumbs(row, Crumb(title)), facts=common.honest(row))
        return StepForm(head, (field,), title, refusals=refused, before=(Section(paragraphs=(said,)),), dense=True)

    def act(sent: QueryDict) -> str:
        chosen = [each for each in waiting if each.code in sent.getlist("orders")]
        return batch_url(verbs.release_orders(actor=current_principal(), bank_account=row, orders=chosen))

    return answer_form(request, form, act)


@require_POST
def cancelling(_request: HttpRequest, code: str) -> HttpResponse:
    """Take back an order that is not released."""
    order = verbs.cancel_order(actor=current_principal(), order=order_coded(code))
    return HttpResponseRedirect(reverse("banking:orders", args=[order.bank_account.code]))


@_FORM
def order_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One payment order, the payee masked."""
    row = order_coded(code)
    common.seen(row.bank_account)
    facts = (
        Fact(Text("状态", "State"), state_of(row)),
        Fact(Text("收款人", "Payee"), row.shown_name),
        Fact(Text("收款账号", "Account"), str(row.account)),
        Fact(Text("金额", "Amount"), Money(row.fen)),
        Fact(Text("用途", "Purpose"), row.purpose),
        Fact(Text("提交人", "Ordered by"), row.ordered_by.name),
        *((Fact(Text("批次", "Batch"), row.batch.number, batch_url(row.batch)),) if row.batch else ()),
        *common.honest(row.bank_account),
    )
    cancel = Action(Text("撤销", "Cancel"), reverse("banking:cancellation", args=[code]), "post", dangerous=True)
    open_order = row.batch_id is None and row.cancelled_at is None
    actions = (cancel,) if open_order and common.may(ORDER, row.bank_account) else ()
    back = Crumb(_ORDERS, reverse("banking:orders", args=[row.bank_account.code]))
    head = Head(
        row.reference, crumbs=crumbs(row.bank_account, back, Crumb(row.reference)), facts=facts, actions=actions
    )
    return show(RecordPage(head, (), timeline(ref(row))))


@require_GET
def batch_page(_request: HttpRequest, code: str) -> HttpResponse:
    """One batch: its orders, and where its file lies."""
    row = batch_coded(code)
    account = row.bank_account
    common.seen(account)
    written = Status(Text("已生成，待人工送银行", "Written, to be carried to the bank"), "green")
    facts = (
        Fact(Text("笔数", "Orders"), row.orders_count),
        Fact(Text("合计", "Sum"), Money(row.fen)),
        Fact(Text("放行人", "Released by"), row.released_by.name),
        Fact(Text("放行时间", "Released"), row.released_at),
        Fact(Text("文件", "File"), f"{row.number}.csv"),
        Fact(Text("文件状态", "Its state"), written if row.written_at else Status(Text("生成中", "Being written"))),
        Fact(Text("文件摘要", "Digest"), row.sha256[:16]),
        *common.honest(account),
    )
    table = Table(_columns(), list(row.orders.select_related("batch", "ordered_by").order_by("pk")))
    head = Head(row.number, crumbs=crumbs(account, Crumb(row.number)), facts=facts)
    return show(RecordPage(head, (Section(_ORDERS, "orders", table=table),), timeline(ref(row))))


def state_of(row: PaymentOrder) -> Status:
    """The state of a payment order."""
    if row.cancelled_at is not None:
        return Status(Text("已撤销", "Cancelled"), "grey")
    if row.batch_id is not None:
        return Status(Text("已放行", "Released"), "green")
    return Status(Text("待放行", "Awaits release"), "amber")


def _columns() -> Sequence[Column]:
    return (
        Column("reference", Text("参考号", "Reference"), lambda row: row.reference, "code", url=_order_url),
        Column("name", Text("收款人", "Payee"), lambda row: row.shown_name),
        Column("account", Text("收款账号", "Account"), lambda row: str(row.account)),
        Column("fen", Text("金额", "Amount"), lambda row: Money(row.fen), "number", unit=common.YUAN, sort="fen"),
        Column("purpose", Text("用途", "Purpose"), lambda row: row.purpose),
        Column("state", Text("状态", "State"), state_of, "status"),
        Column("by", Text("提交人", "Ordered by"), lambda row: row.ordered_by.name),
        Column("at", Text("提交时间", "Ordered"), lambda row: row.ordered_at, "datetime", sort="ordered_at"),
    )


def _order_url(row: PaymentOrder) -> str:
    return reverse("banking:order", args=[row.code])


def _said(row: PaymentOrder) -> Text:
    amount = Money(row.fen)
    return Text(
        f"{row.reference} {row.shown_name} {row.account} {amount} 元 {row.purpose}（{row.ordered_by.name}）",
        f"{row.reference} {row.shown_name} {row.account} CNY {amount} {row.purpose} ({row.ordered_by.name})",
    )
