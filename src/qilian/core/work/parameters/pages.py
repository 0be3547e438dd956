"""The list of parameters, one parameter with its history, and the forms of the two people who publish a value."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from qilian.core.house.forms.api import read_day
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
    Status,
    StepForm,
    Table,
    show,
)
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.rights.grants.api import Scope, allowed, require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .kernel import KIND_TITLES, holding, write
from .models import Parameter, ParameterValue
from .queries import parameters, published, value_of, values_of
from .services import APPROVE, PROPOSE, about, approve, propose, reject, withdraw
from .showing import dated, shown

TITLE = Text("参数", "Parameters")
_STATES: Mapping[str, Status] = {
    "proposed": Status(Text("待批准", "Awaits approval"), "amber"),
    "published": Status(Text("已公布", "Published"), "green"),
    "superseded": Status(Text("已被取代", "Superseded"), "grey"),
    "rejected": Status(Text("已退回", "Rejected"), "red"),
    "withdrawn": Status(Text("已撤回", "Withdrawn"), "grey"),
}


def parameter_list(_request: HttpRequest) -> HttpResponse:
    """All parameters with the value of today; open to everyone, as the rules that use them are."""
    empty = Empty(
        Text("还没有设立参数。服务项启用后，它用到的参数会列在这里。", "No parameters yet: offers bring theirs.")
    )
    head = Head(TITLE, crumbs=(Crumb(TITLE),))
    return show(ListPage(head, parameters(), _list_columns(), empty, filters=_filters(), order="key"))


def parameter_page(_request: HttpRequest, key: str) -> HttpResponse:
    """One parameter: what holds today, all values with their sources and the two people who published each."""
    parameter = get_object_or_404(Parameter, key=key)
    rows = list(values_of(key))
    held = holding(dated(rows), clock.today())
    facts = (
        Fact(Text("今日取值", "Value today"), shown(parameter, held.value) if held else None),
        Fact(Text("自", "Since"), held.valid_from if held else None),
        Fact(Text("依据", "Source"), held.source if held else None),
        Fact(Text("类型", "Kind"), KIND_TITLES[parameter.kind]),
    )
    propose_it = Action(Text("提出新值", "Propose a value"), reverse("parameters:proposal", args=[key]), primary=True)
    may = allowed(current_principal(), PROPOSE, Scope(clause=parameter.clause))
    head = Head(
        Text(parameter.title_zh, parameter.title_en),
        crumbs=(Crumb(TITLE, reverse("parameters:list")), Crumb(parameter.key)),
        clause=parameter.clause,
        facts=facts,
        actions=(propose_it,) if may else (),
    )
    empty = Empty(Text("还没有提出过值。", "No value has been proposed yet."), propose_it if may else None)
    sections = [Section(Text("历次取值", "Values over time"), "values", Table(_value_columns(), rows, empty))]
    if held and isinstance(held.value, tuple):
        columns = [Column(name, Text(name, name), _cell(name)) for name in held.value[0]]
        sections.insert(0, Section(Text("今日表格", "Table today"), "table", Table(columns, held.value)))
    return show(RecordPage(head, sections, timeline(about(parameter))))


def proposal_form(request: HttpRequest, key: str) -> HttpResponse:
    """Propose a value: what, from when, on what source."""
    parameter, actor = get_object_or_404(Parameter, key=key), current_principal()
    require(actor, PROPOSE, Scope(clause=parameter.clause))
    if request.method != "POST":
        return show(_proposal(parameter, {}))
    sent = request.POST.dict()
    try:
        day, source = _day(sent.get("valid_from", "")), sent.get("source", "")
        propose(actor=actor, parameter=parameter, written=sent.get("value", ""), valid_from=day, source=source)
    except Refusal as refusal:
        return show(_proposal(parameter, sent, (refusal,)), status=422)
    return HttpResponseRedirect(reverse("parameters:parameter", args=[key]))


def decision_form(request: HttpRequest, code: str) -> HttpResponse:
    """Approve a proposal and publish it, or turn it down with a reason."""
    row = get_object_or_404(ParameterValue.objects.select_related("parameter", "proposed_by"), code=code)
    actor = current_principal()
    require(actor, APPROVE, Scope(clause=row.parameter.clause))
    if request.method != "POST":
        return show(_decision(row, {}))
    sent = request.POST.dict()
    try:
        if sent.get("decision") == "approve":
            approve(actor=actor, value=row)
        elif sent.get("decision") == "reject":
            reject(actor=actor, value=row, reason=sent.get("reason", ""))
        else:
            message = Text("请选择批准或退回。", "Choose to approve or to reject.")
            raise Refusal("parameters.decision", message, where="decision")
    except Refusal as refusal:
        return show(_decision(row, sent, (refusal,)), status=422)
    return HttpResponseRedirect(reverse("parameters:parameter", args=[row.parameter.key]))


def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Take one's own proposal back; asked for once more before it is done."""
    row = get_object_or_404(ParameterValue.objects.select_related("parameter", "proposed_by"), code=code)
    if request.method == "POST":
        withdraw(actor=current_principal(), value=row)
        return HttpResponseRedirect(reverse("parameters:parameter", args=[row.parameter.key]))
    title = Text("撤回提出的值", "Withdraw the proposal")
    return show(StepForm(_value_head(row, title), (), submit=Text("撤回", "Withdraw"), dense=True))


