"""What a BPMN file declares, counted in its XML by another reader than ours, so that a silent loss shows.

A node is an event, activity, gateway, conversation, annotation, or piece of data that can be seen; a flow is of
sequence, message, association or data. Each is counted with its kind, its id and every shape or edge that is drawn of
it. The text must have been read before: what is hostile is refused there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, canonicalize, fromstring

_NODE = ("Event", "Task", "task", "Gateway", "ubProcess", "transaction", "Choreography", "onversation", "callActivity")
_BESIDE = ("dataObjectReference", "dataStoreReference", "textAnnotation", "group")
_IF_DRAWN = ("dataObject", "dataStore", "dataInput", "dataOutput")
_FLOW = ("Flow", "Association", "association", "conversationLink")
_OF_TALKS = ("participantAssociation", "messageFlowAssociation", "conversationAssociation")
Thing = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Declared:
    """The nodes and flows of a file, and the whole of it in a form that does not depend on how it is written."""

    nodes: Counter[Thing]
    flows: Counter[Thing]
    whole: str


def declared(text: str) -> Declared:
    """Count what an XML text declares."""
    root = fromstring(text)
    drawn = _drawn(root)
    nodes: Counter[Thing] = Counter()
    flows: Counter[Thing] = Counter()
    for element in _below(root):
        space, kind = _name(element)
        if not space.upper().rstrip("/").endswith(("/MODEL", "BPMN/2.0")):
            continue
        thing = (kind, element.get("id", ""), tuple(sorted(drawn[element.get("id", "")])))
        seen = kind in _BESIDE or (kind in _IF_DRAWN and thing[2])
        if seen or (kind.endswith(_NODE) and not kind.startswith("global")):
            nodes[thing] += 1
        elif kind.endswith(_FLOW) and kind not in _OF_TALKS:
            flows[thing] += 1
    return Declared(nodes, flows, canonicalize(text, strip_text=True))


def _drawn(root: Element) -> dict[str, list[str]]:
    """Every shape and edge by the id of what it shows: its own attributes, place, corners and label, as numbers."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter():
        if _name(element)[1] in ("BPMNShape", "BPMNEdge"):
            parts = [(_name(each)[1], sorted(each.items())) for each in element.iter()]
            found[element.get("bpmnElement", "").rpartition(":")[2]].append(repr(parts))
    return found


def _below(element: Element) -> Iterator[Element]:
    """All elements but what makers add."""
    for each in element:
        if _name(each)[1] != "extensionElements":
            yield each
            yield from _below(each)


def _name(element: Element) -> tuple[str, str]:
    space, _, kind = element.tag.rpartition("}")
    return space.removeprefix("{"), kind
