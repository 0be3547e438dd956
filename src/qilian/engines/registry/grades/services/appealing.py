"""A party objects to a cell; somebody else answers, and what was wrong is scored anew."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import serving
from qilian.core.rights.grants.api import require
from qilian.core.rules.scoring.api import Figure, read_figures
from qilian.core.time.clocks.api import Limit, Place, Rule, open_clock, start, stop
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text, required_text
from qilian.core.work.approvals.api import other_person, person_of
from qilian.engines.registry.grades.events import AppealDecided, GradingAppealed
from qilian.engines.registry.grades.kernel.life import appealed
from qilian.engines.registry.grades.models import GradeAppeal, Grading
from qilian.engines.registry.grades.queries import (
    ANSWER_CLOCK,
    grade_at,
    grading_ref,
    grading_scope,
    method_of,
    stage_of,
)

from .common import (
    APPEAL,
    DECIDE,
    appeal_for_rules,
    fresh,
    keep_appeal,
    locked,
    tell,
    tell_party_of,
)
from .running import computed, stop_window


@transaction.atomic
def appeal(*, actor: Principal, grading: Grading, words: str, indicator: str = "", evidence: str = "") -> GradeAppeal:
    """Object to a cell, or to the whole without an indicator, while the time to appeal runs.

    For who acts for the party, or for an official who writes down a paper appeal (`grades.appeal`). Refusals:
    `grants.denied`, `offers.closed`, `text.…`, `registry.grade.indicator`, `registry.grading.state`,
    `.appealed`, `.answered`, `.late`.
    """
    row = fresh(grading)
    if row.party.code not in actor.parties:
        require(actor, APPEAL, grading_scope(row))
    serving(row.offer)
    appealed(stage_of(row))
    if indicator and indicator not in {each.slug for each in method_of(row.method).indicators}:
        raise Refusal("registry.grade.indicator", Text("方法里没有这一项。", "No such indicator."), where="indicator")
    said = required_text(words, "words", Text("申诉的理由", "reason of the appeal"), most=1000)
    proof = fitting_text(evidence, "evidence", Text("证明材料", "evidence"))
    filed = GradeAppeal(grading=row, indicator=indicator, words=said, evidence=proof)
    filed.addressee, filed.filed_by_id, filed.filed_at = f"party:{row.party.code}", person_of(actor), clock.now()
    keep_appeal(filed)
    stop_window(actor, row)
    limit = Limit(grade_at(row.offer).answer_days, "workday")
    rule = Rule(ANSWER_CLOCK, Text("答复申诉", "Answer the appeal"), limit, row.evidence)
    place = Place(region=row.region, offer=row.offer, clause=row.clause)
    start(actor=actor, subject=grading_ref(row), rule=rule, place=place)
    tell(actor, row, GradingAppealed(filed.code, indicator))
    return filed


@transaction.atomic
def decide_appeal(
    *, actor: Principal, grading: Grading, upheld: bool, answer: str, corrected: Figure | None = None
) -> Grading:
    """Answer the appeal of a grading: dismiss it, or put right the figures of its indicator and score anew.

    Returns the grading that stands now. Refusals: `grants.denied`, `offers.closed`, `approvals.oneself`,
    `text.…`, `registry.grade.corrected` when an upheld appeal comes without right figures,
    `registry.grading.no_appeal`, `scoring.*` for the new figures.
    """
    row = locked(actor, DECIDE, grading)
    filed = appeal_for_rules(row)
    if filed is None or filed.state != "filed":
        raise Refusal("registry.grading.no_appeal", Text("没有待答复的申诉。", "No appeal waits for an answer."))
    me = other_person(actor, filed.filed_by_id)
    filed.answer = required_text(answer, "answer", Text("答复", "answer"), most=1000)
    filed.state, filed.decided_by_id, filed.decided_at = "upheld" if upheld else "dismissed", me, clock.now()
    keep_appeal(filed)
    stands = _put_right(actor, row, filed, corrected) if upheld else row
    if (limit := open_clock(grading_ref(row), ANSWER_CLOCK)) is not None:
        stop(actor=actor, clock=limit)
    tell(actor, row, AppealDecided(filed.code, filed.state, filed.answer, stands.code if upheld else ""))
    tell_party_of(actor, stands, Text("申诉已答复", "Appeal decided"), Text(filed.answer, filed.answer))
    return stands


def _put_right(actor: Principal, row: Grading, filed: GradeAppeal, corrected: Figure | None) -> Grading:
    if corrected is None or not filed.indicator:
        message = Text("申诉成立，须给出更正后的数值。", "An upheld appeal needs the right figures.")
        remedy = Text(
            "针对整体的申诉，请撤销这次评价后重新评价。", "For an appeal against the whole, withdraw and evaluate anew."
        )
        raise Refusal("registry.grade.corrected", message, where="values", remedy=remedy)
    row.state = "superseded"
    row.save(update_fields=["state"])
    figures = {**read_figures(row.figures), filed.indicator: corrected}
    return computed(actor, row.method, row.party, figures, evidence=row.evidence, as_of=row.as_of, corrects=row)
