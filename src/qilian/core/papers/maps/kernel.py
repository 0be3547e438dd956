"""A map: places by their outlines, each named where its name has room, else by a number that is told below."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qilian.core.papers.pictures.api import (
    BASE,
    GAP,
    LEADING,
    Box,
    Dot,
    Drawing,
    Legend,
    Line,
    Link,
    Look,
    Mark,
    Point,
    Words,
    breadth,
    label,
    legend,
)

Outline = Sequence[Point]
_TALL = 0.75  # of the width at the most
_SAMPLES = 12  # in each direction, where the middle of a place is sought
_FEW = 60  # points of an outline that are enough to find its middle
_CLOSE = 1.0  # pixels: points nearer than this to the one before are left out
_ROUND = 10.0  # half the size of a number's disc
_AWAY = 6  # how many times that a disc may stand from where it belongs


@dataclass(frozen=True, slots=True)
class Area:
    """One place: its outlines in degrees (longitude, latitude), its name, its number in words, how it is filled."""

    outlines: tuple[tuple[Point, ...], ...]
    name: str
    said: str
    look: Look
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Scale:
    """From degrees to pixels: right for the middle latitude, which is enough for one province."""

    west: float
    north: float
    across: float  # pixels for each degree of longitude
    down: float
    left: float
    top: float

    def on(self, outline: Outline) -> list[Point]:
        """An outline in pixels, without points that lie upon each other."""
        found: list[Point] = []
        for lon, lat in outline:
            point = self.left + (lon - self.west) * self.across, self.top + (self.north - lat) * self.down
            if not found or math.dist(point, found[-1]) >= _CLOSE:
                found.append(point)
        return found


def areas(width: float, places: Sequence[Area], *, title: str, desc: str, key: Legend = ()) -> Drawing:
    """Draw places by their outlines, the larger first, so that what lies within another stands upon it."""
    marks, top = legend(width, 0, key)
    scale, bottom = _scaled(width, top, [point for each in places for ring in each.outlines for point in ring])
    shapes = sorted(((each, _shape(each, scale)) for each in places), key=lambda pair: -_size(pair[1][0]))
    taken: list[Box] = []
    words = [_named(each, rings[0], taken) for each, rings in shapes]
    told = [each for (each, _), found in zip(shapes, words, strict=True) if not found]
    drawn: list[Mark | Link] = [*marks]
    for (each, rings), found in zip(shapes, words, strict=True):
        found = found or _numbered(told.index(each) + 1, _middle(rings[0]), (top, width, bottom), taken)
        shape = (*(Line(tuple(ring), each.look, closed=True) for ring in rings), *found)
        drawn += [Link(each.url, shape)] if each.url else shape
    top = bottom + GAP
    for number, each in enumerate(told, 1):
        lines = label(1, top, f"{number}  {each.name} {each.said}", width - 2)
        drawn += lines
        top += LEADING * len(lines)
    return Drawing(width, top + GAP, title, desc, tuple(drawn))


def _scaled(width: float, top: float, points: Sequence[Point]) -> tuple[_Scale, float]:
    """The scale that shows all points as large as the width and the height allow, and where the map ends below."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    flat = math.cos(math.radians((south + north) / 2))
    wide, tall = max((east - west) * flat, 1e-6), max(north - south, 1e-6)
    room = width - 2
    down = min(room / wide, room * _TALL / tall)
    left = 1 + (room - wide * down) / 2
    return _Scale(west, north, down * flat, down, left, top + 1), top + 2 + tall * down


def _shape(each: Area, scale: _Scale) -> list[list[Point]]:
    """The outlines of a place in pixels, the largest first; those smaller than a point are left out, but for one."""
    found = sorted((scale.on(ring) for ring in each.outlines), key=lambda ring: -_size(ring))
    return [found[0], *(ring for ring in found[1:] if len(ring) > 2)]


def _size(ring: Sequence[Point]) -> float:
    """The area within an outline."""
    following = [*ring[1:], ring[0]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, following, strict=True))) / 2


def _named(each: Area, ring: Sequence[Point], taken: list[Box]) -> tuple[Mark, ...]:
    """Name and number of a place in its middle, where they lie within it and upon nothing else; else nothing."""
    (x, y), lines = _middle(ring), (each.name, each.said)
    wide, tall = max(map(breadth, lines)) + 8, LEADING * len(lines) + 4
    box = Box(x - wide / 2, y - tall / 2, wide, tall, "ground")
    corners = [(x + a * wide / 2, y + b * tall / 2) for a in (-1, 1) for b in (-1, 1)]
    if any(_meet(box, other) for other in taken) or not all(_within(corner, ring) for corner in corners):
        return ()
    taken.append(box)
    words = [
        Words(x, box.y + 2 + BASE + n * LEADING, line, "ink", "middle", strong=n > 0) for n, line in enumerate(lines)
    ]
    return (box, *words)


def _numbered(number: int, spot: Point, room: tuple[float, float, float], taken: list[Box]) -> tuple[Mark, ...]:
    """A number in a disc, as near to a spot as the picture and what stands there allow; else it is told below alone."""
    top, width, bottom = room
    size = 2 * _ROUND
    for away in range(_AWAY):
        steps = {(a, b) for a in (-away, 0, away) for b in (-away, 0, away)}
        for a, b in sorted(steps, key=lambda step: (math.hypot(*step), step)):
            x = min(max(spot[0] + a * _ROUND, _ROUND + 1), width - _ROUND - 1)
            y = min(max(spot[1] + b * _ROUND, top + _ROUND + 1), max(bottom, top + size + 2) - _ROUND - 1)
            box = Box(x - _ROUND, y - _ROUND, size, size, "ground")
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                return Dot(x, y, "ground", radius=_ROUND), Words(x, y + 5, str(number), "ink", "middle", strong=True)
    return ()


def _meet(one: Box, other: Box) -> bool:
    return (
        abs(one.x + one.width / 2 - other.x - other.width / 2) < (one.width + other.width) / 2
        and abs(one.y + one.height / 2 - other.y - other.height / 2) < (one.height + other.height) / 2
    )


def _middle(ring: Sequence[Point]) -> Point:
    """The point within an outline that lies farthest from it, among some; its first point where none lies within."""
    few = ring[:: len(ring) // _FEW + 1]
    west, east = min(x for x, _ in few), max(x for x, _ in few)
    north, south = min(y for _, y in few), max(y for _, y in few)
    samples = [
        (west + (east - west) * (a + 0.5) / _SAMPLES, north + (south - north) * (b + 0.5) / _SAMPLES)
        for a in range(_SAMPLES)
        for b in range(_SAMPLES)
    ]
    inside = [each for each in samples if _within(each, few)]
    return max(inside, key=lambda each: min(math.dist(each, point) for point in few), default=ring[0])


def _within(spot: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies within an outline: a ray from it meets the outline an odd number of times."""
    x, y = spot
    met = 0
    for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
        met += (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a
    return met % 2 == 1
