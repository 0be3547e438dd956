"""Carrying out what the kernel decided: rows, clocks, inboxes, called cases, facts; all in the verb's transaction."""

from dataclasses import dataclass
from typing import Final

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.offers.offers.api import offer_url
from qilian.core.time.clocks import api as clocks
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.people.api import holders
from qilian.engines.casework.flow import kernel
from qilian.engines.casework.flow.events import CaseActed, CaseClosed, StepCancelled, StepDone, StepMoved, StepOpened
from qilian.engines.casework.flow.kernel import Case as State
from qilian.engines.casework.flow.kernel import Situation, Step
from qilian.engines.casework.flow.models import Case, CaseStep
from qilian.engines.casework.flow.queries import (
    applicants,
    as_case,
    case_ref,
    procedure_of_case,
    step_ref,
    steps_of,
    unknown_case,
)
from qilian.engines.casework.flow.rights import ACCEPT, HANDLE, step_scope
from qilian.engines.casework.flow.situation import situation_of
from qilian.engines.casework.procedures.api import Graph, Procedure
from qilian.engines.registry.representation.api import tell_party


@dataclass(frozen=True, slots=True)
class Locked:
    """A case that nobody else moves now: its row, its steps, and what the kernel needs."""

    row: Case
    steps: dict[int, CaseStep]
    state: State
    procedure: Procedure

    @property
    def graph(self) -> Graph:
        """The graph that the case walks."""
        return self.procedure.graph

    @property
    def situation(self) -> Situation:
        """What the case is about now."""
        outcomes = {step.node: step.outcome for step in self.state.steps.values() if step.outcome}
        return situation_of(self.row, self.procedure, outcomes)


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
    """Write down what a deed changed, and let follow what follows from it."""
    if deed:
        tell(actor, held.row, CaseActed(deed, step, reason))
    changed = kernel.changes(held.state, after)
    for each in changed:
        if each.was is not None and each.was.state == "open" and (each.closed or each.moved or not each.step.live):
            done(actor=actor, key=_key(held, each.step.number))
        _write(actor, held, each, opinion)
    for each in changed:
        _follow(actor, held, each)
    _pauses(actor, held, after)
    if after.state != held.row.state:
        _state(actor, held, after, reason)
    return held.row


def tell(actor: Principal, row: Case, body: object) -> None:
    """Write a fact about a case."""
    emit(body, actor=actor, subject=case_ref(row), unit=row.unit, region=row.region, offer=row.offer, clause=row.clause)


def _write(actor: Principal, held: Locked, change: kernel.Change, opinion: str) -> None:
    """The row of a step as the kernel has it now."""
    step, row = change.step, held.steps.get(change.step.number)
    if row is None:
        row = CaseStep(case=held.row, number=step.number, opened_at=clock.now(), addressee=held.row.addressee)
        held.steps[step.number] = row
    if change.closed and step.state == "done":
        row.opinion, row.done_by_id = (opinion if step.kind == "task" else ""), actor.person
    for name in _AS_THEY_ARE:
        setattr(row, name, getattr(step, name))
    row.holder_id = int(step.holder) if step.holder else None
    row.turn += change.opened or change.moved
    row.done_at = None if step.live else row.done_at or clock.now()
    row.save()


def _follow(actor: Principal, held: Locked, change: kernel.Change) -> None:
    """Facts, clock, inbox and called case of one changed step."""
    step, row = change.step, held.row
    if step.kind == "call" and change.was is None:
        later("casework.call", case=row.pk, step=step.number)
    if change.closed:
        body: object = StepCancelled(step.number, step.node)
        if step.state == "done":
            body = StepDone(step.number, step.node, step.outcome, held.steps[step.number].opinion)
        tell(actor, row, body)
        _stop(actor, row, step)
    elif change.opened:
        tell(actor, row, StepOpened(step.number, step.node, step.kind, step.performer))
        _start(actor, held, step)
        _lay(actor, held, step)
    elif change.moved:
        tell(actor, row, StepMoved(step.number, step.node, step.performer))
        _lay(actor, held, step)


def _start(actor: Principal, held: Locked, step: Step) -> None:
    """Start the clock that a step carries; the worker wakes a wait when its time has come."""
    node = held.graph.nodes.get(step.node)
    length = None if node is None else node.limit if step.kind == "task" else node.length
    subject = step_ref(held.row, step.number)
    if node is None or length is None or clocks.open_clock(subject, step.kind) is not None:
        return
    longest = node.extension.value if node.extension else None
    limit = clocks.Limit(length.value, length.measure)
    rule = clocks.Rule(step.kind, node.title, limit, node.basis, longest)
    unit = step_scope(held.row, step.performer).unit
    running = clocks.start(actor=actor, subject=subject, rule=rule, place=place_of(held.row, unit))
    if step.kind == "wait":
        later("casework.wake", at=running.due_at, case=held.row.pk, step=step.number)


def place_of(row: Case, unit: str = "") -> clocks.Place:
    """Where the clocks of a case run."""
    return clocks.Place(unit or row.unit, row.region, row.offer, row.clause)


