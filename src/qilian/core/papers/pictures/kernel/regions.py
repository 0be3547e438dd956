"""What a rule answers over two numbers: a rectangle for each answer, limits along both sides, a case as a diamond."""

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Box, Dot, Drawing, Line, Look, Mark, Words
from .measure import BASE, LEADING, breadth, wrap
from .parts import GAP, height, label

_CELL = 92


@dataclass(frozen=True, slots=True)
class Axis:
    """One number: its name, and the limits between its stretches, each written as people write it, in order."""

    name: str
    limits: Sequence[tuple[float, str]]

    def share(self, value: float) -> float:
        """Where a value lies, counted in stretches, which are drawn alike however wide they are.

        >>> Axis("t", ((10, "10"), (20, "20"))).share(15), Axis("t", ((10, "10"),)).share(40)
        (1.5, 1.8)
        """
        edges = [limit for limit, _ in self.limits]
        below = sum(value >= edge for edge in edges)
        if 0 < below < len(edges):
            return below + (value - edges[below - 1]) / (edges[below] - edges[below - 1])
        edge = edges[0 if below == 0 else -1] if edges else 0
        away = min(abs(value - edge) / (abs(edge) or 1), 0.8)
        return 1 - max(away, 0.1) if below == 0 else below + away


def regions(
    width: float,
    across: Axis,
    up: Axis,
    answers: Sequence[Sequence[tuple[Look, str]]],
    *,
    title: str,
    desc: str,
    mine: tuple[float, float, str] | None = None,
) -> Drawing:
    """Draw the answers by stretch (rows from the lowest up); `mine` is a case with its words."""
    marks: list[Mark] = []
    top = 0.0
    if mine:
        marks += [Dot(8, 11, "ink", diamond=True, radius=7), *label(22, 0, mine[2], width - 22, look="soft")]
        top = height(mine[2], width - 22) + GAP
    top += height(up.name, width) + 2
    marks += label(0, top - height(up.name, width) - 2, up.name, width, look="soft")
    left = max((breadth(said) for _, said in up.limits), default=0) + GAP
    wide = (width - left) / (len(across.limits) + 1)
    tall = max([_CELL, *(height(said, wide - 2 * GAP) + 2 * GAP for row in answers for _, said in row)])
    bottom = top + tall * len(answers)
    for n, row in enumerate(answers):
        for m, (look, said) in enumerate(row):
            marks += _cell(left + m * wide, bottom - (n + 1) * tall, (wide, tall), look, said)
    marks += _edges(across, up, (left, bottom, wide, tall))
    y = bottom + LEADING + 4
    marks += label(left, y, across.name, width - left, look="soft")
    if mine:
        x, line = across.share(mine[0]), up.share(mine[1])
        words = height(answers[int(line)][int(x)][1], wide - 2 * GAP)
        free = tall - words - 4 * GAP  # the case stands beneath the words of its cell
        place = bottom - int(line) * tall - GAP - 1 - (line - int(line)) * free
        marks.append(Dot(left + x * wide, place, "ink", diamond=True, radius=7))
    return Drawing(width, y + height(across.name, width - left) + 4, title, desc, tuple(marks))


def _cell(x: float, y: float, size: tuple[float, float], look: Look, said: str) -> list[Mark]:
    lines = wrap(said, size[0] - 2 * GAP)
    ink: Look = "inverse" if look == "full" else "ink"
    back = max(breadth(line) for line in lines) + 6
    ground: list[Mark] = [Box(x + GAP - 3, y + 4, back, len(lines) * LEADING + 4, "ground")] if look == "half" else []
    words = [Words(x + GAP, y + 2 + BASE + n * LEADING, line, ink) for n, line in enumerate(lines)]
    return [Box(x + 1, y + 1, size[0] - 2, size[1] - 2, look), *ground, *words]


def _edges(across: Axis, up: Axis, place: tuple[float, float, float, float]) -> list[Mark]:
    """The limits along both sides, with short lines where they lie."""
    left, bottom, wide, tall = place
    marks: list[Mark] = []
    for n, (_, said) in enumerate(across.limits, 1):
        x = left + n * wide
        marks += [Line(((x, bottom), (x, bottom + 5)), "axis"), Words(x, bottom + LEADING, said, "ink", "middle")]
    for n, (_, said) in enumerate(up.limits, 1):
        y = bottom - n * tall
        marks += [Line(((left - 4, y), (left, y)), "axis"), Words(left - GAP + 2, y + 5, said, "ink", "end")]
    return marks
