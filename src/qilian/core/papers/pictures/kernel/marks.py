"""What a drawing is made of: boxes, lines, dots and words in pixels from the upper left, some of them links."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .measure import SIZE, breadth

Look = Literal[
    "full", "half", "open", "wait", "pale", "good", "warn", "bad", "ground", "ink", "soft", "inverse", "line", "axis"
]  # fmt: skip
"""How a mark is filled or drawn, as a class of the style sheet; fillings differ by hatching or frame too."""
Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    look: Look


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; closed, it is a filled area."""

    points: tuple[Point, ...]
    look: Look = "line"
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark at one place: a disc, or a diamond that stands for the reader's own case."""

    x: float
    y: float
    look: Look = "full"
    diamond: bool = False
    radius: float = 5


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its base line, `anchor` says which part of it stands at `x`."""

    x: float
    y: float
    text: str
    look: Look = "ink"
    anchor: Anchor = "start"
    strong: bool = False
    size: float = SIZE


Mark = Box | Line | Dot | Words


@dataclass(frozen=True, slots=True)
class Link:
    """Marks that lead to an address; what it is called is said by its words."""

    url: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its size, what it shows, that in a sentence, and its marks in the order of painting."""

    width: float
    height: float
    title: str
    desc: str
    marks: tuple[Mark | Link, ...]


Extent = tuple[float, float, float, float]


def extent(mark: Mark) -> Extent:
    """Left, top, right and bottom of a mark.

    >>> extent(Box(1, 2, 30, 4, "full")), extent(Dot(10, 10))
    ((1, 2, 31, 6), (5, 5, 15, 15))
    """
    match mark:
        case Box():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        case Line():
            across, down = [x for x, _ in mark.points], [y for _, y in mark.points]
            return min(across), min(down), max(across), max(down)
        case Dot():
            return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius
    length = breadth(mark.text, mark.size)
    left = mark.x - {"start": 0.0, "middle": length / 2, "end": length}[mark.anchor]
    return left, mark.y - 1.1 * mark.size, left + length, mark.y + 0.3 * mark.size


def flat(marks: Iterable[Mark | Link]) -> list[Mark]:
    """All marks of a drawing, those of links too."""
    return [each for mark in marks for each in (mark.marks if isinstance(mark, Link) else (mark,))]
