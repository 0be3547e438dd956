"""All grades; one grade with its results; its method and the versions of it; the score sheet of a party."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

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
from qilian.core.house.principal import Principal, current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.offers.api import clause_of, crumbs_of, is_open, offer_url, open_paths, scope_of
from qilian.core.offers.packs.api import offers
from qilian.core.offers.resource.api import forms, listed, record, visible
from qilian.core.rights.grants.api import allowed, possible
from qilian.core.rules.scoring.api import Method, read_cells, rule_words
from qilian.core.time.clocks.api import clocks_of, light_of, words_of
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.registry.parties.api import Party

from .drawings import score_section
from .kernel.life import VERDICTS
from .methods import METHOD, method_sections
from .models import GradeMethod, Grading
from .offering import Grade
from .queries import (
    appeal_of,
    grade_at,
    grading_ref,
    gradings_of_party,
    method_in_force,
    method_of,
    method_ref,
    public_gradings,
    repeated,
)
from .resource import METHODS, RESULTS
from .services.common import RUN
from .valuing import value_sections
from .words import CELL_STATES, TITLE, is_public, number, sees_all, status, values_of

_CLOSED = Status(Text("未开通", "Not open"), "amber")
_RECALLED = Text(
    "本方法据公开资料和记忆拟定，公布前须与所列标准原文核对。",
    "Drafted from public sources and from memory: compare it with the named standard before it is published.",
)
_SAME = Status(Text("重算一致", "repeats to the same digest"), "green")
_OTHER = Status(Text("重算不一致", "does not repeat"), "red")
_FEW, _OF_PARTY = 3, 50


@require_safe
def index(_request: HttpRequest) -> HttpResponse:
    """Every grade that is open, with how many results are in force."""
    opened = open_paths()
    rows = [(path, offer) for path, offer in offers("grade").items() if path in opened]
    columns = (
        Column("title", TITLE, lambda row: row[1].title, url=lambda row: offer_url(row[0])),
        Column("clause", Text("条", "Clause"), lambda row: clause_of(row[0]), "code"),
        Column("number", Text("有效结果", "In force"), lambda row: public_gradings(row[0]).count(), "number"),
    )
    empty = Empty(Text("还没有开通的评价。", "No grade is open yet."))
    return show(ListPage(Head(TITLE, crumbs=(Crumb(TITLE),)), rows, columns, empty, page_size=200))


@require_safe
def results(_request: HttpRequest, grade: str) -> HttpResponse:
    """The results of a grade: everybody sees those in force, its officials see all."""
    shape = grade_at(grade)
    choices = [(step.slug, step.title) for step in shape.method.grades]
    filters = (
        Filter("name", Text("名称", "Name"), lambda found, said: found.filter(party__name__contains=said.strip())),
        Filter("grade", Text("等级", "Grade"), lambda found, said: found.filter(grade=said), choices),
    )
    empty = Text("还没有公布的结果。", "No result is published yet.")
    return listed(RESULTS, grade, _head(grade, shape), filters=filters, empty=empty, order="-score")


@require_safe
def method_page(_request: HttpRequest, grade: str) -> HttpResponse:
    """The method in force, else the declared one: indicators with weights, rules and sources, grades, limits."""
    shape, row = grade_at(grade), method_in_force(grade, clock.today())
    method = method_of(row) if row else shape.method
    facts = (
        Fact(Text("状态", "State"), _version(row) if row else Status(Text("未公布", "Not published"), "amber")),
        Fact(Text("依据", "Source"), row.source if row else shape.basis),
        Fact(Text("有效期", "Term"), Text(f"{method.months} 个月", f"{method.months} months")),
        Fact(Text("申诉期", "Time to appeal"), _days(shape.appeal_days)),
        Fact(Text("答复期限", "Time to answer"), _days(shape.answer_days)),
    )
    head = Head(
        Text(f"{shape.title.zh}：评价方法", f"{shape.title.en}: method"),
        crumbs=crumbs_of(grade, Crumb(METHOD)),
        clause=clause_of(grade),
        facts=facts,
        actions=(Action(Text("历次版本", "All versions"), f"{offer_url(grade)}methods/"),),
    )
    notes = [*([_RECALLED] if shape.recalled else []), *shape.notes]
    sections = [
        *([Section(Text("说明", "Notes"), "notes", paragraphs=notes)] if notes else []),
        *method_sections(method),
    ]
    return show(RecordPage(head, sections, timeline(method_ref(row)) if row else NOT_A_RECORD))


@require_safe
def versions(_request: HttpRequest, grade: str) -> HttpResponse:
    """All versions of a method, with the two people of each."""
    title = Text(f"{grade_at(grade).title.zh}：方法的版本", f"{grade_at(grade).title.en}: versions of the method")
    crumbs = crumbs_of(grade, Crumb(METHOD, f"{offer_url(grade)}method/"), Crumb(Text("历次版本", "All versions")))
    empty = Text("还没有公布过方法。", "No method has been published yet.")
    return listed(METHODS, grade, Head(title, crumbs, clause=clause_of(grade)), empty=empty, order="-version")


@require_safe
def version_page(_request: HttpRequest, grade: str, version: int) -> HttpResponse:
    """One version of a method with everything that happened to it."""
    row: GradeMethod = visible(METHODS, grade, str(version))
    return record(METHODS, row, *method_sections(method_of(row)))


@require_safe
def sheet(_request: HttpRequest, grade: str, code: str) -> HttpResponse:
    """One evaluation; before it is published, and after its term, only its officials and its party find it."""
    row: Grading = visible(RESULTS, grade, code)
    inside, method = sees_all(current_principal(), row), method_of(row.method)
    sections = [
        score_section(row, method),
        Section(Text("得分明细", "Cells"), "cells", _cells(row, method, inside=inside)),
        _sums(row),
    ]
    if grade_at(grade).valuation:
        sections += value_sections(row, inside=inside)
    if inside:
        sections += [*_limits(row), *_appeal(row, method), _digests(row)]
    return record(RESULTS, row, *sections)


def grade_sections(party: Party, reader: Principal) -> Sequence[Section]:
    """The gradings of a party that the reader may see; nothing when there are none."""
    rows = [row for row in gradings_of_party(party)[:_OF_PARTY] if is_public(row) or sees_all(reader, row)]
    columns = (
        Column("title", Text("评价", "Grade"), lambda row: grade_at(row.offer).title, url=RESULTS.url),
        Column("grade", Text("等级", "Grade"), lambda row: method_of(row.method).grade_title(row.grade)),
        Column("score", Text("得分", "Score"), lambda row: number(row.score), "number"),
        Column("until", Text("有效期至", "Valid to"), lambda row: row.valid_to, "date"),
        Column("state", Text("状态", "State"), status, "status"),
    )
    return [Section(Text("评价", "Grades"), "grades", Table(columns, rows))] if rows else []


def grade_actions(party: Party, reader: Principal) -> Sequence[Action]:
    """The way to evaluate a party, for officials of a few open grades; who has many begins at the grade."""
    if party.status != "active" or not possible(reader, [RUN]):
        return ()
    code, persons = party.code if party.kind == "citizen" else party.uscc, party.kind == "citizen"
    fitting = [path for path in offers("grade") if grade_at(path).persons == persons and code]
    mine = [path for path in fitting if allowed(reader, RUN, scope_of(path, region=party.region[:6]))]
    ready = [path for path in mine if is_open(path) and method_in_force(path, clock.today())]
    words = [(path, grade_at(path).title) for path in ready]
    return [
        Action(Text(f"评价：{title.zh}", f"Evaluate: {title.en}"), f"{offer_url(path)}evaluation/?party={code}")
        for path, title in (words if len(words) <= _FEW else ())
    ]


def _days(days: int) -> Text:
    return Text(f"{days} 个工作日", f"{days} working days")


def _head(at: str, shape: Grade) -> Head:
    row = method_in_force(at, clock.today())
    facts = [
        Fact(Text("有效结果", "In force"), public_gradings(at).count()),
        Fact(Text("方法", "Method"), _version(row) if row else Status(Text("未公布", "Not published"), "amber")),
        Fact(Text("依据", "Source"), row.source if row else shape.basis),
    ]
    if not is_open(at):
        facts.insert(0, Fact(Text("服务项", "Offer"), _CLOSED))
    more = [
        Action(METHOD, f"{offer_url(at)}method/"),
        Action(Text("方法的版本", "Versions"), f"{offer_url(at)}methods/"),
    ]
    return Head(shape.title, crumbs_of(at), clause=clause_of(at), facts=facts, actions=more)


def _version(row: GradeMethod) -> Text:
    return Text(f"第 {row.version} 版，自 {row.valid_from}", f"version {row.version} from {row.valid_from}")


def _cells(row: Grading, method: Method, *, inside: bool) -> Table:
    titles = {each.slug: each for each in method.indicators}
    columns = [
        Column("title", Text("指标", "Indicator"), lambda cell: titles[cell.indicator].title),
        Column("weight", Text("权重", "Weight"), lambda cell: number(cell.weight) if cell.weight else "—", "number"),
        Column("points", Text("得分", "Points"), lambda cell: number(cell.points), "number"),
        Column("state", Text("状态", "State"), lambda cell: CELL_STATES[cell.state]),
        Column("rule", Text("计分办法", "How it counts"), lambda cell: rule_words(titles[cell.indicator])),
    ]
    if inside:
        columns[1:1] = [
            Column("values", Text("数值", "Figures"), values_of, "number"),
            Column("unit", Text("单位", "Unit"), lambda cell: titles[cell.indicator].unit),
        ]
        columns.append(Column("source", Text("数据来源", "Source of the figures"), lambda cell: cell.source or "—"))
    return Table(columns, read_cells(row.result))


def _sums(row: Grading) -> Section:
    result = row.result
    facts = [
        Fact(Text("实得", "Got"), result["got"]),
        Fact(Text("应得", "Applicable"), result["applicable"]),
        Fact(Text("加减分", "Adjustments"), result["adjustments"]),
        Fact(Text("总分", "Score"), number(row.score)),
    ]
    return Section(Text("合计", "Sum"), "sum", facts=facts)


def _limits(row: Grading) -> list[Section]:
    now = clock.now()
    open_clocks = [each for each in clocks_of(grading_ref(row)) if each.state != "stopped"]
    facts = [
        Fact(Text(each.title_zh, each.title_en), Status(words_of(each, now), light_of(each, now).colour))
        for each in open_clocks
    ]
    return [Section(Text("期限", "Limits"), "limits", facts=facts)] if facts else []


def _appeal(row: Grading, method: Method) -> list[Section]:
    filed = appeal_of(row)
    if filed is None:
        return []
    about = method.indicator(filed.indicator).title if filed.indicator else Text("整体", "the whole")
    facts = [
        Fact(Text("针对", "About"), about),
        Fact(Text("理由", "Reason"), filed.words),
        Fact(Text("提出", "Filed"), filed.filed_at),
        Fact(Text("答复", "Verdict"), VERDICTS[filed.state]),
    ]
    if filed.answer:
        facts.append(Fact(Text("答复理由", "Answer"), filed.answer))
    if (corrected := getattr(row, "corrected_by", None)) is not None:
        facts.append(Fact(Text("更正后", "Corrected"), number(corrected.score), RESULTS.url(corrected)))
    return [Section(Text("申诉", "Appeal"), "appeal", facts=facts)]


def _digests(row: Grading) -> Section:
    facts = (
        Fact(Text("重新计算", "Run again"), _SAME if repeated(row) else _OTHER),
        Fact(Text("数据摘要", "Digest of the figures"), row.figures_digest[:16]),
        Fact(Text("结果摘要", "Digest of the result"), row.result_digest[:16]),
        Fact(Text("评价依据", "Evidence"), row.evidence),
    )
    return Section(Text("复核", "Check"), "check", facts=facts)


app_name = "grades"
urlpatterns = [
    path("", results, name="list"),
    path("method/", method_page, name="method"),
    path("methods/", versions, name="methods"),
    path("methods/<int:version>/", version_page, name="version"),
    path("results/<str:code>/", sheet, name="sheet"),
    *forms(METHODS),
    *forms(RESULTS),
]
