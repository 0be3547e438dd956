"""Places in a text: the words of a span without the space around them, and whether a span touches any of many."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from math import inf

from qilian.spine.language.api import Span

_INK = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_NEAR = 20
_LINE = re.compile(r"[^\n]+")


def trimmed(text: str, span: Span) -> Span:
    """Return the span without the space around it; an empty span at its beginning when it is blank."""
    match = _INK.search(text, *span)
    return match.span() if match else (span[0], span[0])


def lines(text: str, span: Span) -> list[Span]:
    """Return the lines of a stretch that are not blank, with the space around their words."""
    return [match.span() for match in _LINE.finditer(text, *span) if match.group().strip()]


def last_before(text: str, place: int, skipped: str | None = None) -> str:
    """Return the last character before a place that is no space (or none of `skipped`), within twenty; else nothing."""
    return text[place - min(place, _NEAR) : place].rstrip(skipped)[-1:]


class Spans:
    """Spans in any order, overlapping or not, to be asked whether another one touches them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[float] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)
        self._starts.append(inf)

    def touch(self, span: Span) -> bool:
        """Tell whether some character lies in the span and in one of these."""
        return self._starts[bisect_right(self._ends, span[0])] < span[1]

    def end_before(self, place: int) -> int:
        """Return where the last of these ends that ends at a place or before it; 0 where none does."""
        number = bisect_right(self._ends, place)
        return self._ends[number - 1] if number else 0
