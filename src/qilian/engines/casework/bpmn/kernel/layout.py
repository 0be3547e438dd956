"""A place for everything that was never drawn: the steps from left to right, no two upon each other.

Every flow leaves to the right, turns in the gap between two layers on a track of its own, and enters from the left;
what leads back runs below everything. Data and annotations stand in a row below. Lanes and pools are not drawn: they
say who, and a procedure says that at the step. The same model gives the same picture.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qilian.core.values.text import Refusal, Text

from .grid import GRID, arranged, even
from .kinds import ACTIVITIES, DATA
from .model import Bounds, Definitions, Diagram, Element, Flow, Node, Point, local
from .sheets import diagram
from .sizes import label_beside, label_size, size
from .writing import declaring

_MARGIN, _LANE = 30, 20
_HEAD, _BORDER, _SEAT, _APART = 20, 18, 36, 4
"""Above the inside of a sub-process for its name; how far an event on a border sticks out; how broad it is; how far a
name stands off."""


_MOST = {Node: 500, Flow: 1500}
_LARGE = "The drawing is too large to be laid out: at most 500 nodes and 1500 flows."


@dataclass(slots=True)
class Placed:
    """What stands where: nodes and flows with their labels; and the room that all of it takes."""

    width: float = 0
    height: float = 0
    nodes: list[tuple[Node, Bounds, Bounds | None]] = field(default_factory=list)
    flows: list[tuple[Flow, list[Point], Bounds | None]] = field(default_factory=list)

    def include(self, other: "Placed", x: float, y: float) -> None:
        """Take in what was placed apart, moved to its place."""
        self.nodes += [(node, _moved(box, x, y), label and _moved(label, x, y)) for node, box, label in other.nodes]
        for flow, points, label in other.flows:
            moved = [Point(point.x + x, point.y + y) for point in points]
            self.flows.append((flow, moved, label and _moved(label, x, y)))


def laid_out(definitions: Definitions) -> Definitions:
    """Return a model with a diagram for each process; as it is where anything in it has a place already.

    Refusal `bpmn.large` for more steps or flows than anybody would look at in one picture.
    """
    if any(each.plane.shapes for each in definitions.diagrams):
        return definitions
    parts = list(definitions.walk())
    if max(sum(isinstance(each, kind) for each in parts) / most for kind, most in _MOST.items()) > 1:
        message = Text("图太大，无法自动排版：最多 500 个元素、1500 条连线。", _LARGE)
        raise Refusal("bpmn.large", message, remedy=Text("请拆成几个流程。", "Split it into several procedures."))
    known = set(definitions.by_id())
    drawn = []
    for process in definitions.processes:
        placed = place(process)
        drawn.append(diagram(process, placed.nodes, placed.flows, known))
    rest = tuple(each for each in definitions.contents if not isinstance(each, Diagram))
    return declaring(replace(definitions, contents=(*rest, *drawn)))


def place(container: Element) -> Placed:
    """Place what stands in a process or sub-process, and what stands in that; what has no id is not drawn."""
    known = {each.id: each for each in container.nodes if each.id and each.kind != "group"}
    beside = [each for each in known.values() if each.kind in DATA or each.kind == "textAnnotation"]
    seats = _seats(known)
    boxes = [
        _Box(each, [known[guest] for guest, host in seats.items() if host == each.id])
        for each in known.values()
        if each.id not in seats and each not in beside
    ]
    sheet = _Sheet(boxes, seats, container.flows)
    sheet.draw_nodes()
    sheet.draw_flows()
    sheet.draw_beside(beside, container.flows)
    return sheet.placed


def _seats(known: dict[str, Node]) -> dict[str, str]:
    """The events that sit on the border of an activity beside them, with its id."""
    hosts = {each.id: known.get(local(each.attached_to)) for each in known.values() if each.kind == "boundaryEvent"}
    return {guest: host.id for guest, host in hosts.items() if host and host.kind in ACTIVITIES}


class _Box:
    """A node with all that belongs to it: its label below, the events on its border, its inside."""

    def __init__(self, node: Node, guests: list[Node]) -> None:
        self.node, self.guests = node, guests
        self.inside = place(node) if node.nodes else None
        self.width, self.height = size(node)
        if self.inside:
            self.width, self.height = max(100, self.inside.width), self.inside.height + _HEAD
        self.seats = [float(GRID)]
        for guest in guests:
            self.seats.append(self.seats[-1] + _SEAT + label_size(guest.name)[0] + GRID)
        self.width = max(self.width, self.seats[-1])
        self.label = label_beside(node)
        self.room = max(self.width, self.label[0])
        hanging = max((label_size(each.name)[1] for each in guests), default=0.0)
        self.hem = even(self.height / 2) + even(_BORDER + hanging) if guests else 0
        """How far below the middle the first flow from a border may run."""
        named = self.label[1] + _APART if self.label[1] else 0
        below = self.hem + GRID * (len(guests) + 1) if guests else self.height / 2 + named
        self.reach = even(self.height / 2), even(below)

    def leaving(self, guest: str) -> int:
        """How far below the middle the flow of an event on the border runs: of the leftmost one deepest."""
        return self.hem + GRID * (len(self.guests) - [each.id for each in self.guests].index(guest))


@dataclass(slots=True)
class _Hop:
    """A flow in the gap between two layers: from one height to another, on a track between."""

    start: float
    end: float
    label: tuple[float, float] = (0, 0)
    x: float = 0
    right: float = 0


class _Sheet:
    """One level of a process while it is placed."""

    def __init__(self, boxes: list[_Box], seats: dict[str, str], flows: tuple[Flow, ...]) -> None:
        self.boxes, self.seats, self.placed = boxes, seats, Placed()
        number = {box.node.id: n for n, box in enumerate(boxes)}
        self.flows: list[Flow] = []
        ways: list[tuple[int, int]] = []
        for flow in flows:
            source, target = local(flow.source), local(flow.target)
            source = seats.get(source, source)
            if flow.kind == "sequenceFlow" and flow.id and source in number and target in number:
                self.flows.append(flow)
                ways.append((number[source], number[target]))
        self.ways = ways
        self.grid = arranged([box.reach for box in boxes], ways)
        self.layer = {vertex: n for n, layer in enumerate(self.grid.layers) for vertex in layer}
        self.bottom = max((self.grid.height[n] + box.reach[1] for n, box in enumerate(boxes)), default=0)
        self.gaps: list[list[_Hop]] = [[] for _ in range(len(self.grid.layers) + 1)]
        self.hops = [self._hops(number) for number in range(len(ways))]
        self._columns()

    def _hops(self, number: int) -> list[_Hop]:
        """How a flow goes from gap to gap: at most the heights of what it passes; one that leads back, below all."""
        source, target = self.ways[number]
        chain = self.grid.passes[number]
        heights = [self._leaving(number), *(self.grid.height[each] for each in chain[1:])]
        if not chain:
            self.bottom += _LANE
            heights += [self.bottom, self.grid.height[target]]
        hops = [_Hop(start, end) for start, end in pairwise(heights)]
        gaps = [self.layer[each] + 1 for each in chain[:-1]] or [self.layer[source] + 1, self.layer[target]]
        for gap, hop in zip(gaps, hops, strict=True):
            self.gaps[gap].append(hop)
        hops[-1].label = label_size(self.flows[number].name)
        return hops

    def _leaving(self, number: int) -> int:
        """The height at which a flow leaves its node, or the border of it."""
        source, flow = self.ways[number][0], self.flows[number]
        guest = local(flow.source)
        return self.grid.height[source] + (self.boxes[source].leaving(guest) if guest in self.seats else 0)

    def _columns(self) -> None:
        """Where each layer and each track lies from left to right."""
        x = float(_MARGIN)
        self.middle: list[float] = []
        for number, hops in enumerate(self.gaps):
            tracks = _in_turn(hops)
            label = max((hop.label[0] for hop in hops), default=0)
            for n, hop in enumerate(tracks):
                hop.x = x + _LANE + GRID * n
            if hops or 0 < number < len(self.gaps) - 1:
                x += 2 * _LANE + GRID * len(tracks) + even(label)
            for hop in hops:
                hop.right = x
            if number < len(self.grid.layers):
                own = [self.boxes[each].room for each in self.grid.layers[number] if each < len(self.boxes)]
                broad = even(max(own, default=0))
                self.middle.append(x + broad / 2)
                x += broad
        self.placed.width, self.placed.height = x + _MARGIN, self.bottom + 2.0 * _MARGIN

    def draw_nodes(self) -> None:
        """Put each node on its place, its inside in it and its guests on its border."""
        for number, box in enumerate(self.boxes):
            x = self.middle[self.layer[number]] - box.width / 2
            bounds = Bounds(x, self.grid.height[number] + _MARGIN - box.height / 2, box.width, box.height)
            foot = bounds.y + box.height
            label = Bounds(x + (box.width - box.label[0]) / 2, foot + _APART, *box.label) if box.label[0] else None
            self.placed.nodes.append((box.node, bounds, label))
            if box.inside:
                self.placed.include(box.inside, x + (box.width - box.inside.width) / 2, bounds.y + _HEAD)
            for guest, seat in zip(box.guests, box.seats, strict=False):
                name = label_size(guest.name)
                said = Bounds(x + seat + _SEAT + 2, foot + 2, *name) if name[0] else None
                self.placed.nodes.append((guest, Bounds(x + seat, foot - _BORDER, _SEAT, _SEAT), said))

    def draw_flows(self) -> None:
        """Lead each flow along its tracks; labels of flows that end at the same place stand above and below it."""
        bounds = {node.id: box for node, box, _ in self.placed.nodes}
        labels: Counter[Point] = Counter()
        for number, (flow, hops) in enumerate(zip(self.flows, self.hops, strict=True)):
            source, target = bounds[local(flow.source)], bounds[local(flow.target)]
            y = self._leaving(number) + _MARGIN
            points = [Point(source.x + source.width, y)]
            if local(flow.source) in self.seats:
                middle = source.x + source.width / 2
                points = [Point(middle, source.y + source.height), Point(middle, y)]
            for hop in hops:
                if hop.start != hop.end:
                    points += [Point(hop.x, hop.start + _MARGIN), Point(hop.x, hop.end + _MARGIN)]
            end = Point(target.x, target.y + target.height / 2)
            self.placed.flows.append((flow, [*points, end], self._label(hops[-1], end, labels)))

    def _label(self, hop: _Hop, end: Point, labels: Counter[Point]) -> Bounds | None:
        if not hop.label[0]:
            return None
        labels[end] += 1
        width, height = hop.label
        row = (labels[end] + 1) // 2
        return Bounds(hop.right - width - 2, end.y - (height * row if labels[end] % 2 else -2), width, height)

    def draw_beside(self, beside: list[Node], flows: tuple[Flow, ...]) -> None:
        """Put data and annotations in a row below, each as near as it may be to what it belongs to, and tied to it."""
        bounds = {node.id: box for node, box, _ in self.placed.nodes}
        ties = list(self._ties(flows))
        partner = {b: bounds[a] for _, one, other in ties for a, b in ((one, other), (other, one)) if a in bounds}
        wanted = {each.id: partner[each.id].x if each.id in partner else 0 for each in beside}
        x, y = float(_MARGIN), self.placed.height
        for node in sorted(beside, key=lambda each: wanted[each.id]):
            (width, height), name = size(node), label_beside(node)
            room = max(width, name[0])
            x = max(x, wanted[node.id])
            bounds[node.id] = Bounds(x + (room - width) / 2, y, width, height)
            label = Bounds(x + (room - name[0]) / 2, y + height + _APART, *name) if name[0] else None
            self.placed.nodes.append((node, bounds[node.id], label))
            x += room + _LANE
            self.placed.height = max(self.placed.height, y + height + name[1] + _MARGIN)
        self.placed.width = max(self.placed.width, x + _MARGIN - _LANE)
        for flow, one, other in ties:
            if one in bounds and other in bounds:
                upper, lower = sorted((bounds[one], bounds[other]), key=lambda box: box.y)
                foot = Point(upper.x + upper.width / 2, upper.y + upper.height)
                self.placed.flows.append((flow, [foot, Point(lower.x + lower.width / 2, lower.y)], None))

    def _ties(self, flows: tuple[Flow, ...]) -> Iterator[tuple[Flow, str, str]]:
        """Associations and flows of data, with the ids of both that they tie."""
        for flow in flows:
            if flow.kind == "association" and flow.id:
                yield flow, local(flow.source), local(flow.target)
        for box in self.boxes:
            for flow in box.node.flows:
                if flow.kind in ("dataInputAssociation", "dataOutputAssociation") and flow.id:
                    yield flow, box.node.id, local(flow.source if "Input" in flow.kind else flow.target)


def _in_turn(hops: list[_Hop]) -> list[_Hop]:
    """Those that turn, left to right with few crossings: what leaves at a height goes before what arrives there."""
    rising = sorted((hop for hop in hops if hop.end < hop.start), key=lambda hop: (hop.start, hop.end))
    falling = sorted((hop for hop in hops if hop.end > hop.start), key=lambda hop: (-hop.start, -hop.end))
    waiting = [*falling, *rising]
    done: list[_Hop] = []
    leaving = Counter(hop.start for hop in waiting)
    while waiting:
        first = next((n for n, hop in enumerate(waiting) if not leaving[hop.end]), 0)
        done.append(waiting.pop(first))
        leaving[done[-1].start] -= 1
    return done


def _moved(box: Bounds, x: float, y: float) -> Bounds:
    return box._replace(x=box.x + x, y=box.y + y)
