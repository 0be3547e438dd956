"""/plan/2.7.2: one clause with its duties, what answers it, and what happened; /plan/2.7: one section."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from qilian.core.house.pages import (
    Action,
    Column,
    Crumb,
    Empty,
    Fact,
    Head,
    Kept,
    Page,
    RecordPage,
    Section,
    Shape,
    Status,
    Table,
    show,
)
from qilian.core.house.parts.api import KINDS
from qilian.core.log.events.api import timeline
from qilian.core.log.figures.api import so_far
from qilian.core.offers.offers.api import offer_url
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text, current_language
from qilian.core.who.watching.api import CLAUSE, watching
from qilian.spine.coverage.api import STATES, ClauseRow, Evidence, OfferRow, State, SystemRow, declared, evidence
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    DECIDE,
    ROLE_WORDS,
    answers_to,
    clause_key,
    clause_of,
    clause_url,
    clauses_with_duties,
    name_of,
    neighbours,
    plan_ref,
    spoken,
    successors,
    version_ref,
)
from qilian.spine.screen.highlight import Mark, segments

from .common import (
    ORIGIN_WORDS,
    PLAN_CRUMB,
    SYSTEM_WORDS,
    clause_line,
    found,
    may,
    said_of,
    tier_word,
    unit_url,
    version_of,
    written_and_settled,
)

_STATUS: Mapping[State, Status] = {
    State.UNANSWERED: Status(STATES[State.UNANSWERED], "red"),
    State.WAITING: Status(STATES[State.WAITING], "amber"),
    State.DECLARED: Status(STATES[State.DECLARED], "grey"),
    State.OPENED: Status(STATES[State.OPENED], "blue"),
    State.USED: Status(STATES[State.USED], "green"),
    State.EVIDENCED: Status(STATES[State.EVIDENCED], "green"),
}


def clause_page(_request: HttpRequest, cid: str, slug: str | None = None) -> HttpResponse:
    """Draw a clause of the version in force, or a section where the id is a section's."""
    version, answers = version_of(slug), evidence()
    known = declared(), tuple(sorted(answers.items()))
    key = (version.code, cid, clock.today(), current_language(), *so_far("spine.plan.", "units."), *known)
    drawn = _DRAWN.get(key, lambda: _drawn(version, cid, answers))
    if drawn is None:
        return show(_section_page(version, found(version.sections.filter(sid=cid).first())))
    plan, (head, sections) = version.plan, drawn
    about = (version_ref(version), plan_ref(plan))
    return show(
        RecordPage(
            _for_reader(head, plan, cid),
            sections,
            timeline(*about, clause=clause_key(plan, cid), note=said_of),
        )
    )


_DRAWN = Kept[tuple[Head, Sequence[Section]] | None](500)
"""Clauses by all that they are drawn from but the reader's rights and what happened."""


def _for_reader(head: Head, plan: records.Plan, cid: str) -> Head:
    deciding = Action(Text("按决定新增责任", "Add a duty by decision"), f"{plan.url}duty/?clause={cid}")
    decides = (deciding,) if may(DECIDE, plan) else ()
    return replace(head, actions=(*head.actions, *decides, *watching(Ref(CLAUSE, clause_key(plan, cid)))))


def _drawn(
    version: records.PlanVersion, cid: str, answers: Mapping[str, Evidence]
) -> tuple[Head, Sequence[Section]] | None:
    """The page of a clause without its timeline; None where the id is none of a clause."""
    clause = clause_of(version, cid)
    if clause is None:
        return None
    plan = version.plan
    offers, systems = answers_to(clause, answers)
    duties = list(clause.duties.all())
    sections = [
        Section(Text("任务", "Task"), template="spine/plan/words.html", context=_words(version, clause)),
        Section(Text("责任单位", "Units"), "duties", Table(_duty_columns(plan, duties), duties, _NO_DUTY)),
        Section(Text("点名的系统", "Systems it names"), "systems", Table(_SYSTEM_COLUMNS, systems, _NO_SYSTEM)),
        *([_offers_section(offers)] if plan.main else []),
        Section(
            Text("时限和指标", "Deadlines and targets"), "targets", Table(_TARGET_COLUMNS, _targets(clause), _NO_TARGET)
        ),
    ]
    return _head(version, clause, duties), sections


def _head(version: records.PlanVersion, clause: records.Clause, duties: Sequence[records.Duty]) -> Head:
    plan = version.plan
    before, after = neighbours(clause)
    moves = [(before, Text("上一条", "Previous")), (after, Text("下一条", "Next"))]
    actions = [Action(title, clause_url(plan, cid)) for cid, title in moves if cid]
    counts = [(role, sum(duty.role == role for duty in duties)) for role in ROLE_WORDS]
    return Head(
        title=Text(f"第 {clause.cid} 条", f"Clause {clause.cid}"),
        crumbs=(*_path(plan), _section_crumb(plan, clause.section), Crumb(clause.cid)),
        facts=(
            *((Fact(Text("层次", "Tier"), tier_word(clause.tier)),) if clause.tier else ()),
            *(Fact(ROLE_WORDS[role], count) for role, count in counts if count),
            Fact(
                Text("版本", "Version"), Text(f"第 {version.number} 版", f"Version {version.number}"), url=version.url
            ),
        ),
        actions=actions,
    )


def _section_crumb(plan: records.Plan, section: records.Section) -> Crumb:
    title = Text(f"{section.sid} {section.title_zh}", f"{section.sid} {section.title.en}")
    return Crumb(title, clause_url(plan, section.sid))


