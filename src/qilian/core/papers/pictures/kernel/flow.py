"""What became of what: names on the left, names on the right, and a band for each passage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .marks import Anchor, Box, Drawing, Line, Link, Look, Mark, Point
from .measure import LEADING
from .parts import GAP, height, label

_STEPS, _EDGE = 12, 6
Stretch = tuple[float, float]


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
    """Draw both sides under their headings, their names towards the bands between them."""
    room = (width - max(width * 0.24, 64)) / 2
    at, till = room, width - room
    heads = [
        *label(at, 0, left[0], room, look="soft", anchor="end"),
        *label(till, 0, right[0], room, look="soft"),
    ]
    top = max(height(left[0], room), height(right[0], room)) + GAP
    first, ends = _side(left[1], (at, room, top), [each.source for each in passages], "end")
    second, others = _side(right[1], (till, room, top), [each.target for each in passages], "start")
    bands = _bands(passages, (at + GAP, till - GAP), ends, others)
    edges: list[Mark] = [
        Box(x, y, _EDGE, bottom - y, "full")
        for x, side in ((at + GAP - _EDGE, ends), (till - GAP, others))
        for y, bottom in side.values()
    ]
    bottom = max((end for side in (ends, others) for _, end in side.values()), default=top)
    return Drawing(width, bottom + GAP, title, desc, (*heads, *bands, *edges, *first, *second))


def _side(
    ends: Sequence[End], place: tuple[float, float, float], used: Sequence[str], anchor: Anchor
) -> tuple[list[Mark | Link], dict[str, Stretch]]:
    """The names of one side, and from where to where each stands: high enough for its words and its bands."""
    x, room, top = place
    drawn: list[Mark | Link] = []
    stretches: dict[str, Stretch] = {}
    for each in ends:
        tall = max(height(each.name, room - GAP), LEADING * used.count(each.key))
        middle = top + (tall - height(each.name, room - GAP)) / 2
        words = label(x, middle, each.name, room - GAP, anchor=anchor, strong=each.strong)
        drawn += [Link(each.url, tuple(words))] if each.url else words
        stretches[each.key] = (top, top + tall)
        top += tall + GAP
    return drawn, stretches


def _bands(
    passages: Sequence[Passage], across: Stretch, left: Mapping[str, Stretch], right: Mapping[str, Stretch]
) -> list[Mark]:
    """The bands: what leaves a name, and what comes to one, lies side by side."""
    leaves = _shares([each.source for each in passages], left)
    comes = _shares([each.target for each in passages], right)
    return [
        _band(each.look, across, *pair) for each, pair in zip(passages, zip(leaves, comes, strict=True), strict=True)
    ]


def _shares(keys: Sequence[str], stretches: Mapping[str, Stretch]) -> list[Stretch]:
    """The part of a name's stretch that each band has, in the order of the bands."""
    found: list[Stretch] = []
    for n, key in enumerate(keys):
        top, bottom = stretches[key]
        part = (bottom - top) / keys.count(key)
        found.append((top + part * keys[:n].count(key), top + part * (keys[:n].count(key) + 1)))
    return found


def _band(look: Look, across: Stretch, source: Stretch, target: Stretch) -> Mark:
    upper = [_between(across, source[0], target[0], n) for n in range(_STEPS + 1)]
    below = [_between(across, source[1], target[1], n) for n in range(_STEPS, -1, -1)]
    return Line((*upper, *below), look, closed=True)


def _between(across: Stretch, y: float, other: float, n: int) -> Point:
    share = n / _STEPS
    eased = share * share * (3 - 2 * share)
    return across[0] + (across[1] - across[0]) * share, y + (other - y) * eased
