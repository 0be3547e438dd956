"""The list of decisions, and one of them: today's table, what is wrong with it, its versions and its cases."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from qilian.core.house.pages import (
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
from qilian.core.log.events.api import timeline
from qilian.core.rules.dmn.api import answer
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.work.approvals.api import STATES
from qilian.core.work.decisions.queries import as_case, cases, decisions, declared, table_of, versions
from qilian.core.work.parameters.api import Parameter, ParameterValue, holds, published, state_of, title_of

from .showing import (
    TITLE,
    address,
    case_results,
    findings_section,
    found,
    head,
    may_propose,
    table_section,
    version_facts,
    version_of,
)

_INTRO = Text(
    "条件随文件而变的事项——谁符合条件、项目归哪一类、补助怎么算——都写成表，人人可查可试；改一版须两个人，旧版不改。",
    "Rules that change by decree stand here as tables that everybody can read and try; two people publish a version.",
)
_FORMATS = (("csv", "text/csv"), ("yaml", "application/yaml"), ("dmn", "application/xml"))


def decision_list(_request: HttpRequest) -> HttpResponse:
    """All decisions with what holds today; open to everyone."""
    empty = Empty(Text("还没有决策表。服务包启用后会列在这里。", "No decision tables yet: packs bring theirs."))
    page = Head(TITLE, crumbs=(Crumb(TITLE),))
    return show(ListPage(page, decisions(), _columns(), empty, filters=_FILTERS, order="clause", intro=(_INTRO,)))


def decision_page(request: HttpRequest, key: str) -> HttpResponse:
    """One decision: a version's table (today's unless asked otherwise), findings, versions, cases, timeline."""
    decision = found(key)
    try:
        row = version_of(key, request.GET.get("version", ""))
    except Refusal:
        return show(_unpublished(decision))
    table = table_of(row)
    sections = [table_section(table), findings_section(table), _versions(decision, row), _cases(decision, row)]
    sections.append(_downloads(decision, row))
    page = head(decision, facts=version_facts(row), actions=_actions(decision, row))
    return show(RecordPage(page, sections, timeline(Ref("core.parameter", decision.key))))


def download(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """A version as CSV, YAML or DMN; 404 for another form."""
    row = version_of(found(key).key, request.GET.get("version", ""))
    if form not in dict(_FORMATS):
        raise Http404
    table = table_of(row)
    text = {"csv": lambda: "\ufeff" + table.to_csv(), "yaml": table.to_yaml, "dmn": table.to_dmn}[form]()
    response = HttpResponse(text, content_type=f"{dict(_FORMATS)[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-{row.valid_from}.{form}"'
    return response


def _unpublished(decision: Parameter) -> RecordPage:
    offer = declared(decision.key)
    words = Text("还没有公布过版本。", "No version has been published yet.")
    edit = Action(Text("提出第一版", "Propose the first version"), address(decision, "editing"), primary=True)
    may = may_propose(decision)
    sections = [Section(Text("表格", "Table"), "table", Table((), (), Empty(words, edit if may else None)))]
    if any(row.state == "proposed" for row in versions(decision.key)):
        sections.append(_versions(decision, None))
    facts = (Fact(Text("服务包备有的版本", "Versions in the pack"), len(offer.versions) if offer else 0),)
    return RecordPage(head(decision, facts=facts), sections, timeline(Ref("core.parameter", decision.key)))


def _actions(decision: Parameter, row: ParameterValue) -> tuple[Action, ...]:
    asked = address(decision, "trial", version=row.code)
    trial = Action(Text("试算", "Try values"), asked, primary=True)
    others = [each for each in versions(decision.key) if holds(each) and each.pk != row.pk]
    if others:
        asked = address(decision, "comparison", left=others[0].code, right=row.code)
        compared: tuple[Action, ...] = (Action(Text("比较两版", "Compare versions"), asked),)
    else:
        compared = ()
    edit = Action(Text("编辑新版", "Edit a new version"), address(decision, "editing", version=row.code))
    bring = Action(Text("上传决策表", "Bring a file"), address(decision, "file"))
    store = Action(Text("存入试算例", "Store a case"), address(decision, "case", version=row.code))
    return (trial, *compared, *((edit, bring, store) if may_propose(decision) else ()))


def _versions(decision: Parameter, shown: ParameterValue | None) -> Section:
    def compared(row: ParameterValue) -> str:
        return address(decision, "comparison", left=row.code, right=shown.code) if shown and row.pk != shown.pk else ""

    columns = (
        Column("from", Text("自", "From"), lambda row: row.valid_from, "date", url=lambda row: _of(decision, row)),
        Column("state", Text("状态", "State"), state_of, "status"),
        Column("rules", Text("规则", "Rules"), lambda row: len(table_of(row).shape.rules), "number"),
        Column("source", Text("依据", "Source"), lambda row: row.source),
        Column("proposer", Text("提出人", "Proposed by"), lambda row: row.proposed_by.name),
        Column("decider", Text("办理人", "Decided by"), lambda row: row.decided_by.name if row.decided_by else None),
        Column("compare", Text("与本页比较", "Compare"), lambda row: _COMPARE if compared(row) else None, url=compared),
        Column("act", Text("办理", "Decide"), lambda row: _DECIDE if row.state == "proposed" else None, url=_decide),
    )
    return Section(Text("版本", "Versions"), "versions", Table(columns, list(versions(decision.key))))


_COMPARE, _DECIDE = Text("比较", "Compare"), Text("办理", "Decide")


def _of(decision: Parameter, row: ParameterValue) -> str:
    return address(decision, version=row.code)


def _decide(row: ParameterValue) -> str:
    return reverse("decisions:version", args=[row.code])


def _cases(decision: Parameter, row: ParameterValue) -> Section:
    table = table_of(row)
    answers = [(case, answer(table, as_case(case))) for case in cases(decision.key)]
    add = Action(Text("存入试算例", "Store a case"), address(decision, "case"))
    return case_results(answers, add=add if may_propose(decision) else None)


def _downloads(decision: Parameter, row: ParameterValue) -> Section:
    columns = (
        Column(
            "form", Text("格式", "Form"), lambda form: form[0].upper(), url=lambda form: _file(decision, row, form[0])
        ),
        Column("use", Text("用途", "Use"), lambda form: _USES[form[0]]),
    )
    return Section(Text("下载这一版", "Download this version"), "files", Table(columns, _FORMATS))


_USES = {
    "csv": Text("用电子表格编辑，贴回来不丢失内容", "to edit in a spreadsheet and paste back without loss"),
    "yaml": Text("放进服务包", "to keep in a pack"),
    "dmn": Text("DMN 1.5，供其他系统使用", "DMN 1.5, for other systems"),
}


def _file(decision: Parameter, row: ParameterValue, form: str) -> str:
    return reverse("decisions:download", args=[decision.key, form]) + f"?version={row.code}"


def _columns() -> Sequence[Column]:
    today = clock.today()
    held: dict[int, ParameterValue] = {}
    for row in published().filter(parameter__kind="decision", valid_from__lte=today).order_by("valid_from"):
        held[row.parameter_id] = row

    def of(decision: Parameter, read: Any) -> Any:
        return read(held[decision.pk]) if decision.pk in held else None

    return (
        Column("title", TITLE, title_of, url=address),
        Column("clause", Text("条", "Clause"), lambda row: row.clause, "code", sort="clause"),
        Column("rules", Text("规则", "Rules"), lambda row: of(row, lambda v: len(table_of(v).shape.rules)), "number"),
        Column("since", Text("自", "Since"), lambda row: of(row, lambda v: v.valid_from), "date"),
        Column("source", Text("依据", "Source"), lambda row: of(row, lambda v: v.source)),
        Column("waiting", Text("状态", "State"), lambda row: _waiting(row, row.pk in held), "status"),
    )


def _waiting(row: Any, held: bool) -> Any:
    if row.waiting:
        return STATES["proposed"]
    return _PUBLISHED if held else None


_PUBLISHED = Status(Text("已公布", "Published"), "green")


_FILTERS = (
    Filter(
        "words",
        Text("名称", "Name"),
        lambda rows, words: rows.filter(title_zh__contains=words) | rows.filter(title_en__icontains=words),
    ),
    Filter(
        "waiting",
        Text("状态", "State"),
        lambda rows, _: rows.filter(waiting=True),
        (("yes", Text("待批准", "Awaits approval")),),
    ),
)