def _path(plan: records.Plan) -> tuple[Crumb, ...]:
    return (PLAN_CRUMB,) if plan.main else (Crumb(plan.title, plan.url),)


def _words(version: records.PlanVersion, clause: records.Clause) -> dict[str, object]:
    """What the words template shows: marked words, or our summary with the way to the words."""
    words = clause.words if hasattr(clause, "words") else None
    marks = [Mark(mark["kind"], (mark["span"][0], mark["span"][1])) for mark in words.marks] if words else []
    return {
        "segments": segments(words.text, marks, offset=words.span_start) if words else (),
        "summary": clause.summary,
        "source_url": f"{version.url}source",
        "open_list": clause.open_list,
    }


def _duty_columns(plan: records.Plan, duties: Sequence[records.Duty]) -> tuple[Column, ...]:
    heirs = successors(duty.unit.slug for duty in duties)
    return (
        Column("role", Text("角色", "Role"), lambda duty: ROLE_WORDS[duty.role]),
        Column(
            "unit",
            Text("单位（方案用名）", "Unit (as in the plan)"),
            lambda duty: written_and_settled(duty.raw, name_of(duty.unit, plan.names_on)),
            url=lambda duty: unit_url(duty.unit.slug),
        ),
        Column(
            "today", Text("今天由谁承接", "Successor today"), lambda duty: spoken(heirs.get(duty.unit.slug, ())) or None
        ),
        Column("origin", Text("依据", "Source"), _origin),
    )


def _origin(duty: records.Duty) -> Text:
    if duty.decision is None:
        return ORIGIN_WORDS[duty.origin]
    said = f"{duty.decision.title} {duty.decision.document_no} {duty.decision.decided_on.isoformat()}"
    return Text(f"决定新增：{said}", f"By decision: {said}")


def _state(row: ClauseRow | SystemRow | OfferRow) -> Status:
    return _STATUS[row.state]


def _offer_names(offers: Sequence[OfferRow]) -> Text:
    titles = list(dict.fromkeys(offer.title for offer in offers))
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


_SYSTEM_COLUMNS = (
    Column("name", Text("名称", "Name"), lambda row: row.system.name),
    Column("kind", Text("类别", "Kind"), lambda row: SYSTEM_WORDS.get(row.system.kind, row.system.kind)),
    Column(
        "level",
        Text("写法", "Named"),
        lambda row: Text("点名", "by name") if row.system.level == "named" else Text("泛指", "as a class"),
    ),
    Column("offers", Text("对应的服务项", "Offers that answer it"), lambda row: _offer_names(row.offers)),
    Column("state", Text("状态", "State"), _state, "status"),
    Column("reason", Text("说明", "Why"), lambda row: row.reason),
)
_OFFER_COLUMNS = (
    Column("title", Text("服务项", "Offer"), lambda row: row.title, url=lambda row: _offer_url(row)),
    Column("kind", Text("类别", "Kind"), lambda row: KINDS[row.kind].title),
    Column("state", Text("状态", "State"), _state, "status"),
    Column("why", Text("下一步", "What it lacks"), lambda row: row.reason),
)
_TARGET_COLUMNS = (
    Column("kind", Text("类别", "Kind"), lambda row: row[0]),
    Column("text", Text("原文", "As written"), lambda row: row[1]),
    Column("read", Text("读作", "Read as"), lambda row: row[2]),
)
_NO_DUTY = Empty(Text("这一条没有责任单位。", "No unit has a duty on this clause."))
_NO_SYSTEM = Empty(
    Text("这一条没有点名任何平台、市场、项目或机制。", "This clause names no platform, market, project or mechanism.")
)
_NO_OFFER = Empty(Text("还没有服务项引用这一条。", "No offer cites this clause yet."))
_NO_TARGET = Empty(
    Text(
        "方案在这一条没有写时限和量化指标；须由决定另行下达。",
        "The plan sets no deadline and no figure here; a decision has to set them.",
    )
)


def _offer_url(row: OfferRow) -> str:
    """Where an open offer stands; nobody is led to a door that does not open."""
    return offer_url(row.path) if row.state >= State.OPENED else ""


def _offers_section(row: ClauseRow) -> Section:
    return Section(Text("服务项", "Offers"), "offers", Table(_OFFER_COLUMNS, row.offers, _NO_OFFER))


def _targets(clause: records.Clause) -> list[tuple[Text, str, str]]:
    deadlines = [
        (Text("时限", "Deadline"), row.text, row.date.isoformat() if row.date else "") for row in clause.deadlines.all()
    ]
    return [*deadlines, *((Text("指标", "Target"), row.text, _read_as(row)) for row in clause.targets.all())]


def _read_as(row: records.ClauseTarget) -> str:
    numbers = "–".join(f"{value.normalize():f}" for value in (row.value, row.value_to) if value is not None)
    return " ".join(part for part in (row.indicator, row.op, numbers + row.unit, row.deadline) if part)


def _section_page(version: records.PlanVersion, section: records.Section) -> Shape:
    plan = version.plan
    lines = [clause_line(clause, plan) for clause in clauses_with_duties(version).filter(section=section)]
    head = Head(
        title=Text(f"{section.sid} {section.title_zh}", f"{section.sid} {section.title.en}"),
        crumbs=(*_path(plan), Crumb(section.title)),
        quote=section.aim,
        facts=(
            *((Fact(Text("层次", "Tier"), tier_word(section.tier)),) if section.tier else ()),
            Fact(Text("条", "Clauses"), len(lines)),
        ),
    )
    return Page(head, "spine/plan/clause_table.html", {"clauses": lines, "section": section})
