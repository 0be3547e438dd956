"""How a case moves on by itself between the deeds of people: into nodes, through gateways, out of what encloses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from qilian.core.rules.feel.api import compile_expression
from qilian.core.values.text import Refusal, Text
from qilian.engines.casework.procedures.api import APPLICANT, HANDLING, Graph, Node, Performer

from .state import Case, Step

_ROUNDS: Final = 500
"""Nodes that a case passes by itself in one deed: more is a circle of gateways."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a case is about when it moves: its data for conditions, who answers decisions, and the handling unit."""

    data: Mapping[str, Any] = field(default_factory=dict)
    decide: Callable[[Node], str] = lambda _node: ""
    unit: str = ""


class Walk:
    """A case in motion: nothing outside sees it until it stands still again."""

    def __init__(self, graph: Graph, case: Case, situation: Situation) -> None:
        self.graph, self.situation, self.data = graph, situation, dict(situation.data)
        self.steps, self.state, self.end = dict(case.steps), case.state, case.end
        self._left, self._opening = _ROUNDS, set[int]()

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case(self.steps, self.state, self.end)

    def put(self, step: Step) -> Step:
        """Write a step down as it is now."""
        self.steps[step.number] = step
        return step

    def open(self, node: str, **more: Any) -> Step:
        """Open a step at a node."""
        return self.put(Step(len(self.steps) + 1, node, **more))

    def cancel(self, number: int) -> None:
        """End a step without a result, with all that is live within it and whoever was to sign before or after it."""
        for step in (*self.case.inside(number), self.steps[number]):
            if step.live:
                self.put(replace(self.steps[step.number], state="cancelled"))
                for each in self.case.live:
                    if step.number in (each.holds, each.follows):
                        self.cancel(each.number)

    def enter(self, slug: str, parent: int, source: int, straight: str = "") -> None:
        """Enter a node: open what somebody does there, pass what decides by itself, end at an end."""
        self._left -= 1
        if not self._left:
            raise Refusal(
                "flow.circle", Text("流程在网关之间打转。", "The flow runs in a circle of gateways."), where=slug
            )
        if parent and self.graph[self.steps[parent].node].join == slug:
            self.settle(parent, source)
            return
        node = self.graph[slug]
        match node.kind:
            case "task":
                self._task(node, parent, source, straight)
            case "decision":
                self.enter(self._decided(node), parent, source)
            case "route":
                chosen = next((way.target for way in node.ways if self.holds(way.outcome)), node.otherwise)
                self.enter(chosen, parent, source)
            case "fork" | "choose":
                self._fork(node, parent, source)
            case "call" | "wait":
                step = self.open(slug, kind=node.kind, parent=parent, source=source)
                if (node.kind == "call" and not node.waits) or (node.until and self.holds(node.until)):
                    self.leave(self.put(replace(step, state="done")), node.ways[0].outcome)
            case _:
                self.finish("ended", slug)

    def finish(self, state: Any, end: str = "") -> None:
        """End the case: everything that is live is cancelled."""
        for step in self.case.live:
            self.put(replace(step, state="cancelled"))
        self.state, self.end = state, end

    def leave(self, step: Step, outcome: str) -> None:
        """Go on from a step that is done, by its outcome."""
        target = step.straight or self.graph[step.node].way(outcome)
        self.enter(target, step.parent, step.number)

    def settle(self, number: int, source: int) -> None:
        """Close a fork in which nothing is live any more, and go on behind its join."""
        fork = self.steps[number]
        if fork.state == "open" and number not in self._opening and not any(self.case.inside(number)):
            self.put(replace(fork, state="done"))
            self.enter(self.graph[fork.node].join, fork.parent, source)

    def _task(self, node: Node, parent: int, source: int, straight: str) -> None:
        performers = self.performers(node)
        shared: dict[str, Any] = {"source": source, "straight": straight}
        if node.quorum is None:
            self.open(node.slug, parent=parent, performer=performers[0], **shared)
            return
        group = self.open(node.slug, kind="sign", parent=parent, **shared)
        in_turn = node.quorum.order == "sequential"
        for place, performer in enumerate(performers):
            self.open(
                node.slug, parent=group.number, source=source, performer=performer, place=place,
                state="waiting" if in_turn and place else "open",
                weight=node.quorum.weight(performer.partition("@")[0]),
            )  # fmt: skip

    def performers(self, node: Node) -> Sequence[str]:
        """Who does a step, each once. Refusal `flow.performers` where an expression names nobody."""
        found = [name for each in node.by for name in self._named(each)]
        if not found:
            message = Text(f"步骤“{node.slug}”没有办理人。", f"Nobody is named to do “{node.title.en}”.")
            raise Refusal("flow.performers", message, where=node.slug)
        return tuple(dict.fromkeys(found))

    def _named(self, performer: Performer) -> Sequence[str]:
        if performer.applicant:
            return (APPLICANT,)
        if not performer.expression:
            unit = self.situation.unit if performer.unit == HANDLING else performer.unit
            return (f"{performer.role}@{unit}",)
        value = self._value(performer.expression)
        said = value if isinstance(value, (list, tuple)) else [value]
        return [
            each.replace(f"@{HANDLING}", f"@{self.situation.unit}") for each in said if isinstance(each, str) and each
        ]

    def _decided(self, node: Node) -> str:
        result = self.situation.decide(node)
        self.data[node.slug] = result
        target = node.way(result) or node.otherwise
        if not target:
            raise Refusal(
                "flow.decision",
                Text(
                    f"“{node.slug}”的结论“{result}”没有对应的去向。",
                    f"“{node.title.en}” gives “{result}”, which leads nowhere.",
                ),
                where=node.slug,
                remedy=Text("请在流程里补上这一结论，或写 else。", "Add the result to the procedure, or an “else”."),
            )
        return target

    def _fork(self, node: Node, parent: int, source: int) -> None:
        if node.kind == "fork":
            targets = [way.target for way in node.ways]
        else:
            targets = [way.target for way in node.ways if self.holds(way.outcome)] or [node.otherwise or node.join]
        fork = self.open(node.slug, kind="fork", parent=parent, source=source)
        self._opening.add(fork.number)
        for target in dict.fromkeys(targets):
            if target != node.join and self.state == "open":
                self.enter(target, fork.number, source)
        self._opening.discard(fork.number)
        self.settle(fork.number, source)

    def holds(self, condition: str) -> bool:
        """Whether a condition is true of the case; null and errors are not."""
        return self._value(condition) is True

    def _value(self, expression: str) -> Any:
        return compile_expression(expression, names=tuple(self.data)).evaluate(self.data).value


def votes(walk: Walk, group: Step) -> str:
    """The outcome of a countersign as far as it is settled; "" while it is not.

    Who joined a step that has no rule of its own must say its first outcome, else what he says is the outcome.
    """
    node = walk.graph[group.node]
    members = [step for step in walk.steps.values() if step.parent == group.number and not step.holds]
    members = [step for step in members if step.state != "cancelled"]
    said, left = [step for step in members if step.state == "done"], sum(step.weight for step in members if step.live)
    rule = node.quorum
    if rule is None:
        other = next((step.outcome for step in said if step.outcome != node.ways[0].outcome), "")
        return other or ("" if left else node.ways[0].outcome)
    whole = sum(step.weight for step in members)
    need = min(rule.ratio * whole if rule.ratio is not None else Decimal(rule.need or whole), Decimal(whole))
    yes = sum(step.weight for step in said if step.outcome == rule.agree)
    no = [step for step in said if step.outcome == rule.reject]
    if any(step.performer.partition("@")[0] in rule.veto for step in no) or (no and rule.on_reject == "return"):
        return rule.reject
    if yes >= need:
        return rule.agree
    lost = yes + left < need and not (rule.on_reject == "wait" and left)
    return rule.reject if lost else ""
