"""What was placed as a diagram of the standard: a plane, its shapes with labels, its edges with corners."""

from collections.abc import Iterable, Sequence

from .kinds import CONTAINERS
from .model import (
    Attributes,
    Bounds,
    Corner,
    Diagram,
    Drawn,
    Edge,
    Element,
    Flow,
    Measure,
    Node,
    Plane,
    Point,
    Shape,
)


def diagram(
    of: Element,
    nodes: Iterable[tuple[Node, Bounds, Bounds | None]],
    flows: Iterable[tuple[Flow, Sequence[Point], Bounds | None]],
    known: set[str],
) -> Diagram:
    """Return the diagram of a process; ids are made of those shown, and added to those that are `known`."""
    shapes = [
        Shape(
            "BPMNShape",
            (
                ("id", _fresh(f"{node.id}_di", known)),
                ("bpmnElement", node.id),
                *((("isExpanded", "true" if node.nodes else "false"),) if node.kind in CONTAINERS else ()),
                *((("isMarkerVisible", "true"),) if node.kind == "exclusiveGateway" else ()),
            ),
            (_measured(bounds), *_label(label)),
        )
        for node, bounds, label in nodes
    ]
    edges = [
        Edge(
            "BPMNEdge",
            (("id", _fresh(f"{flow.id}_di", known)), ("bpmnElement", flow.id)),
            (*(Corner("waypoint", _numbers(point._asdict())) for point in points), *_label(label)),
        )
        for flow, points, label in flows
    ]
    name = of.id or "process"
    plane = Plane("BPMNPlane", (("id", _fresh(f"{name}_plane", known)), ("bpmnElement", of.id)), (*shapes, *edges))
    return Diagram("BPMNDiagram", (("id", _fresh(f"{name}_diagram", known)),), (plane,))


def _fresh(wanted: str, known: set[str]) -> str:
    while wanted in known:
        wanted += "_"
    known.add(wanted)
    return wanted


def _label(bounds: Bounds | None) -> tuple[Drawn, ...]:
    return (Drawn("BPMNLabel", (), (_measured(bounds),)),) if bounds else ()


def _measured(bounds: Bounds) -> Measure:
    return Measure("Bounds", _numbers(bounds._asdict()))


def _numbers(named: dict[str, float]) -> Attributes:
    return tuple((name, f"{value:.6g}" if value % 1 else f"{value:.0f}") for name, value in named.items())
