"""Forms: proposing and deciding a method, evaluating a party, and the deeds on an evaluation."""

import json
from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from qilian.core.house.pages import Crumb, Fact, Field, Head, Section, StepForm, show
from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import clause_of, crumbs_of, offer_url, scope_of
from qilian.core.rights.grants.api import require
from qilian.core.rules.scoring.api import RULES, Indicator, Method, method_document, read_method, rule_words
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.grades.models import GradeMethod, Grading
from qilian.engines.registry.grades.queries import (
    grade_at,
    grading_by_code,
    method_in_force,
    method_numbered,
    method_of,
)
from qilian.engines.registry.grades.services.common import APPROVE, PROPOSE, RUN
from qilian.engines.registry.grades.services.methods import approve_method, propose_method, reject_method
from qilian.engines.registry.grades.services.running import run
from qilian.engines.registry.parties.api import Party, party_by_code, party_by_uscc

from .deeds import DEEDS, Deed
from .lists import method_sections
from .reading import day_in, figures_in
from .words import number, result_url, status

_PROPOSE, _DECIDE = Text("提出评价方法", "Propose a method"), Text("批准或退回方法", "Approve or reject the method")
_RUN = Text("评价一个主体", "Evaluate a party")
_methods = require_http_methods(["GET", "HEAD", "POST"])