def start_clock(actor: Principal, row: Case, procedure: Procedure) -> None:
    """Start the clock of the promised limit of a case."""
    limit = clocks.Limit(procedure.promised.value, procedure.promised.measure)
    longest = procedure.extension.value if procedure.extension else None
    rule = clocks.Rule(WHOLE, _LIMIT, limit, procedure.basis[0].title if procedure.basis else "", longest)
    clocks.start(actor=actor, subject=case_ref(row), rule=rule, place=place_of(row))


def url_of(row: Case) -> str:
    """Where a case stands."""
    return f"{offer_url(row.offer)}cases/{row.code}/"


def _stop(actor: Principal, row: Case, step: Step) -> None:
    running = clocks.open_clock(step_ref(row, step.number), step.kind)
    if running is not None:
        clocks.stop(actor=actor, clock=running)


def _lay(actor: Principal, held: Locked, step: Step) -> None:
    """Lay a step on the desk of who does it: who took it, the applicant, a role at a unit, else who handles there."""
    if step.kind != "task" or step.state != "open":
        return
    row, node = held.row, held.graph.nodes.get(step.node)
    running = clocks.open_clock(step_ref(row, step.number), step.kind) or clocks.open_clock(case_ref(row), WHOLE)
    words = node.title if node else Text(kernel.AMEND, "Amend")
    put(
        actor=actor,
        key=_key(held, step.number),
        subject=case_ref(row),
        kind="casework.step",
        title=Text("{node}：{title}", "{node}: {title}").filled(node=words, title=row.title).cut(200),
        url=url_of(row),
        addressee=_addressee(row, step),
        scope=step_scope(row, step.performer),
        due=running.due_at if running else None,
    )


def _addressee(row: Case, step: Step) -> Addressee:
    if step.holder:
        return Addressee.person(int(step.holder))
    if applicants(step.performer):
        if row.party is not None:
            return Addressee.party(row.party.code)
        return Addressee.person(row.opened_by_id) if row.opened_by_id else Addressee.right(ACCEPT)
    role, unit = step.performer.partition("@")[0], step_scope(row, step.performer).unit
    pool = holders(unit=unit, on=clock.today(), role=role).exists()
    return Addressee.pool(unit, role) if pool else Addressee.right(HANDLE)


def _key(held: Locked, number: int) -> str:
    """The key of a step in inboxes: another one each time that it is laid on a desk."""
    return f"casework:{held.row.code}/{number}/{held.steps[number].turn}"


def _pauses(actor: Principal, held: Locked, after: State) -> None:
    """The case's own clock stands still while a step that says so is open, or the case is suspended."""
    running = clocks.open_clock(case_ref(held.row), WHOLE)
    if running is None:
        return
    nodes = [held.graph.nodes.get(step.node) for step in after.live if step.state == "open"]
    reason = next((node.pause for node in nodes if node and node.pause), None)
    amends = any(step.node == kernel.AMEND for step in after.live)
    wanted = _SUSPENDED if after.state == "suspended" else reason or (_AMENDS if amends else None)
    if wanted is not None and running.state == "running":
        clocks.pause(actor=actor, clock=running, reason=wanted)
    elif wanted is None and running.state == "paused" and after.state == "open":
        clocks.resume(actor=actor, clock=running)


def _state(actor: Principal, held: Locked, after: State, reason: str) -> None:
    """The case ended, was suspended, or lives again."""
    row, now = held.row, clock.now()
    row.state, row.end, row.reason = (
        after.state,
        after.end,
        reason if after.state in ("withdrawn", "terminated") else "",
    )
    over = after.state not in ("open", "suspended")
    row.closed_at = now if over else None
    row.granted = held.graph[after.end].granted if after.end else None
    row.save(update_fields=["state", "end", "reason", "closed_at", "granted"])
    running = clocks.open_clock(case_ref(row), WHOLE)
    if not over:
        return
    late = running is not None and running.due_at is not None and now >= running.due_at
    if running is not None:
        clocks.stop(actor=actor, clock=running)
    tell(actor, row, CaseClosed(row.number, row.state, row.end, row.granted, late))
    if row.party is not None:
        _told(actor, held)
    if row.parent_id:
        later("casework.wake", case=row.parent_id, step=row.called_by, outcome=row.end)


def _told(actor: Principal, held: Locked) -> None:
    """Tell the applicant how it ended."""
    row = held.row
    assert row.party is not None
    how = held.graph[row.end].outcome or held.graph[row.end].title if row.end else kernel.CASE_STATES[row.state]
    title = Text("“{title}”已办结：{how}", "“{title}” is closed: {how}").filled(title=row.title, how=how).cut(200)
    tell_party(actor=actor, party=row.party, title=title, body=Text(row.reason, row.reason), url=url_of(row))


WHOLE: Final = "case"
"""The rule of the clock of a whole case."""
_LIMIT: Final = Text("办理时限", "Time to handle")
_SUSPENDED: Final = Text("案件中止", "The case is suspended")
_AMENDS: Final = Text("申请人修改", "The applicant amends")
_AS_THEY_ARE: Final = tuple(name for name in Step.__slots__ if name not in ("number", "holder"))
