"""What a unit's page draws: its clauses on a time line, with whom it shares them, and what reforms made of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from qilian.core.house.pages import NOT_A_RECORD, Column, Crumb, Head, RecordPage, Section, Table
from qilian.core.papers.pictures.api import (
    Bar,
    End,
    Lane,
    Look,
    Passage,
    Tray,
    bars,
    flow,
    pictured,
    timeline,
)
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.spine.plan.api import (
    Clause,
    Duty,
    PlanVersion,
    Successor,
    clause_url,
    dated,
    name_of,
    successors,
    units_with_duties,
    with_names,
)
from qilian.spine.screen.models import Unit
from qilian.spine.screen.tasktable import task_of

from .common import UNITS_CRUMB, unit_url

REFORMS = Text("机构改革前后", "Before and after the reforms")
_TERMS, _PARTNERS = Text("期限", "Time limits"), Text("和谁一起做", "With whom")
_SHARES: tuple[tuple[str, Look, Text], ...] = (
    ("lead", "full", Text("本单位牵头", "led by this unit")),
    ("support", "half", Text("对方牵头", "led by the other")),
    ("both", "pale", Text("都是配合", "both support")),
)
_MOST, _TASK = 12, 24
_RECALLED = Text(
    "条带从方案用名通向今天承接责任的单位。虚线的条带凭记忆录入，尚待核对。",
    "Bands lead from names in the plan to who carries the duties today. Dashed ones were written from memory and "
    "are to be checked.",
)


def term_section(of: Iterable[Clause], version: PlanVersion) -> list[Section]:
    """Clauses until their last days, and today; those that name no day lie in a tray and are counted."""
    clauses = {clause.pk: clause for clause in of}
    if not clauses:
        return []
    rows = [(clauses[row.clause_id], row) for row in dated(clauses)]
    undated = [clause for key, clause in clauses.items() if key not in {row.clause_id for _, row in rows}]
    lanes = [
        Lane(
            f"{each.cid} {_short(str(task_of(each)))}（{row.text}）",
            row.date or clock.today(),
            url=_url(version, each.cid),
        )
        for each, row in rows
    ]
    words = Text(f"{len(undated)} 条没有写明日期", f"{len(undated)} clauses name no day")
    tray = Tray(str(words), [(each.cid, _url(version, each.cid)) for each in undated]) if undated else None
    desc = Text(f"有日期的 {len(rows)} 项；{words.zh}。", f"{len(rows)} dated; {words.en}.")
    now = (clock.today(), str(Text("今天", "today")))
    table = Table(_term_columns(version), rows) if rows else None
    return [
        pictured(
            _TERMS,
            "terms",
            lambda width: timeline(width, lanes, title=str(_TERMS), desc=str(desc), today=now, tray=tray),
            table,
        )
    ]


def partner_section(unit: Unit, version: PlanVersion) -> list[Section]:
    """The units that stand with this one on clauses, who shares most first, and who of both leads."""
    shared = _shared(unit, version)
    if not shared:
        return []
    named = {each.pk: each for each in with_names(Unit.objects.filter(pk__in=shared))}
    order = sorted(shared, key=lambda pk: (-shared[pk].total(), named[pk].order, pk))
    rows = [(name_of(named[pk], version.plan.names_on), unit_url(named[pk].slug), shared[pk]) for pk in order]
    drawn = [
        Bar(
            str(name),
            [(look, counts[share]) for share, look, _ in _SHARES],
            str(Text(f"{counts.total()} 条", f"{counts.total()}")),
            url=url,
        )
        for name, url, counts in rows[:_MOST]
    ]
    more = len(rows) - len(drawn)
    note = Text(f"另有 {more} 个单位，见表。", f"{more} more units: see the table.") if more else None
    key = [(look, str(words)) for _, look, words in _SHARES]
    desc = "；".join(f"{bar.label} {bar.said}" for bar in drawn)
    return [
        pictured(
            _PARTNERS,
            "partners",
            lambda width: bars(width, drawn, title=str(_PARTNERS), desc=desc, key=key),
            Table(_PARTNER_COLUMNS, rows),
            note,
        )
    ]


def reform_section(unit: Unit, version: PlanVersion) -> list[Section]:
    """What became of this unit, or what it is made of; nothing where no reform touched it."""
    units = _reformed(version)
    heirs = successors([each.slug for each in units])
    mine = {heir.slug for heir in heirs.get(unit.slug, ())} or {unit.slug}
    left = [each for each in units if mine & {heir.slug for heir in heirs.get(each.slug, ())}]
    return [_flow(REFORMS, left, heirs, version.plan.names_on, {unit.slug})] if left else []


def reform_page(version: PlanVersion | None) -> RecordPage:
    """All units of the plan that a reform touched, and who carries their duties today."""
    head = Head(REFORMS, crumbs=(UNITS_CRUMB, Crumb(REFORMS)))
    units = _reformed(version) if version else []
    heirs = successors([each.slug for each in units])
    touched = [each for each in units if heirs.get(each.slug)]
    if not version or not touched:
        none = Text("没有登记过改革后的承接单位。", "No successor of any unit is recorded.")
        return RecordPage(head, (Section(paragraphs=(none,)),), NOT_A_RECORD)
    return RecordPage(head, (_flow("", touched, heirs, version.plan.names_on, ()),), NOT_A_RECORD)


def _reformed(version: PlanVersion) -> list[Unit]:
    return list(with_names(units_with_duties(version)))


def _flow(
    title: Text | str,
    units: Sequence[Unit],
    heirs: Mapping[str, tuple[Successor, ...]],
    on: date,
    strong: Collection[str],
) -> Section:
    """From the names that the plan uses to those of today; who stands on a unit's own page is set in bold."""
    left = [End(each.slug, str(name_of(each, on)), unit_url(each.slug), each.slug in strong) for each in units]
    today = {heir.slug: heir.name for each in units for heir in heirs.get(each.slug, ())}
    right = [End(f"{slug}+", str(name), unit_url(slug), slug in strong) for slug, name in today.items()]
    pairs = [(each, heir) for each in units for heir in heirs.get(each.slug, ())]
    passages = [Passage(each.slug, f"{heir.slug}+", "pale" if heir.verified else "wait") for each, heir in pairs]
    sides = (str(Text(f"{on.year} 年的方案", f"The plan of {on.year}")), str(Text("今天", "Today")))
    desc = "；".join(f"{name_of(each, on)} → {heir.name}" for each, heir in pairs)
    columns = (
        Column(
            "from",
            Text("方案用名", "In the plan"),
            lambda row: name_of(row[0], on),
            url=lambda row: unit_url(row[0].slug),
        ),
        Column(
            "to",
            Text("今天由其承接", "Successor today"),
            lambda row: row[1].name,
            url=lambda row: unit_url(row[1].slug),
        ),
    )
    return pictured(
        title,
        "reforms",
        lambda width: flow(width, (sides[0], left), (sides[1], right), passages, title=str(REFORMS), desc=desc),
        Table(columns, pairs),
        _RECALLED,
    )


