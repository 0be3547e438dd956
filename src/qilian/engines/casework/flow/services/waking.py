"""What the worker does: waits whose time has come, cases that another case called."""

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.offers.offers.api import clause_of
from qilian.core.offers.packs.api import offers
from qilian.core.rights.grants.api import require
from qilian.core.time.clocks.api import open_clock
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.models import Case
from qilian.engines.casework.flow.queries import case_scope, messages_of, step_ref
from qilian.engines.casework.flow.rights import HANDLE
from qilian.engines.casework.items.api import procedure_of

from .opening import begin, published
from .saving import locked, save


@transaction.atomic
def wake(*, case: Case, step: int, outcome: str = "") -> Case:
    """Let a wait end whose time has come, or whose called case ended; nothing happens where it ended otherwise."""
    held = locked(case)
    found = held.state.steps.get(step)
    if held.state.state != "open" or found is None or found.state != "open":
        return held.row
    after = kernel.wake(held.graph, held.state, held.situation, step=step, outcome=outcome)
    return save(SYSTEM, held, after)


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
    return save(actor, held, after, deed="receive", reason=f"{message}：{said}" if said else message)


@transaction.atomic
def call(*, case: Case, step: int) -> Case | None:
    """Open the case that a step of another calls, for the same party and with the same data; once.

    Refusal `casework.call` for a procedure that no pack declares.
    """
    held = locked(case)
    node = held.graph[held.state[step].node]
    if held.row.called.filter(called_by=step).exists():
        return None
    path = next((each for each in offers("procedure") if each == node.call or each.endswith(f"/{node.call}")), "")
    if not path:
        message = Text(f"没有可调用的事项“{node.call}”。", f"There is no item “{node.call}” to call.")
        raise Refusal("casework.call", message, where=node.slug)
    version, row = published(path), held.row
    procedure = procedure_of(version)
    known = {spec.name for spec in procedure.form.fields}
    fresh = Case(
        offer=path, clause=clause_of(path), version=version, party=row.party, addressee=row.addressee, unit=row.unit,
        number=f"{row.number}-{step}", title=Text(f"{procedure.title.zh}：{row.title}", "").cut(200).zh,
        region=row.region, data={name: said for name, said in row.data.items() if name in known},
        opened_at=clock.now(), parent=row, called_by=step,
    )  # fmt: skip
    return begin(SYSTEM, fresh, procedure, "call")
