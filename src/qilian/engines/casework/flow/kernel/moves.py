"""What people do with the steps of a case. Each deed happens whole or is refused; none leaves a step that nobody ends.

They reduce to eight: open, complete, cancel, reassign, add, remove, jump, suspend and resume.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Literal

from qilian.core.values.text import Refusal, Text
from qilian.engines.casework.procedures.api import APPLICANT, Graph, Node

from .state import AMEND, CASE_STATES, Case, CaseState, Step, StepState
from .walk import Situation, Walk, votes

Where = Literal["before", "beside", "after"]
DONE = "完成"


def opened(graph: Graph, situation: Situation) -> Case:
    """A fresh case that stands at its first steps."""
    walk = Walk(graph, Case(), situation)
    walk.enter(graph.start.slug, 0, 0)
    return walk.case


def complete(graph: Graph, case: Case, situation: Situation, *, step: int, outcome: str) -> Case:
    """Do a step with an outcome; whatever follows from it happens at once.

    What was delegated goes back to who lent it; what was signed before lets go of the step that waited. Refusals
    `flow.suspended`, `flow.closed`, `flow.step`, `flow.done`, `flow.outcome`.
    """
    found = _task(case, step)
    if outcome not in outcomes(graph, found):
        raise Refusal(
            "flow.outcome",
            Text(f"这一步没有“{outcome}”这个结果。", f"This step has no outcome “{outcome}”."),
            where="outcome",
            remedy=Text(f"可选：{'、'.join(outcomes(graph, found))}。", "Choose one that the page offers."),
        )
    if found.lender:
        return case.with_step(replace(found, performer=found.lender, lender="", holder="", outcome=outcome))
    walk = Walk(graph, case, situation)
    done = walk.put(replace(found, state="done", outcome=outcome))
    _after(walk, done, outcome)
    return walk.case


def outcomes(graph: Graph, step: Step) -> tuple[str, ...]:
    """The outcomes that a step may have."""
    if step.node == AMEND or step.holds:
        return (DONE,)
    return tuple(way.outcome for way in graph[step.node].ways)


def _after(walk: Walk, step: Step, outcome: str) -> None:
    """What follows when a task is done: who waited for it, its countersign, or the way on."""
    if step.holds:
        _let_go(walk, step.holds)
    elif step.parent and walk.steps[step.parent].kind == "sign":
        _count(walk, walk.steps[step.parent])
    else:
        _onward(walk, step, outcome)


def _count(walk: Walk, group: Step) -> None:
    """See whether a countersign is settled; in a sequence let the next one sign."""
    outcome = votes(walk, group)
    if outcome:
        for each in walk.case.inside(group.number):
            walk.put(replace(each, state="cancelled"))
        _onward(walk, walk.put(replace(group, state="done", outcome=outcome)), outcome)
        return
    members = sorted((each for each in walk.case.inside(group.number)), key=lambda each: (each.place, each.number))
    if not any(each.state == "open" for each in members):
        walk.put(replace(members[0], state="open"))


def _onward(walk: Walk, step: Step, outcome: str) -> None:
    """Go on from what is done: to who signs after it, else where its outcome leads."""
    behind = [each for each in walk.case.live if each.follows == step.number]
    if behind:
        walk.put(replace(behind[0], state="open"))
        for each in behind[1:]:
            walk.put(replace(each, follows=behind[0].number))
    elif step.node == AMEND:
        walk.enter(step.straight or walk.graph.start.slug, step.parent, step.number)
    else:
        walk.leave(step, outcome)


def _let_go(walk: Walk, number: int) -> None:
    """Open the step that waited for the one who signs before it."""
    walk.put(replace(walk.steps[number], state="open"))


def claim(case: Case, *, step: int, person: str) -> Case:
    """Take a step that waits for several people; the first one wins. Refusals `flow.taken`, `flow.done`."""
    found = _task(case, step)
    if found.holder:
        raise Refusal("flow.taken", Text("这一步已有人认领。", "Somebody has taken this step."), where="step")
    return case.with_step(replace(found, holder=person))


def release(case: Case, *, step: int) -> Case:
    """Give a step that was taken back to all who may do it. Refusal `flow.done`."""
    return case.with_step(replace(_task(case, step), holder=""))


def reassign(case: Case, *, step: int, performer: str) -> Case:
    """Hand a step to another for good 转办. Refusals `flow.same`, `flow.done`."""
    found = _task(case, step)
    _other(found, performer)
    return case.with_step(replace(found, performer=performer, holder=""))


def hand_on(case: Case, *, performer: str, to: str) -> Case:
    """Hand all steps of one performer to another, such as when he leaves 离职转办; nothing else changes."""
    for each in case.live:
        if each.performer == performer:
            case = case.with_step(replace(each, performer=to, holder=""))
        elif each.lender == performer:
            case = case.with_step(replace(each, lender=to))
    return case


def delegate(case: Case, *, step: int, performer: str) -> Case:
    """Let another do a step that then comes back 委派. Refusals `flow.same`, `flow.lent`, `flow.done`."""
    found = _task(case, step)
    _other(found, performer)
    if found.lender:
        raise Refusal("flow.lent", Text("这一步已经是别人委派来的。", "This step is delegated already."), where="step")
    return case.with_step(replace(found, performer=performer, holder="", lender=found.performer))


def add(graph: Graph, case: Case, *, step: int, performer: str, where: Where, weight: int = 1) -> Case:
    """Let somebody else sign too 加签: before this step, beside it, or after it.

    Refusals `flow.same`, `flow.add.amend`, `flow.add.after` (in a countersign all sign beside), `flow.add.before`,
    `flow.done`.
    """
    found = _task(case, step)
    _other(found, performer)
    if found.node == AMEND:
        raise Refusal("flow.add.amend", Text("申请人修改时不加签。", "Nobody signs with an applicant."), where="step")
    if found.holds and where != "before":
        message = Text("前加签的人之后、之旁不再加签。", "Who signs before another has nobody beside or after him.")
        raise Refusal("flow.add.before", message, where="where")
    walk = Walk(graph, case, Situation())
    group = walk.steps.get(found.parent)
    shared = {"performer": performer, "source": found.source}
    if where == "before":
        walk.put(replace(found, state="waiting"))
        walk.open(found.node, parent=found.parent, holds=found.number, **shared)
    elif group is not None and group.kind == "sign":
        if where == "after":
            message = Text("会签中不能后加签，请并加签。", "In a countersign add a signer beside, not after.")
            raise Refusal("flow.add.after", message, where="where")
        walk.open(found.node, parent=group.number, weight=weight, place=found.place, **shared)
    elif where == "after":
        walk.open(found.node, parent=found.parent, state="waiting", follows=found.number, **shared)
    else:
        sign = walk.open(found.node, kind="sign", parent=found.parent, source=found.source, straight=found.straight)
        walk.put(replace(found, parent=sign.number, straight=""))
        for each in walk.case.live:
            if each.follows == found.number:
                walk.put(replace(each, follows=sign.number))
        walk.open(found.node, parent=sign.number, weight=weight, **shared)
    return walk.case


def remove(graph: Graph, case: Case, situation: Situation, *, step: int) -> Case:
    """Take somebody out who was to sign and has not 减签: one must remain. Refusals `flow.remove.last`, `flow.done`."""
    found = case[step]
    _open(case)
    group = case.steps.get(found.parent)
    in_group = group is not None and group.kind == "sign"
    others = [each for each in case.live if each.parent == found.parent and each.number != step]
    signed = [each for each in case.steps.values() if each.parent == found.parent and each.state == "done"]
    if not found.live or not (found.holds or found.follows or (in_group and (others or signed))):
        message = Text("减签后没有人办理这一步。", "Nobody would be left to do the step.")
        raise Refusal("flow.remove.last", message, where="step")
    walk = Walk(graph, case, situation)
    for each in walk.case.live:
        if each.follows == step:
            walk.put(replace(each, follows=found.follows))
    walk.cancel(step)
    if found.holds:
        _let_go(walk, found.holds)
    elif found.follows and found.state == "open":
        before = walk.steps[found.follows]
        _onward(walk, before, before.outcome)
    elif in_group and group is not None:
        _count(walk, group)
    return walk.case


def send_back(graph: Graph, case: Case, situation: Situation, *, step: int, to: str, straight: bool = False) -> Case:
    """Send a step back 退回: to 申请人, to 上一步, or to any node that was done; no edge has to be drawn for it.

    The signers beside are cancelled with it. With `straight` whoever redoes it sends it straight to this step.
    Refusals `flow.back.first`, `flow.back.unknown`, `flow.back.inside`, `flow.done`.
    """
    found = _task(case, step)
    if found.node == AMEND:
        raise _no_way("first", to, "申请人修改不能再退回。", "What the applicant amends is not sent back.")
    onward, here = found.node if straight else "", _own_place(case, found)
    walk = Walk(graph, case, situation)
    if to == APPLICANT:
        place = here if straight else 0
        _leave(walk, found, place)
        walk.open(AMEND, parent=place, source=step, performer=APPLICANT, straight=onward)
        return walk.case
    target = _before(case, found) if to == "上一步" else _latest(case, to)
    if target is None:
        code = "first" if to == "上一步" else "unknown"
        raise _no_way(code, to, f"没有可以退回的“{to}”。", f"There is no “{to}” to send it back to.")
    place = _own_place(case, target)
    if place not in case.above(found):
        raise _no_way("inside", to, f"“{to}”在已经结束的分支里。", f"“{to}” lies in a branch that is over.")
    if straight and place != here:
        zh, en = f"“{to}”在分支之外，重审后不能直达。", f"“{to}” lies outside the fork: nothing comes straight back."
        raise _no_way("straight", to, zh, en)
    _leave(walk, found, place)
    walk.enter(target.node, place, step, onward)
    for each in walk.case.live:
        if each.source == step and each.performer == target.performer:
            walk.put(replace(each, holder=target.holder))
    return walk.case


def take_back(graph: Graph, case: Case, *, step: int) -> Case:
    """Take back what one has just done 拿回, as long as nobody has touched what came of it. Refusal `flow.touched`."""
    _open(case)
    found = case[step]
    group = case.steps.get(found.parent)
    if group is not None and group.kind == "sign" and group.live:
        rule = graph[found.node].quorum
        turns = rule is not None and rule.order == "sequential"
        after = [each for each in case.inside(group.number) if each.place > found.place and each.state == "open"]
        came = after if turns else []
        state: StepState = "waiting"
    else:
        came = [each for each in case.steps.values() if each.source == step]
        state = "cancelled" if came and (group is None or group.live) else "done"
    fresh = all(each.live and not each.holder and each.kind != "fork" for each in came)
    if found.state != "done" or found.kind != "task" or not fresh or state == "done":
        message = Text("后面的步骤已有人办理，不能拿回。", "What came of it was touched: it cannot be taken back.")
        raise Refusal("flow.touched", message, where="step")
    walk = Walk(graph, case, Situation())
    for each in came:
        walk.put(replace(walk.steps[each.number], state=state))
    walk.put(replace(found, state="open", outcome=""))
    return walk.case


def jump(graph: Graph, case: Case, situation: Situation, *, step: int, to: str) -> Case:
    """Go on at another node 跳转: one that no fork encloses, or one in the same branch's fork.

    Refusals `flow.jump.unknown`, `flow.jump.inside`, `flow.done`.
    """
    found = _leaf(case, step)
    if to not in graph.nodes:
        raise _no_way("unknown", to, f"流程里没有“{to}”。", f"The procedure has no “{to}”.", "jump")
    forks = enclosing(graph, to)
    walk = Walk(graph, case, situation)
    above = list(case.above(found))
    fits = (each for each in above if (case[each].node in forks[-1:] if each else not forks))
    place = next(fits, None)
    if place is None:
        raise _no_way("inside", to, f"“{to}”在另一个分支里。", f"“{to}” lies within another fork.", "jump")
    _leave(walk, found, place)
    walk.enter(to, place, step)
    return walk.case


def enclosing(graph: Graph, slug: str) -> tuple[str, ...]:
    """The forks that a node lies in, the outermost first."""
    found = []
    for fork in graph.nodes.values():
        if fork.join and slug in _within(graph, fork.slug):
            found.append((len(_within(graph, fork.slug)), fork.slug))
    return tuple(name for _, name in sorted(found, reverse=True))


def _within(graph: Graph, fork: str) -> set[str]:
    node = graph[fork]
    found: set[str] = set()
    waiting = [way.target for way in node.ways] + [node.otherwise] * bool(node.otherwise)
    while waiting:
        slug = waiting.pop()
        if slug != node.join and slug not in found and graph[slug].kind != "end":
            found.add(slug)
            waiting += graph[slug].targets
    return found


def wake(
    graph: Graph, case: Case, situation: Situation, *, step: int = 0, message: str = "", outcome: str = ""
) -> Case:
    """Let waits end: of a step whose time has come or whose called case ended, of a message, of a condition.

    `outcome` is how the called case ended; where the call draws ways and none for it, it waits on: no way is guessed.
    """
    _open(case)
    walk = Walk(graph, case, situation)
    for each in _due(graph, case, situation, step, message):
        if walk.steps[each.number].state == "open":
            said = led(graph[each.node], outcome)
            if said:
                walk.leave(walk.put(replace(each, state="done", outcome=said)), said)
    return walk.case


def led(node: Node, outcome: str) -> str:
    """The way that the end of a wait or of a called case leads: its own, or the only one; "" where none is drawn."""
    if node.kind != "call" or len(node.ways) == 1:
        return node.ways[0].outcome
    return outcome if node.way(outcome) else ""


def _due(graph: Graph, case: Case, situation: Situation, step: int, message: str) -> Iterator[Step]:
    for each in case.live:
        if each.kind not in ("wait", "call"):
            continue
        node, walk = graph[each.node], Walk(graph, case, situation)
        named = each.number == step or (bool(message) and node.message == message)
        if named or (node.until and walk.holds(node.until)):
            yield each


def suspend(case: Case) -> Case:
    """Let a whole case stand still 中止. Refusals `flow.closed`, `flow.suspended`."""
    _open(case)
    return replace(case, state="suspended")


def resume(case: Case) -> Case:
    """Let a suspended case go on. Refusal `flow.not_suspended`."""
    if case.state != "suspended":
        message = Text("这件事项没有中止。", "This case is not suspended.")
        raise Refusal("flow.not_suspended", message, where="state")
    return replace(case, state="open")


def withdraw(graph: Graph, case: Case) -> Case:
    """End a case because its applicant takes it back 撤销. Refusal `flow.closed`."""
    return _closed(graph, case, "withdrawn")


def terminate(graph: Graph, case: Case) -> Case:
    """End a case because it cannot go on 终止. Refusal `flow.closed`."""
    return _closed(graph, case, "terminated")


def reopen(graph: Graph, case: Case, situation: Situation, *, at: str) -> Case:
    """Wake a closed case at a node that no fork encloses 唤醒. Refusals `flow.live`, `flow.jump.unknown`, `.inside`."""
    if case.state in ("open", "suspended"):
        raise Refusal("flow.live", Text("这件事项还在办理。", "This case is in progress."), where="state")
    if at not in graph.nodes:
        raise _no_way("unknown", at, f"流程里没有“{at}”。", f"The procedure has no “{at}”.", "jump")
    if enclosing(graph, at):
        raise _no_way("inside", at, f"“{at}”在分支里。", f"“{at}” lies within a fork.", "jump")
    walk = Walk(graph, replace(case, state="open", end=""), situation)
    walk.enter(at, 0, 0)
    return walk.case


def _closed(graph: Graph, case: Case, state: CaseState) -> Case:
    if case.state not in ("open", "suspended"):
        raise _over(case)
    walk = Walk(graph, case, Situation())
    walk.finish(state)
    return walk.case


def _leave(walk: Walk, step: Step, place: int) -> None:
    """Leave a step for what encloses it at a place: all that is enclosed below the place is cancelled."""
    for number in takewhile(lambda each: each != place, walk.case.above(step)):
        walk.cancel(number)
    _clear(walk, step)


def _clear(walk: Walk, step: Step) -> None:
    """Cancel a step, with the signers beside it and the one whom it signs before."""
    group = walk.steps.get(step.parent)
    walk.cancel(group.number if group is not None and group.kind == "sign" else step.holds or step.number)


def _own_place(case: Case, step: Step) -> int:
    """What encloses a step as a node: beyond the countersign that it is a part of."""
    group = case.steps.get(step.parent)
    return group.parent if group is not None and group.kind == "sign" else step.parent


def _before(case: Case, step: Step) -> Step | None:
    """The step whose end led to this one, as a node somebody did; not what was sent back itself."""
    source = case.steps.get(step.source)
    while source is not None and (source.node == AMEND or source.state != "done" or source.node == step.node):
        source = case.steps.get(source.source)
    return source


def _latest(case: Case, node: str) -> Step | None:
    done = [step for step in case.steps.values() if step.node == node and step.state == "done" and step.kind != "fork"]
    return done[-1] if done else None


def _task(case: Case, number: int) -> Step:
    """An open task of an open case."""
    found = _leaf(case, number)
    if found.kind != "task":
        raise _not_open()
    return found


def _leaf(case: Case, number: int) -> Step:
    """An open step of an open case that encloses no other: a task, a wait, a call."""
    _open(case)
    found = case[number]
    if found.state != "open" or found.encloses:
        raise _not_open()
    return found


def _not_open() -> Refusal:
    return Refusal("flow.done", Text("这一步不在办理中。", "This step is not open."), where="step")


def _open(case: Case) -> None:
    if case.state == "suspended":
        message = Text("这件事项已中止，恢复后再办理。", "This case is suspended: resume it first.")
        raise Refusal("flow.suspended", message, where="state")
    if case.state != "open":
        raise _over(case)


def _over(case: Case) -> Refusal:
    message = Text("这件事项已结束：{state}。", "This case is over: {state}.").filled(state=CASE_STATES[case.state])
    return Refusal("flow.closed", message, where="state")


def _other(step: Step, performer: str) -> None:
    if performer == step.performer:
        raise Refusal("flow.same", Text("这一步已经由他办理。", "It is theirs already."), where="performer")


def _no_way(code: str, where: str, zh: str, en: str, family: str = "back") -> Refusal:
    return Refusal(f"flow.{family}.{code}", Text(zh, en), where=where)
