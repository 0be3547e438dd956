"""Cut a text at its marked places, so that a page can show each fact on its words; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from qilian.spine.language.api import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked place: its kind (clause, lead, support, responsible, deadline, target, doubt) and what it belongs to."""

    kind: str
    span: Span
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks; `anchors` are the starts of marks that begin here, as `s12`."""

    text: str
    kinds: tuple[str, ...]
    clause: str
    anchors: tuple[str, ...]

    @property
    def css(self) -> str:
        """The kinds as class names."""
        return " ".join(f"mark-{kind}" for kind in self.kinds)


def segments(text: str, marks: Iterable[Mark], *, offset: int = 0) -> tuple[Segment, ...]:
    """Cut `text` at every beginning and end of a mark; together the segments are the text again.

    `offset` is the place of the text's first character in the source that the spans count from. Marks beyond the
    text are left out. Cost: proportional to the text plus the marks that overlap at each cut.
    """
    fitting = sorted(
        (mark for mark in marks if offset <= mark.span[0] <= mark.span[1] <= offset + len(text)),
        key=lambda mark: (mark.span[0], -mark.span[1], mark.kind),
    )
    cuts = sorted({offset, offset + len(text), *(place for mark in fitting for place in mark.span)})
    waiting, active, found = list(reversed(fitting)), list[Mark](), []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.span[1] > start]
        begun: list[Mark] = []
        while waiting and waiting[-1].span[0] <= start:
            begun.append(waiting.pop())
        active += [mark for mark in begun if mark.span[1] > start]
        found.append(_segment(text[start - offset : end - offset], active, begun))
    return tuple(found)


def _segment(text: str, active: list[Mark], begun: list[Mark]) -> Segment:
    anchors = tuple(dict.fromkeys(f"s{mark.span[0]}" for mark in begun))
    clause = next((mark.clause for mark in reversed(active) if mark.clause), "")
    return Segment(text, tuple(dict.fromkeys(mark.kind for mark in active)), clause, anchors)
