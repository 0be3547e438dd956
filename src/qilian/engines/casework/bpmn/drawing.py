"""A diagram as SVG, drawn on the server: pools, lanes, events, activities, gateways, data and flows with their names.

It needs no script and no style sheet, and takes the colours of the house's pictures where it stands on a page. Steps
that are under way have a double frame and a sign, not a colour alone; title and description say what is shown.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from html import escape

from qilian.core.values.text import Refusal, Text

from .glyphs import ARROW, FILLED, GATEWAYS, MARKERS, SIGNS, TASKS
from .kernel.kinds import ACTIVITIES, CALLS, CONTAINERS, DATA, EVENTS
from .kernel.kinds import GATEWAYS as DECIDING
from .kernel.model import Bounds, Definitions, Element, Flow, Node, Participant, Plane, Shape, local
from .lines import drawn_flow
from .svg import LEADING, SIZE, Attributes, attributes, broken, centred, path, rows, shape, words

_MARGIN = 20
_BAND = 30
_UNDER_WAY = Text("在办", "under way")


def draw(definitions: Definitions, sheet: int = 0, *, marked: Set[str] = frozenset(), name: str = "bpmn") -> str:
    """Return one diagram of a file as SVG; `marked` are the ids of steps under way, `name` sets ids of a page apart.

    What has no shape of its own is not shown; a file that was never drawn is laid out first (`laid_out`). Refusal
    `bpmn.sheet` where there is no such diagram.
    """
    if not 0 <= sheet < len(definitions.diagrams):
        message = Text("文件中共有 {count} 张图。", "The number of diagrams in the file is {count}.")
        raise Refusal("bpmn.sheet", message.filled(count=len(definitions.diagrams)))
    plane = definitions.diagrams[sheet].plane
    picture = _Picture(definitions, plane, marked)
    drawn = "".join(picture.parts())
    left, top, width, height = _extent(plane)
    title = definitions.diagrams[sheet].name or _named(picture.known.get(local(plane.shows))) or definitions.name
    said = Text("流程图：{steps}。", "Diagram: {steps}.").filled(steps=_listed(picture.names()))
    live = [picture.title(each) for each in sorted(marked) if each in picture.known]
    if live:
        more = Text("{said}在办：{live}。", "{said} Under way: {live}.")
        said = more.filled(said=said, live=_listed(live))
    head = attributes(
        xmlns="http://www.w3.org/2000/svg",
        class_="picture-svg",
        width=width,
        height=height,
        viewBox=" ".join(f"{each:g}" for each in (left, top, width, height)),
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        font_family="sans-serif",
        font_size=SIZE,
    )
    return (
        f'<svg{head}><title id="{escape(name)}-title">{escape(title or str(Text("流程图", "Diagram")))}</title>'
        f'<desc id="{escape(name)}-desc">{escape(str(said))}</desc>{drawn}</svg>'
    )


def _listed(names: list[str]) -> Text:
    return Text("、".join(names) or "—", ", ".join(names) or "—")


def _extent(plane: Plane) -> tuple[float, float, float, float]:
    """Left, top, width and height of all that is drawn, with a margin."""
    boxes = [box for each in plane.shapes for box in (each.bounds, each.label) if box]
    boxes += [each.label for each in plane.edges if each.label]
    across = [each for box in boxes for each in (box.x, box.x + box.width)]
    down = [each for box in boxes for each in (box.y, box.y + box.height)]
    across += [point.x for each in plane.edges for point in each.points]
    down += [point.y for each in plane.edges for point in each.points]
    left, top = min(across, default=0) - _MARGIN, min(down, default=0) - _MARGIN
    foot = 2 * LEADING  # a name without a place of its own stands below its shape
    return left, top, max(across, default=0) + _MARGIN - left, max(down, default=0) + _MARGIN + foot - top


def _named(element: Element | None) -> str:
    return " ".join(element.name.split()) if element else ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A shape with what it shows, where it is."""

    shape: Shape
    of: Element
    at: Bounds


