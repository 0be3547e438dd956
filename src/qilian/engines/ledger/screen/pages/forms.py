"""Forms of officials: freeze a part of an account by order, and lift what binds it."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qilian.core.house.forms.api import read_number
from qilian.core.house.pages import Fact, Field, Head, StepForm, show
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.book.api import FREEZE, Account, Asset, Restraint, Span, freeze, lift, totals_of

from .common import account_or_404, account_url, crumbs, play, reader, title_of, unit_of, with_unit

_FREEZE, _LIFT = Text("冻结", "Freeze"), Text("解除", "Lift")


@require_http_methods(["GET", "POST"])
def freezing(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze an amount of an account by order: how much, why, on what document."""
    row = account_or_404(code)
    require(reader(), FREEZE, Scope(unit=row.unit, offer=row.offer))
    sent = request.POST.dict()
    if request.method != "POST":
        return show(_freeze_form(row, sent))
    try:
        amount, numbers = _amount(row.asset, sent.get("amount", "")), _numbers(row.asset, sent)
        freeze(
            actor=reader(),
            account=row,
            amount=amount if numbers is None else numbers.size,
            reason=sent.get("reason", ""),
            document=sent.get("document", ""),
            numbers=numbers,
        )
    except Refusal as refusal:
        return show(_freeze_form(row, sent, (refusal,)), status=422)
    return HttpResponseRedirect(reverse("ledger:about", args=[code]))


@require_http_methods(["GET", "POST"])
def lifting(request: HttpRequest, code: str, restraint: str) -> HttpResponse:
    """Lift a freeze or release a pledge, with the reason."""
    account = account_or_404(code)
    row = get_object_or_404(Restraint, code=restraint, account=account)
    sent = request.POST.dict()
    if request.method != "POST":
        return show(_lift_form(account, row, sent))
    try:
        lift(actor=reader(), restraint=row, reason=sent.get("reason", ""))
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(_lift_form(account, row, sent, (refusal,)), status=422)
    return HttpResponseRedirect(reverse("ledger:about", args=[code]))


def _freeze_form(row: Account, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    fields = [Field("amount", Text("数额", "Amount"), "decimal", sent.get("amount", ""), unit=unit_of(row.asset))]
    if row.asset.serial:
        fields = [
            Field("first", Text("起号", "From number"), "integer", sent.get("first", "")),
            Field("last", Text("止号", "To number"), "integer", sent.get("last", "")),
        ]
    hint = Text("如法院裁定、行政决定的文号。", "Such as the number of a court's ruling.")
    fields += [
        Field("reason", Text("理由", "Reason"), value=sent.get("reason", "")),
        Field("document", Text("文书", "Document"), value=sent.get("document", ""), required=False, hint=hint),
    ]
    facts = (Fact(Text("可用", "Available"), with_unit(row.asset)(totals_of(row).available)),)
    return StepForm(_head(row, _FREEZE, facts), fields, submit=_FREEZE, refusals=refusals, dense=True)


def _lift_form(account: Account, row: Restraint, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    facts = (
        Fact(Text("数额", "Amount"), with_unit(account.asset)(row.amount)),
        Fact(Text("冻结或质押的理由", "Why it is bound"), row.reason),
        Fact(Text("文书", "Document"), row.document),
    )
    fields = (Field("reason", Text("解除理由", "Reason"), value=sent.get("reason", "")),)
    return StepForm(_head(account, _LIFT, facts), fields, submit=_LIFT, refusals=refusals, dense=True)


def _head(row: Account, title: Text, facts: Sequence[Fact]) -> Head:
    about = reverse("ledger:about", args=[row.code])
    steps = ((title_of(row), account_url(row)), (Text("账户资料", "About"), about), (title, ""))
    return Head(title, crumbs=crumbs(*steps), quote=play(row.asset), facts=facts)


def _amount(asset: Asset, written: str) -> int:
    """Read an amount in the asset's unit into minimal units. Refusal `ledger.amount_form`."""
    if asset.serial:
        return 0
    try:
        amount = read_number(written) * 10**asset.scale
        if amount == amount.to_integral_value() and not written.strip().endswith(("%", "％")):
            return int(amount)
    except Refusal:
        pass
    message = Text("数额须是数字，小数不超过 {scale} 位。", "The amount is a number with at most {scale} decimals.")
    raise Refusal("ledger.amount_form", message.filled(scale=asset.scale), where="amount")


def _numbers(asset: Asset, sent: Mapping[str, str]) -> Span | None:
    if not asset.serial:
        return None
    try:
        return Span(int(sent.get("first", "")), int(sent.get("last", "")))
    except ValueError:
        message = Text("起号和止号须是整数。", "Both numbers are whole numbers.")
        raise Refusal("ledger.numbers_form", message, where="first") from None
