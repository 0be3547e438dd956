"""A procedure as a diagram: the file's steps in BPMN 2.0, drawn on the server, the steps under way marked."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from django.utils.safestring import SafeString

from qilian.core.house.pages import Section
from qilian.core.values.text import Text
from qilian.engines.casework.bpmn.api import Definitions, Element, Flow, Node, Process, Trigger, draw, laid_out
from qilian.engines.casework.procedures.api import Graph, Procedure
from qilian.engines.casework.procedures.api import Node as Step

_TITLE: Final = Text("流程图", "Diagram")
_PAGE: Final = "casework/diagram.html"
_BEGIN: Final = {True: Text("申请", "Application"), False: Text("开始", "Start")}
_OTHERWISE: Final = Text("其他", "otherwise")
_KINDS: Final[Mapping[str, str]] = {
    "task": "userTask",
    "decision": "businessRuleTask",
    "route": "exclusiveGateway",
    "fork": "parallelGateway",
    "choose": "inclusiveGateway",
    "call": "callActivity",
    "wait": "intermediateCatchEvent",
    "end": "endEvent",
}
_CHOOSES: Final = ("task", "decision", "call")
"""Steps whose outcomes part: behind them stands a gateway."""


def diagram(procedure: Procedure) -> Definitions:
    """The steps of a procedure as a BPMN model with its layout; Refusal `bpmn.large` where nobody could look at it."""
    graph = procedure.graph
    ids = {slug: f"n{number}" for number, slug in enumerate(graph.nodes, 1)}
    nodes = [Node.of("startEvent", id="start", name=str(_BEGIN[procedure.public]))]
    flows = [Flow.of("sequenceFlow", id="f0", sourceRef="start", targetRef=ids[graph.start.slug])]
    for step in graph.nodes.values():
        nodes += _nodes(step, ids)
    for number, (source, target, name) in enumerate(_flows(graph, ids), 1):
        flows.append(Flow.of("sequenceFlow", id=f"f{number}", sourceRef=source, targetRef=target, name=name))
    process = Process.of("process", *nodes, *flows, id="procedure", name=str(procedure.title))
    return laid_out(Definitions.of("definitions", process, id="diagram", targetNamespace="urn:qilian:procedure"))


def picture(procedure: Procedure, live: Collection[str] = ()) -> Section:
    """The diagram as a section of a page; `live` are the steps under way."""
    made = diagram(procedure)
    ids = {slug: f"n{number}" for number, slug in enumerate(procedure.graph.nodes, 1)}
    marked = {ids[slug] for slug in live if slug in ids}
    context = {"title": _TITLE, "drawn": SafeString(draw(made, marked=marked))}
    return Section(_TITLE, "diagram", template=_PAGE, context=context)


def _nodes(step: Step, ids: Mapping[str, str]) -> Iterator[Node]:
    """A step with the gateways that stand behind it and before its join."""
    own = ids[step.slug]
    yield Node.of(_KINDS[step.kind], *_trigger(step), id=own, name=str(step.title))
    if step.kind in _CHOOSES and len(step.targets) > 1:
        yield Node.of("exclusiveGateway", id=f"{own}x")
    if step.join:
        yield Node.of(_KINDS[step.kind], id=f"{own}j")


def _trigger(step: Step) -> Iterator[Element]:
    """What a wait waits for, as BPMN writes it."""
    if step.length:
        letter = "T{}H" if step.length.measure == "hour" else "T{}M" if step.length.measure == "minute" else "{}D"
        length = f"P{letter.format(step.length.value)}" if step.length.measure != "month" else f"P{step.length.value}M"
        yield Trigger.of("timerEventDefinition", Element.of("timeDuration", length))
    elif step.message:
        yield Trigger.of("messageEventDefinition")
    elif step.until:
        yield Trigger.of("conditionalEventDefinition", Element.of("condition", step.until))


def _flows(graph: Graph, ids: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Source, target and label of each line; a branch ends at the gateway before its fork's join."""
    joins = {slug: fork for fork in graph.nodes.values() if fork.join for slug in _inside(graph, fork)}
    for step in graph.nodes.values():
        own, parts = ids[step.slug], step.kind in _CHOOSES and len(step.targets) > 1
        if parts:
            yield own, f"{own}x", ""
        if step.join:
            yield f"{own}j", ids[step.join], ""
        for name, target in _ways(step):
            fork = step if step.join else joins.get(step.slug)
            meets = fork is not None and target == fork.join
            end = f"{ids[fork.slug]}j" if fork is not None and meets else ids[target]
            yield f"{own}x" if parts else own, end, name


def _ways(step: Step) -> Iterator[tuple[str, str]]:
    """The ways out of a step with their labels; those of a fork have none."""
    for way in step.ways:
        yield "" if step.kind == "fork" or len(step.targets) == 1 else way.outcome, way.target
    if step.otherwise:
        yield str(_OTHERWISE), step.otherwise


def _inside(graph: Graph, fork: Step) -> set[str]:
    """The steps within a fork, up to its join."""
    found: set[str] = set()
    waiting = [target for _, target in _ways(fork)]
    while waiting:
        slug = waiting.pop()
        if slug != fork.join and slug not in found:
            found.add(slug)
            waiting += graph[slug].targets
    return found
