"""Try values on a version: the result with its reason, rule by rule; and keep the case."""

from collections.abc import Mapping, Sequence
from typing import Literal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Column, Fact, Field, Section, StepForm, Table, show
from qilian.core.house.principal import current_principal
from qilian.core.papers.pictures.api import decided_regions
from qilian.core.rights.grants.api import Scope, require
from qilian.core.rules.dmn.api import Table as DecisionTable
from qilian.core.rules.dmn.api import Trace, Wanted, literal, readings, wanted
from qilian.core.values.text import Refusal, Text
from qilian.core.work.decisions.models import DecisionCase
from qilian.core.work.decisions.queries import table_of
from qilian.core.work.decisions.services import add_case, remove_case
from qilian.core.work.parameters.api import PROPOSE, Parameter, ParameterValue

from .showing import address, found, head, plain, table_section, version_facts, version_of

_TRY, _KEEP, _REMOVE = (
    Text("试算", "Try values"),
    Text("存入试算例", "Store a case"),
    Text("移除试算例", "Take a case out"),
)
_PREFIX = "in-"


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """Type values, read the result and why each rule matched or not; nothing is stored."""
    decision = found(key)
    row = version_of(key, request.GET.get("version", ""))
    table = table_of(row)
    if request.method != "POST":
        return show(_form(decision, row, {}))
    sent = _sent(request)
    try:
        values = readings(table, sent)
    except Refusal as refusal:
        return show(_form(decision, row, sent, (refusal,)), status=422)
    decided = table.decide(values)
    refused = tuple(each.message for each in decided.diagnostics)
    result = Section(
        Text("结果", "Result"),
        "result",
        facts=(
            Fact(Text("结果", "Result"), plain(literal(decided.result))),
            Fact(Text("命中规则", "Rules hit"), ", ".join(map(str, decided.matched)) or None),
            *(Fact(Text("问题", "Problem"), message) for message in refused),
        ),
    )
    drawn = decided_regions(table, values, plain)
    before = (result, *drawn, _reasons(decided.trace), table_section(table, decided.matched))
    return show(_form(decision, row, sent, before=before))


@require_http_methods(["GET", "HEAD", "POST"])
def case_form(request: HttpRequest, key: str) -> HttpResponse:
    """Store a case: its title, its inputs, the result that is expected."""
    decision, me = found(key), current_principal()
    require(me, PROPOSE, Scope(clause=decision.clause))
    row = version_of(key, request.GET.get("version", ""))
    table = table_of(row)
    title, expected = request.POST.get("title", ""), request.POST.get("expected", "")
    sent = _sent(request)
    if request.method == "POST":
        try:
            add_case(actor=me, decision=decision, table=table, title=title, inputs=sent, expected=expected)
        except Refusal as refusal:
            return show(_case(decision, table, sent, title, expected, (refusal,)), status=422)
        return HttpResponseRedirect(address(decision) + "#cases")
    return show(_case(decision, table, sent, title, expected))


@require_http_methods(["GET", "HEAD", "POST"])
def case_removal(request: HttpRequest, code: str) -> HttpResponse:
    """Take a stored case out; asked for once more before it is done."""
    case = get_object_or_404(DecisionCase.objects.select_related("decision"), code=code)
    me = current_principal()
    require(me, PROPOSE, Scope(clause=case.decision.clause))
    if request.method == "POST":
        remove_case(actor=me, case=case)
        return HttpResponseRedirect(address(case.decision) + "#cases")
    facts = (Fact(Text("试算例", "Case"), case.title),)
    return show(StepForm(head(case.decision, _REMOVE, facts), (), submit=_REMOVE, dense=True))


def _form(
    decision: Parameter,
    row: ParameterValue,
    sent: Mapping[str, str],
    refusals: Sequence[Refusal] = (),
    before: Sequence[Section] = (),
) -> StepForm:
    table = table_of(row)
    fields = tuple(_field(each, sent.get(each.name, ""), refusals) for each in wanted(table))
    page = head(decision, _TRY, version_facts(row))
    return StepForm(page, fields, submit=_TRY, refusals=_placed(refusals), dense=True, before=before)


def _case(
    decision: Parameter,
    table: DecisionTable,
    sent: Mapping[str, str],
    title: str,
    expected: str,
    refusals: Sequence[Refusal] = (),
) -> StepForm:
    hint = Text('结果写成 FEEL，文字加引号，如 "报告书"；可以不填。', "As FEEL, text in quotes; may stay empty.")
    fields = (
        Field("title", Text("名称", "Title"), value=title),
        *(_field(each, sent.get(each.name, ""), refusals) for each in wanted(table)),
        Field("expected", Text("预期结果", "Expected result"), value=expected, required=False, hint=hint),
    )
    return StepForm(head(decision, _KEEP), fields, submit=_KEEP, refusals=_placed(refusals), dense=True)


def _field(each: Wanted, value: str, refusals: Sequence[Refusal]) -> Field:
    wrong = next((refusal.message for refusal in refusals if refusal.where == each.name), Text("", ""))
    choices = tuple((word, word) for word in each.choices)
    label = Text(each.title, each.title)
    kind: Literal["choice", "text"] = "choice" if choices else "text"
    return Field(_PREFIX + each.name, label, kind, value, required=False, hint=each.form, choices=choices, error=wrong)


def _placed(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """Refusals of inputs, pointing at the fields of this form."""
    return tuple(
        Refusal(each.code, each.message, where=_PREFIX + each.where, remedy=each.remedy)
        if each.code == "rules.input"
        else each
        for each in refusals
    )


def _sent(request: HttpRequest) -> dict[str, str]:
    sent = request.POST.items()
    return {name.removeprefix(_PREFIX): str(text) for name, text in sent if name.startswith(_PREFIX)}


def _reasons(trace: Trace) -> Section:
    columns = (Column("words", Text("理由", "Reason"), lambda sentence: sentence),)
    return Section(Text("为什么", "Why"), "why", Table(columns, trace.sentences()))
