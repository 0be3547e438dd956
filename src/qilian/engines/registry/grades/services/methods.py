"""Publishing a method takes two people: one proposes, another approves or turns it down."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from qilian.core.house.principal import Principal
from qilian.core.offers.offers.api import clause_of, offer_url, scope_of, serving
from qilian.core.rights.grants.api import require
from qilian.core.rules.scoring.api import Method, digest_of, method_document, problems
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, required_text
from qilian.core.work.approvals import api as approvals
from qilian.engines.registry.grades.events import MethodProposed, MethodPublished, MethodRejected, MethodWithdrawn
from qilian.engines.registry.grades.models import GradeMethod
from qilian.engines.registry.grades.queries import grade_at, method_ref

from .common import APPROVE, PROPOSE, tell_method

DECIDING: approvals.Approval[GradeMethod] = approvals.Approval(
    "grades.method",
    APPROVE,
    scope=lambda row: scope_of(row.offer),
    ref=method_ref,
    title=lambda row: Text("评价方法第 {number} 版：{grade}", "method {number} of {grade}").filled(
        number=row.version, grade=grade_at(row.offer).title
    ),
    url=lambda row: f"{offer_url(row.offer)}methods/{row.version}/",
)
"""How a version of a method waits for the person who publishes it."""


@transaction.atomic
def propose_method(
    *, actor: Principal, path: str, method: Method | None = None, source: str = "", valid_from: date | None = None
) -> GradeMethod:
    """Propose a version of an offer's method, the declared one unless another is given, from a day on.

    Refusals: `grants.denied`, `offers.closed`, `approvals.person`, `text.…`,
    `registry.grade_method.wrong` with every defect, `registry.grade_method.grades` without grades.
    """
    require(actor, PROPOSE, scope_of(path))
    serving(path)
    shape = grade_at(path)
    wanted = method or shape.method
    _sound(wanted)
    versions = GradeMethod.objects.filter(offer=path)
    document = method_document(wanted)
    row = GradeMethod(
        offer=path,
        clause=clause_of(path),
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        document=document,
        digest=digest_of(document),
        source=required_text(source or shape.basis, "source", Text("方法的依据", "source of the method")),
        valid_from=valid_from or clock.today(),
    )
    approvals.propose(actor=actor, approval=DECIDING, row=row)
    tell_method(actor, row, MethodProposed(row.version, row.digest, row.source))
    return row


@transaction.atomic
def approve_method(*, actor: Principal, method: GradeMethod) -> GradeMethod:
    """Publish a method that somebody else proposed.

    Refusals: `grants.denied`, `offers.closed`, `approvals.oneself`, `approvals.decided`.
    """
    serving(method.offer)
    row = approvals.approve(actor=actor, approval=DECIDING, row=method)
    proposer = f"core.person:{row.proposed_by.code}"
    tell_method(actor, row, MethodPublished(row.version, row.digest, row.valid_from, proposer))
    return row


@transaction.atomic
def reject_method(*, actor: Principal, method: GradeMethod, reason: str) -> GradeMethod:
    """Turn a method of somebody else down, with a reason.

    Refusals: `grants.denied`, `offers.closed`, `approvals.oneself`, `approvals.decided`, `text.…`.
    """
    serving(method.offer)
    row = approvals.reject(actor=actor, approval=DECIDING, row=method, reason=reason)
    tell_method(actor, row, MethodRejected(row.version, row.answer))
    return row


@transaction.atomic
def withdraw_method(*, actor: Principal, method: GradeMethod) -> GradeMethod:
    """Take back a method that one proposed oneself. Refusals: `approvals.not_own`, `approvals.decided`."""
    row = approvals.withdraw(actor=actor, approval=DECIDING, row=method)
    tell_method(actor, row, MethodWithdrawn(row.version))
    return row


def _sound(method: Method) -> None:
    if not method.grades:
        message = Text("方法没有分等级。", "The method names no grades.")
        raise Refusal("registry.grade_method.grades", message, where="method")
    if found := problems(method):
        message = Text("；".join(said.zh for said in found), "; ".join(said.en for said in found))
        raise Refusal("registry.grade_method.wrong", message, where="method")
