"""The clocks of a case: its promised limit and those of its steps; when they stand still, and what the worker wakes."""

from typing import Final

from qilian.core.house.principal import Principal
from qilian.core.log.outbox.api import later
from qilian.core.time.clocks import api as clocks
from qilian.core.values.text import Ref, Text
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.kernel import Case as State
from qilian.engines.casework.flow.kernel import Step
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.queries import case_ref, step_ref
from qilian.engines.casework.flow.rights import step_scope
from qilian.engines.casework.procedures.api import Length, Node, Procedure

WHOLE: Final = "case"
"""The rule of the clock of a whole case."""
_LIMIT: Final = Text("办理时限", "Time to handle")
_SUSPENDED: Final = Text("案件中止", "The case is suspended")
_AMENDS: Final = Text("申请人修改", "The applicant amends")


def start_whole(actor: Principal, row: Case, procedure: Procedure) -> None:
    """Start the clock of the promised limit of a case."""
    basis = procedure.basis[0].title if procedure.basis else ""
    _start(actor, row, case_ref(row), WHOLE, _LIMIT, procedure.promised, procedure.extension, basis=basis)


def start_step(actor: Principal, row: Case, step: Step, node: Node | None) -> None:
    """Start the clock that a step carries; the worker wakes a wait when its time has come."""
    length = None if node is None else node.limit if step.kind == "task" else node.length
    subject = step_ref(row, step.number)
    if node is None or length is None or clocks.open_clock(subject, step.kind) is not None:
        return
    unit = step_scope(row, step.performer).unit
    _start(actor, row, subject, step.kind, node.title, length, node.extension, basis=node.basis, unit=unit)
    wake_later(row, step)


def _start(
    actor: Principal,
    row: Case,
    subject: Ref,
    rule: str,
    title: Text,
    length: Length,
    longest: Length | None,
    *,
    basis: str,
    unit: str = "",
) -> None:
    limit = clocks.Limit(length.value, length.measure)
    said = clocks.Rule(rule, title, limit, basis, longest.value if longest else None)
    place = clocks.Place(unit or row.unit, row.region, row.offer, row.clause)
    clocks.start(actor=actor, subject=subject, rule=said, place=place)


def stop_step(actor: Principal, row: Case, step: Step) -> None:
    """Stop the clock of a step that is over."""
    running = clocks.open_clock(step_ref(row, step.number), step.kind)
    if running is not None:
        clocks.stop(actor=actor, clock=running)


def wake_later(row: Case, step: Step) -> None:
    """Let the worker look at a wait when its time is over: whether it is, is seen then."""
    running = clocks.open_clock(step_ref(row, step.number), "wait") if step.kind == "wait" else None
    if running is not None and running.due_at is not None:
        later("casework.wake", at=running.due_at, case=row.pk, step=step.number)


def pauses(actor: Principal, row: Case, nodes: "dict[str, Node]", after: State) -> None:
    """Let clocks stand still: all of a suspended case, its own while a step that says so is open."""
    open_steps = [step for step in after.live if step.state == "open"]
    reason = next((node.pause for step in open_steps if (node := nodes.get(step.node)) and node.pause), None)
    amends = any(step.node == kernel.AMEND for step in open_steps)
    halted = _SUSPENDED if after.state == "suspended" else None
    over = after.state not in ("open", "suspended")
    _stand_still(actor, case_ref(row), WHOLE, halted or reason or (_AMENDS if amends else None), over)
    for step in open_steps if halted or row.state == "suspended" else ():  # the row is as it was before
        if step.kind in ("task", "wait") and _stand_still(actor, step_ref(row, step.number), step.kind, halted, over):
            wake_later(row, step)


def _stand_still(actor: Principal, subject: Ref, rule: str, reason: Text | None, over: bool) -> bool:
    """Pause a clock for a reason, or let it run on without one; whether it runs on now."""
    running = clocks.open_clock(subject, rule)
    if running is None or over:
        return False
    if reason is not None and running.state == "running":
        clocks.pause(actor=actor, clock=running, reason=reason)
    elif reason is None and running.state == "paused":
        clocks.resume(actor=actor, clock=running)
        return True
    return False
