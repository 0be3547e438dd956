"""What became of what: names on the left, names on the right, and a band for each passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .marks import Box, Drawing, Line, Link, Look, Mark, Point
from .measure import LEADING
from .parts import GAP, height, label

_STEPS, _EDGE = 12, 6


@dataclass(frozen=True, slots=True)
class End:
    """One name on a side, with its address if it has a page."""

    key: str
    name: str
    url: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """From a name on the left to one on the right; one that is not proved is drawn hatched."""

    source: str
    target: str
    look: Look = "pale"


def flow(
    width: float,
    left: tuple[str, Sequence[End]],
    right: tuple[str, Sequence[End]],
    passages: Sequence[Passage],
    *,
    title: str,
    desc: str,
) -> Drawing:
    """Draw both sides under their headings, and the bands between them."""
    room = (width - min(width * 0.3, 220)) / 2
    heads = [*label(0, 0, left[0], room, look="soft"), *label(width, 0, right[0], room, look="soft", anchor="end")]
    top = max(height(left[0], room), height(right[0], room)) + GAP
    tall = {name: sum(name in (each.source, each.target) for each in passages) for name in _keys(left, right)}
    first, ends = _side(left[1], room, top, tall, 0)
    second, others = _side(right[1], room, top, tall, width)
    bands = [_band(each, room + GAP, width - room - GAP, ends, others) for each in passages]
    edges: list[Mark] = [
        Box(x, y, _EDGE, bottom - y, "full")
        for x, side in ((room + GAP - _EDGE, ends), (width - room - GAP, others))
        for y, bottom in side.values()
    ]
    bottom = max((end for side in (ends, others) for _, end in side.values()), default=top)
    return Drawing(width, bottom + GAP, title, desc, (*heads, *bands, *edges, *first, *second))


def _keys(*sides: tuple[str, Sequence[End]]) -> list[str]:
    return [each.key for _, ends in sides for each in ends]


def _side(
    ends: Sequence[End], room: float, top: float, weights: Mapping[str, int], at: float
) -> tuple[list[Mark | Link], dict[str, tuple[float, float]]]:
    """The names of one side, and where each begins and ends."""
    drawn: list[Mark | Link] = []
    places: dict[str, tuple[float, float]] = {}
    for each in ends:
        tall = max(height(each.name, room - GAP), LEADING * weights[each.key])
        words = label(at, top, each.name, room - GAP, anchor="end" if at else "start", strong=each.strong)
        drawn += [Link(each.url, tuple(words))] if each.url else words
        places[each.key] = (top, top + tall)
        top += tall + GAP
    return drawn, places


def _band(
    each: Passage,
    x: float,
    end: float,
    left: Mapping[str, tuple[float, float]],
    right: Mapping[str, tuple[float, float]],
) -> Mark:
    """A band that begins as high as its source and ends as high as its target."""
    (top, bottom), (other, lower) = left[each.source], right[each.target]
    upper = [_between(x, top, end, other, n) for n in range(_STEPS + 1)]
    below = [_between(x, bottom, end, lower, n) for n in range(_STEPS, -1, -1)]
    return Line((*upper, *below), each.look, closed=True)


def _between(x: float, y: float, end: float, other: float, n: int) -> Point:
    share = n / _STEPS
    eased = share * share * (3 - 2 * share)
    return x + (end - x) * share, y + (other - y) * eased
