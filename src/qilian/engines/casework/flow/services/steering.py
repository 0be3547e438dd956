"""Steering a whole case: jump, suspend, resume, extend, terminate, withdraw, wake again."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import require
from qilian.core.time.clocks import api as clocks
from qilian.core.values.text import Refusal, Text, required_text
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.queries import case_ref, case_scope
from qilian.engines.casework.flow.rights import ACCEPT, STEER, is_applicant

from .saving import WHOLE, Locked, locked, save, start_clock

_REASON = Text("理由", "reason")


@transaction.atomic
def jump(*, actor: Principal, case: Case, step: int, to: str, reason: str) -> Case:
    """Go on at another node 跳转. Refusals: `grants.denied`, `flow.…`, `text.…`."""
    held, why = _steered(actor, case, reason)
    after = kernel.jump(held.graph, held.state, held.situation, step=step, to=to)
    return save(actor, held, after, deed="jump", step=step, reason=why)


@transaction.atomic
def suspend(*, actor: Principal, case: Case, reason: str) -> Case:
    """Let a case stand still, and its clock with it 中止. Refusals: `grants.denied`, `flow.…`, `text.…`."""
    held, why = _steered(actor, case, reason)
    return save(actor, held, kernel.suspend(held.state), deed="suspend", reason=why)


@transaction.atomic
def resume(*, actor: Principal, case: Case, reason: str) -> Case:
    """Let a suspended case go on. Refusals: `grants.denied`, `flow.not_suspended`, `text.…`."""
    held, why = _steered(actor, case, reason)
    return save(actor, held, kernel.resume(held.state), deed="resume", reason=why)


@transaction.atomic
def terminate(*, actor: Principal, case: Case, reason: str) -> Case:
    """End a case that cannot go on 终止. Refusals: `grants.denied`, `flow.closed`, `text.…`."""
    held, why = _steered(actor, case, reason)
    return save(actor, held, kernel.terminate(held.graph, held.state), deed="terminate", reason=why)


@transaction.atomic
def withdraw(*, actor: Principal, case: Case, reason: str) -> Case:
    """Take an application back 撤销: the applicant, or a window for him. Refusals: `grants.denied`, `flow.closed`."""
    held = locked(case)
    if not is_applicant(actor, held.row):
        require(actor, ACCEPT, case_scope(held.row))
    why = required_text(reason, "reason", _REASON)
    return save(actor, held, kernel.withdraw(held.graph, held.state), deed="withdraw", reason=why)


@transaction.atomic
def reopen(*, actor: Principal, case: Case, at: str, reason: str) -> Case:
    """Wake a closed case at a node 唤醒; its time begins anew. Refusals: `grants.denied`, `flow.…`, `text.…`."""
    held, why = _steered(actor, case, reason)
    after = kernel.reopen(held.graph, held.state, held.situation, at=at)
    start_clock(actor, held.row, held.procedure)
    return save(actor, held, after, deed="reopen", reason=why)


@transaction.atomic
def extend(*, actor: Principal, case: Case, value: int, reason: str) -> Case:
    """Give a case more time, at another's request: whoever handles it asks, who steers it approves 延期.

    The requester is who did its last step. Refusals: `grants.denied`, `casework.clock`, those of clocks.
    """
    held, why = _steered(actor, case, reason)
    running = clocks.open_clock(case_ref(held.row), WHOLE)
    if running is None:
        raise Refusal("casework.clock", Text("这件办件没有在计时。", "This case has no running clock."), where="value")
    asked = next((each.done_by for each in reversed(held.steps.values()) if each.done_by), None)
    requester = f"core.person:{asked.code}" if asked else "system:house"
    clocks.extend(actor=actor, clock=running, value=value, requester=requester, reason=why)
    return save(actor, held, held.state, deed="extend", reason=why)


def _steered(actor: Principal, case: Case, reason: str) -> tuple[Locked, str]:
    held = locked(case)
    require(actor, STEER, case_scope(held.row))
    return held, required_text(reason, "reason", _REASON)
