"""Write the facts of a version into their append-only tables, from a plan folder or from a reviewed draft alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from qilian.core.values.text import Text
from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.coverage import api as coverage
from qilian.spine.language.api import Deadline, Target
from qilian.spine.plan.kernel.duties import DutyFact, duties, marks_of, words_digest
from qilian.spine.plan.models import (
    Clause,
    ClauseDeadline,
    ClauseTarget,
    ClauseWords,
    Duty,
    NamedSystem,
    PlanVersion,
    Section,
    Unit,
)

_NOTHING = Text("", "")
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Words:
    """A clause's words with their place in the source and the places of its facts."""

    text: str
    span: tuple[int, int]
    marks: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class ClauseContent:
    """Everything that a version says about one clause."""

    cid: str
    section: str
    tier: str
    sha256: str
    duties: tuple[DutyFact, ...]
    summary: Text = _NOTHING
    open_list: bool = False
    systems: tuple[coverage.System, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a version says."""

    sections: tuple[coverage.SectionFact, ...]
    clauses: tuple[ClauseContent, ...]

    def count(self, role: str) -> int:
        """How many duties of a role there are."""
        return sum(duty.role == role for clause in self.clauses for duty in clause.duties)

    def units(self) -> frozenset[str]:
        """The slugs of all units with a duty."""
        return frozenset(duty.unit for clause in self.clauses for duty in clause.duties)


def content_of_facts(facts: coverage.PlanFacts, slugs: Mapping[str, str]) -> Content:
    """The facts of a plan folder; `slugs` gives the unit that each string of the plan means."""
    return Content(
        facts.sections,
        tuple(
            ClauseContent(
                each.id, each.section, each.tier, each.sha256, _written_duties(each.lead, each.support, slugs),
                summary=each.summary, systems=each.systems,
            )
            for each in facts.clauses
        ),
    )  # fmt: skip


def content_of_compiled(compiled: CompiledPlan, title: Text) -> Content:
    """The facts of a reviewed draft; a clause without a section of its own stands under the plan's title."""
    sections: dict[str, coverage.SectionFact] = {}
    for clause in compiled.clauses:
        name = clause.section[-1] if clause.section else ""
        named = Text(name, "") if name else title
        fact = coverage.SectionFact(section_id(clause.id), named, _NOTHING, clause.tier or "")
        sections.setdefault(fact.id, fact)
    return Content(tuple(sections.values()), tuple(map(_reviewed_clause, compiled.clauses)))


def section_id(cid: str) -> str:
    """The section of a clause id: `2.7` of `2.7.2`; a clause at the top is its own section."""
    return cid.rpartition(".")[0] or cid


def write(version: PlanVersion, content: Content) -> None:
    """Write all rows of a version with one statement per table."""
    sections = {
        row.sid: row
        for row in Section.objects.bulk_create(_section(version, n, f) for n, f in _numbered(content.sections))
    }
    clauses = Clause.objects.bulk_create(
        _clause(version, sections[each.section], order, each) for order, each in _numbered(content.clauses)
    )
    pairs = list(zip(clauses, content.clauses, strict=True))
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=content.units())}
    Duty.objects.bulk_create(
        Duty(clause=row, unit=units[f.unit], role=f.role, order=f.order, origin=f.origin, raw=f.raw)
        for row, each in pairs
        for f in each.duties
    )
    NamedSystem.objects.bulk_create(
        NamedSystem(clause=row, order=order, name=f.name, kind=f.kind, level=f.level)
        for row, each in pairs
        for order, f in _numbered(each.systems)
    )
    ClauseDeadline.objects.bulk_create(
        _deadline(row, n, f) for row, each in pairs for n, f in _numbered(each.deadlines)
    )
    ClauseTarget.objects.bulk_create(_target(row, n, f) for row, each in pairs for n, f in _numbered(each.targets))
    write_words((row, words) for row, each in pairs if (words := each.words))


def write_words(pairs: Iterable[tuple[Clause, Words]]) -> None:
    """Write the words of clauses."""
    ClauseWords.objects.bulk_create(
        ClauseWords(
            clause=row, text=words.text, span_start=words.span[0], span_end=words.span[1], marks=list(words.marks)
        )
        for row, words in pairs
    )


def words_of(clause: CompiledClause) -> Words:
    """The words of a compiled clause."""
    return Words(clause.text, clause.span, marks_of(clause))


def _numbered(rows: Sequence[_Row]) -> Iterator[tuple[int, _Row]]:
    return enumerate(rows, 1)


def _written_duties(lead: Sequence[str], support: Sequence[str], slugs: Mapping[str, str]) -> tuple[DutyFact, ...]:
    named = [*(("lead", raw) for raw in lead), *(("support", raw) for raw in support)]
    return tuple(DutyFact(slugs[raw], role, order, "explicit", raw) for order, (role, raw) in _numbered(named))


def _reviewed_clause(clause: CompiledClause) -> ClauseContent:
    return ClauseContent(
        cid=clause.id,
        section=section_id(clause.id),
        tier=clause.tier or "",
        sha256=words_digest(clause.text),
        duties=duties(clause),
        open_list=clause.open_list,
        systems=tuple(coverage.System(name, "", "named") for name in dict.fromkeys(clause.systems)),
        deadlines=clause.deadlines,
        targets=clause.targets,
        words=words_of(clause),
    )


def _section(version: PlanVersion, order: int, fact: coverage.SectionFact) -> Section:
    return Section(
        version=version,
        sid=fact.id,
        order=order,
        title_zh=fact.title.zh,
        title_en=fact.title.en,
        aim_zh=fact.aim.zh,
        aim_en=fact.aim.en,
        tier=fact.tier,
    )


def _clause(version: PlanVersion, section: Section, order: int, fact: ClauseContent) -> Clause:
    return Clause(
        version=version,
        section=section,
        cid=fact.cid,
        order=order,
        tier=fact.tier,
        open_list=fact.open_list,
        sha256=fact.sha256,
        summary_zh=fact.summary.zh,
        summary_en=fact.summary.en,
    )


def _deadline(clause: Clause, order: int, row: Deadline) -> ClauseDeadline:
    day = date.fromisoformat(row.date) if row.date else None
    return ClauseDeadline(clause=clause, order=order, text=row.text, date=day)


def _target(clause: Clause, order: int, row: Target) -> ClauseTarget:
    numbers = row.value if isinstance(row.value, tuple) else (row.value,)
    return ClauseTarget(
        clause=clause,
        order=order,
        text=row.text,
        indicator=row.indicator,
        op=row.op,
        value=numbers[0],
        value_to=numbers[1] if len(numbers) > 1 else None,
        unit=row.unit,
        base=row.base or "",
        deadline=row.deadline or "",
    )