class _Picture:
    def __init__(self, definitions: Definitions, plane: Plane, marked: Set[str]) -> None:
        self.known, self.plane, self.marked = definitions.by_id(), plane, marked
        self.seen: list[_Seen] = []
        for each in plane.shapes:
            element, bounds = self.known.get(local(each.shows)), each.bounds
            if element and bounds:
                self.seen.append(_Seen(each, element, bounds))
        self.shown = {each.of.id for each in self.seen}

    def names(self) -> list[str]:
        """What a reader is told who does not see it: the steps by name, in the order of the file."""
        return [self.title(each.of.id) for each in self.seen if each.of.kind in EVENTS | ACTIVITIES and each.of.name]

    def title(self, identifier: str) -> str:
        """The name of an element, or its id."""
        return _named(self.known[identifier]) or identifier

    def parts(self) -> Iterable[str]:
        """Grounds first, the larger below the smaller; then flows, steps upon them, events on borders, names."""
        grounds: list[_Seen] = []
        steps: list[_Seen] = []
        for each in self.seen:
            (grounds if self._is_ground(each) else steps).append(each)
        for each in sorted(grounds, key=lambda seen: -seen.at.width * seen.at.height):
            yield self._one(each)
        for edge in self.plane.edges:
            flow = self.known.get(local(edge.shows))
            if isinstance(flow, Flow):
                yield drawn_flow(edge, flow, self.known)
        for each in sorted(steps, key=lambda seen: seen.of.kind == "boundaryEvent"):
            yield self._one(each)

    def _is_ground(self, seen: _Seen) -> bool:
        return seen.of.kind in ("participant", "lane") or self._is_open(seen)

    def _is_open(self, seen: _Seen) -> bool:
        """Whether the inside of a sub-process is shown here: as the file says, or else as it is drawn."""
        inside = any(each.id in self.shown for each in seen.of.nodes)
        holds = seen.of.kind in CONTAINERS | CALLS
        return holds and (seen.shape.expanded or (inside and seen.shape.told("isExpanded") is None))

    def _one(self, seen: _Seen) -> str:
        live = seen.of.id in self.marked
        told = f"{self.title(seen.of.id)} ({_UNDER_WAY})" if live else self.title(seen.of.id)
        return f"<g><title>{escape(told)}</title>{self._drawn(seen, live)}{_badge(seen.at) if live else ''}</g>"

    def _drawn(self, seen: _Seen, live: bool) -> str:
        kind = seen.of.kind
        if kind in ("participant", "lane"):
            return _pool(seen)
        if kind in EVENTS and isinstance(seen.of, Node):
            return self._event(seen.of, seen, live)
        if kind in DECIDING:
            return _gateway(seen, live)
        if kind in DATA:
            return _data(seen)
        if kind == "textAnnotation":
            return _annotation(seen)
        if kind == "group":
            return self._group(seen)
        return _activity(seen, live, self._is_open(seen))

    def _event(self, node: Node, seen: _Seen, live: bool) -> str:
        at = seen.at
        x, y, radius = at.x + at.width / 2, at.y + at.height / 2, at.width / 2
        look = _frame(live, width=3 if node.kind == "endEvent" else 1.5)
        dashed = {} if node.interrupting else {"stroke_dasharray": "4 3"}
        circles = shape("circle", cx=x, cy=y, r=radius, **look, **dashed)
        if node.kind not in ("startEvent", "endEvent"):
            circles += shape("circle", cx=x, cy=y, r=max(radius - 3.5, 0), **look, **dashed)
        borrowed = (self.known.get(local(each)) for each in node.borrowed)
        triggers = [*(each.kind for each in node.triggers), *(each.kind for each in borrowed if each)]
        if len(triggers) > 1:
            triggers = ["all" if node.told("parallelMultiple") else "several"]
        sign = SIGNS.get(triggers[0], "") if triggers else ""
        filled = node.kind in ("endEvent", "intermediateThrowEvent", "implicitThrowEvent")
        return circles + path(sign, x, y, radius / 18, filled=filled) + _below(seen)

    def _group(self, seen: _Seen) -> str:
        value = self.known.get(local(seen.of.get("categoryValueRef")))
        name = value.get("value") if value else ""
        at = seen.at
        frame = shape("rect", **_rectangle(at), rx=8, fill="none", stroke="#666", stroke_dasharray="8 3 2 3")
        return frame + words(broken(name, at.width), at.x + at.width / 2, at.y - 4, above=True)


def _rectangle(at: Bounds) -> Attributes:
    return {"x": at.x, "y": at.y, "width": at.width, "height": at.height}


def _frame(live: bool, width: float = 1.5) -> Attributes:
    """The look of a step: white, or tinted and bold where it is under way."""
    fill = {"class_": "fill-pale", "fill": "#e3eef9"} if live else {"class_": "fill-open", "fill": "#fff"}
    return {**fill, "stroke": "#1d4f7c", "stroke_width": width + 1.5 * live}


def _badge(at: Bounds) -> str:
    """The sign of a step under way: a disc at its corner with a triangle in it."""
    x, y = at.x + at.width, at.y
    disc = shape("circle", cx=x, cy=y, r=8, class_="fill-full", fill="#1d4f7c")
    return disc + shape("path", d=f"M{x - 2.5:g} {y - 4:g}L{x + 4:g} {y:g}L{x - 2.5:g} {y + 4:g}Z", fill="#fff")


def _below(seen: _Seen) -> str:
    """A name beside its shape: where the file puts it, or below."""
    name, label, at = _named(seen.of), seen.shape.label, seen.at
    if not label or not label.width:
        return words(broken(name, 96), at.x + at.width / 2, at.y + at.height + 2)
    above = label.y + label.height <= at.y + 4
    edge = label.y + label.height * above
    return words(broken(name, label.width + SIZE), label.x + label.width / 2, edge, above=above)


