"""What several pictures share: a legend, a scale with round numbers, labels of several lines."""

from collections.abc import Sequence
from math import floor, log10

from .marks import Anchor, Box, Line, Look, Mark, Words
from .measure import BASE, LEADING, breadth, wrap

GAP = 8
NARROW = 600
"""Below this width a picture puts its labels above what they name instead of beside it."""
Legend = Sequence[tuple[Look, str]]


def legend(width: float, top: float, entries: Legend, lines: int = 0) -> tuple[list[Mark], float]:
    """Swatches with their words in rows, and where the next mark may begin; the first so many stand for lines."""
    marks: list[Mark] = []
    x = 1.0
    for n, (look, said) in enumerate(entries):
        room = 14 + 6 + breadth(said)
        if x > 1 and x + room > width:
            x, top = 1.0, top + LEADING + 4
        swatch = Line(((x, top + 10), (x + 14, top + 10)), look) if n < lines else Box(x, top + 4, 14, 14, look)
        marks += [swatch, Words(x + 20, top + BASE, said, "soft")]
        x += room + 2 * GAP
    return marks, top + LEADING + 2 * GAP if entries else top


def label(
    x: float, top: float, said: str, room: float, *, look: Look = "ink", anchor: Anchor = "start", strong: bool = False
) -> list[Words]:
    """A label in as many lines as it needs; `top` is where its first line begins."""
    lines = enumerate(wrap(said, room))
    return [Words(x, top + BASE + n * LEADING, line, look, anchor, strong) for n, line in lines]


def height(said: str, room: float) -> float:
    """How high a label is."""
    return LEADING * len(wrap(said, room))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from one end to the other, at most so many steps.

    >>> ticks(0, 100, 5), ticks(0, 0, 5), ticks(3, 11, 4)
    ([0, 20, 40, 60, 80, 100], [0], [4, 6, 8, 10])
    """
    if high <= low:
        return [low]
    rough = (high - low) / most
    unit = 10 ** floor(log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * (1 - 1e-9))
    first = -floor(-low / step)
    return [step * n for n in range(first, floor(high / step) + 1)]
