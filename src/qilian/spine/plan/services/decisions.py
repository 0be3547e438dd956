"""Decisions: a meeting or a leader adds a duty to a published plan."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Principal
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.spine.language.api import ROLES
from qilian.spine.plan.events import DutyAdded
from qilian.spine.plan.models import Clause, Decision, Duty, Plan, Unit
from qilian.spine.plan.units import name_of

from .common import DECIDE, clause_key, locked, require_on, version_ref


@dataclass(frozen=True, slots=True)
class Decided:
    """The source of a duty that the plan itself does not have: a meeting's or a leader's decision."""

    kind: str
    title: str
    decided_on: date
    document_no: str = ""


@transaction.atomic
def add_duty(*, actor: Principal, plan: Plan, cid: str, unit: Unit, role: str, decided: Decided) -> Duty:
    """Give a unit a role on a clause of the version in force, by a decision. Needs `plan.decide` for the clause.

    Refusals: `grants.denied`, `plan.clause.unknown`, `plan.role.unknown`, `plan.duty.exists`, `plan.decision.title`,
    `plan.decision.future`, `plan.decision.kind`.
    """
    plan = locked(plan)
    require_on(actor, DECIDE, plan)
    clause = _clause_in_force(plan, cid)
    _check_duty(clause, unit, role)
    _check_decision(decided)
    decision = Decision.objects.create(
        plan=plan, kind=decided.kind, title=decided.title.strip(), document_no=decided.document_no,
        decided_on=decided.decided_on, recorded_at=clock.now(), recorded_by=actor.ref,
    )  # fmt: skip
    last = clause.duties.aggregate(last=Max("order"))["last"] or 0
    duty = Duty.objects.create(
        clause=clause, unit=unit, role=role, order=last + 1, origin="decision", decision=decision,
        raw=name_of(unit, decided.decided_on).zh,
    )  # fmt: skip
    version = clause.version
    event = DutyAdded(plan.slug, version.number, role, decision.title, decided.decided_on.isoformat())
    emit(
        event,
        actor=actor,
        subject=version_ref(version),
        clause=clause_key(plan, cid),
        unit=unit.slug,
        region=plan.region,
    )
    return duty


def _clause_in_force(plan: Plan, cid: str) -> Clause:
    version = plan.versions.first()
    clause = Clause.objects.filter(version=version, cid=cid).select_related("version").first() if version else None
    if clause is None:
        raise Refusal(
            "plan.clause.unknown",
            Text(f"现行版本没有第 {cid} 条。", f"The version in force has no clause {cid}."),
            where="clause",
        )
    return clause


def _check_duty(clause: Clause, unit: Unit, role: str) -> None:
    if role not in ROLES:
        raise Refusal("plan.role.unknown", Text("请选择角色。", "Choose a role."), where="role")
    if clause.duties.filter(unit=unit, role=role).exists():
        raise Refusal(
            "plan.duty.exists",
            Text(
                f"这个单位在第 {clause.cid} 条已有这项责任。", f"The unit has this duty on clause {clause.cid} already."
            ),
            where="unit",
        )


def _check_decision(decided: Decided) -> None:
    if decided.kind not in ("meeting", "leader"):
        raise Refusal("plan.decision.kind", Text("请选择决定的来源。", "Choose where it was decided."), where="kind")
    if not decided.title.strip():
        raise Refusal("plan.decision.title", Text("没有填写决定的名称。", "The decision has no title."), where="title")
    if decided.decided_on > clock.today():
        raise Refusal(
            "plan.decision.future", Text("决定日期晚于今天。", "The decision lies in the future."), where="decided_on"
        )
