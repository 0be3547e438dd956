"""Reading plans: versions in force, clauses with everything a page shows, duties of units, counts for overviews."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from .models import Clause, ClauseDeadline, Decision, Duty, NamedSystem, Plan, PlanVersion, Section, Unit


@dataclass(frozen=True, slots=True)
class Totals:
    """What a version holds, in counts; `units` are those with any duty."""

    clauses: int
    lead: int
    support: int
    responsible: int
    units: int
    systems: int

    @property
    def duties(self) -> int:
        """All duties, whatever their role."""
        return self.lead + self.support + self.responsible


@dataclass(frozen=True, slots=True)
class SectionCount:
    """A section with counts of its clauses, lead and supporting duties, and named systems."""

    section: Section
    clauses: int
    lead: int
    support: int
    systems: int


def main_plan() -> Plan | None:
    """The plan that is shown at /plan/, or None before any is loaded."""
    return Plan.objects.filter(main=True).first()


def in_force(plan: Plan | None = None) -> PlanVersion | None:
    """The version in force of a plan, of the main plan where none is given; None before the first publication."""
    versions = PlanVersion.objects.select_related("plan").order_by("-number")
    return (versions.filter(plan=plan) if plan else versions.filter(plan__main=True)).first()


def versions_in_force() -> list[PlanVersion]:
    """The version in force of every published plan, that of the main plan first, then the latest plans: one query."""
    latest = PlanVersion.objects.select_related("plan").order_by("plan_id", "-number").distinct("plan_id")
    return sorted(latest, key=lambda version: (not version.plan.main, -version.plan_id))


def version_numbered(slug: str, number: int) -> PlanVersion | None:
    """One version of a plan by its number."""
    return PlanVersion.objects.select_related("plan").filter(plan__slug=slug, number=number).first()


def plans() -> QuerySet[Plan]:
    """All plans with the number of their versions, the main one first."""
    return Plan.objects.annotate(version_count=Count("versions", distinct=True)).prefetch_related("versions")


def clauses_with_duties(version: PlanVersion) -> QuerySet[Clause]:
    """The clauses of a version in order, with section, words, duties, units and their names, deadlines and systems."""
    duties = Duty.objects.select_related("unit", "decision").prefetch_related("unit__names")
    return (
        Clause.objects.filter(version=version)
        .select_related("section", "words", "version__plan")
        .prefetch_related(Prefetch("duties", queryset=duties), "systems", "deadlines", "targets")
    )


def clause_of(version: PlanVersion, cid: str) -> Clause | None:
    """One clause with everything its page shows."""
    duties = Duty.objects.select_related("decision", "unit").prefetch_related("unit__names")
    return (
        Clause.objects.filter(version=version, cid=cid)
        .select_related("section", "words", "version__plan")
        .prefetch_related(Prefetch("duties", queryset=duties), "systems", "deadlines", "targets")
        .first()
    )


def neighbours(clause: Clause) -> tuple[str, str]:
    """The ids of the clauses before and after one in its version; empty at the ends."""
    around = Clause.objects.filter(version=clause.version_id, order__in=(clause.order - 1, clause.order + 1))
    ids = dict(around.values_list("order", "cid"))
    return ids.get(clause.order - 1, ""), ids.get(clause.order + 1, "")


def duties_of_unit(unit: Unit, version: PlanVersion) -> QuerySet[Duty]:
    """The duties of a unit in a version, leads first, then in the order of the plan."""
    return (
        Duty.objects.filter(unit=unit, clause__version=version)
        .select_related("clause__section", "clause__words", "decision")
        .order_by("role", "clause__order")
    )


def dated(clauses: Iterable[int]) -> QuerySet[ClauseDeadline]:
    """The deadlines of clauses (by key) that are days, the earliest first."""
    rows = ClauseDeadline.objects.filter(clause__in=list(clauses), date__isnull=False)
    return rows.order_by("date", "clause__order", "order")


def duties_in(versions: Iterable[PlanVersion], units: Iterable[Unit]) -> QuerySet[Duty]:
    """The duties of some units in some versions, leads first, then in the order of the plan."""
    return (
        Duty.objects.filter(unit__in=list(units), clause__version__in=list(versions))
        .select_related("clause__section", "clause__words", "clause__version__plan", "decision")
        .order_by("role", "clause__version", "clause__order")
    )


def units_with_duties(*versions: PlanVersion) -> QuerySet[Unit]:
    """Every unit that has a duty in some versions, with counts per role, in official order."""
    mine = Q(duties__clause__version__in=versions)
    return (
        Unit.objects.filter(mine)
        .annotate(
            lead_count=Count("duties", filter=mine & Q(duties__role="lead")),
            support_count=Count("duties", filter=mine & Q(duties__role="support")),
            responsible_count=Count("duties", filter=mine & Q(duties__role="responsible")),
        )
        .order_by("order", "id")
    )


def matrix(version: PlanVersion) -> Mapping[tuple[int, int], Counter[str]]:
    """Duties counted by unit and section, per role: one aggregated query."""
    cells: dict[tuple[int, int], Counter[str]] = {}
    rows = Duty.objects.filter(clause__version=version).order_by()
    for unit, section, role, count in rows.values_list("unit", "clause__section", "role").annotate(n=Count("pk")):
        cells.setdefault((unit, section), Counter())[role] = count
    return cells


def duty_counts(version: PlanVersion) -> Mapping[int, Counter[str]]:
    """Duties counted by unit, per role: one aggregated query."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Duty.objects.filter(clause__version=version).order_by()
    for unit, role, count in rows.values_list("unit", "role").annotate(n=Count("pk")):
        counts[unit][role] = count
    return counts


def totals(version: PlanVersion) -> Totals:
    """Count what a version holds, in three queries."""
    duties = Duty.objects.filter(clause__version=version)
    roles = duties.aggregate(
        lead=Count("pk", filter=Q(role="lead")),
        support=Count("pk", filter=Q(role="support")),
        responsible=Count("pk", filter=Q(role="responsible")),
        units=Count("unit", distinct=True),
    )
    return Totals(
        clauses=Clause.objects.filter(version=version).count(),
        systems=NamedSystem.objects.filter(clause__version=version).count(),
        **roles,
    )


def section_counts(version: PlanVersion) -> list[SectionCount]:
    """The sections of a version in order, with what they hold: one query."""
    rows = Section.objects.filter(version=version).annotate(
        clause_count=Count("clauses", distinct=True),
        lead_count=Count("clauses__duties", filter=Q(clauses__duties__role="lead"), distinct=True),
        support_count=Count("clauses__duties", filter=Q(clauses__duties__role="support"), distinct=True),
        system_count=Count("clauses__systems", distinct=True),
    )
    return [SectionCount(row, row.clause_count, row.lead_count, row.support_count, row.system_count) for row in rows]


def decisions_of(plan: Plan) -> QuerySet[Decision]:
    """The decisions that added duties to a plan, the latest first."""
    return plan.decisions.prefetch_related("duties__clause", "duties__unit__names").order_by("-decided_on", "-pk")
