"""/plan/, /plans/<slug>/matrix/: who does what, units × domains by role, then all clauses by section."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse

from qilian.core.house.pages import (
    NOT_A_RECORD,
    Action,
    Crumb,
    Empty,
    Fact,
    Head,
    Kept,
    Page,
    RecordPage,
    Section,
    Table,
    show,
)
from qilian.core.log.figures.api import so_far
from qilian.core.values import clock
from qilian.core.values.text import Text, current_language, whole
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    DRAFT,
    KINDS,
    clause_url,
    clauses_with_duties,
    main_plan,
    matrix,
    name_of,
    totals,
    units_with_duties,
    with_names,
)
from qilian.spine.screen.models import Unit

from .common import (
    PLANS_CRUMB,
    ClauseLine,
    anchor_of,
    clause_line,
    export_actions,
    found,
    may,
    plan_of,
    plan_pages,
    tier_of,
    unit_url,
    version_in_force,
)

LETTERS: Mapping[str, Text] = {"lead": Text("牵", "L"), "support": Text("配", "S"), "responsible": Text("责", "R")}


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One unit in one section: counts with their letters; the section's name stands beside them for screen readers."""

    section: records.Section
    counts: Sequence[tuple[str, Text, int]]
    url: str

    @property
    def tint(self) -> int:
        """How dark the cell is: by its number of duties, four or more as four."""
        return min(sum(count for _, _, count in self.counts), 4)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One unit over all sections."""

    name: Text
    url: str
    kind: Text
    lead: int
    support: int
    cells: Sequence[MatrixCell]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section with its clauses; those of another page are not read, and `elsewhere` says where they are."""

    section: records.Section
    tier: Text
    clauses: Sequence[ClauseLine]
    elsewhere: Text | None
    url: str
    own_url: str


CLAUSES_A_PAGE = 300
_MATRIX = Text("责任矩阵", "Who does what")


def matrix_page(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Draw the matrix of a plan, of the main one without a name; `?kind=` shows one kind, `?page=2` the rest."""
    version = version_in_force(slug)
    if version is None:
        return show(_nothing_yet(slug))
    asked, number = request.GET.get("kind", ""), request.GET.get("page", "1")
    kind = asked if asked in KINDS else ""
    page = found(whole(number, 4))
    drawn_from = (version.code, kind, page, clock.today(), *so_far("spine.plan.", "units."))
    return show(found(_PAGES.get((*drawn_from, current_language()), lambda: _page(version, kind, page, drawn_from))))


def _page(version: records.PlanVersion, kind: str, page: int, drawn_from: tuple[Hashable, ...]) -> Page | None:
    """The page with a number; None where there is none."""
    chapters = _chapters(version, kind, page)
    if page != 1 and not any(chapter.clauses for chapter in chapters):
        return None
    sections = list(version.sections.select_related("version__plan"))
    units = list(with_names(units_with_duties(version)))
    shown = [unit for unit in units if unit.kind == kind] if kind else units
    counts = totals(version)
    context = {
        "sections": sections,
        "groups": _tiers(sections),
        "rows": _rows(shown, sections, matrix(version), version),
        "kinds": _kinds(units, kind),
        "chapters": chapters,
        "version": version,
    }
    head = Head(
        title=version.plan.title,
        crumbs=() if version.plan.main else (PLANS_CRUMB, Crumb(version.plan.title, version.plan.url), Crumb(_MATRIX)),
        facts=(
            Fact(Text("条", "Clauses"), counts.clauses),
            Fact(Text("牵头责任", "Lead duties"), counts.lead),
            Fact(Text("配合责任", "Support duties"), counts.support),
            Fact(Text("单位", "Units"), counts.units, url=plan_pages(version.plan)[1][1]),
            Fact(Text("点名的系统", "Named systems"), counts.systems),
            Fact(
                Text("版本", "Version"), Text(f"第 {version.number} 版", f"Version {version.number}"), url=version.url
            ),
        ),
        actions=export_actions(version),
    )
    return Page(head, "spine/plan/matrix.html", context, drawn_from)


_PAGES = Kept[Page | None](24)


def _nothing_yet(slug: str | None) -> RecordPage:
    plan = plan_of(slug) if slug else main_plan()
    address = f"/drafts/upload/?plan={slug}" if slug else "/plans/registration/"
    upload = Action(Text("上传方案", "Upload a plan"), address) if may(DRAFT, plan or records.Plan()) else None
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
    return MatrixCell(section, shown, f"{unit_url(unit.slug)}#{anchor_of(section.version.plan, section.sid)}")


def _tiers(sections: Sequence[records.Section]) -> list[tuple[Text, int]]:
    """The head above the sections: neighbours of one tier under one heading, with how many columns it spans."""
    return [(tier, len(list(rows))) for tier, rows in groupby(sections, key=tier_of)]


def _kinds(units: Sequence[Unit], chosen: str) -> list[tuple[str, Text, int, bool]]:
    counted = Counter(unit.kind for unit in units)
    kinds = [(kind, title, counted[kind], kind == chosen) for kind, title in KINDS.items() if counted[kind]]
    return [("", Text("全部", "All"), len(units), chosen not in counted), *kinds]


def _chapters(version: records.PlanVersion, kind: str, page: int) -> list[Chapter]:
    """All sections, those of a page with their clauses; a section without clauses is none of the plan's chapters."""
    sizes = Counter(records.Clause.objects.filter(version=version).values_list("section", flat=True))
    sections = [section for section in version.sections.select_related("version__plan") if sizes[section.pk]]
    numbers = dict(zip(sections, page_numbers([sizes[each.pk] for each in sections], CLAUSES_A_PAGE), strict=True))
    lines: dict[int, list[ClauseLine]] = {}
    for clause in clauses_with_duties(version).filter(section__in=[each for each in sections if numbers[each] == page]):
        lines.setdefault(clause.section_id, []).append(clause_line(clause, version.plan))
    return [_chapter(section, lines.get(section.pk, ()), kind, numbers[section]) for section in sections]


def _chapter(section: records.Section, lines: Sequence[ClauseLine], kind: str, number: int) -> Chapter:
    url = f"?{f'kind={kind}&' if kind else ''}page={number}#s-{section.sid}"
    elsewhere = None if lines else Text(f"这一节在第 {number} 页。", f"This section is on page {number}.")
    return Chapter(section, tier_of(section), lines, elsewhere, url, clause_url(section.version.plan, section.sid))


def page_numbers(sizes: Iterable[int], most: int) -> list[int]:
    """On which page each section stands: sections stay whole, and a page holds at most so many clauses, or one section.

    >>> page_numbers([3, 4, 2, 9, 1], 7)
    [1, 1, 2, 3, 4]
    """
    numbers, page, held = [], 1, 0
    for size in sizes:
        if held and held + size > most:
            page, held = page + 1, 0
        held += size
        numbers.append(page)
    return numbers
