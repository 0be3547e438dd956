"""Lines of a page become paragraphs again: by where they end and begin on the paper, not by their words alone.

A paragraph goes on where a line reaches the right edge and the next begins at the left one. Where paragraphs of a
document are indented that is enough, unless a stop stands before an ordinal; where they are not, a stop or an ordinal
begins a new one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

GOES_ON, INDENTED, PAGE = "\x1f", "\x1e", "\f"
_STOPS = tuple("。；：！？;:!?…")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}[、.．]|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,3}(?:\.\d{1,3})*[.．、)）\s](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条编篇]|[①-⒛]|[一二三四五六七八九十]{1,3}是|附件|[（(【［〔\[]?[^，。；：:\s]{2,10}[：:])"
)
_LEADER = re.compile(r"(?:[.．·・•_]{4,}|…{2,})\s*\d{1,4}\s*$")  # an entry of a table of contents
_NEAR, _SHIFT, _APART = 1.6, 0.6, 1.2  # heights of a character: short of the edge; the same edge; indented
_LEADING = 2.0
_LONG = 12  # characters' heights: no page number is so long
_EDGE = 3  # lines above and below, among which page numbers and heads stand
_OVER = re.compile(f"{GOES_ON}[\n{PAGE}]*{PAGE}[\n{PAGE}]*(?!{INDENTED}|{_BEGINS.pattern})")
_MARKS = re.compile(f"[{GOES_ON}{INDENTED}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line on paper: its words, where it stands (points from the upper left corner), and its column."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    column: int = 0

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top


Item = Line | str
"""A line, or a row of a table as it is written."""


def paragraphs(pages: Sequence[Sequence[Item]]) -> str:
    """Return the text of pages: paragraphs end by `\\n`, pages by `\\f`; what may go on over a page's end is marked.

    `together` joins it when page numbers are gone.
    """
    lines = [item for page in pages for item in page if isinstance(item, Line)]
    paper = _Paper(lines)
    return PAGE.join("\n".join(_written(page, paper)) for page in pages)


def together(text: str) -> str:
    """Join paragraphs over the ends of pages, and take the marks out."""
    return _MARKS.sub("", _OVER.sub("", text))


class _Paper:
    """The edges of each column of a document, and whether its paragraphs are indented."""

    def __init__(self, lines: Sequence[Line]) -> None:
        columns = {line.column for line in lines}
        each = {column: [line for line in lines if line.column == column] for column in columns}
        self._left = {column: min(line.x0 for line in found) for column, found in each.items()}
        self._right = {column: _edge(found) for column, found in each.items()}
        starts = [after for line, after in pairwise(lines) if not self.full(line)]
        self.indents = sum(map(self.indented, starts)) > 0.6 * len(starts)

    def full(self, line: Line) -> bool:
        """Whether a line reaches the right edge."""
        return self._right[line.column] - line.x1 <= _NEAR * line.size

    def indented(self, line: Line) -> bool:
        """Whether a line begins behind the left edge."""
        return line.x0 - self._left[line.column] >= _APART * line.size

    def goes_on(self, line: Line) -> bool:
        """Whether a paragraph may go on behind a line."""
        stops = line.text.rstrip().endswith(_STOPS) and not self.indents
        return self.full(line) and not stops and not _LEADER.search(line.text)

    def follows(self, line: Line, after: Line) -> bool:
        """Whether two lines of a column are one paragraph."""
        near = line.column == after.column and 0 <= after.top - line.top <= _LEADING * max(line.size, after.size)
        same = after.x0 - min(line.x0, self._left[line.column] + _APART * line.size) <= _SHIFT * line.size
        ended = not self.indents or line.text.rstrip().endswith(_STOPS)
        return near and same and self.goes_on(line) and not (ended and _BEGINS.match(after.text))


def _edge(lines: Sequence[Line]) -> float:
    """The right edge: the farthest that two lines reach, when they are long; else nothing is ever full."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    size, left = max(line.size for line in lines), min(line.x0 for line in lines)
    shared = (one for one, other in pairwise(ends) if one - other <= size and one - left >= _LONG * size)
    return next(shared, float("inf"))


def _written(page: Sequence[Item], paper: _Paper) -> Iterator[str]:
    text = ""
    last = len(page) - 1
    for place, item in enumerate(page):
        after = page[place + 1] if place < last else None
        if isinstance(item, str):
            yield item
            continue
        begins = not text and place < _EDGE and paper.indents and paper.indented(item)
        text += (INDENTED if begins and item.x1 - item.x0 > _LONG * item.size else "") + item.text
        if isinstance(after, Line) and paper.follows(item, after):
            text += " " if text[-1:].isascii() and after.text[:1].isascii() else ""
            continue
        yield text + (GOES_ON if last - place < _EDGE and paper.goes_on(item) else "")
        text = ""
