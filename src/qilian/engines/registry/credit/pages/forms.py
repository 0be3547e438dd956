"""Forms of credit: entering a decision, and the deeds on a record."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Crumb, Fact, Field, Head, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import possible, require
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.credit.kernel.display import CLASSES
from qilian.engines.registry.credit.models import CreditRecord
from qilian.engines.registry.credit.queries import record_by_code
from qilian.engines.registry.credit.services import CLAUSE, RECORD, Decision, record_conduct
from qilian.engines.registry.parties.api import party_by_uscc

from .deeds import DEEDS, Deed
from .reading import TITLE, status

_NEW = Text("登记失信信息", "Enter a credit record")
_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def recording(request: HttpRequest) -> HttpResponse:
    """Enter a decision: whom it concerns, the document, the class."""
    me = current_principal()
    if not possible(me, [RECORD]):
        require(me, RECORD)
    if request.method != "POST":
        return show(_recording({"party": request.GET.get("party", "")[:40]}))
    sent = request.POST.dict()
    try:
        row = record_conduct(actor=me, party=party_by_uscc(sent.get("party", "")), decision=_decision(sent))
    except Refusal as refusal:
        return show(_recording(sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(reverse("credit:record", args=[row.code]))


@_methods
def deed_form(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Do one of DEEDS with a record."""
    me, doing = current_principal(), DEEDS.get(deed)
    if doing is None:
        raise Http404(deed)
    row = record_by_code(code)
    doing.ask(me, row)
    if request.method != "POST":
        return show(_deed(row, doing, {}))
    sent = request.POST.dict()
    try:
        doing.run(me, row, sent)
    except Refusal as refusal:
        return show(_deed(row, doing, sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(reverse("credit:record", args=[code]))


def _passed_on(refusal: Refusal) -> Refusal:
    """A missing right is a page of its own; all else stands on the form."""
    if refusal.code == "grants.denied":
        raise refusal
    return refusal


def _decision(sent: Mapping[str, str]) -> Decision:
    try:
        day = date.fromisoformat(sent.get("decided_on", ""))
    except ValueError:
        message = Text("请填写认定日期，如 2026-01-01。", "Give the day of the decision, such as 2026-01-01.")
        raise Refusal("registry.credit.day", message, where="decided_on") from None
    return Decision(
        document=sent.get("document", ""),
        authority=sent.get("authority", ""),
        conduct=sent.get("conduct", ""),
        decided_on=day,
        severity=sent.get("severity", ""),
        needed=bool(sent.get("needed")),
        repairable=not sent.get("forbidden"),
        beyond=sent.get("beyond", ""),
    )


def _recording(sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    classes = tuple((name, each.title) for name, each in CLASSES.items())
    return StepForm(
        Head(_NEW, crumbs=(Crumb(TITLE, reverse("credit:list")), Crumb(_NEW)), clause=CLAUSE),
        (
            Field("party", Text("统一社会信用代码", "Unified code"), value=sent.get("party", "")),
            Field("document", Text("文书号", "Number of the document"), value=sent.get("document", "")),
            Field("authority", Text("认定单位", "Authority"), value=sent.get("authority", "")),
            Field("decided_on", Text("认定日期", "Decided"), "date", sent.get("decided_on", "")),
            Field("conduct", Text("失信行为", "Conduct"), "textarea", sent.get("conduct", "")),
            Field("severity", Text("类别", "Class"), "choice", sent.get("severity", ""), choices=classes),
            Field(
                "needed",
                Text("轻微信息确有必要公示", "A minor one must be shown"),
                "boolean",
                sent.get("needed", ""),
                False,
            ),
            Field(
                "forbidden",
                Text("法律法规规定不可修复", "The law forbids repair"),
                "boolean",
                sent.get("forbidden", ""),
                False,
            ),
            Field(
                "beyond",
                Text("未纠正的继续公示依据", "Rule that keeps uncorrected conduct on display"),
                value=sent.get("beyond", ""),
                required=False,
            ),
        ),
        submit=Text("登记", "Enter"),
        refusals=refusals,
        dense=True,
    )


def _deed(row: CreditRecord, doing: Deed, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    crumbs = (Crumb(TITLE, reverse("credit:list")), Crumb(row.document, reverse("credit:record", args=[row.code])))
    facts = (
        Fact(Text("主体", "Party"), row.party.name),
        Fact(Text("文书", "Document"), row.document),
        Fact(Text("状态", "State"), status(row)),
    )
    head = Head(doing.title, crumbs=(*crumbs, Crumb(doing.title)), clause=CLAUSE, facts=facts)
    return StepForm(head, doing.fields(sent), submit=doing.title, refusals=refusals, dense=True)
