"""Grades for programs under `/api/v1/<pack>/<offer>/`: the same verbs, the same grants."""

import json
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.house.principal import current_principal
from qilian.core.offers.offers.api import is_open, scope_of
from qilian.core.rights.grants.api import require
from qilian.core.rules.scoring.api import Figure, Method, method_document, read_cells, read_method
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import party_by_code, party_by_uscc

from .models import Grading
from .pages.reading import figure_in
from .pages.words import is_public, sees_all
from .queries import grade_at, grading_by_code, method_in_force, method_numbered, public_gradings, repeated
from .services.appealing import appeal, decide_appeal
from .services.common import APPROVE, RUN
from .services.methods import approve_method, propose_method, reject_method
from .services.running import expire, publish_result, run, withdraw

router = Router(tags=["grades"])
PAGE = 200


class FigureIn(Schema):
    """The numbers of an indicator as text, several with commas, and where they come from."""

    values: str
    source: str


class CellOut(Schema):
    """How an indicator came to its points; figures and source only for the party and its officials."""

    indicator: str
    weight: Decimal
    points: Decimal
    state: str
    values: list[Decimal] = []
    source: str = ""


class ResultOut(Schema):
    """An evaluation of a party."""

    code: str
    party: str
    name: str
    method: int
    as_of: date
    score: Decimal
    grade: str
    state: str
    valid_to: date | None
    figures_digest: str
    result_digest: str
    repeats: bool
    cells: list[CellOut]


class GradeOut(Schema):
    """A grade: its method in force, else the declared one, and how many results count today."""

    offer: str
    open: bool
    version: int | None
    digest: str
    method: dict[str, object]
    in_force: int


class MethodIn(Schema):
    """A method as JSON text, or nothing for the declared one; its source; from which day."""

    source: str
    method: str = ""
    valid_from: date | None = None


class MethodVersionOut(Schema):
    """A version of a method."""

    version: int
    state: str
    digest: str
    valid_from: date


class MethodDecisionIn(Schema):
    """Which version; `approve`, or anything else to reject with a reason."""

    decision: str
    version: int = 1
    reason: str = ""


class RunIn(Schema):
    """A party by its unified code (a natural person by its public code), figures by indicator, the document."""

    party: str
    evidence: str
    figures: dict[str, FigureIn] = {}
    as_of: date | None = None


class AppealIn(Schema):
    """What is wrong: words, the indicator or nothing for the whole, evidence."""

    words: str
    indicator: str = ""
    evidence: str = ""


class AnswerIn(Schema):
    """The verdict (`upheld` or anything else to dismiss), the reason, and the right figures of an upheld appeal."""

    verdict: str
    answer: str
    corrected: FigureIn | None = None


class ReasonIn(Schema):
    """Why."""

    reason: str


@router.get("/{grade:grade}", response=GradeOut, summary="A grade with its method")
def get_grade(request: HttpRequest, grade: str) -> GradeOut:
    """What counts, by which rule and source, and how many results are in force."""
    row = method_in_force(grade, clock.today())
    document = row.document if row else json.loads(json.dumps(method_document(grade_at(grade).method)))
    return GradeOut(
        offer=grade,
        open=is_open(grade),
        version=row.version if row else None,
        digest=row.digest if row else "",
        method=document,
        in_force=public_gradings(grade).count(),
    )


@router.get("/{grade:grade}/results", response=list[ResultOut], summary="The results in force")
def get_results(request: HttpRequest, grade: str) -> list[ResultOut]:
    """At most 200 results in force, the best first."""
    return [_out(row) for row in public_gradings(grade)[:PAGE]]


@router.get("/{grade:grade}/results/{code}", response=ResultOut, summary="One evaluation down to the cell")
def get_result(request: HttpRequest, grade: str, code: str) -> ResultOut:
    """One evaluation; what is not public only for its officials and its party."""
    row = grading_by_code(grade, code)
    if not (is_public(row) or sees_all(current_principal(), row)):
        raise Refusal("registry.grading.unknown", Text("没有这次评价。", "There is no such evaluation."), where=code)
    return _out(row)


@router.post("/{grade:grade}/methods", response={201: MethodVersionOut}, summary="Propose a version of the method")
def post_method(request: HttpRequest, grade: str, proposal: MethodIn) -> tuple[int, MethodVersionOut]:
    """Propose a method; needs `grades.propose`."""
    wanted = _method(proposal.method) if proposal.method else None
    row = propose_method(
        actor=current_principal(), path=grade, method=wanted, source=proposal.source, valid_from=proposal.valid_from
    )
    return 201, MethodVersionOut(version=row.version, state=row.state, digest=row.digest, valid_from=row.valid_from)