def _list_columns() -> Sequence[Column]:
    today = clock.today()
    held = {}
    for row in published().filter(valid_from__lte=today).order_by("valid_from"):
        held[row.parameter_id] = row

    def value(row: Parameter) -> Any:
        return shown(row, value_of(held[row.pk])) if row.pk in held else None

    return (
        Column("title", TITLE, lambda row: Text(row.title_zh, row.title_en), url=_address),
        Column("key", Text("代码", "Key"), lambda row: row.key, "code", sort="key"),
        Column("value", Text("今日取值", "Value today"), value),
        Column("since", Text("自", "Since"), lambda row: held[row.pk].valid_from if row.pk in held else None, "date"),
        Column("source", Text("依据", "Source"), lambda row: held[row.pk].source if row.pk in held else None),
        Column("clause", Text("条", "Clause"), lambda row: row.clause, "code", sort="clause"),
        Column("waiting", Text("状态", "State"), lambda row: _STATES["proposed"] if row.waiting else None, "status"),
    )


def _filters() -> Sequence[Filter]:
    return (
        Filter("kind", Text("类型", "Kind"), lambda rows, kind: rows.filter(kind=kind), tuple(KIND_TITLES.items())),
        Filter("waiting", Text("状态", "State"), _waiting, (("yes", Text("待批准", "Awaits approval")),)),
        Filter("words", Text("名称或代码", "Name or key"), _matching),
    )


def _waiting(rows: QuerySet[Any], _chosen: str) -> QuerySet[Any]:
    return rows.filter(waiting=True)


