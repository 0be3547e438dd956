"""Steering a whole case: jump, suspend, resume, terminate, withdraw, wake again."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import require
from qilian.core.values.text import Text, required_text
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.queries import case_scope
from qilian.engines.casework.flow.rights import ACCEPT, STEER, is_applicant

from .saving import Locked, locked, save
from .timing import start_whole

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
    return save(actor, held, kernel.suspend(held.state), deed="suspension", reason=why)


@transaction.atomic
def resume(*, actor: Principal, case: Case, reason: str) -> Case:
    """Let a suspended case go on. Refusals: `grants.denied`, `flow.not_suspended`, `text.…`."""
    held, why = _steered(actor, case, reason)
    return save(actor, held, kernel.resume(held.state), deed="resumption", reason=why)


@transaction.atomic
def terminate(*, actor: Principal, case: Case, reason: str) -> Case:
    """End a case that cannot go on 终止. Refusals: `grants.denied`, `flow.closed`, `text.…`."""
    held, why = _steered(actor, case, reason)
    return save(actor, held, kernel.terminate(held.graph, held.state), deed="termination", reason=why)


@transaction.atomic
def withdraw(*, actor: Principal, case: Case, reason: str) -> Case:
    """Take an application back 撤销: the applicant, or a window for him. Refusals: `grants.denied`, `flow.closed`."""
    held = locked(case)
    if not is_applicant(actor, held.row):
        require(actor, ACCEPT, case_scope(held.row))
    why = required_text(reason, "reason", _REASON)
    return save(actor, held, kernel.withdraw(held.graph, held.state), deed="withdrawal", reason=why)


@transaction.atomic
def reopen(*, actor: Principal, case: Case, at: str, reason: str) -> Case:
    """Wake a closed case at a node 唤醒; its time begins anew. Refusals: `grants.denied`, `flow.…`, `text.…`."""
    held, why = _steered(actor, case, reason)
    after = kernel.reopen(held.graph, held.state, held.situation, at=at)
    start_whole(actor, held.row, held.procedure)
    return save(actor, held, after, deed="reopening", reason=why)


def _steered(actor: Principal, case: Case, reason: str) -> tuple[Locked, str]:
    held = locked(case)
    require(actor, STEER, case_scope(held.row))
    return held, required_text(reason, "reason", _REASON)
