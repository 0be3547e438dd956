"""Carrying out what the kernel decided: rows, clocks, desks, called cases, facts; all in the verb's transaction."""

from dataclasses import dataclass, field
from typing import Final

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.time.clocks import api as clocks
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.events import (
    CaseActed,
    CaseClosed,
    CaseDecided,
    StepCancelled,
    StepDone,
    StepMoved,
    StepOpened,
)
from qilian.engines.casework.flow.kernel import Case as State
from qilian.engines.casework.flow.kernel import Situation, Step
from qilian.engines.casework.flow.models import Case, CaseStep
from qilian.engines.casework.flow.queries import as_case, case_ref, procedure_of_case, steps_of, unknown_case
from qilian.engines.casework.flow.situation import Decided, situation_of
from qilian.engines.casework.procedures.api import Graph, Procedure
from qilian.engines.registry.representation.api import tell_party

from .desks import lay, lift, url_of
from .timing import WHOLE, pauses, start_step, stop_step, wake_later


@dataclass(frozen=True, slots=True)
class Locked:
    """A case that nobody else moves now: its row, its steps, what the kernel needs, and what tables decide."""

    row: Case
    steps: dict[int, CaseStep]
    state: State
    procedure: Procedure
    answers: list[Decided] = field(default_factory=list)

    @property
    def graph(self) -> Graph:
        """The graph that the case walks."""
        return self.procedure.graph

    @property
    def situation(self) -> Situation:
        """What the case is about now."""
        outcomes = {step.node: step.outcome for step in self.state.steps.values() if step.outcome}
        return situation_of(self.row, self.procedure, outcomes, self.answers)


def locked(case: Case) -> Locked:
    """Lock a case and read its steps. Refusal `casework.case.unknown` (404) to whom the database shows none."""
    row = Case.objects.select_for_update(of=("self",)).select_related("party", "version").filter(pk=case.pk).first()
    if row is None:
        raise unknown_case(case.code)
    steps = {each.number: each for each in steps_of(row)}
    return Locked(row, steps, as_case(row, list(steps.values())), procedure_of_case(row))


def save(
    actor: Principal, held: Locked, after: State, *, opinion: str = "", deed: str = "", step: int = 0, reason: str = ""
) -> Case:
    """Write down what a deed changed, and let follow what follows from it; waits whose condition holds now end too."""
    if deed:
        tell(actor, held.row, CaseActed(deed, step, reason))
    if after.state == "open":
        after = kernel.wake(held.graph, after, held.situation)
    _decisions(actor, held)
    changed = kernel.changes(held.state, after)
    for each in changed:
        if each.was is not None and each.was.state == "open" and (each.closed or each.moved or not each.step.live):
            lift(actor, held.row, held.steps[each.step.number])
        _write(actor, held, each, opinion, step)
    for each in changed:
        _follow(actor, held, each)
    pauses(actor, held.row, dict(held.graph.nodes), after)
    if after.state != held.row.state:
        _state(actor, held, after, reason)
    return held.row


def tell(actor: Principal, row: Case, body: object) -> None:
    """Write a fact about a case."""
    emit(body, actor=actor, subject=case_ref(row), unit=row.unit, region=row.region, offer=row.offer, clause=row.clause)


def _decisions(actor: Principal, held: Locked) -> None:
    """What tables decided on the way: facts with the table's rules, and names that later conditions may use."""
    for each in held.answers:
        tell(
            actor,
            held.row,
            CaseDecided(each.node, each.decision, each.result, each.rules, each.valid_from, each.source),
        )
        held.row.data |= {each.node: each.result}
    if held.answers:
        held.row.save(update_fields=["data"])


def _write(actor: Principal, held: Locked, change: kernel.Change, opinion: str, about: int) -> None:
    """The row of a step as the kernel has it now: why it went back is said at it, what was taken back was not said."""
    step, row = change.step, held.steps.get(change.step.number)
    if row is None:
        row = CaseStep(case=held.row, number=step.number, opened_at=clock.now(), addressee=held.row.addressee)
        held.steps[step.number] = row
    if change.closed and ((step.kind == "task" and step.state == "done") or (opinion and step.number == about)):
        row.opinion, row.done_by_id = opinion, actor.person
    elif step.kind == "task" and change.returned:
        row.opinion = opinion
    elif step.live and row.state == "done":
        row.opinion, row.done_by_id = "", None
    for name in _AS_THEY_ARE:
        setattr(row, name, getattr(step, name))
    row.holder_id = int(step.holder) if step.holder else None
    row.turn += change.opened or change.moved
    row.done_at = None if step.live else row.done_at or clock.now()
    row.save()


def _follow(actor: Principal, held: Locked, change: kernel.Change) -> None:
    """Facts, clock, desk and called case of one changed step."""
    step, row, kept = change.step, held.row, held.steps[change.step.number]
    if step.kind == "call" and change.was is None:
        later("casework.call", case=row.pk, step=step.number)
    if change.closed:
        body: object = StepCancelled(step.number, step.node)
        if step.state == "done":
            body = StepDone(step.number, step.node, step.outcome, kept.opinion)
        tell(actor, row, body)
        stop_step(actor, row, step)
    elif change.opened:
        tell(actor, row, StepOpened(step.number, step.node, step.kind, step.performer))
        start_step(actor, row, step, held.graph.nodes.get(step.node))
        lay(actor, row, kept, step)
    elif change.moved:
        tell(actor, row, StepMoved(step.number, step.node, step.performer, kept.opinion if change.returned else ""))
        lay(actor, row, kept, step)


def _state(actor: Principal, held: Locked, after: State, reason: str) -> None:
    """The case ended, was suspended, or lives again."""
    row, now = held.row, clock.now()
    over = after.state not in ("open", "suspended")
    row.reason = reason if after.state in ("withdrawn", "terminated") else ""
    row.state, row.end, row.closed_at = after.state, after.end, now if over else None
    row.granted = held.graph[after.end].granted if after.end else None
    row.save(update_fields=["state", "end", "reason", "closed_at", "granted"])
    if not over:
        _wake_again(held, after)
        return
    running = clocks.open_clock(case_ref(row), WHOLE)
    late = running is not None and running.due_at is not None and now >= running.due_at
    if running is not None:
        clocks.stop(actor=actor, clock=running)
    tell(actor, row, CaseClosed(row.number, row.state, row.end, row.granted, late))
    if row.party is not None:
        _told(actor, held)
    if row.parent_id:
        later("casework.wake", case=row.parent_id, step=row.called_by)


def _wake_again(held: Locked, after: State) -> None:
    """What came while a case was suspended is looked at when it goes on."""
    for step in after.live:
        if after.state == "open" and step.kind == "call" and step.state == "open":
            later("casework.wake", case=held.row.pk, step=step.number)
        elif after.state == "open":
            wake_later(held.row, step)


def _told(actor: Principal, held: Locked) -> None:
    """Tell the applicant how it ended."""
    row = held.row
    assert row.party is not None
    how = held.graph[row.end].outcome or held.graph[row.end].title if row.end else kernel.CASE_STATES[row.state]
    title = Text("“{title}”已办结：{how}", "“{title}” is closed: {how}").filled(title=row.title, how=how).cut(200)
    tell_party(actor=actor, party=row.party, title=title, body=Text(row.reason, row.reason), url=url_of(row))


_AS_THEY_ARE: Final = tuple(name for name in Step.__slots__ if name not in ("number", "holder"))