def _shared(unit: Unit, version: PlanVersion) -> dict[int, Counter[str]]:
    """By unit, on how many clauses it stands with this one, and which of both leads: two queries."""
    duties = Duty.objects.filter(clause__version=version).order_by()
    leads = dict.fromkeys(duties.filter(unit=unit).values_list("clause", flat=True), False)
    leads |= dict.fromkeys(duties.filter(unit=unit, role="lead").values_list("clause", flat=True), True)
    found: dict[int, dict[int, bool]] = {}
    for other, clause, role in duties.filter(clause__in=leads).exclude(unit=unit).values_list("unit", "clause", "role"):
        seen = found.setdefault(other, {})
        seen[clause] = seen.get(clause, False) or role == "lead"
    return {
        other: Counter("lead" if leads[clause] else "support" if led else "both" for clause, led in clauses.items())
        for other, clauses in found.items()
    }


def _short(task: str) -> str:
    return task if len(task) <= _TASK else f"{task[:_TASK]}…"


def _url(version: PlanVersion, cid: str) -> str:
    return clause_url(version.plan, cid)


def _term_columns(version: PlanVersion) -> Sequence[Column]:
    return (
        Column("cid", Text("条", "Clause"), lambda row: row[0].cid, "code", url=lambda row: _url(version, row[0].cid)),
        Column("task", Text("任务", "Task"), lambda row: task_of(row[0])),
        Column("text", Text("时限", "Deadline"), lambda row: row[1].text),
        Column("date", Text("最后一天", "Last day"), lambda row: row[1].date, "date"),
    )


def _count_of(share: str) -> Callable[[tuple[Text, str, Counter[str]]], int]:
    return lambda row: row[2][share]


_PARTNER_COLUMNS = (
    Column("unit", Text("单位", "Unit"), lambda row: row[0], url=lambda row: row[1]),
    *(Column(share, words, _count_of(share), "number") for share, _, words in _SHARES),
    Column("all", Text("合计", "All"), lambda row: row[2].total(), "number"),
)
