"""Columns of a page: where a gutter divides the lines, the left column is read before the right.

Points of the page, from its upper left corner. A gutter is an upright gap near the middle that many lines share, and
that the lines left of it reach: rows of a table without rules have a gap too, but their cells end anywhere.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_MIDDLE = 0.3, 0.7
_FEWEST = 4  # lines with words on both sides of a gutter
_FULL, _MOST = 0.85, 0.6
_NARROWEST = 0.9  # of a character's height: a gap between letters is less


class Block(NamedTuple):
    """A rectangle of the page: left, top, right, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float


_Line = list[Block]


def in_columns(glyphs: Sequence[Block], page: Block) -> list[Block]:
    """Return the stretches of a page in the order in which they are read: the page itself when it has one column."""
    lines = list(_lines(glyphs))
    gutter = _gutter(lines)
    if gutter is None:
        return [page]
    found: list[Block] = []
    top = page.top
    for both, band in _bands(lines, gutter):
        bottom = _below(band)
        if both:
            found += [Block(page.x0, top, gutter, bottom), Block(gutter, top, page.x1, bottom)]
        else:
            found.append(Block(page.x0, top, page.x1, bottom))
        top = bottom
    return [*found[:-1], found[-1]._replace(bottom=page.bottom)] if found else [page]


def _lines(glyphs: Sequence[Block]) -> Iterator[_Line]:
    """Yield the lines from above, each as stretches of words between gaps wider than a character."""
    line: _Line = []
    for glyph in sorted(glyphs, key=lambda each: (each.top + each.bottom, each.x0)):
        middle = (glyph.top + glyph.bottom) / 2
        if line and middle > line[-1].bottom:
            yield _stretches(line)
            line = []
        line.append(glyph)
    if line:
        yield _stretches(line)


def _stretches(line: _Line) -> _Line:
    found: _Line = []
    for glyph in sorted(line):
        if found and glyph.x0 - found[-1].x1 < _NARROWEST * (glyph.bottom - glyph.top):
            last = found.pop()
            glyph = Block(last.x0, min(last.top, glyph.top), max(last.x1, glyph.x1), max(last.bottom, glyph.bottom))
        found.append(glyph)
    return found


def _gutter(lines: Sequence[_Line]) -> float | None:
    """Return where most lines leave a gap near the middle, if they fill the column before it."""
    left = min((line[0].x0 for line in lines), default=0.0)
    right = max((line[-1].x1 for line in lines), default=0.0)
    low, high = (left + (right - left) * share for share in _MIDDLE)
    gaps = [(one.x1, other.x0) for line in lines for one, other in pairwise(line) if other.x0 > low and one.x1 < high]
    best = max((end for _, end in gaps), key=lambda at: sum(a < at <= b for a, b in gaps), default=None)
    if best is None:
        return None
    sharing = [gap for gap in gaps if gap[0] < best <= gap[1]]
    edge = max(start for start, _ in sharing)
    filled = sum(start - left >= (edge - left) * _FULL for start, _ in sharing)
    even = sum(end - best < right * 0.01 for _, end in sharing)
    enough = len(sharing) >= _FEWEST and min(filled, even) >= len(sharing) * _MOST
    return (edge + best) / 2 if enough else None


def _bands(lines: Sequence[_Line], gutter: float) -> Iterator[tuple[bool, list[_Line]]]:
    """Yield stretches of lines that keep the gutter free, and stretches of those that cross it."""
    band: list[_Line] = []
    kept = False
    for line in lines:
        free = all(block.x1 <= gutter or block.x0 >= gutter for block in line)
        if band and free != kept:
            yield kept, band
            band = []
        kept = free
        band.append(line)
    yield kept, band


def _below(band: list[_Line]) -> float:
    return max(block.bottom for line in band for block in line)
