"""/units/: every unit with duties; /units/<slug>/: all its duties, its names over time, what it became, its members."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

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
from qilian.core.house.principal import current_principal
from qilian.core.log.events.api import timeline
from qilian.core.offers.resource.api import actions, listed
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.units.api import collectives_of
from qilian.core.who.watching.api import watching
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    KINDS,
    ROLE_WORDS,
    Duty,
    Plan,
    PlanVersion,
    Successor,
    clause_url,
    duties_in,
    in_force,
    name_of,
    spoken,
    successors,
    units_with_duties,
    versions_in_force,
    with_names,
)
from qilian.spine.screen.models import Unit
from qilian.spine.screen.resource import REGISTER, UNITS
from qilian.spine.screen.tasktable import task_of

from .common import PLANS_CRUMB, UNITS_CRUMB, anchor_of, export_actions, found, unit_url, version_in_force
from .drawings import REFORMS, partner_section, reform_page, reform_section, term_section

_VERIFIED = Status(Text("已核对", "checked"), "green")
_RECALLED = Status(Text("待核对", "to be checked"), "amber")
_NO_DUTIES = Empty(Text("在现行方案里没有责任。", "It has no duty in any plan in force."))


@require_safe
def unit_list(_request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """List the units of a plan in force with their counts, in official order; of the main plan without a name."""
    version = version_in_force(slug)
    rows = with_names(units_with_duties(version)) if version else Unit.objects.none()
    on = version.plan.names_on if version else clock.today()
    crumbs = (UNITS_CRUMB,) if slug is None else (PLANS_CRUMB, *_plan_crumb(version), Crumb(Text("单位", "Units")))
    more = (Action(REGISTER, "/unit-register/"), Action(REFORMS, "/units/reforms/"))
    head = Head(title=Text("责任单位", "Units with duties"), crumbs=crumbs, actions=more)
    empty = Empty(Text("还没有发布任何方案。", "No plan is published yet."))
    heirs = successors(list(rows.values_list("slug", flat=True)))
    return show(ListPage(head, rows, _columns(on, heirs), empty, filters=(_kind_filter(),), order="", page_size=100))


@require_safe
def reforms(_request: HttpRequest) -> HttpResponse:
    """Draw what reforms made of the units of the plan in force."""
    return show(reform_page(in_force()))


@require_safe
def register(_request: HttpRequest) -> HttpResponse:
    """List every unit of the register, with duties or without; who may, enters one."""
    return listed(UNITS, "", Head(REGISTER, crumbs=(UNITS_CRUMB, Crumb(REGISTER))), filters=(_kind_filter(),))


@require_safe
def unit_page(_request: HttpRequest, slug: str) -> HttpResponse:
    """Draw one unit; every unit of the register has a page, with duties in any plan or without."""
    unit = found(with_names(Unit.objects.filter(slug=slug)).first())
    versions = versions_in_force()
    duties = list(duties_in(versions, [unit]))
    carried = _carried(unit, versions)
    on = versions[0].plan.names_on if versions else clock.today()
    everything = [*duties, *(duty for _, theirs in carried for duty in theirs)]
    main = next((each for each in versions if each.plan.main), None)
    sections = [
        *_by_plan(versions, duties, carried),
        *(_drawn(unit, main, everything) if main else ()),
        Section(Text("名称", "Names"), "names", Table(_NAME_COLUMNS, list(unit.names.all()))),
        *_became(unit),
        *_inherited(unit),
        *_members(unit),
    ]
    head = _head(unit, duties, everything, name_of(unit, on))
    head = replace(head, actions=(*head.actions, *watching(Ref("core.unit", slug))))
    return show(RecordPage(head, sections, timeline(Ref("core.unit", slug))))


def _drawn(unit: Unit, version: PlanVersion, duties: Iterable[Duty]) -> Sequence[Section]:
    """What is seen at a glance: until when, with whom, and what reforms made of the unit."""
    mine = (duty.clause for duty in duties if duty.clause.version_id == version.pk)
    terms = term_section(mine, version)
    return (*terms, *partner_section(unit, version), *reform_section(unit, version))


def _plan_crumb(version: PlanVersion | None) -> tuple[Crumb, ...]:
    return (Crumb(version.plan.title, version.plan.url),) if version else ()


def _by_plan(
    versions: Sequence[PlanVersion], duties: Sequence[Duty], carried: Sequence[tuple[Text, list[Duty]]]
) -> list[Section]:
    """The duties of a unit plan by plan: its own, then those that it carries for others."""
    sections: list[Section] = []
    for version in versions:
        plan = version.plan
        sections += _duty_sections([each for each in duties if each.clause.version_id == version.pk], plan)
        for why, theirs in carried:
            sections += _duty_sections([each for each in theirs if each.clause.version_id == version.pk], plan, why)
    return sections or [Section(Text("责任", "Duties"), "duties", Table((), (), _NO_DUTIES))]


def _carried(unit: Unit, versions: Sequence[PlanVersion]) -> list[tuple[Text, list[Duty]]]:
    """The duties that a unit carries for others: of units it succeeded, and of collectives it belongs to.

    Each with the reason that stands in the headings; reforms pass duties on, the plan's words stay as they are.
    """
    today, bearers = clock.today(), list(with_names(units_with_duties(*versions)))
    heirs = successors([each.slug for each in bearers])
    joined = {collective.slug for collective in collectives_of(unit.slug, on=today)}
    on = versions[0].plan.names_on if versions else today
    why = {other.pk: said for other in bearers if (said := _why(unit, other, name_of(other, on), heirs, joined))}
    theirs = [other for other in bearers if other.pk in why]
    duties = list(duties_in(versions, theirs)) if theirs else []
    return [(why[other.pk], [each for each in duties if each.unit_id == other.pk]) for other in theirs]


def _why(
    unit: Unit, other: Unit, name: Text, heirs: Mapping[str, tuple[Successor, ...]], joined: Collection[str]
) -> Text | None:
    if any(heir.slug == unit.slug for heir in heirs.get(other.slug, ())):
        return Text(f"承接自{name.zh}", f"taken over from {name.en}")
    if other.slug in joined:
        return Text(f"作为“{name.zh}”的成员", f"as a member of {name.en}")
    return None


def _head(unit: Unit, own: Sequence[Duty], duties: Sequence[Duty], name: Text) -> Head:
    counts = [(role, sum(duty.role == role for duty in duties)) for role in ROLE_WORDS]
    first = own[0].clause.version if own else None
    return Head(
        title=name,
        crumbs=(UNITS_CRUMB, Crumb(name)),
        facts=(
            Fact(Text("类别", "Kind"), KINDS.get(unit.kind, Text(unit.kind, unit.kind))),
            *(Fact(ROLE_WORDS[role], count) for role, count in counts if count or role != "responsible"),
            *(
                Fact(Text("今天由其承接", "Successor today"), each.name, url=unit_url(each.slug))
                for each in successors([unit.slug]).get(unit.slug, ())
            ),
        ),
        actions=(
            *(export_actions(first, unit.slug) if first else ()),
            *(replace(each, primary=False) for each in actions(UNITS, unit, current_principal())),
        ),
    )


def _duty_sections(duties: Sequence[Duty], plan: Plan, why: Text | None = None) -> list[Section]:
    """One section per role; inside, the clauses grouped by section of the plan; `why` says whose duties they were.

    Headings name the plan where it is not the main one.
    """
    drawn: list[Section] = []
    prefix = Text(f"{why.zh}：", f"{why.en[:1].upper()}{why.en[1:]}: ") if why else Text("", "")
    before = prefix if plan.main else Text(f"{plan.title.zh}　{prefix.zh}", f"{plan.title.en} – {prefix.en}")
    anchored: set[str] = set()
    for role, rows in groupby(duties, key=lambda duty: duty.role):
        mine = list(rows)
        word = ROLE_WORDS[role]
        title = Text(f"{before.zh}{word.zh}（{len(mine)} 条）", f"{before.en}{word.en} ({len(mine)})")
        groups = [
            _group(section, role, [_line(duty, plan) for duty in group], anchored, plan)
            for section, group in groupby(mine, key=lambda duty: duty.clause.section)
        ]
        anchor = "" if why else role if plan.main else f"{plan.slug}-{role}"
        drawn.append(Section(title, anchor, template="spine/plan/duties.html", context={"groups": groups}))
    return drawn


def _group(
    section: records.Section, role: str, lines: list[dict[str, object]], anchored: set[str], plan: Plan
) -> dict[str, object]:
    """The clauses of one section; the matrix links to the first group of each section, whatever its role."""
    first = anchor_of(plan, section.sid)
    anchor = f"{role}-{first}" if section.sid in anchored else first
    anchored.add(section.sid)
    return {"section": section, "anchor": anchor, "lines": lines}


def _line(duty: Duty, plan: Plan) -> dict[str, object]:
    return {
        "cid": duty.clause.cid,
        "url": clause_url(plan, duty.clause.cid),
        "task": task_of(duty.clause),
        "raw": duty.raw,
        "decision": duty.decision,
    }


def _became(unit: Unit) -> list[Section]:
    rows = list(unit.successions.select_related("successor").prefetch_related("successor__names"))
    columns = (
        Column("on", Text("日期", "Day"), lambda row: row.on, "date"),
        Column(
            "successor",
            Text("承接单位", "Successor"),
            lambda row: name_of(row.successor, row.on),
            url=lambda row: unit_url(row.successor.slug),
        ),
        Column("scope", Text("范围", "Scope"), lambda row: row.scope or Text("全部职责", "all duties")),
        Column("source", Text("来源", "Source"), _source),
        Column("verified", Text("核对", "Checked"), lambda row: _VERIFIED if row.verified else _RECALLED, "status"),
    )
    return [Section(Text("机构改革之后", "After reforms"), "successors", Table(columns, rows))] if rows else []


def _source(row: Any) -> Text | str:
    """Where a name, successor or member is known from: a decision by its name, a folder as what it is."""
    return _FOLDER if row.source.startswith("plan/") else str(row.source)


_FOLDER = Text("方案资料中的单位名册", "the register of units that comes with the plan")


def _inherited(unit: Unit) -> list[Section]:
    """From whom the unit took over, with the decision."""
    rows = list(unit.origins.select_related("predecessor").prefetch_related("predecessor__names"))
    columns = (
        Column("on", Text("日期", "Day"), lambda row: row.on, "date"),
        Column(
            "from",
            Text("原单位", "Predecessor"),
            lambda row: name_of(row.predecessor, row.on),
            url=lambda row: unit_url(row.predecessor.slug),
        ),
        Column("source", Text("来源", "Source"), _source),
        Column("verified", Text("核对", "Checked"), lambda row: _VERIFIED if row.verified else _RECALLED, "status"),
    )
    return [Section(Text("承接自", "Took over from"), "origins", Table(columns, rows))] if rows else []


def _members(unit: Unit) -> list[Section]:
    if unit.kind != "collective":
        return []
    rows = list(unit.members.select_related("unit").prefetch_related("unit__names"))
    columns = (
        Column(
            "unit",
            Text("成员", "Member"),
            lambda row: name_of(row.unit, clock.today()),
            url=lambda row: unit_url(row.unit.slug),
        ),
        Column("source", Text("来源", "Source"), _source),
    )
    unknown = Empty(
        Text(
            "方案没有列出成员；由决定登记后在这里显示。",
            "The plan does not list the members; they appear here once a decision names them.",
        )
    )
    return [Section(Text("成员", "Members"), "members", Table(columns, rows, unknown))]


def _columns(on: date, heirs: Mapping[str, tuple[Successor, ...]]) -> tuple[Column, ...]:
    return (
        Column(
            "name",
            Text("单位（方案用名）", "Unit (as in the plan)"),
            lambda u: name_of(u, on),
            url=lambda u: unit_url(u.slug),
        ),
        Column("kind", Text("类别", "Kind"), lambda u: KINDS.get(u.kind, u.kind), sort="kind"),
        Column("lead", Text("牵头", "Lead"), lambda u: u.lead_count, "number", sort="lead_count"),
        Column("support", Text("配合", "Support"), lambda u: u.support_count, "number", sort="support_count"),
        Column("today", Text("今天由谁承接", "Successor today"), lambda u: spoken(heirs.get(u.slug, ())) or None),
    )


def _kind_filter() -> Filter:
    def apply(rows: QuerySet[Unit], kind: str) -> QuerySet[Unit]:
        return rows.filter(kind=kind)

    return Filter("kind", Text("类别", "Kind"), apply, list(KINDS.items()))


_NAME_COLUMNS = (
    Column("zh", Text("名称", "Name"), lambda row: Text(row.zh, f"{row.en} {row.zh}".strip())),
    Column(
        "kind",
        Text("用法", "Form"),
        lambda row: {
            "short": Text("简称", "short"),
            "full": Text("全称", "full"),
            "alias": Text("别称", "also written"),
        }.get(row.kind, row.kind),
    ),
    Column("from", Text("自", "From"), lambda row: row.valid_from, "date"),
    Column("to", Text("至", "To"), lambda row: row.valid_to, "date"),
    Column("source", Text("来源", "Source"), _source),
)
