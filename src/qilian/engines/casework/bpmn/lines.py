"""A flow as SVG: its line with the head, tail and name that its kind has."""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from math import hypot

from .glyphs import SIGNS
from .kernel.kinds import ACTIVITIES
from .kernel.model import Edge, Element, Flow, Point, local
from .svg import SIZE, Attributes, broken, path, shape, words

_INK = "#333"
_DASHES = {"messageFlow": "6 4", "sequenceFlow": "", "conversationLink": ""}
_DOTS = "2 3"


def drawn_flow(edge: Edge, flow: Flow, known: Mapping[str, Element]) -> str:
    """Return a flow; nothing where its edge has no two corners."""
    points = [point for point, _ in groupby(edge.points)]
    if len(points) < 2:
        return ""
    dashes = _DASHES.get(flow.kind, _DOTS)
    style: Attributes = {
        "fill": "none",
        "stroke": _INK,
        "stroke_width": 4.5 if flow.kind == "conversationLink" else 1.5,
    }
    line = shape("path", d=_through(points), **style, **({"stroke_dasharray": dashes} if dashes else {}))
    if flow.kind == "conversationLink":
        line += shape("path", d=_through(points), fill="none", stroke="#fff", stroke_width=1.5)
    return f"<g>{line}{_ends(flow, points, known)}{_letter(edge, points)}{_name(edge, flow, points)}</g>"


def _through(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in points)


def _ends(flow: Flow, points: Sequence[Point], known: Mapping[str, Element]) -> str:
    if flow.kind == "sequenceFlow":
        return _head(points, filled=True) + _tail(flow, points, known)
    if flow.kind == "messageFlow":
        start = _at(points[0], points[1], 4, 0)
        circle = shape("circle", cx=start.x, cy=start.y, r=3.5, fill="#fff", stroke=_INK)
        return circle + _head(points, filled=False)
    directed = flow.get("associationDirection", "One" if flow.kind.startswith("data") else "None")
    ends = {"One": (points,), "Both": (points, list(reversed(points)))}.get(directed, ())
    return "".join(_open_head(each) for each in ends)


def _tail(flow: Flow, points: Sequence[Point], known: Mapping[str, Element]) -> str:
    """At the start of a flow: a stroke where it is the default, a diamond where an activity leaves on a condition."""
    source = known.get(local(flow.source))
    if source and local(source.get("default")) == flow.id != "":
        a, b = _at(points[0], points[1], 8, -5), _at(points[0], points[1], 12, 5)
        return shape("path", d=_through((a, b)), fill="none", stroke=_INK, stroke_width=1.5)
    if source and source.kind in ACTIVITIES and flow.condition:
        corners = [points[0], _at(points[0], points[1], 8, 5), _at(points[0], points[1], 16, 0)]
        corners.append(_at(points[0], points[1], 8, -5))
        return shape("path", d=f"{_through(corners)}Z", fill="#fff", stroke=_INK)
    return ""


def _head(points: Sequence[Point], *, filled: bool) -> str:
    tip, before = points[-1], points[-2]
    corners = (tip, _at(tip, before, 9, 4.5), _at(tip, before, 9, -4.5))
    return shape("path", d=f"{_through(corners)}Z", fill=_INK if filled else "#fff", stroke=_INK)


def _open_head(points: Sequence[Point]) -> str:
    tip, before = points[-1], points[-2]
    corners = (_at(tip, before, 8, 4.5), tip, _at(tip, before, 8, -4.5))
    return shape("path", d=_through(corners), fill="none", stroke=_INK)


def _at(start: Point, to: Point, along: float, aside: float) -> Point:
    """A place so far from a point towards another, and so far aside of that line."""
    length = hypot(to.x - start.x, to.y - start.y)
    x, y = (to.x - start.x) / length, (to.y - start.y) / length
    return Point(start.x + along * x - aside * y, start.y + along * y + aside * x)


def _middle(points: Sequence[Point]) -> tuple[Point, bool]:
    """The middle of the longest stretch, and whether that lies across."""
    one, other = max(pairwise(points), key=lambda pair: hypot(pair[1].x - pair[0].x, pair[1].y - pair[0].y))
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2), abs(other.x - one.x) >= abs(other.y - one.y)


def _letter(edge: Edge, points: Sequence[Point]) -> str:
    """The envelope on a flow of messages, where the file shows it."""
    kind = edge.get("messageVisibleKind")
    if not kind:
        return ""
    middle, _ = _middle(points)
    ground = shape("rect", x=middle.x - 11, y=middle.y - 8, width=22, height=16, fill="#fff", stroke="none")
    return ground + path(SIGNS["messageEventDefinition"], middle.x, middle.y, 1.1, filled=kind == "non_initiating")


def _name(edge: Edge, flow: Flow, points: Sequence[Point]) -> str:
    name, label = " ".join(flow.name.split()), edge.label
    if label and label.width > 0:
        return words(broken(name, label.width + SIZE), label.x + label.width / 2, label.y)
    middle, across = _middle(points)
    if across:
        return words(broken(name, 110), middle.x, middle.y - 3, above=True)
    return words(broken(name, 110), middle.x + 4, middle.y - SIZE, anchor="start")
