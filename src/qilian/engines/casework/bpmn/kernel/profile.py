"""The approval profile: what of BPMN 2.0 a procedure can run, and what lies outside of it, said by name and id.

Inside: start and end, user tasks, decisions (business rule and service tasks), exclusive, parallel and inclusive
gateways, sub-processes, calls, waiting for a time, a message or a condition, sequence flows; pool and lanes say who.
Whatever else a drawing holds is kept in the file; here it is told why it does not run.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from qilian.core.values.text import Text

from .kinds import DATA, NOTES
from .model import Definitions, Element, Flow, Node, Process, local

ALLOWED = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "task",
        "userTask",
        "businessRuleTask",
        "serviceTask",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "subProcess",
        "callActivity",
    }
)
AWAITED = frozenset({"timerEventDefinition", "messageEventDefinition", "conditionalEventDefinition"})

_KIND = Text("审批流程里没有这种元素", "an approval procedure has no such element")
_INSTEAD = {
    "boundaryEvent": Text("期限和升级写在环节的时钟上", "a limit belongs to the clock of the step"),
    "scriptTask": Text("图里不写程序，用决策表", "no program stands in a drawing: use a decision table"),
    "manualTask": Text("请改用用户任务", "use a user task"),
    "sendTask": Text("通知写在环节上，不占环节", "what is sent is said at the step, and is none itself"),
    "receiveTask": Text("请改用等待消息的中间事件", "use an event that awaits the message"),
    "eventBasedGateway": Text("请改用排他网关和等待事件", "use an exclusive gateway and events that wait"),
}
_SILENT = Text("图中保留，不参与办理", "it is kept in the drawing and takes no part in the procedure")
_TRIGGER = Text("开始和结束不带触发方式", "a start or an end has no trigger")
_WAITS = Text("中间事件只等时间、消息或条件之一", "an event on the way waits for one time, message or condition")
_REPEATED = Text("环节不循环；多人办理用会签规则", "a step is not repeated: several people are a countersigning rule")
_EVENT_DRIVEN = Text("子流程由连线进入，不由事件触发", "a sub-process is entered by a flow, not by an event")
_COMPENSATION = Text("没有补偿环节", "no step undoes another")
_MESSAGES = Text("流程之间不画消息，用等待消息的事件", "messages are awaited by an event, not drawn between pools")
_LANGUAGE = Text("条件应以 FEEL 书写", "a condition is written in FEEL")
_LOOSE = Text("连线的一端没有元素", "an end of the flow leads to nothing")
_TWICE = Text("编号重复", "the id stands twice")
_SECOND = Text("一份事项只有一个流程", "a procedure is one process")


@dataclass(frozen=True, slots=True)
class Outside:
    """One thing that lies outside of the profile: what it is, its id and name, and why in a sentence."""

    kind: str
    id: str
    name: str
    why: Text

    @property
    def message(self) -> Text:
        """The sentence with the name and id of the element."""
        named = "".join(f"“{each}”" for each in (self.name,) if each)
        return Text("{kind}{name}（{id}）：{why}。", "{kind} {name}({id}): {why}.").filled(
            kind=self.kind,
            name=Text(named, f"{named} " if named else ""),
            id=self.id or Text("无编号", "no id"),
            why=self.why,
        )


def outside(definitions: Definitions) -> tuple[Outside, ...]:
    """Return what an approval procedure cannot run, in the order of the file; nothing for a drawing that fits."""
    found: list[Outside] = []
    known: set[str] = set()
    ids = definitions.by_id()
    language = definitions.get("expressionLanguage")
    running = 0
    for each in definitions.walk():
        reasons = [_TWICE] if each.id and each.id in known else []
        known.add(each.id)
        if isinstance(each, Process):
            running += any(node.kind not in NOTES | DATA for node in each.nodes)
            reasons += [_SECOND] if running > 1 else []
        elif isinstance(each, Node):
            reasons += _of_node(each, ids)
        elif isinstance(each, Flow):
            reasons += _of_flow(each, ids, language)
        elif each.kind == "choreography":
            reasons.append(_KIND)
        found += [Outside(each.kind, each.id, _title(each), why) for why in reasons]
    return tuple(found)


def _of_node(node: Node, ids: dict[str, Element]) -> Iterator[Text]:
    if node.kind in DATA | NOTES:
        if node.kind != "dataStore":  # what is drawn of it is a reference
            yield _SILENT
        return
    if node.kind not in ALLOWED:
        yield _INSTEAD.get(node.kind, _KIND)
        return
    shared = (ids.get(local(each)) for each in node.borrowed)
    triggers = [*(each.kind for each in node.triggers), *(each.kind if each else "" for each in shared)]
    if node.kind in ("startEvent", "endEvent") and triggers:
        yield _TRIGGER
    if node.kind == "intermediateCatchEvent" and (len(triggers) != 1 or triggers[0] not in AWAITED):
        yield _WAITS
    if node.loop:
        yield _REPEATED
    if node.event_driven:
        yield _EVENT_DRIVEN
    if node.told("isForCompensation"):
        yield _COMPENSATION


def _of_flow(flow: Flow, ids: dict[str, Element], language: str) -> Iterator[Text]:
    if flow.kind != "sequenceFlow":
        yield _MESSAGES if flow.kind == "messageFlow" else _SILENT
        return
    if not all(isinstance(ids.get(local(end)), Node) for end in (flow.source, flow.target)):
        yield _LOOSE
    condition = flow.condition
    if condition and condition.text and "feel" not in (condition.language or language or "feel").lower():
        yield _LANGUAGE


def _title(element: Element) -> str:
    """Its name in one line; of an annotation its text."""
    return " ".join((element.name or element.said("text")).split())
