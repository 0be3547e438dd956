"""/plan/: who does what, units × domains by role, then all clauses by section."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse

from qilian.core.house.pages import NOT_A_RECORD, Action, Empty, Fact, Head, Page, RecordPage, Section, Table, show
from qilian.core.values.text import Text
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    DRAFT,
    KINDS,
    clauses_with_duties,
    in_force,
    main_plan,
    matrix,
    name_of,
    totals,
    units_with_duties,
    with_names,
)
from qilian.spine.screen.models import Unit

from .common import ClauseLine, clause_line, export_actions, may, tier_word, unit_url

LETTERS: Mapping[str, Text] = {"lead": Text("牵", "L"), "support": Text("配", "S"), "responsible": Text("责", "R")}


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One unit in one section: counts with their letters; the section's name stands beside them for screen readers."""

    section: records.Section
    counts: Sequence[tuple[str, Text, int]]
    url: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One unit over all sections."""

    name: Text
    url: str
    kind: Text
    lead: int
    support: int
    cells: Sequence[MatrixCell]


def matrix_page(request: HttpRequest) -> HttpResponse:
    """Draw the matrix of the main plan; `?kind=vertical` shows one kind of unit."""
    version = in_force()
    if version is None:
        return show(_nothing_yet())
    kind = request.GET.get("kind", "")
    sections = list(version.sections.all())
    units = list(with_names(units_with_duties(version)))
    shown = [unit for unit in units if unit.kind == kind] if kind in KINDS else units
    counts = totals(version)
    context = {
        "sections": sections,
        "groups": _tiers(sections),
        "rows": _rows(shown, sections, matrix(version), version),
        "kinds": _kinds(units, kind),
        "chapters": _chapters(version),
        "version": version,
    }
    head = Head(
        title=version.plan.title,
        facts=(
            Fact(Text("条", "Clauses"), counts.clauses),
            Fact(Text("牵头责任", "Lead duties"), counts.lead),
            Fact(Text("配合责任", "Support duties"), counts.support),
            Fact(Text("单位", "Units"), counts.units, url="/units/"),
            Fact(Text("点名的系统", "Named systems"), counts.systems),
            Fact(
                Text("版本", "Version"), Text(f"第 {version.number} 版", f"Version {version.number}"), url=version.url
            ),
        ),
        actions=export_actions(version),
    )
    return show(Page(head, "spine/plan/matrix.html", context))


def _nothing_yet() -> RecordPage:
    plan = main_plan()
    upload = Action(Text("上传方案", "Upload a plan"), "/plans/new") if may(DRAFT, plan or records.Plan()) else None
    empty = Empty(Text("还没有发布任何方案。", "No plan is published yet."), upload)
    return RecordPage(Head(title=Text("方案", "Plan")), (Section(table=Table((), (), empty)),), NOT_A_RECORD)


def _rows(
    units: Iterable[Unit],
    sections: Sequence[records.Section],
    cells: Mapping[tuple[int, int], Counter[str]],
    version: records.PlanVersion,
) -> list[MatrixRow]:
    rows = []
    for unit in units:
        name = name_of(unit, version.plan.names_on)
        drawn = [_cell(unit, section, cells.get((unit.pk, section.pk), Counter())) for section in sections]
        mine: Counter[str] = sum((cells.get((unit.pk, s.pk), Counter()) for s in sections), Counter())
        kind = KINDS.get(unit.kind, Text("", ""))
        rows.append(MatrixRow(name, unit_url(unit.slug), kind, mine["lead"], mine["support"], drawn))
    return rows


def _cell(unit: Unit, section: records.Section, counts: Counter[str]) -> MatrixCell:
    shown = [(role, letter, counts[role]) for role, letter in LETTERS.items() if counts[role]]
    return MatrixCell(section, shown, f"{unit_url(unit.slug)}#s-{section.sid}")


def _tiers(sections: Sequence[records.Section]) -> list[tuple[Text, int]]:
    """The head above the sections: neighbours of one tier under one heading, with how many columns it spans."""
    return [(tier_word(tier), len(list(rows))) for tier, rows in groupby(sections, key=lambda section: section.tier)]


def _kinds(units: Sequence[Unit], chosen: str) -> list[tuple[str, Text, int, bool]]:
    counted = Counter(unit.kind for unit in units)
    kinds = [(kind, title, counted[kind], kind == chosen) for kind, title in KINDS.items() if counted[kind]]
    return [("", Text("全部", "All"), len(units), chosen not in counted), *kinds]


def _chapters(version: records.PlanVersion) -> list[tuple[records.Section, Text, list[ClauseLine]]]:
    rows = clauses_with_duties(version)
    return [
        (section, tier_word(section.tier), [clause_line(clause, version.plan) for clause in clauses])
        for section, clauses in groupby(rows, key=lambda clause: clause.section)
    ]
