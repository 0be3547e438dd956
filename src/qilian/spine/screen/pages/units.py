"""/units/: every unit with duties; /units/<slug>/: all its duties, its names over time, what it became, its members."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

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
from qilian.core.values import clock
from qilian.core.values.text import Ref, Text
from qilian.core.who.units.api import collectives_of
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    KINDS,
    Duty,
    PlanVersion,
    Successor,
    duties_of_unit,
    in_force,
    name_of,
    spoken,
    successors,
    units_with_duties,
    with_names,
)
from qilian.spine.screen.models import Unit
from qilian.spine.screen.tasktable import task_of

from .common import ROLE_WORDS, UNITS_CRUMB, clause_url, export_actions, found, unit_url
from .drawings import REFORMS, partner_section, reform_page, reform_section, term_section

_VERIFIED = Status(Text("已核对", "checked"), "green")
_RECALLED = Status(Text("待核对", "to be checked"), "amber")
_NO_DUTIES = Empty(Text("在现行方案里没有责任。", "It has no duty in the plan in force."))


def unit_list(_request: HttpRequest) -> HttpResponse:
    """List the units of the plan in force with their counts, in official order."""
    version = in_force()
    rows = with_names(units_with_duties(version)) if version else Unit.objects.none()
    on = version.plan.names_on if version else clock.today()
    head = Head(title=Text("单位", "Units"), crumbs=(UNITS_CRUMB,), actions=(Action(REFORMS, "/units/reforms/"),))
    empty = Empty(Text("还没有发布任何方案。", "No plan is published yet."))
    heirs = successors(list(rows.values_list("slug", flat=True)))
    return show(ListPage(head, rows, _columns(on, heirs), empty, filters=(_kind_filter(),), order="", page_size=100))


def reforms(_request: HttpRequest) -> HttpResponse:
    """Draw what reforms made of the units of the plan in force."""
    return show(reform_page(in_force()))


def unit_page(_request: HttpRequest, slug: str) -> HttpResponse:
    """Draw one unit; every unit of the register has a page, with duties or without."""
    unit = found(with_names(Unit.objects.filter(slug=slug)).first())
    version = in_force()
    duties = list(duties_of_unit(unit, version)) if version else []
    carried = _carried(unit, version) if version else []
    on = version.plan.names_on if version else clock.today()
    everything = [*duties, *(duty for _, theirs in carried for duty in theirs)]
    sections = [
        *(_duty_sections(duties, version) if version and (duties or not carried) else ()),
        *(section for why, theirs in carried if version for section in _duty_sections(theirs, version, why)),
        *(_drawn(unit, version, everything) if version else ()),
        Section(Text("名称", "Names"), "names", Table(_NAME_COLUMNS, list(unit.names.all()))),
        *_became(unit),
        *_inherited(unit),
        *_members(unit),
    ]
    head = _head(unit, version, everything, name_of(unit, on), own=bool(duties))
    return show(RecordPage(head, sections, timeline(Ref("core.unit", slug))))


def _drawn(unit: Unit, version: PlanVersion, duties: Iterable[Duty]) -> Sequence[Section]:
    """What is seen at a glance: until when, with whom, and what reforms made of the unit."""
    terms = term_section((duty.clause for duty in duties), version)
    return (*terms, *partner_section(unit, version), *reform_section(unit, version))


def _carried(unit: Unit, version: PlanVersion) -> list[tuple[Text, list[Duty]]]:
    """The duties that a unit carries for others: of units it succeeded, and of collectives it belongs to.

    Each with the reason that stands in the headings; reforms pass duties on, the plan's words stay as they are.
    """
    today, bearers = clock.today(), list(with_names(units_with_duties(version)))
    heirs = successors([each.slug for each in bearers])
    joined = {collective.slug for collective in collectives_of(unit.slug, on=today)}
    found: list[tuple[Text, list[Duty]]] = []
    for other in bearers:
        name = name_of(other, version.plan.names_on)
        if any(heir.slug == unit.slug for heir in heirs.get(other.slug, ())):
            found.append((Text(f"承接自{name.zh}", f"taken over from {name.en}"), list(duties_of_unit(other, version))))
        elif other.slug in joined:
            found.append(
                (Text(f"作为“{name.zh}”的成员", f"as a member of {name.en}"), list(duties_of_unit(other, version)))
            )
    return found


def _head(unit: Unit, version: PlanVersion | None, duties: Sequence[Duty], name: Text, *, own: bool) -> Head:
    counts = [(role, sum(duty.role == role for duty in duties)) for role in ROLE_WORDS]
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
        actions=export_actions(version, unit.slug) if version and own else (),
    )


def _duty_sections(duties: Iterable[Duty], version: PlanVersion, why: Text | None = None) -> list[Section]:
    """One section per role; inside, the clauses grouped by section of the plan; `why` says whose duties they were."""
    drawn: list[Section] = []
    before = Text(f"{why.zh}：", f"{why.en[:1].upper()}{why.en[1:]}: ") if why else Text("", "")
    anchored: set[str] = set()
    for role, rows in groupby(duties, key=lambda duty: duty.role):
        mine = list(rows)
        word = ROLE_WORDS[role]
        title = Text(f"{before.zh}{word.zh}（{len(mine)} 条）", f"{before.en}{word.en} ({len(mine)})")
        groups = [
            _group(section, role, [_line(duty, version) for duty in group], anchored)
            for section, group in groupby(mine, key=lambda duty: duty.clause.section)
        ]
        drawn.append(Section(title, "" if why else role, template="spine/plan/duties.html", context={"groups": groups}))
    return drawn or [Section(Text("责任", "Duties"), "duties", Table((), (), _NO_DUTIES))]


def _group(
    section: records.Section, role: str, lines: list[dict[str, object]], anchored: set[str]
) -> dict[str, object]:
    """The clauses of one section; the matrix links to the first group of each section, whatever its role."""
    anchor = f"{role}-{section.sid}" if section.sid in anchored else f"s-{section.sid}"
    anchored.add(section.sid)
    return {"section": section, "anchor": anchor, "lines": lines}


def _line(duty: Duty, version: PlanVersion) -> dict[str, object]:
    return {
        "cid": duty.clause.cid,
        "url": clause_url(version.plan, duty.clause.cid),
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
        Column("source", Text("来源", "Source"), lambda row: row.source),
        Column("verified", Text("核对", "Checked"), lambda row: _VERIFIED if row.verified else _RECALLED, "status"),
    )
    return [Section(Text("机构改革之后", "After reforms"), "successors", Table(columns, rows))] if rows else []


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
        Column("source", Text("来源", "Source"), lambda row: row.source),
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
        Column("source", Text("来源", "Source"), lambda row: row.source),
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
    Column("source", Text("来源", "Source"), lambda row: row.source),
)