@router.post("/{grade:grade}/methods/decision", response=MethodVersionOut, summary="Decide on a proposed version")
def post_decision(request: HttpRequest, grade: str, decision: MethodDecisionIn) -> MethodVersionOut:
    """Approve or reject a version of the method; needs `grades.approve`."""
    me = current_principal()
    require(me, APPROVE, scope_of(grade))
    row = method_numbered(grade, decision.version)
    if decision.decision == "approve":
        row = approve_method(actor=me, method=row)
    else:
        row = reject_method(actor=me, method=row, reason=decision.reason)
    return MethodVersionOut(version=row.version, state=row.state, digest=row.digest, valid_from=row.valid_from)


@router.post("/{grade:grade}/results", response={201: ResultOut}, summary="Evaluate a party")
def post_result(request: HttpRequest, grade: str, evaluation: RunIn) -> tuple[int, ResultOut]:
    """Score a party by the method in force; needs `grades.run`."""
    me = current_principal()
    require(me, RUN, scope_of(grade))
    find = party_by_code if grade_at(grade).persons else party_by_uscc
    row = run(
        actor=me,
        path=grade,
        party=find(evaluation.party),
        figures={slug: _figure(each) for slug, each in evaluation.figures.items()},
        evidence=evaluation.evidence,
        as_of=evaluation.as_of,
    )
    return 201, _out(row)


@router.post("/{grade:grade}/results/{code}/publication", response=ResultOut, summary="Publish a result")
def post_publication(request: HttpRequest, grade: str, code: str) -> ResultOut:
    """Show a grade to everybody; needs `grades.publish`."""
    return _out(publish_result(actor=current_principal(), grading=grading_by_code(grade, code)))


@router.post("/{grade:grade}/results/{code}/appeal", response=ResultOut, summary="Appeal against a result")
def post_appeal(request: HttpRequest, grade: str, code: str, objection: AppealIn) -> ResultOut:
    """Object to a cell; for who acts for the party, or with `grades.appeal`."""
    row = grading_by_code(grade, code)
    appeal(actor=current_principal(), grading=row, **objection.dict())
    return _out(row)


@router.post("/{grade:grade}/results/{code}/answer", response=ResultOut, summary="Answer an appeal")
def post_answer(request: HttpRequest, grade: str, code: str, answer: AnswerIn) -> ResultOut:
    """Dismiss an appeal or correct the result; needs `grades.decide`. Returns what stands then."""
    stands = decide_appeal(
        actor=current_principal(),
        grading=grading_by_code(grade, code),
        upheld=answer.verdict == "upheld",
        answer=answer.answer,
        corrected=_figure(answer.corrected) if answer.corrected else None,
    )
    return _out(stands)


@router.post("/{grade:grade}/results/{code}/withdrawal", response=ResultOut, summary="Withdraw a result")
def post_withdrawal(request: HttpRequest, grade: str, code: str, why: ReasonIn) -> ResultOut:
    """Withdraw a result with a reason; needs `grades.publish`."""
    return _out(withdraw(actor=current_principal(), grading=grading_by_code(grade, code), reason=why.reason))


@router.post("/{grade:grade}/results/{code}/expiry", response=ResultOut, summary="End a result behind its last day")
def post_expiry(request: HttpRequest, grade: str, code: str) -> ResultOut:
    """End a published grade whose term is over; needs `grades.publish`. The worker does it every night."""
    return _out(expire(actor=current_principal(), grading=grading_by_code(grade, code)))


def _method(written: str) -> Method:
    try:
        return read_method(json.loads(written))
    except (ValueError, TypeError, KeyError, ArithmeticError) as wrong:
        message = Text(f"方法的文本读不懂：{wrong}", f"The text of the method cannot be read: {wrong}")
        raise Refusal("registry.grade_method.text", message, where="method") from None


def _figure(given: FigureIn) -> Figure:
    return figure_in(given.values, given.source, "figures")


def _out(row: Grading) -> ResultOut:
    inside = sees_all(current_principal(), row)
    return ResultOut(
        code=row.code,
        party=row.party.code,
        name=row.party.name,
        method=row.method.version,
        as_of=row.as_of,
        score=row.score,
        grade=row.grade,
        state=row.state,
        valid_to=row.valid_to,
        figures_digest=row.figures_digest,
        result_digest=row.result_digest,
        repeats=repeated(row),
        cells=[
            CellOut(
                indicator=cell.indicator,
                weight=cell.weight,
                points=cell.points,
                state=cell.state,
                values=list(cell.values) if inside else [],
                source=cell.source if inside else "",
            )
            for cell in read_cells(row.result)
        ],
    )
