"""A BPMN 2.0 file as values: what the standard names is typed, everything else is kept as it was written.

An element holds its attributes and contents in their order, so that a file of another maker comes back whole: ids,
prefixes, extensions, comments. What the standard says of an element is asked of it: `node.attached_to`, `flow.source`,
`shape.bounds`. Lengths are pixels from the upper left, as in the file. Source: OMG formal/13-12-09 (ISO/IEC 19510).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple, Self

from .kinds import CONTAINERS, MEASURES, MODEL, PICTURE, SHAPES

Attributes = tuple[tuple[str, str], ...]


class Bounds(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Point(NamedTuple):
    """A corner of an edge."""

    x: float
    y: float


class Expression(NamedTuple):
    """What somebody wrote to be computed, and in which language if they said so."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """A comment or processing instruction, with its signs."""

    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An element outside the standard, to the letter: its name with the prefix it was written with."""

    tag: str
    attributes: Attributes = ()
    contents: tuple["Kept | Markup | str", ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the standard: its name without a prefix, its attributes and what stands in it, in order."""

    kind: str
    attributes: Attributes = ()
    contents: tuple["Element | Kept | Markup | str", ...] = ()
    prefix: str = field(default="", compare=False)
    """The prefix it was written with, which says nothing and is kept all the same."""
    space: ClassVar[str] = MODEL

    @classmethod
    def of(cls, kind: str, *contents: "Element | Kept | Markup | str", **attributes: str) -> Self:
        """Make an element of a kind with what stands in it; attributes by the names of the standard: `sourceRef`."""
        return cls(kind, tuple(attributes.items()), contents)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute; one of a maker by its name with the prefix."""
        return next((value for key, value in self.attributes if key == name), default)

    def told(self, name: str) -> bool | None:
        """Return an attribute that is true or false; None where the file says nothing."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.get(name))

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return self.get("id")

    @property
    def name(self) -> str:
        """Its name as people read it."""
        return self.get("name")

    @property
    def text(self) -> str:
        """The text that stands directly in it."""
        return "".join(each for each in self.contents if isinstance(each, str)).strip()

    @property
    def elements(self) -> tuple["Element", ...]:
        """The elements of the standard that stand directly in it."""
        return tuple(each for each in self.contents if isinstance(each, Element))

    def all(self, *kinds: str) -> tuple["Element", ...]:
        """Return those of some kinds that stand directly in it."""
        return tuple(each for each in self.elements if each.kind in kinds)

    def said(self, kind: str) -> str:
        """Return the text of its first element of a kind, empty where there is none."""
        return next((each.text for each in self.all(kind)), "")

    def walk(self) -> Iterator["Element"]:
        """Yield itself and every element of the standard below it, in the order of the file."""
        waiting: list[Element] = [self]
        while waiting:
            found = waiting.pop()
            yield found
            waiting.extend(reversed(found.elements))

    @property
    def nodes(self) -> tuple["Node", ...]:
        """The nodes of a process or sub-process, without those of sub-processes in it."""
        return tuple(each for each in self.elements if isinstance(each, Node))

    @property
    def flows(self) -> tuple["Flow", ...]:
        """The flows that are declared directly in it."""
        return tuple(each for each in self.elements if isinstance(each, Flow))


@dataclass(frozen=True, slots=True)
class Trigger(Element):
    """What an event waits for or says: a timer, message, signal, condition …"""

    @property
    def reference(self) -> str:
        """The id of the message, signal, error or escalation that it names."""
        names = ("messageRef", "signalRef", "errorRef", "escalationRef")
        return next((self.get(name) or self.said(name) for name in names if self.get(name) or self.said(name)), "")

    @property
    def expression(self) -> Expression | None:
        """When its timer runs out, or on what condition it comes."""
        found = self.all("timeDate", "timeDuration", "timeCycle", "condition")
        return Expression(found[0].text, found[0].get("language")) if found else None


@dataclass(frozen=True, slots=True)
class Node(Element):
    """An event, task, gateway, sub-process, call, data or annotation."""

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """What an event waits for or says, as far as it stands in the event itself."""
        return tuple(each for each in self.elements if isinstance(each, Trigger))

    @property
    def borrowed(self) -> tuple[str, ...]:
        """The ids of triggers that it shares with other events."""
        return tuple(each.text for each in self.all("eventDefinitionRef"))

    @property
    def attached_to(self) -> str:
        """The id of the activity on whose border an event sits."""
        return self.get("attachedToRef")

    @property
    def interrupting(self) -> bool:
        """Whether an event ends the activity on whose border, or the sub-process in which, it comes."""
        return (self.told("cancelActivity"), self.told("isInterrupting")).count(False) == 0

    @property
    def default(self) -> str:
        """The id of the flow that is taken when no condition of another holds."""
        return self.get("default")

    @property
    def called(self) -> str:
        """The id of the process or global task that a call activity calls."""
        return self.get("calledElement")

    @property
    def event_driven(self) -> bool:
        """Whether a sub-process begins by an event instead of a flow."""
        return self.told("triggeredByEvent") is True

    @property
    def loop(self) -> str:
        """How it is repeated: standard, parallel, sequential; empty where it is done once."""
        if self.all("standardLoopCharacteristics"):
            return "standard"
        many = self.all("multiInstanceLoopCharacteristics")
        return ("sequential" if many[0].told("isSequential") else "parallel") if many else ""

    @property
    def contains(self) -> bool:
        """Whether nodes and flows may stand in it."""
        return self.kind in CONTAINERS


@dataclass(frozen=True, slots=True)
class Flow(Element):
    """What leads from one node to another: sequence, message, association or data."""

    @property
    def source(self) -> str:
        """The id of what it leads from."""
        return self.get("sourceRef") or self.said("sourceRef")

    @property
    def target(self) -> str:
        """The id of what it leads to."""
        return self.get("targetRef") or self.said("targetRef")

    @property
    def condition(self) -> Expression | None:
        """On what condition a sequence flow is taken."""
        found = self.all("conditionExpression")
        return Expression(found[0].text, found[0].get("language")) if found else None


@dataclass(frozen=True, slots=True)
class Lane(Element):
    """A lane of a pool: who does what stands in it."""

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of the nodes in it."""
        return tuple(each.text for each in self.all("flowNodeRef"))


@dataclass(frozen=True, slots=True)
class Participant(Element):
    """A pool: one who takes part, with the process that is his if it is known."""

    @property
    def process(self) -> str:
        """The id of his process, empty where nobody looks inside."""
        return self.get("processRef")


@dataclass(frozen=True, slots=True)
class Process(Element):
    """A process: its lanes, nodes and flows."""


@dataclass(frozen=True, slots=True)
class Collaboration(Element):
    """Who takes part, and the messages between them."""

    @property
    def participants(self) -> tuple[Participant, ...]:
        """The pools."""
        return tuple(each for each in self.elements if isinstance(each, Participant))


@dataclass(frozen=True, slots=True)
class Drawn(Element):
    """Something of the layout."""

    space: ClassVar[str] = PICTURE

    @property
    def shows(self) -> str:
        """The id of what it shows."""
        return self.get("bpmnElement")

    @property
    def label(self) -> Bounds | None:
        """Where its name stands, if the file says so."""
        labels = self.all("BPMNLabel")
        return _bounds(labels[0]) if labels else None


@dataclass(frozen=True, slots=True)
class Shape(Drawn):
    """A node, pool or lane as it is drawn."""

    @property
    def bounds(self) -> Bounds | None:
        """Where it is; None where the file does not say."""
        return _bounds(self)

    @property
    def expanded(self) -> bool:
        """Whether the inside of a sub-process is shown."""
        return self.told("isExpanded") is True

    @property
    def horizontal(self) -> bool:
        """Whether a pool or lane lies from left to right."""
        return self.told("isHorizontal") is not False

    @property
    def marker(self) -> bool:
        """Whether an exclusive gateway shows its cross."""
        return self.told("isMarkerVisible") is True


@dataclass(frozen=True, slots=True)
class Edge(Drawn):
    """A flow as it is drawn."""

    @property
    def points(self) -> tuple[Point, ...]:
        """Its corners from source to target."""
        return tuple(Point(float(each.get("x", "0")), float(each.get("y", "0"))) for each in self.all("waypoint"))


@dataclass(frozen=True, slots=True)
class Plane(Drawn):
    """The sheet of a diagram: shapes and edges in the order of painting."""

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """What has a place."""
        return tuple(each for each in self.elements if isinstance(each, Shape))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """What leads from place to place."""
        return tuple(each for each in self.elements if isinstance(each, Edge))


@dataclass(frozen=True, slots=True)
class Diagram(Drawn):
    """One picture of the file; it may have several."""

    @property
    def plane(self) -> Plane:
        """Its sheet, an empty one where it has none."""
        return next((each for each in self.elements if isinstance(each, Plane)), Plane("BPMNPlane"))


@dataclass(frozen=True, slots=True)
class Corner(Element):
    """A point of an edge, in the words of the standard for diagrams of any kind."""

    space: ClassVar[str] = SHAPES


@dataclass(frozen=True, slots=True)
class Measure(Element):
    """A rectangle or a font, in the words of the same standard."""

    space: ClassVar[str] = MEASURES


@dataclass(frozen=True, slots=True)
class Definitions(Element):
    """A whole file; `heading` are the comments outside of its root."""

    heading: tuple[Markup, ...] = field(default=())

    @property
    def processes(self) -> tuple[Process, ...]:
        """Its processes."""
        return tuple(each for each in self.elements if isinstance(each, Process))

    @property
    def collaborations(self) -> tuple[Collaboration, ...]:
        """Its collaborations."""
        return tuple(each for each in self.elements if isinstance(each, Collaboration))

    @property
    def diagrams(self) -> tuple[Diagram, ...]:
        """Its pictures."""
        return tuple(each for each in self.elements if isinstance(each, Diagram))

    def by_id(self) -> dict[str, Element]:
        """Return every element that has an id; the first where two have the same."""
        found: dict[str, Element] = {}
        for each in self.walk():
            if each.id:
                found.setdefault(each.id, each)
        return found


def local(reference: str) -> str:
    """Return the id that a reference means: it may be written with the prefix of a namespace.

    >>> local("tns:Task_1"), local("Task_1")
    ('Task_1', 'Task_1')
    """
    return reference.rpartition(":")[2]


def _bounds(element: Element) -> Bounds | None:
    found = element.all("Bounds")
    return Bounds(*(float(found[0].get(name, "0")) for name in Bounds._fields)) if found else None
