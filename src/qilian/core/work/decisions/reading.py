"""The list of decisions; one of them with today's table, findings, versions and cases; one version with its changes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from qilian.core.house.pages import Action, Column, Crumb, Empty, Fact, Head, RecordPage, Section, Table, show
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import columns, listed, record, visible
from qilian.core.rules.dmn.api import answer
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.work.parameters.api import Parameter, ParameterValue, holds

from .pages.showing import (
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
from .queries import as_case, cases, declared, table_of, versions
from .resource import DECISIONS, VERSIONS, version_sections

_INTRO = Text(
    "条件随文件而变的事项——谁符合条件、项目归哪一类、补助怎么算——都写成表，人人可查可试；改一版须两个人，旧版不改。",
    "Rules that change by decree stand here as tables that everybody can read and try; two people publish a version.",
)
_FORMATS = (("csv", "text/csv"), ("yaml", "application/yaml"), ("dmn", "application/xml"))


@require_safe
def decision_list(_request: HttpRequest) -> HttpResponse:
    """All decisions with what holds today; open to everyone."""
    empty = Text("还没有决策表。服务包启用后会列在这里。", "No decision tables yet: packs bring theirs.")
    return listed(DECISIONS, "", Head(TITLE, (Crumb(TITLE),)), empty=empty, order="clause", intro=(_INTRO,))


@require_safe
def version_page(_request: HttpRequest, code: str) -> HttpResponse:
    """A version with what it changes; whoever may decide on it publishes it or turns it down."""
    row: ParameterValue = visible(VERSIONS, "", code)
    return record(VERSIONS, row, *version_sections(row))


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

    def table(row: ParameterValue) -> str:
        return address(decision, version=row.code)

    more = (
        Column("table", Text("表格", "Table"), lambda _row: Text("查看", "See it"), url=table),
        Column("compare", Text("与本页比较", "Compare"), lambda row: _COMPARE if compared(row) else None, url=compared),
    )
    table_of_all = Table(columns(VERSIONS, "", *more), list(versions(decision.key)))
    return Section(Text("版本", "Versions"), "versions", table_of_all)


_COMPARE = Text("比较", "Compare")


def _cases(decision: Parameter, row: ParameterValue) -> Section:
    table = table_of(row)
    answers = [(case, answer(table, as_case(case))) for case in cases(decision.key)]
    add = Action(Text("存入试算例", "Store a case"), address(decision, "case"))
    return case_results(answers, add=add if may_propose(decision) else None)


def _downloads(decision: Parameter, row: ParameterValue) -> Section:
    shown = (
        Column(
            "form", Text("格式", "Form"), lambda form: form[0].upper(), url=lambda form: _file(decision, row, form[0])
        ),
        Column("use", Text("用途", "Use"), lambda form: _USES[form[0]]),
    )
    return Section(Text("下载这一版", "Download this version"), "files", Table(shown, _FORMATS))


_USES = {
    "csv": Text("用电子表格编辑，贴回来不丢失内容", "to edit in a spreadsheet and paste back without loss"),
    "yaml": Text("放进服务包", "to keep in a pack"),
    "dmn": Text("DMN 1.5，供其他系统使用", "DMN 1.5, for other systems"),
}


def _file(decision: Parameter, row: ParameterValue, form: str) -> str:
    return reverse("decisions:download", args=[decision.key, form]) + f"?version={row.code}"
