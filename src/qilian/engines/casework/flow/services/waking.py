"""What the worker does: waits whose time has come, cases that another case called."""

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.rights.grants.api import require
from qilian.core.time.clocks.api import open_clock
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.queries import case_scope, messages_of, step_ref
from qilian.engines.casework.flow.rights import HANDLE
from qilian.engines.casework.items.api import called_path, procedure_of

from .desks import ask_for_way
from .opening import begin, fresh_case, published
from .saving import locked, save
from .timing import wake_later


@transaction.atomic
def wake(*, case: Case, step: int) -> Case:
    """Look at a wait or a call: it ends when its time is over, or the case that it called; else it is looked at again.

    A called case that ended in a way for which none is drawn lays the step before who steers: no way is guessed.
    """
    held = locked(case)
    found = held.state.steps.get(step)
    if held.state.state != "open" or found is None or found.state != "open":
        return held.row
    outcome = ""
    if found.kind == "call":
        child = held.row.called.filter(called_by=step).exclude(closed_at=None).first()
        if child is None:
            return held.row
        outcome = child.end
        if child.state != "ended" or not kernel.led(held.graph[found.node], outcome):
            ask_for_way(SYSTEM, held.row, held.steps[step])
            return held.row
    elif not over(held.row, step):
        wake_later(held.row, found)
        return held.row
    after = kernel.wake(held.graph, held.state, held.situation, step=step, outcome=outcome)
    return save(SYSTEM, held, after)


def over(row: Case, step: int) -> bool:
    """Whether the time of a wait is over: its clock runs, and its moment has come."""
    running = open_clock(step_ref(row, step), "wait")
    return running is not None and running.due_at is not None and clock.now() >= running.due_at


@transaction.atomic
def end_wait(*, actor: Principal, case: Case, step: int) -> Case:
    """End a wait whose time is over: the worker does it by itself, an official when the worker is late.

    Refusals: `grants.denied`, `flow.…`, `casework.wait.early` with the day on which it ends.
    """
    held = locked(case)
    require(actor, HANDLE, case_scope(held.row))
    found = held.state[step]
    running = open_clock(step_ref(held.row, step), "wait")
    if found.kind != "wait" or found.state != "open" or running is None or running.due_at is None:
        raise Refusal(
            "casework.wait.none", Text("这一步没有在等待时间。", "This step waits for no time."), where="step"
        )
    if clock.now() < running.due_at:
        message = Text("等待到 {day} 为止。", "It waits until {day}.").filled(day=running.due_day)
        raise Refusal("casework.wait.early", message, where="step")
    return save(actor, held, kernel.wake(held.graph, held.state, held.situation, step=step))


@transaction.atomic
def receive(*, actor: Principal, case: Case, message: str, note: str = "") -> Case:
    """Write down that what a case waits for has come, such as a receipt or a reply; its waits for it end.

    Refusals: `grants.denied`, `flow.closed`, `flow.suspended`, `casework.message` where it waits for no such thing.
    """
    held = locked(case)
    require(actor, HANDLE, case_scope(held.row))
    said = fitting_text(note, "note", Text("说明", "note"))
    if message not in messages_of(held.row):
        zh, en = f"这件办件没有在等“{message}”。", f"This case does not wait for “{message}”."
        raise Refusal("casework.message", Text(zh, en), where="message")
    after = kernel.wake(held.graph, held.state, held.situation, message=message)
    return save(actor, held, after, deed="receipt", reason=f"{message}：{said}" if said else message)


@transaction.atomic
def call(*, case: Case, step: int) -> Case | None:
    """Open the case that a step of another calls, for the same party and with the same data; once.

    Refusal `casework.call` for a procedure that no pack declares.
    """
    held = locked(case)
    node = held.graph[held.state[step].node]
    if held.row.called.filter(called_by=step).exists():
        return None
    path = called_path(node.call)
    if not path:
        message = Text(f"没有可调用的事项“{node.call}”。", f"There is no item “{node.call}” to call.")
        raise Refusal("casework.call", message, where=node.slug)
    row, known = held.row, {spec.name for spec in procedure_of(published(path)).form.fields}
    fresh = fresh_case(
        path, row.party, {name: said for name, said in row.data.items() if name in known}, about=row.title
    )
    fresh.number, fresh.unit, fresh.region = f"{row.number}-{step}", row.unit, row.region
    fresh.parent, fresh.called_by = row, step
    return begin(SYSTEM, fresh, "call")
