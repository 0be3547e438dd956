"""How large things are that nobody has drawn: as BPMN tools make them, wider where a name needs it."""

from math import ceil

from qilian.core.values.text import width

from .kinds import DATA, EVENTS, GATEWAYS, NOTES
from .model import Node

LABEL, LINE = 96, 16
"""How broad a label beside a shape may be, and how high a line of it."""
_COLUMN = 7.0  # pixels of half a Chinese character, generously


def label_size(name: str, most: float = LABEL) -> tuple[float, float]:
    """Return width and height of a label that is broken into lines; nothing for no name."""
    columns = sum(width(line) for line in name.splitlines())
    lines = sum(max(1, ceil(width(line) * _COLUMN / (most - 2 * _COLUMN))) for line in name.splitlines())
    return min(most, ceil(columns * _COLUMN) + 4.0) if columns else 0.0, float(LINE * lines) if columns else 0.0


def size(node: Node) -> tuple[float, float]:
    """Return width and height of a node without an inside."""
    if node.kind in EVENTS:
        return 36, 36
    if node.kind in GATEWAYS:
        return 50, 50
    if node.kind in DATA:
        return 36, 50
    if node.kind in NOTES:
        return 2.0 * LABEL, label_size(node.said("text"), 2 * LABEL)[1] + LINE
    return 100, 80


def label_beside(node: Node) -> tuple[float, float]:
    """Return the size of a name that stands below its shape; nothing where it stands inside."""
    return label_size(node.name) if node.kind in EVENTS | GATEWAYS | DATA else (0, 0)
