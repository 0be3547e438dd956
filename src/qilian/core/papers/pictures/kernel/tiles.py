"""Places as tiles where they lie towards each other: no map, no borders."""

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Box, Drawing, Line, Link, Look, Mark, Words
from .measure import BASE, LEADING, breadth, wrap
from .parts import GAP, Legend, legend

_LEAST, _MOST = 64, 150


@dataclass(frozen=True, slots=True)
class Tile:
    """One place: column and row from the upper left (1, 1), its name, its number in words, how it is filled."""

    column: int
    row: int
    name: str
    said: str
    look: Look
    url: str = ""
    chosen: bool = False


_STEPS: tuple[Look, ...] = ("pale", "half", "full")


def shades(most: int) -> list[tuple[Look, int, int]]:
    """How numbers up to `most` are filled: each look with the least and the greatest number that it stands for.

    >>> shades(9)
    [('wait', 0, 0), ('pale', 1, 3), ('half', 4, 6), ('full', 7, 9)]
    >>> shades(1)
    [('wait', 0, 0), ('pale', 1, 1)]
    """
    edges = [most * n // len(_STEPS) for n in range(len(_STEPS) + 1)] if most >= len(_STEPS) else list(range(most + 1))
    steps = [(look, low + 1, high) for look, low, high in zip(_STEPS, edges, edges[1:], strict=False)]
    return [("wait", 0, 0), *steps]


def tiles(width: float, places: Sequence[Tile], *, title: str, desc: str, key: Legend = ()) -> Drawing:
    """Draw tiles in their grid, as wide as the page and their names allow."""
    marks, top = legend(width, 0, key)
    across, down = (max((getattr(each, side) for each in places), default=1) for side in ("column", "row"))
    size = min((width - GAP * (across - 1)) / across, _MOST)
    names = {each: (wrap(each.name, size - 2 * GAP), wrap(each.said, size - 2 * GAP)) for each in places}
    tall = max([_LEAST, *(len((*name, *said)) * LEADING + 2 * GAP for name, said in names.values())])
    drawn: list[Mark | Link] = [*marks]
    for each in places:
        x, y = (each.column - 1) * (size + GAP), top + (each.row - 1) * (tall + GAP)
        found = _tile(each, names[each], (x, y, size, tall))
        drawn += [Link(each.url, found)] if each.url else found
    return Drawing(width, top + down * (tall + GAP), title, desc, tuple(drawn))


def _tile(
    each: Tile, words: tuple[Sequence[str], Sequence[str]], place: tuple[float, float, float, float]
) -> tuple[Mark, ...]:
    x, y, size, tall = place
    name, said = words
    ink: Look = "inverse" if each.look == "full" else "ink"
    marks: list[Mark] = [Box(x + 1, y + 1, size - 2, tall - 2, each.look)]
    if each.look in ("half", "warn", "bad"):  # words do not stand on hatching
        widest = max(map(breadth, (*name, *said)))
        marks.append(Box(x + 5, y + 5, min(widest + 6, size - 10), LEADING * len((*name, *said)) + 4, "ground"))
    for n, line in enumerate((*name, *said)):
        marks.append(Words(x + GAP, y + BASE + 4 + n * LEADING, line, ink, strong=n >= len(name)))
    if each.chosen:
        corners = ((x, y), (x + size, y), (x + size, y + tall), (x, y + tall), (x, y))
        marks.append(Line(corners, "ink"))
    return tuple(marks)
