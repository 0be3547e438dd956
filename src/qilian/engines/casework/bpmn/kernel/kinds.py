"""The names of BPMN 2.0: its namespaces in all their editions, and its elements by what they are."""

import re

MODEL, PICTURE, SHAPES, MEASURES = "model", "picture", "shapes", "measure"
"""The four vocabularies of a file: what a process is, its diagrams, and the corners and rectangles of any diagram."""

NAMESPACES = {
    MODEL: "http://www.omg.org/spec/BPMN/20100524/MODEL",
    PICTURE: "http://www.omg.org/spec/BPMN/20100524/DI",
    SHAPES: "http://www.omg.org/spec/DD/20100524/DI",
    MEASURES: "http://www.omg.org/spec/DD/20100524/DC",
}
PREFIXES = {MODEL: "bpmn", PICTURE: "bpmndi", SHAPES: "di", MEASURES: "dc"}
_EDITIONS = {
    MODEL: re.compile(r"https?://(?:www|schema)\.omg\.org/spec/BPMN/(?:\d{8}/MODEL|2\.0)/?"),
    PICTURE: re.compile(r"https?://(?:www|schema)\.omg\.org/spec/BPMN/\d{8}/DI/?|http://bpmndi\.org"),
    SHAPES: re.compile(r"https?://(?:www|schema)\.omg\.org/spec/DD/\d{8}/DI/?"),
    MEASURES: re.compile(r"https?://(?:www|schema)\.omg\.org/spec/DD/\d{8}/DC/?"),
}


def vocabulary(namespace: str) -> str:
    """Return which vocabulary a namespace is, in whatever edition; empty for any other.

    >>> vocabulary("http://www.omg.org/spec/BPMN/20100524/MODEL"), vocabulary("urn:maker")
    ('model', '')
    """
    return next((space for space, edition in _EDITIONS.items() if edition.fullmatch(namespace)), "")


EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "implicitThrowEvent",
    }
)
TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "choreographyTask",
    }
)
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess", "subChoreography"})
CALLS = frozenset({"callActivity", "callChoreography"})
TALKS = frozenset({"conversation", "subConversation", "callConversation"})
DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference", "dataStore", "dataInput", "dataOutput"})
NOTES = frozenset({"textAnnotation", "group"})
ACTIVITIES = TASKS | CONTAINERS | CALLS
NODES = EVENTS | ACTIVITIES | GATEWAYS | TALKS | DATA | NOTES
FLOWS = frozenset(
    {
        "sequenceFlow",
        "messageFlow",
        "association",
        "dataInputAssociation",
        "dataOutputAssociation",
        "conversationLink",
    }
)
TRIGGERS = frozenset(
    f"{kind}EventDefinition"
    for kind in (
        "message",
        "timer",
        "conditional",
        "signal",
        "error",
        "escalation",
        "compensate",
        "cancel",
        "link",
        "terminate",
    )
)
