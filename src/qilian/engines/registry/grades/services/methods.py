"""Publishing a method takes two people: one proposes, another approves or turns it down."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import clause_of, scope_of, serving
from qilian.core.rights.grants.api import require
from qilian.core.rules.scoring.api import Method, digest_of, method_document, problems
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.grades.events import MethodProposed, MethodPublished, MethodRejected
from qilian.engines.registry.grades.models import GradeMethod
from qilian.engines.registry.grades.queries import grade_at

from .common import APPROVE, PROPOSE, given, other_person, person_of, tell_method

_SOURCE = Text("没有写明方法的依据。", "No source of the method is given.")
_OWN = Text("不能批准或退回自己提出的方法。", "Nobody decides on a method that he proposed himself.")


@transaction.atomic
def propose_method(
    *, actor: Principal, path: str, method: Method | None = None, source: str = "", valid_from: date | None = None
) -> GradeMethod:
    """Propose a version of an offer's method, the declared one unless another is given, from a day on.

    Refusals: `grants.denied`, `offers.closed`, `registry.grade.person`, `registry.grade.source`,
    `registry.grade_method.wrong` with every defect, `registry.grade_method.grades` without grades.
    """
    require(actor, PROPOSE, scope_of(path))
    serving(path)
    shape = grade_at(path)
    wanted = method or shape.method
    _sound(wanted)
    versions = GradeMethod.objects.filter(offer=path)
    document = method_document(wanted)
    row = GradeMethod.objects.create(
        offer=path,
        clause=clause_of(path),
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        document=document,
        digest=digest_of(document),
        source=given(source or shape.basis, "source", _SOURCE),
        valid_from=valid_from or clock.today(),
        proposed_by_id=person_of(actor),
        proposed_at=clock.now(),
    )
    tell_method(actor, row, MethodProposed(row.version, row.digest, row.source))
    return row


@transaction.atomic
def approve_method(*, actor: Principal, method: GradeMethod) -> GradeMethod:
    """Publish a method that somebody else proposed.

    Refusals: `grants.denied`, `offers.closed`, `registry.grade.oneself`, `registry.grade_method.decided`.
    """
    row = _proposed(actor, method)
    row.state, row.approved_by_id, row.decided_at = (
        "published",
        other_person(actor, row.proposed_by_id, _OWN),
        clock.now(),
    )
    row.save(update_fields=["state", "approved_by", "decided_at"])
    proposer = f"core.person:{row.proposed_by.code}"
    tell_method(actor, row, MethodPublished(row.version, row.digest, row.valid_from, proposer))
    return row


@transaction.atomic
def reject_method(*, actor: Principal, method: GradeMethod, reason: str) -> GradeMethod:
    """Turn a method of somebody else down, with a reason.

    Refusals: `grants.denied`, `offers.closed`, `registry.grade.oneself`, `registry.grade.reason`,
    `registry.grade_method.decided`.
    """
    row = _proposed(actor, method)
    other_person(actor, row.proposed_by_id, _OWN)
    row.reason = given(reason, "reason", Text("没有写明退回的理由。", "No reason for turning it down."))
    row.state, row.decided_at = "rejected", clock.now()
    row.save(update_fields=["state", "decided_at", "reason"])
    tell_method(actor, row, MethodRejected(row.version, row.reason))
    return row


def _sound(method: Method) -> None:
    if not method.grades:
        message = Text("方法没有分等级。", "The method names no grades.")
        raise Refusal("registry.grade_method.grades", message, where="method")
    if found := problems(method):
        message = Text("；".join(said.zh for said in found), "; ".join(said.en for said in found))
        raise Refusal("registry.grade_method.wrong", message, where="method")


def _proposed(actor: Principal, method: GradeMethod) -> GradeMethod:
    row = GradeMethod.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=method.pk)
    require(actor, APPROVE, scope_of(row.offer))
    serving(row.offer)
    if row.state != "proposed":
        message = Text("这一版方法已经处理过。", "This version was decided already.")
        raise Refusal("registry.grade_method.decided", message, where=str(row.version))
    return row