def _pool(seen: _Seen) -> str:
    at, name = seen.at, _named(seen.of)
    frame = shape("rect", **_rectangle(at), class_="fill-ground", fill="#fff", stroke="#555")
    across = seen.shape.horizontal
    is_pool = isinstance(seen.of, Participant)
    if isinstance(seen.of, Participant) and not seen.of.process:
        inner = centred(name, at)
    elif across:
        line = (
            shape("path", d=f"M{at.x + _BAND:g} {at.y:g}v{at.height:g}", fill="none", stroke="#555") if is_pool else ""
        )
        inner = line + centred(name, Bounds(at.x, at.y, _BAND, at.height), turned=True)
    else:
        line = (
            shape("path", d=f"M{at.x:g} {at.y + _BAND:g}h{at.width:g}", fill="none", stroke="#555") if is_pool else ""
        )
        inner = line + centred(name, Bounds(at.x, at.y, at.width, _BAND))
    many = path(MARKERS["parallel"], at.x + at.width / 2, at.y + at.height - 10, 0.8) if _is_many(seen.of) else ""
    return frame + inner + many


def _is_many(element: Element) -> bool:
    return bool(element.all("participantMultiplicity"))


def _gateway(seen: _Seen, live: bool) -> str:
    at = seen.at
    x, y = at.x + at.width / 2, at.y + at.height / 2
    corners = f"M{x:g} {at.y:g}L{at.x + at.width:g} {y:g}L{x:g} {at.y + at.height:g}L{at.x:g} {y:g}Z"
    plain = seen.of.kind == "exclusiveGateway" and not seen.shape.marker
    sign = "" if plain else GATEWAYS[seen.of.kind]
    return shape("path", d=corners, **_frame(live)) + path(sign, x, y, at.width / 42, bold=True) + _below(seen)


def _activity(seen: _Seen, live: bool, is_open: bool) -> str:
    at, node = seen.at, seen.of
    width = 3 if node.kind == "callActivity" else 1.5
    dotted = {"stroke_dasharray": "2 3"} if node.told("triggeredByEvent") else {}
    frames = shape("rect", **_rectangle(at), rx=8, **_frame(live, width), **dotted)
    if node.kind == "transaction" or live:
        inner = Bounds(at.x + 4, at.y + 4, max(at.width - 8, 0), max(at.height - 8, 0))
        frames += shape("rect", **_rectangle(inner), rx=5, fill="none", stroke="#1d4f7c")
    sign = path(TASKS.get(node.kind, ""), at.x + 15, at.y + 15, 0.8, filled=node.kind in FILLED)
    markers = _markers(node, is_open)
    middle, foot = at.x + at.width / 2, at.y + at.height - 10
    first = middle - 9 * (len(markers) - 1)
    marks = "".join(path(MARKERS[each], first + 18 * n, foot, 0.8) for n, each in enumerate(markers))
    if is_open:
        return frames + sign + marks + words(broken(_named(node), at.width - 16), middle, at.y + 4)
    head, tail = 14.0 * bool(sign), 16.0 * bool(markers)
    if rows(_named(node), at.width) > at.height - head - tail:
        head = 0  # rather upon the sign than cut
    room = Bounds(at.x, at.y + head, at.width, max(at.height - head - tail, 0))
    return frames + sign + marks + centred(_named(node), room)


def _markers(node: Element, is_open: bool) -> list[str]:
    found = [node.loop] if isinstance(node, Node) and node.loop else []
    if node.told("isForCompensation"):
        found.append("compensation")
    if node.kind in CONTAINERS and not is_open:
        found.append("inside")
    return [*found, "adhoc"] if node.kind == "adHocSubProcess" else found


def _data(seen: _Seen) -> str:
    at, kind = seen.at, seen.of.kind
    if kind in ("dataStoreReference", "dataStore"):
        rise, half = at.height / 8, at.width / 2
        lid = f"M{at.x:g} {at.y + rise:g}a{half:g} {rise:g} 0 0 1 {at.width:g} 0"
        body = f"v{at.height - 2 * rise:g}a{half:g} {rise:g} 0 0 1 {-at.width:g} 0Z"
        rim = f"M{at.x:g} {at.y + rise:g}a{half:g} {rise:g} 0 0 0 {at.width:g} 0"
        return shape("path", d=f"{lid}{body}{rim}", **_frame(False)) + _below(seen)
    fold = min(10.0, at.width / 3)
    corner = f"M{at.x + at.width - fold:g} {at.y:g}v{fold:g}h{fold:g}"
    outline = f"{corner}V{at.y + at.height:g}H{at.x:g}V{at.y:g}h{at.width - fold:g}l{fold:g} {fold:g}"
    page = shape("path", d=outline, **_frame(False))
    if kind in ("dataInput", "dataOutput"):
        page += path(ARROW, at.x + 10, at.y + 10, 0.6, filled=kind == "dataOutput")
    if seen.of.told("isCollection"):
        page += path(MARKERS["parallel"], at.x + at.width / 2, at.y + at.height - 8, 0.7)
    return page + _below(seen)


def _annotation(seen: _Seen) -> str:
    at = seen.at
    bracket = f"M{at.x + 10:g} {at.y:g}H{at.x:g}v{at.height:g}h10"
    lines = [line for each in seen.of.said("text").splitlines() for line in broken(each, at.width - 8)]
    return shape("path", d=bracket, fill="none", stroke="#555") + words(lines, at.x + 6, at.y + 3, anchor="start")