def _matching(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    return (
        rows.filter(title_zh__contains=words)
        | rows.filter(title_en__icontains=words)
        | rows.filter(key__contains=words)
    )


def _address(row: Parameter) -> str:
    return reverse("parameters:parameter", args=[row.key])


def _value_columns() -> Sequence[Column]:
    actor = current_principal()

    def action(row: ParameterValue) -> Text | None:
        if row.state != "proposed":
            return None
        own = row.proposed_by_id == actor.person
        return Text("撤回", "Withdraw") if own else Text("办理", "Decide")

    def address(row: ParameterValue) -> str:
        own = row.proposed_by_id == actor.person
        name = "withdrawal" if own else "decision"
        return reverse(f"parameters:{name}", args=[row.code]) if row.state == "proposed" else ""

    return (
        Column("from", Text("自", "From"), lambda row: row.valid_from, "date"),
        Column("value", Text("取值", "Value"), lambda row: shown(row.parameter, value_of(row))),
        Column("state", Text("状态", "State"), lambda row: _STATES[row.state], "status"),
        Column("source", Text("依据", "Source"), lambda row: row.source),
        Column("proposer", Text("提出人", "Proposed by"), lambda row: row.proposed_by.name),
        Column(
            "approver", Text("批准人", "Approved by"), lambda row: row.approved_by.name if row.approved_by else None
        ),
        Column("note", Text("退回理由", "Why rejected"), lambda row: row.decision),
        Column("action", Text("操作", "Action"), action, url=address),
    )


def _cell(name: str) -> Any:
    return lambda row: row[name]


def _proposal(parameter: Parameter, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    title = Text("提出新值：{name}", "Propose a value: {name}").filled(
        name=Text(parameter.title_zh, parameter.title_en)
    )
    crumbs = (Crumb(TITLE, reverse("parameters:list")), Crumb(parameter.key, _address(parameter)), Crumb(title))
    latest = published().filter(parameter=parameter).order_by("-valid_from").first()
    table = parameter.kind in ("table", "decision")
    before = write(value_of(latest)) if latest and table else ""
    hint = Text("须由另一个人批准后才生效。", "It holds once another person has approved it.")
    kind: Literal["textarea", "date", "text"] = "textarea" if table else "date" if parameter.kind == "date" else "text"
    unit = Text(parameter.unit, parameter.unit) if parameter.unit else None
    return StepForm(
        Head(title, crumbs=crumbs, clause=parameter.clause),
        (
            Field("value", KIND_TITLES[parameter.kind], kind, sent.get("value", before), unit=unit, hint=hint),
            Field("valid_from", Text("自何日起", "From"), "date", sent.get("valid_from", "")),
            Field("source", Text("依据", "Source"), value=sent.get("source", ""), hint=_SOURCE_HINT),
        ),
        submit=Text("提交批准", "Submit for approval"),
        refusals=refusals,
        dense=True,
    )


_SOURCE_HINT = Text("条文名称和条号，或文件的文号。", "The statute and its article, or the number of the document.")


def _decision(row: ParameterValue, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    choices = (("approve", Text("批准并公布", "Approve and publish")), ("reject", Text("退回", "Reject")))
    reason = Text("退回理由", "Why it is rejected")
    return StepForm(
        _value_head(row, Text("办理提出的值", "Decide on a proposal")),
        (
            Field("decision", Text("意见", "Decision"), "choice", sent.get("decision", ""), choices=choices),
            Field("reason", reason, value=sent.get("reason", ""), required=False),
        ),
        submit=Text("确定", "Confirm"),
        refusals=refusals,
        dense=True,
    )


def _value_head(row: ParameterValue, title: Text) -> Head:
    parameter = row.parameter
    held = published().filter(parameter=parameter, valid_from__lte=row.valid_from).order_by("-valid_from").first()
    now = shown(parameter, value_of(held)) if held else None
    return Head(
        title,
        crumbs=(Crumb(TITLE, reverse("parameters:list")), Crumb(parameter.key, _address(parameter)), Crumb(title)),
        clause=parameter.clause,
        facts=(
            Fact(Text("参数", "Parameter"), Text(parameter.title_zh, parameter.title_en)),
            Fact(Text("现值", "Value before"), now),
            Fact(Text("提出的值", "Proposed value"), shown(parameter, value_of(row))),
            Fact(Text("自", "From"), row.valid_from),
            Fact(Text("依据", "Source"), row.source),
            Fact(Text("提出人", "Proposed by"), row.proposed_by.name),
        ),
    )


def _day(written: str) -> date:
    try:
        return read_day(written)
    except Refusal:
        message = Text("请填写日期，如 2026-01-01。", "Give a day, such as 2026-01-01.")
        raise Refusal("parameters.day", message, where="valid_from") from None
