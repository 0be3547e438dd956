"""Rows with bars on one scale: shares of a whole, steps of an account, points against limits."""

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Box, Drawing, Line, Link, Look, Mark, Words
from .measure import BASE, LEADING, breadth
from .parts import GAP, NARROW, Legend, height, label, legend

_BAR, _LEAST = 16, 26
"""A bar and the least height of a row, in pixels: links of neighbouring rows do not crowd each other (WCAG 2.5.8)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what it is of, its parts on the scale one behind another from `start`, and what is said of it."""

    label: str
    parts: Sequence[tuple[Look, float]]
    said: str = ""
    start: float = 0
    url: str = ""
    strong: bool = False

    @property
    def end(self) -> float:
        """Where its last part ends on the scale."""
        return self.start + sum(size for _, size in self.parts)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where labels, bars and what is said of them stand."""

    labels: float
    left: float
    right: float
    end: float
    most: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        return self.left + (self.right - self.left) * min(max(value, 0), self.most) / self.most


def bars(
    width: float,
    rows: Sequence[Bar],
    *,
    title: str,
    desc: str,
    key: Legend = (),
    most: float = 0,
    limits: Sequence[tuple[float, str]] = (),
) -> Drawing:
    """Draw bars; `most` ends the scale (else the longest bar does), `limits` are lines across with their words."""
    columns = _columns(width, rows, most or max((row.end for row in rows), default=0) or 1)
    marks, y = legend(width, 0, key)
    top = y
    for value, said in limits:
        marks.append(_limit(width, columns.at(value), y, said))
        y += LEADING
    start, drawn = y, list[Mark | Link](marks)
    for row in rows:
        found, y = _row(columns, row, y)
        drawn += [Link(row.url, tuple(found))] if row.url else found
    crossing = [Line(((columns.at(value), start), (columns.at(value), y)), "axis") for value, _ in limits]
    return Drawing(width, max(y, top), title, desc, (*drawn, *crossing))


def _columns(width: float, rows: Sequence[Bar], most: float) -> _Columns:
    said = max((breadth(row.said) for row in rows), default=0)
    if width < NARROW:
        return _Columns(width, 0, width, width, most)
    labels = min(max((breadth(row.label) for row in rows), default=0), width * 0.36)
    said = min(said, width * 0.3)
    return _Columns(labels, labels + 2 * GAP, width - said - 2 * GAP, width, most)


def _row(columns: _Columns, row: Bar, y: float) -> tuple[list[Mark], float]:
    """The marks of a row and where the next begins."""
    if columns.left == 0:
        return _stacked(columns, row, y)
    room = columns.end - columns.right - 2 * GAP
    tall = max(height(row.label, columns.labels), height(row.said, room) if row.said else 0, _LEAST - 6)
    marks: list[Mark] = [*label(0, y, row.label, columns.labels, strong=row.strong)]
    marks += _parts(columns, row, y + 2)
    marks += label(columns.right + 2 * GAP, y, row.said, room, look="soft", strong=row.strong) if row.said else []
    return marks, y + tall + 6


def _stacked(columns: _Columns, row: Bar, y: float) -> tuple[list[Mark], float]:
    """On a narrow page: label and what is said above the bar, in one line where both fit."""
    named = label(0, y, row.label, columns.end, strong=row.strong)
    marks: list[Mark] = [*named]
    y += height(row.label, columns.end)
    if breadth(named[-1].text) + breadth(row.said) + 2 * GAP <= columns.end:
        marks.append(Words(columns.end, named[-1].y, row.said, "soft", "end", row.strong))
    else:
        marks += label(0, y, row.said, columns.end, look="soft", strong=row.strong)
        y += height(row.said, columns.end)
    marks += _parts(columns, row, y + 2)
    return marks, y + _BAR + 2 + 10


def _parts(columns: _Columns, row: Bar, y: float) -> list[Mark]:
    marks: list[Mark] = [Line(((columns.left, y + _BAR), (columns.right, y + _BAR)), "line")]
    at = row.start
    for look, size in row.parts:
        left, right = columns.at(at), columns.at(at + size)
        marks += [Box(left, y, max(right - left, 1), _BAR, look)] if size > 0 else []
        at += size
    return marks


def _limit(width: float, x: float, y: float, said: str) -> Mark:
    """The words of a limit, beside its line on the side where they have room."""
    left = x + breadth(said) + 6 > width
    return Words(x - 4 if left else x + 4, y + BASE, said, "soft", "end" if left else "start")
