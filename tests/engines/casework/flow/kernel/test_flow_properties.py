"""Whatever officials do in whatever order: nothing hangs, nothing is half done, and the history tells the state."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.engines.casework.flow import kernel as flow
from qilian.engines.casework.flow.kernel import Case, Situation
from qilian.engines.casework.procedures.api import APPLICANT, Graph, read_procedure

PROCEDURE = """
procedure: 试
en: Try
kind: 许可
level: 省级
target: [法人]
limit: {promised: 15 工作日}
form: [{name: 金额, en: Amount, kind: decimal}]
steps:
  受理: {by: 窗口@承办, next: {受理: 并联, 退: 退件}}
  并联: {fork: [环评, 消防, 择], join: 会签}
  环评: {by: 经办@hb, next: 内并}
  内并: {fork: [水, 气], join: 环评复核}
  水: {by: 水@hb, next: 环评复核}
  气: {by: 气@hb, quorum: 全部, next: {同意: 环评复核, 不同意: 退件}}
  环评复核: {by: 科长@hb, next: 会签}
  消防: {by: [甲@xf, 乙@xf], quorum: {need: 任一, order: 顺序}, next: {同意: 会签, 不同意: 退件}}
  择: {choose: [{when: 金额 > 10, to: 专家}], join: 会签}
  专家: {by: 专家@z, next: 会签}
  会签: {by: [甲@a, 乙@b, 丙@c], quorum: {need: 2/3, on_reject: 等待}, next: {同意: 公示, 不同意: 决定}}
  公示: {wait: {time: 5 工作日}, next: 决定}
  决定: {by: 负责人@fgw, next: {准予: 办结, 再议: 并联}}
  办结: {end: 准予}
  退件: {end: 不予}
"""
# 择 encloses 专家 and joins where 并联 joins: two forks that end at one node


def procedure() -> Graph:
    """The inner choice joins at a node of its own, since a join belongs to one fork."""
    text = PROCEDURE.replace("join: 会签}\n  专家", "join: 择后}\n  择后: {by: 汇总@z, next: 会签}\n  专家")
    return read_procedure(text.replace("专家@z, next: 会签", "专家@z, next: 择后")).graph


GRAPH = procedure()
NODES = sorted(GRAPH.nodes)
PEOPLE = ["甲@a", "窗口@fgw", "专家@q", "经办@hb"]
DEEDS = (
    "complete", "complete", "complete", "complete", "back", "jump", "before", "beside", "after", "remove", "reassign",
    "delegate", "take_back", "claim", "wake", "suspend", "resume", "withdraw", "terminate", "reopen",
)  # fmt: skip
MOVES = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 99), st.integers(0, 99)), max_size=40)


def deed(case: Case, at: Situation, what: str, which: int, how: int) -> Case:
    """Do something with some step; Refusal where that may not be."""
    numbers = sorted(case.steps)
    live = [step.number for step in case.live] or numbers
    step = live[which % len(live)]
    node, person = NODES[how % len(NODES)], PEOPLE[how % len(PEOPLE)]
    match what:
        case "complete":
            ways = [way.outcome for way in GRAPH[case[step].node].ways] if case[step].node in GRAPH.nodes else []
            said = [*ways, "完成"]
            return flow.complete(GRAPH, case, at, step=step, outcome=said[how % len(said)])
        case "back":
            to = (APPLICANT, "上一步", node)[which % 3]
            return flow.send_back(GRAPH, case, at, step=step, to=to, straight=bool(how % 2))
        case "jump":
            return flow.jump(GRAPH, case, at, step=step, to=node)
        case "before" | "beside" | "after":
            return flow.add(GRAPH, case, step=step, performer=person, where=what)  # type: ignore[arg-type] # one of three
        case "remove":
            return flow.remove(GRAPH, case, at, step=step)
        case "reassign":
            return flow.reassign(case, step=step, performer=person)
        case "delegate":
            return flow.delegate(case, step=step, performer=person)
        case "take_back":
            return flow.take_back(GRAPH, case, step=numbers[which % len(numbers)])
        case "claim":
            return flow.claim(case, step=step, person=f"p{how % 3}")
        case "wake":
            return flow.wake(GRAPH, case, at, step=step)
        case "reopen":
            return flow.reopen(GRAPH, case, at, at=node)
        case "suspend":
            return flow.suspend(case)
        case "resume":
            return flow.resume(case)
        case "withdraw":
            return flow.withdraw(GRAPH, case)
        case _:
            return flow.terminate(GRAPH, case)


def sound(case: Case) -> None:
    """A case is closed exactly when nothing is live; what is live lies in what is open and can be ended by somebody."""
    assert (case.state in ("open", "suspended")) == bool(case.live), (case.state, case.live)
    for step in case.live:
        if step.parent:
            assert case[step.parent].state == "open" and case[step.parent].encloses
        if step.encloses:
            assert any(case.inside(step.number)), "what encloses nothing live would never end"
        if step.state == "waiting":
            held = any(each.holds == step.number for each in case.live)
            turn = step.parent and any(each.parent == step.parent and each.state == "open" for each in case.live)
            assert held or turn or (step.follows and case[step.follows].live), step
        if step.holds:
            assert case[step.holds].state == "waiting"
    assert not case.live or any(step.kind in ("task", "wait", "call") and step.state == "open" for step in case.live)


@given(moves=MOVES, amount=st.sampled_from([1, 50]))
@settings(max_examples=200, deadline=None)
def test_nothing_hangs_whatever_is_done(moves: list[tuple[str, int, int]], amount: int) -> None:
    at = Situation({"金额": amount}, unit="fgw")
    case = flow.opened(GRAPH, at)
    told: list[tuple[Any, str, Any]] = [(case.state, case.end, [each.step for each in flow.changes(Case(), case)])]
    for what, which, how in moves:
        before = case
        try:
            case = deed(case, at, what, which, how)
        except Refusal as refusal:
            assert refusal.message.zh and refusal.message.en
        sound(case)
        told.append((case.state, case.end, [each.step for each in flow.changes(before, case)]))
    assert flow.replayed(told) == case, "the history tells the state"


@given(moves=MOVES)
@settings(max_examples=60, deadline=None)
def test_every_open_case_can_be_brought_to_an_end(moves: list[tuple[str, int, int]]) -> None:
    """No join is dead: doing what is open, by its first outcome, ends every case in bounded steps."""
    at = Situation({"金额": 50}, unit="fgw")
    case = flow.opened(GRAPH, at)
    for what, which, how in moves:
        try:
            case = deed(case, at, what, which, how)
        except Refusal:
            continue
    if case.state == "suspended":
        case = flow.resume(case)
    for _ in range(200):
        if case.state != "open":
            break
        step = next(step for step in case.live if step.state == "open" and not step.encloses)
        if step.kind == "task":
            node = GRAPH.nodes.get(step.node)
            outcome = node.ways[0].outcome if node and not step.holds else "完成"
            case = flow.complete(GRAPH, case, at, step=step.number, outcome=outcome)
        else:
            case = flow.wake(GRAPH, case, at, step=step.number)
    assert case.state != "open"
