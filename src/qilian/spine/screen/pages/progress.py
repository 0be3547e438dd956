"""/plans/<slug>/coverage/: how far a plan of one's own is: who answers for each clause, and until when."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Column,
    Crumb,
    Empty,
    Fact,
    Head,
    RecordPage,
    Section,
    Status,
    Table,
    show,
)
from qilian.core.papers.pictures.api import Bar, Look, bars, pictured
from qilian.core.values.text import Text
from qilian.spine.plan import api as records
from qilian.spine.plan.api import clause_url, clauses_with_duties

from .common import PLANS_CRUMB, clause_line, found, plan_of, version_in_force

_INTRO = Text(
    "每一条由谁负责、何时完成、点名了哪些系统；由程序从方案和决定算出，没有人填报。服务项写在各领域的包里，目前只回应主方案的条。",
    "Who answers for each clause, until when, and which systems it names: computed from the plan and from decisions, "
    "reported by nobody. Offers are declared in packs, which answer the clauses of the main plan only.",
)
_LED, _HELD, _NOBODY = (
    Status(Text("有牵头单位", "Somebody leads"), "green"),
    Status(Text("没有牵头单位", "Nobody leads"), "amber"),
    Status(Text("没有责任单位", "Nobody answers"), "red"),
)
_LOOKS: tuple[tuple[Status, Look], ...] = ((_LED, "full"), (_HELD, "half"), (_NOBODY, "wait"))
_SECTIONS = Text("各部分的条有没有人负责", "Who answers for the clauses of each section")
_NONE = Empty(Text("还没有发布版本。", "No version is published yet."))


@require_safe
def progress_page(_request: HttpRequest, slug: str) -> HttpResponse:
    """Draw how far a plan is, section by section and clause by clause; the main plan's is the page of coverage."""
    plan = plan_of(slug)
    if plan.main:
        return HttpResponseRedirect("/coverage/")
    version = found(version_in_force(slug))
    clauses = list(clauses_with_duties(version))
    title = Text("落实情况", "Progress")
    head = Head(title, (PLANS_CRUMB, Crumb(plan.title, plan.url), Crumb(title)), facts=_facts(clauses))
    sections = [
        Section(paragraphs=(_INTRO,)),
        _by_section(clauses),
        Section(Text("条款", "Clauses"), "clauses", table=Table(_columns(plan), clauses, _NONE)),
    ]
    return show(RecordPage(head, sections, NOT_A_RECORD))


def _led(clause: records.Clause) -> bool:
    return any(duty.role != "support" for duty in clause.duties.all())


def _state(clause: records.Clause) -> Status:
    if not clause.duties.all():
        return _NOBODY
    return _LED if _led(clause) else _HELD


def _facts(clauses: Sequence[records.Clause]) -> tuple[Fact, ...]:
    dated = sum(bool(clause.deadlines.all()) for clause in clauses)
    led = sum(map(_led, clauses))
    return (
        Fact(Text("条款", "Clauses"), len(clauses)),
        Fact(Text("有牵头单位", "With a lead"), _of(led, len(clauses))),
        Fact(Text("有时限", "With a deadline"), _of(dated, len(clauses))),
    )


def _of(part: int, whole: int) -> Text:
    return Text(f"{whole} 条中 {part} 条", f"{part} of {whole}")


def _by_section(clauses: Sequence[records.Clause]) -> Section:
    """A bar for each section: clauses with a lead, with units and none that leads, with nobody; and its table."""
    grouped: dict[str, list[records.Clause]] = {}
    for clause in clauses:
        grouped.setdefault(f"{clause.section.sid} {clause.section.title}", []).append(clause)
    drawn = [
        Bar(
            name,
            [(look, sum(_state(each) is state for each in rows)) for state, look in _LOOKS],
            str(_of(sum(map(_led, rows)), len(rows))),
        )
        for name, rows in grouped.items()
    ]
    said = "；".join(f"{bar.label}，{bar.said}" for bar in drawn)
    key = [(look, str(state.word)) for state, look in _LOOKS]
    return pictured(
        _SECTIONS,
        "sections",
        lambda width: bars(width, drawn, title=str(_SECTIONS), desc=said, key=key),
        Table(_SECTION_COLUMNS, list(grouped.items()), _NONE),
    )


_SECTION_COLUMNS = (
    Column("section", Text("部分", "Section"), lambda row: row[0]),
    Column("led", Text("有牵头单位", "With a lead"), lambda row: _of(sum(map(_led, row[1])), len(row[1]))),
    Column(
        "dated",
        Text("有时限", "With a deadline"),
        lambda row: _of(sum(bool(each.deadlines.all()) for each in row[1]), len(row[1])),
    ),
    Column(
        "systems",
        Text("点名的系统", "Named systems"),
        lambda row: sum(len(each.systems.all()) for each in row[1]),
        "number",
    ),
)


def _columns(plan: records.Plan) -> tuple[Column, ...]:
    def units(clause: records.Clause, *, support: bool) -> str:
        line = clause_line(clause, plan)
        return "、".join(str(unit.name) for unit in (line.support if support else line.lead))

    return (
        Column("clause", Text("条", "Clause"), lambda row: row.cid, "code", url=lambda row: clause_url(plan, row.cid)),
        Column("task", Text("任务", "Task"), lambda row: clause_line(row, plan).task),
        Column("lead", Text("牵头单位", "Lead"), lambda row: units(row, support=False)),
        Column("support", Text("配合单位", "Support"), lambda row: units(row, support=True)),
        Column("deadline", Text("时限", "Deadline"), lambda row: "、".join(each.text for each in row.deadlines.all())),
        Column("state", Text("状态", "State"), _state, "status"),
    )
