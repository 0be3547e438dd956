"""The plan as JSON under /api/v1/: the same verbs and grants as the pages; texts in both languages."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponseBase
from ninja import Router
from pydantic import TypeAdapter

from qilian.core.house.pages import KeptJson
from qilian.core.log.figures.api import so_far
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import units as all_units
from qilian.spine.plan import api as records
from qilian.spine.plan.api import (
    Successor,
    Totals,
    clause_of,
    clauses_with_duties,
    compare_versions,
    duties_of_unit,
    duty_counts,
    in_force,
    name_of,
    overview,
    successors,
    totals,
    units_with_duties,
    version_numbered,
    with_names,
)
from qilian.spine.screen.models import Unit

from .schemas import (
    ChangeOut,
    ClauseOut,
    Counts,
    DeadlineOut,
    DifferenceOut,
    DutyOut,
    PlanOut,
    SectionOut,
    SystemOut,
    TargetOut,
    UnitDutyOut,
    UnitFull,
    UnitOut,
    VersionOut,
    Words,
)

router = Router()
_CLAUSES, _TEXTS = TypeAdapter(list[ClauseOut]), KeptJson(4)
Heirs = Mapping[str, tuple[Successor, ...]]


@router.get("/plan", response=PlanOut, summary="The main plan in force")
def get_plan(request: HttpRequest) -> PlanOut:
    """Totals and sections of the main plan."""
    found = overview()
    if found is None:
        raise _unknown("plan")
    version = found.version
    return PlanOut(
        plan=version.plan.slug,
        title=_words(version.plan.title),
        version=version.number,
        published_at=version.published_at,
        totals=_counts(found.totals),
        sections=[SectionOut.model_validate({**_plain(row), "title": _words(row.title)}) for row in found.sections],
    )


@router.get("/plan/clauses", response=list[ClauseOut], summary="All clauses of the main plan")
def get_clauses(request: HttpRequest) -> HttpResponseBase:
    """All clauses in order; written once for what the plan and its units are now."""
    version = _in_force()
    key = (version.code, clock.today(), *so_far("spine.plan.", "units."))
    return _TEXTS.answer(request, key, lambda: _CLAUSES.dump_json(_clauses(version)))


@router.get("/plan/clauses/{cid}", response=ClauseOut, summary="One clause of the main plan")
def get_clause(request: HttpRequest, cid: str) -> ClauseOut:
    """One clause by its id."""
    clause = clause_of(_in_force(), cid)
    if clause is None:
        raise _unknown(cid)
    return _clause(clause, _successor_slugs([clause]))


@router.get("/units", response=list[UnitOut], summary="Units with duties")
def get_units(request: HttpRequest) -> list[UnitOut]:
    """The units with duties in the plan in force, in official order."""
    version = _in_force()
    rows = list(with_names(units_with_duties(version)))
    heirs, counts = successors(row.slug for row in rows), duty_counts(version)
    return [
        UnitOut(
            slug=row.slug,
            name=_words(name_of(row, version.plan.names_on)),
            kind=row.kind,
            lead=counts[row.pk]["lead"],
            support=counts[row.pk]["support"],
            successors=[each.slug for each in heirs.get(row.slug, ())],
        )
        for row in rows
    ]


@router.get("/units/{slug}", response=UnitFull, summary="One unit with its duties")
def get_unit(request: HttpRequest, slug: str) -> UnitFull:
    """One unit of the register with its duties in the plan in force."""
    version, unit = _in_force(), _unit(slug)
    return UnitFull(
        slug=unit.slug,
        name=_words(name_of(unit, version.plan.names_on)),
        kind=unit.kind,
        successors=[each.slug for each in successors([slug]).get(slug, ())],
        duties=[
            UnitDutyOut(clause=row.clause.cid, role=row.role, origin=row.origin)
            for row in duties_of_unit(unit, version)
        ],
    )


@router.get("/plans/{slug}/versions/{number}", response=VersionOut, summary="One version")
def get_version(request: HttpRequest, slug: str, number: int) -> VersionOut:
    """One version with all its clauses."""
    version = _version(slug, number)
    latest = in_force(version.plan)
    return VersionOut(
        plan=slug,
        number=number,
        state="published" if latest == version else "superseded",
        published_at=version.published_at,
        source_sha256=version.source_sha256,
        facts_sha256=version.facts_sha256,
        totals=_counts(totals(version)),
        clauses=_clauses(version),
    )


@router.get("/plans/{slug}/differences/{a}/{b}", response=DifferenceOut, summary="The difference of two versions")
def get_difference(request: HttpRequest, slug: str, a: int, b: int) -> DifferenceOut:
    """What changed from version `a` to version `b`."""
    found = compare_versions(_version(slug, a), _version(slug, b))
    return DifferenceOut(
        added=[clause.cid for clause in found.added],
        removed=[clause.cid for clause in found.removed],
        changed=[
            ChangeOut(
                id=each.cid,
                words_changed=each.words_changed,
                duties_added=[f"{role}:{unit}" for unit, role in each.duties_added],
                duties_removed=[f"{role}:{unit}" for unit, role in each.duties_removed],
            )
            for each in found.changed
        ],
        same=found.same,
    )


def _unknown(where: str) -> Refusal:
    return Refusal("plan.unknown", Text("没有找到。", "Not found."), where=where)


def _in_force() -> records.PlanVersion:
    version = in_force()
    if version is None:
        raise _unknown("plan")
    return version


def _version(slug: str, number: int) -> records.PlanVersion:
    version = version_numbered(slug, number)
    if version is None:
        raise _unknown(f"{slug}/{number}")
    return version


def _unit(slug: str) -> Unit:
    unit = all_units().filter(slug=slug).first()
    if unit is None:
        raise _unknown(slug)
    return unit


def _words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)


def _counts(found: Totals) -> Counts:
    return Counts(
        clauses=found.clauses, duties=found.duties, lead=found.lead, support=found.support,
        responsible=found.responsible, units=found.units, systems=found.systems,
    )  # fmt: skip


def _plain(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in SectionOut.model_fields}


def _clauses(version: records.PlanVersion) -> list[ClauseOut]:
    rows = list(clauses_with_duties(version))
    heirs = _successor_slugs(rows)
    return [_clause(row, heirs) for row in rows]


def _successor_slugs(clauses: list[records.Clause]) -> Heirs:
    return successors({duty.unit.slug for clause in clauses for duty in clause.duties.all()})


def _clause(clause: records.Clause, heirs: Heirs) -> ClauseOut:
    return ClauseOut(
        id=clause.cid,
        section=clause.section.sid,
        tier=clause.tier,
        words=clause.words.text if hasattr(clause, "words") else "",
        summary=_words(clause.summary),
        sha256=clause.sha256,
        open_list=clause.open_list,
        duties=[_duty(duty, clause.version.plan, heirs) for duty in clause.duties.all()],
        systems=[SystemOut(name=row.name, kind=row.kind, level=row.level) for row in clause.systems.all()],
        deadlines=[DeadlineOut(text=row.text, date=row.date) for row in clause.deadlines.all()],
        targets=[_target(row) for row in clause.targets.all()],
    )


def _duty(duty: records.Duty, plan: records.Plan, heirs: Heirs) -> DutyOut:
    return DutyOut(
        unit=duty.unit.slug,
        name=_words(name_of(duty.unit, plan.names_on)),
        raw=duty.raw,
        role=duty.role,
        origin=duty.origin,
        decision=duty.decision.title if duty.decision else "",
        successors=[each.slug for each in heirs.get(duty.unit.slug, ())],
    )


def _target(row: records.ClauseTarget) -> TargetOut:
    ends = [None if value is None else f"{value.normalize():f}" for value in (row.value, row.value_to)]
    return TargetOut(text=row.text, indicator=row.indicator, op=row.op, value=ends[0], value_to=ends[1], unit=row.unit)
