"""Scoring a party, publishing its grade, and the end of a grade."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, internal
from qilian.core.offers.offers.api import clause_of, scope_of, serving
from qilian.core.rights.grants.api import require
from qilian.core.rules.scoring.api import Figure, digest_of, figures_document, result_document, score
from qilian.core.time.clocks.api import Limit, Place, Rule, open_clock, start, stop
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, required_text
from qilian.engines.registry.grades.events import (
    AppealDecided,
    GradingComputed,
    GradingExpired,
    GradingPublished,
    GradingWithdrawn,
)
from qilian.engines.registry.grades.kernel.life import expired, last_day, published, withdrawn
from qilian.engines.registry.grades.kernel.valuation import assumed, valued
from qilian.engines.registry.grades.models import GradeMethod, Grading
from qilian.engines.registry.grades.queries import (
    ANSWER_CLOCK,
    APPEAL_CLOCK,
    grade_at,
    grading_ref,
    method_in_force,
    method_of,
    stage_of,
)
from qilian.engines.registry.parties.api import Party, refuse_closed, registration_of

from .common import PUBLISH, RUN, appeal_for_rules, fresh, keep_appeal, locked, tell, tell_party_of


@transaction.atomic
def run(
    *,
    actor: Principal,
    path: str,
    party: Party,
    figures: Mapping[str, Figure],
    evidence: str,
    as_of: date | None = None,
) -> Grading:
    """Score a party by the method in force; the party sees every cell and may appeal from now on.

    `as_of` is the day of the figures, from which the term counts. Refusals: `grants.denied`, `offers.closed`,
    `text.…`, `registry.grade_method.none`, `registry.grading.running` while another evaluation of the
    party is not finished, `registry.grading.kind`, those of a closed party, `scoring.*` for figures.
    """
    require(actor, RUN, scope_of(path, region=party.region[:6]))
    serving(path)
    _fits(path, party)
    method = _in_force(path)
    said = required_text(evidence, "evidence", Text("评价依据的文件", "document of the evaluation"))
    if Grading.objects.filter(offer=path, party=party, state="computed").exists():
        message = Text("该主体有一次评价还没有公布。", "An evaluation of this party is not published yet.")
        raise Refusal("registry.grading.running", message, where="party")
    row = computed(actor, method, party, figures, evidence=said, as_of=as_of or clock.today())
    days = grade_at(path).appeal_days
    rule = Rule(APPEAL_CLOCK, Text("申诉期", "Time to appeal"), Limit(days, "workday"), row.evidence)
    start(actor=actor, subject=grading_ref(row), rule=rule, place=_place(row))
    body = Text(
        f"{row.score} 分，{days} 个工作日内可以申诉。",
        f"{row.score} points; you may appeal within {days} working days.",
    )
    tell_party_of(actor, row, Text("评价结果，未公布", "Evaluated, not published"), body)
    return row


@transaction.atomic
def publish_result(*, actor: Principal, grading: Grading) -> Grading:
    """Show a grade to everybody, once the time to appeal is over or an appeal was answered; the former one ends.

    Refusals: `grants.denied`, `offers.closed`, `registry.grading.state`, `.appealed`, `.window`, `.over`.
    """
    row = locked(actor, PUBLISH, grading)
    state = published(stage_of(row), clock.today())
    for former in Grading.objects.select_for_update().filter(offer=row.offer, party=row.party, state="published"):
        _end(actor, former, "expired", GradingExpired(former.grade))
    row.published_at = clock.now()
    until = Text(f"有效期至 {row.valid_to}。", f"Valid to {row.valid_to}.") if row.valid_to else Text("", "")
    tell_party_of(actor, row, Text("评价结果已公布", "Grade published"), until)
    return _end(actor, row, state, GradingPublished(row.grade, row.score, row.valid_to))


@internal("the worker ends grades behind their last day every night")
@transaction.atomic
def expire(*, actor: Principal, grading: Grading) -> Grading:
    """End a published grade behind its last day; the worker does it every night.

    Refusals: `grants.denied`, `registry.grading.state`, `registry.grading.term`.
    """
    row = fresh(grading) if actor.is_system else locked(actor, PUBLISH, grading)
    state = expired(stage_of(row), clock.today())
    tell_party_of(actor, row, Text("评价已到期", "Grade expired"), Text("不再公示。", "It is no longer shown."))
    return _end(actor, row, state, GradingExpired(row.grade))


@transaction.atomic
def withdraw(*, actor: Principal, grading: Grading, reason: str) -> Grading:
    """Withdraw a grading with a reason: it no longer counts, its history stays, and an appeal that waits ends with it.

    Refusals: `grants.denied`, `offers.closed`, `text.…`, `registry.grading.state`.
    """
    row = locked(actor, PUBLISH, grading)
    state = withdrawn(stage_of(row))
    row.reason = required_text(reason, "reason", Text("撤销的理由", "reason of the withdrawal"))
    _end_appeal(actor, row)
    tell_party_of(actor, row, Text("评价已撤销", "Evaluation withdrawn"), Text(row.reason, row.reason))
    return _end(actor, row, state, GradingWithdrawn(row.grade, row.reason))


def computed(
    actor: Principal,
    method: GradeMethod,
    party: Party,
    figures: Mapping[str, Figure],
    *,
    evidence: str,
    as_of: date,
    corrects: Grading | None = None,
) -> Grading:
    """Score figures by a version of a method and keep everything with its digests."""
    if grade_at(method.offer).valuation:
        valued(assumed({slug: each.values for slug, each in figures.items()}))
    scored = score(method_of(method), figures)
    given_figures, result = figures_document(figures), result_document(scored)
    row = Grading.objects.create(
        offer=method.offer,
        clause=clause_of(method.offer),
        method=method,
        party=party,
        region=party.region[:6],
        as_of=as_of,
        figures=given_figures,
        figures_digest=digest_of(given_figures),
        result=result,
        result_digest=digest_of(result),
        score=scored.score,
        grade=scored.grade,
        evidence=evidence,
        computed_at=clock.now(),
        valid_to=last_day(as_of, method_of(method).months),
        corrects=corrects,
    )
    former = corrects.code if corrects else ""
    body = GradingComputed(
        method.version, row.figures_digest, row.result_digest, scored.score, scored.grade, as_of, former
    )
    tell(actor, row, body)
    return row


def stop_window(actor: Principal, row: Grading) -> None:
    """End the time to appeal, when it runs."""
    if (window := open_clock(grading_ref(row), APPEAL_CLOCK)) is not None:
        stop(actor=actor, clock=window)


def _end(actor: Principal, row: Grading, state: str, body: object) -> Grading:
    row.state = state
    row.save(update_fields=["state", "published_at", "reason"])
    stop_window(actor or SYSTEM, row)
    tell(actor, row, body)
    return row


def _end_appeal(actor: Principal, row: Grading) -> None:
    """An appeal that waits has lost its object: the reason of the withdrawal is its answer."""
    filed = appeal_for_rules(row)
    if filed is None or filed.state != "filed":
        return
    filed.state, filed.answer, filed.decided_at = "ended", row.reason, clock.now()
    filed.decided_by_id = None if actor.person == filed.filed_by_id else actor.person
    keep_appeal(filed)
    if (limit := open_clock(grading_ref(row), ANSWER_CLOCK)) is not None:
        stop(actor=actor, clock=limit)
    tell(actor, row, AppealDecided(filed.code, filed.state, filed.answer, ""))


def _place(row: Grading) -> Place:
    return Place(region=row.region, offer=row.offer, clause=row.clause)


def _in_force(path: str) -> GradeMethod:
    method = method_in_force(path, clock.today())
    if method is None:
        raise Refusal(
            "registry.grade_method.none",
            Text("还没有公布评价方法。", "No method is published yet."),
            where="method",
            remedy=Text("请先提出方法，由另一人批准。", "Propose one, and let another person approve it."),
        )
    return method


def _fits(path: str, party: Party) -> None:
    refuse_closed(registration_of(party))
    if (party.kind == "citizen") != grade_at(path).persons:
        message = Text("这项评价不适用于这类主体。", "This grade is not for parties of this kind.")
        raise Refusal("registry.grading.kind", message, where="party")
