"""Verbs on parameters: define, propose, approve, reject, withdraw."""

from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Scope, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

from .events import ParameterDefined, ValueProposed, ValuePublished, ValueRejected, ValueWithdrawn
from .kernel import Kind, keep, read, write
from .models import Parameter, ParameterValue
from .queries import value_of

DEFINE, PROPOSE, APPROVE = "parameters.define", "parameters.propose", "parameters.approve"


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

    Refusals: `grants.denied`, `parameters.person` for the system, `parameters.value`, `parameters.source`.
    """
    require(actor, PROPOSE, _scope(parameter))
    value = read(parameter.kind, written)
    if not source.strip():
        remedy = Text("请填写条文或文号。", "Give the clause or the number of the document.")
        raise Refusal("parameters.source", Text("没有写明依据。", "No source is given."), where="source", remedy=remedy)
    row = ParameterValue.objects.create(
        parameter=parameter,
        valid_from=valid_from,
        value=keep(value),
        source=source.strip(),
        proposed_by_id=_person(actor),
        proposed_at=clock.now(),
    )
    body = ValueProposed(parameter.key, write(value), valid_from, row.source)
    emit(body, actor=actor, subject=about(parameter), clause=parameter.clause)
    return row


@transaction.atomic
def approve(*, actor: Principal, value: ParameterValue) -> ParameterValue:
    """Publish a proposal of somebody else; a published value of the same day is superseded.

    Refusals: `grants.denied`, `parameters.person`, `parameters.oneself`, `parameters.decided`.
    """
    row = _lock(value)
    require(actor, APPROVE, _scope(row.parameter))
    _proposed(row)
    _other_person(actor, row)
    former = ParameterValue.objects.filter(parameter=row.parameter, valid_from=row.valid_from, state="published")
    superseded = former.first()
    former.update(state="superseded")
    row.state, row.approved_by_id, row.decided_at = "published", _person(actor), clock.now()
    row.save(update_fields=["state", "approved_by", "decided_at"])
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

    Refusals: `grants.denied`, `parameters.person`, `parameters.oneself`, `parameters.decided`, `parameters.reason`.
    """
    row = _lock(value)
    require(actor, APPROVE, _scope(row.parameter))
    _proposed(row)
    _other_person(actor, row)
    if not reason.strip():
        message = Text("没有写明退回的理由。", "No reason for turning it down.")
        raise Refusal("parameters.reason", message, where="reason")
    row.state, row.decision, row.decided_at = "rejected", reason.strip(), clock.now()
    row.save(update_fields=["state", "decision", "decided_at"])
    body = ValueRejected(row.parameter.key, row.valid_from, row.decision)
    emit(body, actor=actor, subject=about(row.parameter), clause=row.parameter.clause)
    return row


@transaction.atomic
def withdraw(*, actor: Principal, value: ParameterValue) -> ParameterValue:
    """Take one's own proposal back. Refusals: `parameters.not_own`, `parameters.decided`."""
    row = _lock(value)
    if row.proposed_by_id != actor.person:
        message = Text("只能撤回自己提出的值。", "Only who proposed a value withdraws it.")
        raise Refusal("parameters.not_own", message, where=row.code)
    _proposed(row)
    row.state, row.decided_at = "withdrawn", clock.now()
    row.save(update_fields=["state", "decided_at"])
    body = ValueWithdrawn(row.parameter.key, row.valid_from)
    emit(body, actor=actor, subject=about(row.parameter), clause=row.parameter.clause)
    return row


def _lock(value: ParameterValue) -> ParameterValue:
    """Lock the parameter, so that two approvals of one day follow each other, then its value."""
    Parameter.objects.select_for_update().get(pk=value.parameter_id)
    rows = ParameterValue.objects.select_for_update(of=("self",)).select_related("parameter", "proposed_by")
    return rows.get(pk=value.pk)


def _proposed(row: ParameterValue) -> None:
    if row.state != "proposed":
        message = Text("这个值已经处理过。", "This value has been decided already.")
        raise Refusal("parameters.decided", message, where=row.code)


def _other_person(actor: Principal, row: ParameterValue) -> None:
    if _person(actor) == row.proposed_by_id:
        raise Refusal(
            "parameters.oneself",
            Text("不能批准或退回自己提出的值。", "Nobody decides on a value that he proposed himself."),
            remedy=Text("请由另一位有批准权限的人办理。", "Let another person with the right to approve do it."),
        )


def _person(actor: Principal) -> int:
    if actor.person is None:
        message = Text("参数由两个人公布，不能由系统公布。", "Two people publish a parameter, never the system.")
        raise Refusal("parameters.person", message)
    return actor.person


def _scope(parameter: Parameter) -> Scope:
    return Scope(clause=parameter.clause)


def about(parameter: Parameter) -> Ref:
    """Return the parameter as events name it."""
    return Ref("core.parameter", parameter.key)
