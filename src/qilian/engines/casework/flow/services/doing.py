"""Doing a step, taking it, handing it on, letting others sign too, sending it back, taking it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from qilian.core.house.forms.api import Written, as_texts, check
from qilian.core.house.principal import Principal
from qilian.core.offers.resource.api import NOTHING
from qilian.core.rights.grants.api import allowed
from qilian.core.values.text import Refusal, Text, fitting_text, refuse_all, required_text
from qilian.core.who.units.api import units
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.rights import STEER, require_step, step_scope

from .saving import Locked, locked, save

_OPINION = Text("意见", "opinion")
_REASON = Text("理由", "reason")


@transaction.atomic
def complete(
    *,
    actor: Principal,
    case: Case,
    step: int,
    outcome: str,
    opinion: str = "",
    data: Mapping[str, Written] | None = None,
) -> Case:
    """Do a step with an outcome and an opinion; `data` are the fields that the step itself asks for.

    Refusals: `flow.…`, `casework.step.denied`, `text.…`, those of the step's form.
    """
    held = _mine(actor, case, step)
    said = fitting_text(opinion, "opinion", _OPINION, most=1000)
    _note(held, step, data or {})
    after = kernel.complete(held.graph, held.state, held.situation, step=step, outcome=outcome)
    return save(actor, held, after, opinion=said)


@transaction.atomic
def claim(*, actor: Principal, case: Case, step: int) -> Case:
    """Take a step that waits for several people. Refusals: `flow.…`, `casework.step.denied`, `casework.person`."""
    held = _mine(actor, case, step)
    if actor.person is None:
        raise Refusal("casework.person", Text("只有人可以认领。", "Only a person takes a step."))
    return save(actor, held, kernel.claim(held.state, step=step, person=str(actor.person)))


@transaction.atomic
def release(*, actor: Principal, case: Case, step: int) -> Case:
    """Give a step back to all who may do it. Refusals: `flow.…`, `casework.step.denied`."""
    held = _mine(actor, case, step)
    return save(actor, held, kernel.release(held.state, step=step))


@transaction.atomic
def reassign(*, actor: Principal, case: Case, step: int, performer: str, reason: str) -> Case:
    """Hand a step to another role or unit for good 转办. Refusals: `flow.…`, `casework.step.denied`, `text.…`."""
    held, why = _mine(actor, case, step, steer=True), required_text(reason, "reason", _REASON)
    after = kernel.reassign(held.state, step=step, performer=named(performer))
    return save(actor, held, after, deed="reassignment", step=step, reason=why)


@transaction.atomic
def delegate(*, actor: Principal, case: Case, step: int, performer: str, reason: str) -> Case:
    """Let another do a step that then comes back 委派. Refusals: `flow.…`, `casework.step.denied`, `text.…`."""
    held, why = _mine(actor, case, step, steer=True), required_text(reason, "reason", _REASON)
    after = kernel.delegate(held.state, step=step, performer=named(performer))
    return save(actor, held, after, deed="delegation", step=step, reason=why)


@transaction.atomic
def add_signer(*, actor: Principal, case: Case, step: int, performer: str, where: str, reason: str) -> Case:
    """Let somebody else sign before, beside or after 加签. Refusals: `flow.…`, `casework.step.denied`, `text.…`."""
    held, why = _mine(actor, case, step), required_text(reason, "reason", _REASON)
    place: Any = where
    after = kernel.add(held.graph, held.state, step=step, performer=named(performer), where=place)
    return save(actor, held, after, deed=f"signer/{where}", step=step, reason=why)


@transaction.atomic
def remove_signer(*, actor: Principal, case: Case, step: int, reason: str) -> Case:
    """Take somebody out who was to sign 减签. Refusals: `flow.…`, `casework.step.denied`, `text.…`."""
    held, why = locked(case), required_text(reason, "reason", _REASON)
    found = held.state[step]
    if not allowed(actor, STEER, step_scope(held.row, found.performer)):
        require_step(actor, held.row, found)
    after = kernel.remove(held.graph, held.state, held.situation, step=step)
    return save(actor, held, after, deed="removal", step=step, reason=why)


@transaction.atomic
def send_back(*, actor: Principal, case: Case, step: int, to: str, reason: str, straight: bool = False) -> Case:
    """Send a step back 退回, to 申请人, 上一步 or any step that was done. Refusals: `flow.…`."""
    held, why = _mine(actor, case, step), required_text(reason, "reason", _REASON)
    after = kernel.send_back(held.graph, held.state, held.situation, step=step, to=to, straight=straight)
    return save(actor, held, after, opinion=why, deed="return", step=step, reason=why)


@transaction.atomic
def take_back(*, actor: Principal, case: Case, step: int) -> Case:
    """Take back what one has just done 拿回. Refusals: `flow.touched`, `casework.step.others`."""
    held = locked(case)
    held.state[step]
    if held.steps[step].done_by_id != actor.person or actor.person is None:
        message = Text("只能拿回自己办的一步。", "One takes back only what one did oneself.")
        raise Refusal("casework.step.others", message, where="step")
    return save(actor, held, kernel.take_back(held.graph, held.state, step=step), deed="taking-back", step=step)


def named(performer: str) -> str:
    """Who is to do a step: `role@unit`, a unit that is registered. Refusals `casework.performer`, `.unit`."""
    role, _, unit = (part.strip() for part in performer.partition("@"))
    if not role or not unit or len(performer) > 120:
        raise Refusal(
            "casework.performer",
            Text("没有写明由谁办理。", "It is not said who does it."),
            where="role",
            remedy=Text("请写角色和单位。", "Give a role and a unit."),
        )
    if not units().filter(slug=unit).exists():
        message = Text(f"没有登记“{unit}”这个单位。", f"There is no unit “{unit}”.")
        raise Refusal("casework.performer.unit", message, where="unit")
    return f"{role}@{unit}"


def _mine(actor: Principal, case: Case, step: int, *, steer: bool = False) -> Locked:
    """Lock a case whose step the actor may do, or with `steer` may hand on."""
    held = locked(case)
    found = held.state[step]
    if not (steer and allowed(actor, STEER, step_scope(held.row, found.performer))):
        require_step(actor, held.row, found)
    return held


def _note(held: Locked, step: int, data: Mapping[str, Written]) -> None:
    """Add what a step asks for to the data of its case; what it does not ask for is refused, not dropped."""
    node = held.graph.nodes.get(held.state[step].node)
    found = check((node.form if node else None) or NOTHING, data)
    refuse_all(found.refusals)
    if found.values:
        held.row.data |= as_texts(found.values)
        held.row.save(update_fields=["data"])
