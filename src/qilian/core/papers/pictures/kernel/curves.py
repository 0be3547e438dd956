"""Two balances day by day as steps, and what lies between them shaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .marks import Dot, Drawing, Line, Look, Mark, Point, Words
from .measure import LEADING, SIZE, breadth
from .parts import GAP, Legend, legend, ticks

_PLOT = 220


@dataclass(frozen=True, slots=True)
class Day:
    """One day with both values at its end."""

    on: date
    first: float
    second: float


def curves(
    width: float,
    days: Sequence[Day],
    *,
    title: str,
    desc: str,
    names: tuple[str, str, str],
    said: Callable[[float], str],
) -> Drawing:
    """Draw two stepped lines and their gap; `names` are those of both lines and of the gap, `said` writes a value."""
    key: Legend = (("full", names[0]), ("open", names[1]), ("warn", names[2]))
    marks, top = legend(width, 0, key, lines=2)
    values = [value for day in days for value in (day.first, day.second)]
    low, high = min(values), max(values)
    grid = ticks(low, high, 4)
    left = max(breadth(said(value)) for value in grid) + GAP
    bottom = top + LEADING + _PLOT
    whole = (days[-1].on - days[0].on).days or 1

    def across(day: date) -> float:
        return left + (width - left - 6) * (day - days[0].on).days / whole

    def up(value: float) -> float:
        return bottom - (bottom - top - LEADING) * ((value - low) / ((high - low) or 1))

    for value in grid:
        marks += [Line(((left, up(value)), (width, up(value))), "line"), _tick(left, up(value), said(value))]
    first, second = (_steps(days, side, across, up) for side in ("first", "second"))
    marks += [Line((*first, *reversed(second)), "warn", closed=True)]
    marks += [Line(second, "open"), Line(first, "full")]
    marks += [Dot(*first[-1], "full", radius=4), Dot(*second[-1], "open", radius=4)]
    marks += _ends(width, left, bottom, days)
    return Drawing(width, bottom + LEADING + GAP, title, desc, tuple(marks))


def _steps(
    days: Sequence[Day], side: str, across: Callable[[date], float], up: Callable[[float], float]
) -> tuple[Point, ...]:
    """A line that holds its value until the day on which it changes."""
    points: list[Point] = []
    for day in days:
        x, y = across(day.on), up(getattr(day, side))
        points += [(x, points[-1][1])] if points else []
        points.append((x, y))
    return tuple(points)


def _tick(left: float, y: float, said: str) -> Mark:
    return Words(left - GAP, y + SIZE / 2 - 2, said, "soft", "end")


def _ends(width: float, left: float, bottom: float, days: Sequence[Day]) -> list[Mark]:
    """The first and the last day under the plot."""
    look: Look = "soft"
    return [
        Words(left, bottom + LEADING, days[0].on.isoformat(), look),
        *([Words(width, bottom + LEADING, days[-1].on.isoformat(), look, "end")] if len(days) > 1 else []),
    ]