@_methods
def proposal(request: HttpRequest, grade: str) -> HttpResponse:
    """Propose a version of the method: the text of the one in force, or the declared one, to be changed."""
    me = current_principal()
    require(me, PROPOSE, scope_of(grade))
    row = method_in_force(grade, clock.today())
    document = row.document if row else method_document(grade_at(grade).method)
    written = {"method": json.dumps(document, ensure_ascii=False, indent=1), "source": grade_at(grade).basis}
    if request.method != "POST":
        return show(_proposal(grade, written))
    sent = request.POST.dict()
    try:
        method = _read(sent.get("method", ""))
        day = day_in(sent.get("valid_from", ""))
        made = propose_method(actor=me, path=grade, method=method, source=sent.get("source", ""), valid_from=day)
    except Refusal as refusal:
        return show(_proposal(grade, {**written, **sent}, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(f"{offer_url(grade)}methods/{made.version}/")


@_methods
def decision(request: HttpRequest, grade: str, version: int) -> HttpResponse:
    """Approve a proposed method and publish it, or turn it down with a reason."""
    me = current_principal()
    require(me, APPROVE, scope_of(grade))
    row = method_numbered(grade, version)
    if request.method != "POST":
        return show(_decision(row, {}))
    sent = request.POST.dict()
    try:
        if sent.get("decision") == "approve":
            approve_method(actor=me, method=row)
        else:
            reject_method(actor=me, method=row, reason=sent.get("reason", ""))
    except Refusal as refusal:
        return show(_decision(row, sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(f"{offer_url(grade)}methods/{version}/")


@_methods
def running(request: HttpRequest, grade: str) -> HttpResponse:
    """Evaluate a party: who, on which day, and the figures of every indicator with their source."""
    me = current_principal()
    require(me, RUN, scope_of(grade))
    row = method_in_force(grade, clock.today())
    method = method_of(row) if row else grade_at(grade).method
    if request.method != "POST":
        return show(_running(grade, method, {"party": request.GET.get("party", "")[:40]}))
    sent = request.POST.dict()
    try:
        made = run(
            actor=me,
            path=grade,
            party=_party(grade, sent.get("party", "")),
            figures=figures_in(method, sent),
            evidence=sent.get("evidence", ""),
            as_of=day_in(sent.get("as_of", "")),
        )
    except Refusal as refusal:
        return show(_running(grade, method, sent, (_at_field(_passed_on(refusal), method),)), status=422)
    return HttpResponseRedirect(result_url(made))


@_methods
def deed_form(request: HttpRequest, grade: str, code: str, deed: str) -> HttpResponse:
    """Do one of DEEDS with an evaluation."""
    me, doing = current_principal(), DEEDS.get(deed)
    if doing is None:
        raise Http404(deed)
    row = grading_by_code(grade, code)
    doing.ask(me, row)
    if request.method != "POST":
        return show(_deed(row, doing, {}))
    sent = request.POST.dict()
    try:
        stands = doing.run(me, row, sent)
    except Refusal as refusal:
        return show(_deed(row, doing, sent, (_passed_on(refusal),)), status=422)
    return HttpResponseRedirect(result_url(stands))


def _passed_on(refusal: Refusal) -> Refusal:
    """A missing right is a page of its own; all else stands on the form."""
    if refusal.code == "grants.denied":
        raise refusal
    return refusal


def _at_field(refusal: Refusal, method: Method) -> Refusal:
    """Let a refusal about an indicator point at its field."""
    if refusal.where in {each.slug for each in method.indicators}:
        refusal.where = f"value-{refusal.where}"
    return refusal


def _read(written: str) -> Method:
    try:
        return read_method(json.loads(written))
    except (ValueError, TypeError, KeyError, ArithmeticError) as wrong:
        message = Text(f"方法的文本读不懂：{wrong}", f"The text of the method cannot be read: {wrong}")
        raise Refusal("registry.grade_method.text", message, where="method") from None


def _party(path: str, written: str) -> Party:
    return party_by_code(written.strip()) if grade_at(path).persons else party_by_uscc(written)


def _proposal(path: str, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    hint = Text(
        "JSON；权重、规则、等级线和依据都可以改。", "JSON: weights, rules, lines of grades and sources may change."
    )
    return StepForm(
        _head(path, _PROPOSE),
        (
            Field("method", Text("方法", "Method"), "textarea", sent.get("method", ""), hint=hint),
            Field("source", Text("依据", "Source"), value=sent.get("source", "")),
            Field("valid_from", Text("自", "From"), "date", sent.get("valid_from", ""), required=False),
        ),
        submit=Text("提出", "Propose"),
        refusals=refusals,
        dense=True,
    )


def _decision(row: GradeMethod, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    choices = (("approve", Text("批准并公布", "Approve and publish")), ("reject", Text("退回", "Reject")))
    return StepForm(
        _head(
            row.offer, _DECIDE, (Fact(Text("版本", "Version"), row.version), Fact(Text("依据", "Source"), row.source))
        ),
        (
            Field("decision", Text("意见", "Decision"), "choice", sent.get("decision", ""), choices=choices),
            Field("reason", Text("退回理由", "Reason"), value=sent.get("reason", ""), required=False),
        ),
        submit=Text("确定", "Confirm"),
        refusals=refusals,
        dense=True,
        before=method_sections(method_of(row)),
    )


def _running(path: str, method: Method, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    errors = {refusal.where: refusal.message for refusal in refusals}
    who = Text("主体代码", "Code of the party") if grade_at(path).persons else Text("统一社会信用代码", "Unified code")
    lines = [field for each in method.indicators for field in _line(each, sent, errors)]
    return StepForm(
        _head(path, _RUN),
        (
            Field("party", who, value=sent.get("party", ""), error=errors.get("party") or errors.get("code") or ""),
            Field("as_of", Text("数据截至", "Figures as of"), "date", sent.get("as_of", ""), required=False),
            Field("evidence", Text("依据的文件", "Document"), value=sent.get("evidence", "")),
            *lines,
        ),
        submit=Text("评价", "Evaluate"),
        refusals=refusals,
        dense=True,
    )


def _line(each: Indicator, sent: Mapping[str, str], errors: Mapping[str, Text]) -> tuple[Field, Field]:
    rule = RULES[each.rule]
    names = Text("、".join(name.zh for name in rule.figures), ", ".join(name.en for name in rule.figures))
    words = rule_words(each)
    weight = number(each.weight)
    label = Text(f"{each.title.zh}（{weight} 分）", f"{each.title.en} ({weight})") if each.weight else each.title
    needed = each.missing == "refuse" and rule.weighted
    value, source = f"value-{each.slug}", f"source-{each.slug}"
    return (
        Field(
            value,
            label,
            value=sent.get(value, ""),
            required=needed,
            hint=Text(f"{names.zh}。{words.zh}。", f"{names.en}. {words.en}."),
            error=errors.get(value, ""),
            unit=each.unit or None,
        ),
        Field(
            source,
            Text(f"{each.title.zh}：数据来源", f"{each.title.en}: source"),
            value=sent.get(source, ""),
            required=needed,
            error=errors.get(source, ""),
        ),
    )


def _deed(row: Grading, doing: Deed, sent: Mapping[str, str], refusals: Sequence[Refusal] = ()) -> StepForm:
    facts = (
        Fact(Text("主体", "Party"), row.party.name, result_url(row)),
        Fact(Text("得分", "Score"), number(row.score)),
        Fact(Text("状态", "State"), status(row)),
    )
    head = _head(row.offer, doing.title, facts)
    words = Text("确定后记入事实日志。", "It is logged once confirmed.")
    before = [Section(paragraphs=(words,))]
    return StepForm(head, doing.fields(row, sent), submit=doing.title, refusals=refusals, dense=True, before=before)


def _head(path: str, title: Text, facts: Sequence[Fact] = ()) -> Head:
    named = (Fact(Text("评价", "Grade"), grade_at(path).title), *facts)
    return Head(title, crumbs=crumbs_of(path, Crumb(title)), clause=clause_of(path), facts=named)
