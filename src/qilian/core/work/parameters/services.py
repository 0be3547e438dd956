"""Verbs on parameters: define, propose, approve, reject, withdraw."""

from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.work.approvals import api as approvals

from .events import ParameterDefined, ValueProposed, ValuePublished, ValueRejected, ValueWithdrawn
from .kernel import Kind, keep, read, write
from .models import Parameter, ParameterValue
from .queries import published, value_of

DEFINE, PROPOSE, APPROVE = "parameters.define", "parameters.propose", "parameters.approve"
PUBLISHING: approvals.Approval[ParameterValue] = approvals.Approval(
    "parameters.value",
    APPROVE,
    scope=lambda row: _scope(row.parameter),
    ref=lambda row: about(row.parameter),
    title=lambda row: Text(
        f"{row.parameter.title_zh}（{row.valid_from} 起）", f"{row.parameter.title_en} (from {row.valid_from})"
    ),
    url=lambda row: f"/{'decisions/versions' if row.parameter.kind == 'decision' else 'parameters/values'}/{row.code}/",
)
"""How a value waits for the person who publishes it; tables that decide have pages of their own."""


@internal("the room whose value it is defines it")
@transaction.atomic
def define(*, actor: Principal, key: str, title: Text, kind: Kind, unit: str = "", clause: str = "") -> Parameter:
    """Make sure that a parameter exists: packs and engines define theirs at start; again is harmless.

    Words, unit and clause follow the latest definition. Refusals: `grants.denied`; `parameters.kind` when the key
    already holds another kind of value.
    """
    require(actor, DEFINE, Scope(clause=clause))
    words = {"title_zh": title.zh, "title_en": title.en, "unit": unit, "clause": clause}
    row, fresh = Parameter.objects.select_for_update().get_or_create(key=key, defaults={"kind": kind, **words})
    if row.kind != kind:
        message = Text(f"参数 {key} 已经是另一种类型。", f"Parameter {key} is of another kind already.")
        raise Refusal("parameters.kind", message, where=key)
    if fresh:
        emit(ParameterDefined(key, kind), actor=actor, subject=about(row), clause=clause)
    else:
        Parameter.objects.filter(pk=row.pk).update(**words)
    return row


@transaction.atomic
def propose(*, actor: Principal, parameter: Parameter, written: str, valid_from: date, source: str) -> ParameterValue:
    """Propose a value from a day on, as an official types it, with the clause or statute it comes from.

    Refusals: `grants.denied`, `approvals.person` for the system, `parameters.value`, `parameters.source`.
    """
    require(actor, PROPOSE, _scope(parameter))
    value = read(parameter.kind, written)
    if not source.strip():
        remedy = Text("请填写条文或文号。", "Give the clause or the number of the document.")
        raise Refusal("parameters.source", Text("没有写明依据。", "No source is given."), where="source", remedy=remedy)
    row = ParameterValue(parameter=parameter, valid_from=valid_from, value=keep(value), source=source.strip())
    approvals.propose(actor=actor, approval=PUBLISHING, row=row)
    body = ValueProposed(parameter.key, write(value), valid_from, row.source)
    emit(body, actor=actor, subject=about(parameter), clause=parameter.clause)
    return row


@transaction.atomic
def approve(*, actor: Principal, value: ParameterValue) -> ParameterValue:
    """Publish a proposal of somebody else; a published value of the same day is superseded.

    Refusals: `grants.denied`, `approvals.person`, `approvals.oneself`, `approvals.decided`.
    """
    Parameter.objects.select_for_update().get(pk=value.parameter_id)  # approvals of one day follow each other
    same_day = published().filter(parameter=value.parameter, valid_from=value.valid_from)
    superseded = same_day.first()
    same_day.update(superseded_at=clock.now())
    row = approvals.approve(actor=actor, approval=PUBLISHING, row=value)
    body = ValuePublished(
        row.parameter.key,
        write(value_of(row)),
        row.valid_from,
        row.source,
        f"core.person:{row.proposed_by.code}",
        superseded.code if superseded else "",
    )
    emit(body, actor=actor, subject=about(row.parameter), clause=row.parameter.clause)
    return row


@transaction.atomic
def reject(*, actor: Principal, value: ParameterValue, reason: str) -> ParameterValue:
    """Turn down a proposal of somebody else with a reason.

    Refusals: `grants.denied`, `approvals.person`, `approvals.oneself`, `approvals.decided`, `text.…`.
    """
    row = approvals.reject(actor=actor, approval=PUBLISHING, row=value, reason=reason)
    body = ValueRejected(row.parameter.key, row.valid_from, row.answer)
    emit(body, actor=actor, subject=about(row.parameter), clause=row.parameter.clause)
    return row


@transaction.atomic
def withdraw(*, actor: Principal, value: ParameterValue) -> ParameterValue:
    """Take one's own proposal back. Refusals: `approvals.not_own`, `approvals.decided`."""
    row = approvals.withdraw(actor=actor, approval=PUBLISHING, row=value)
    body = ValueWithdrawn(row.parameter.key, row.valid_from)
    emit(body, actor=actor, subject=about(row.parameter), clause=row.parameter.clause)
    return row


def _scope(parameter: Parameter) -> Scope:
    return Scope(clause=parameter.clause)


def about(parameter: Parameter) -> Ref:
    """Return the parameter as events name it."""
    return Ref("core.parameter", parameter.key)
