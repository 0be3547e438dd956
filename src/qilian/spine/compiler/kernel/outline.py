"""The outline: ordinals at the start of lines, or inside them where paragraph breaks were lost, in sequence."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from qilian.spine.language.api import Span, integer

from .draft import Diagnostic
from .places import Spans, last_before

_C = "一二三四五六七八九十百"
_MARKER = re.compile(
    rf"(?:第(?P<chapter>[{_C}\d]{{1,4}})(?:章|编|部分|篇)"
    rf"|第(?P<part>[{_C}\d]{{1,4}})节"
    rf"|(?<![{_C}第])(?P<one>[{_C}]{{1,4}})、(?![{_C}]+、)"
    rf"|第(?P<article>[{_C}\d]{{1,4}})条"
    rf"|（(?P<two>[{_C}]{{1,4}})）(?![、至到项款和条])"
    r"|(?<![\d.])(?P<path>\d{1,2}(?:\.\d{1,2})+)(?=[ 、.一-龥])(?!\.?\d)"
    r"|(?<![\d.])(?P<three>\d{1,3})[.、](?!\d(?!\d{3}年))"
    r"|(?P<three_enclosed>[⒈-⒛])"
    r"|（(?P<four>\d{1,3})）(?![、至到项款和])|(?<![\d.（])(?P<four_half>\d{1,2})）"
    r"|(?P<four_enclosed>[⑴-⒇])"
    r"|(?P<five>[①-⑳])"
    rf"|(?<![{_C}])(?P<six>[{_C}]{{1,3}})是)[、. ]?"
)
_RANKS = {
    "chapter": 1, "part": 2, "one": 3, "article": 4, "two": 5, "three": 6, "three_enclosed": 6, "path": 7,
    "four": 8, "four_half": 8, "four_enclosed": 8, "five": 9, "six": 10,
}  # fmt: skip
HEADING = _RANKS["two"]
"""The rank of （一）: what stands at or above it is a heading when it has items."""
_SAYING = _RANKS["six"]
_COUNTING = (_RANKS["one"], _RANKS["three"])  # after a closing quotation mark these count: “双创”一、二级
_ENDS = "。；：！？）］】…”"
_BROKEN = re.compile("[。；\n]")
_TITLE_MAX = 80
_LINE_BEGINS = re.compile(r"(?m)^[ \t·*#>]*")


@dataclass(slots=True)
class Item:
    """An ordinal and what it governs: the marker's span, its own words up to the next marker, its children.

    `title_stop` is where its title must have ended when something else begins before the end of its own words.
    """

    rank: int
    ordinal: int
    marker: Span
    own: Span
    inline: bool = False
    title_stop: int | None = None
    parent: "Item | None" = field(default=None, repr=False)
    children: list["Item"] = field(default_factory=list, repr=False)

    def path(self) -> tuple[int, ...]:
        """Return the ordinals from the top of the document down to this item."""
        return () if self.parent is None else (*self.parent.path(), self.ordinal)


def outline(folded: str, blocked: list[Span], annotated: list[int]) -> tuple[list[Item], list[Diagnostic]]:
    """Return the root and all items in order, and breaks in their sequence.

    `blocked`: annotations and tables, where no marker counts. `annotated`: where annotations begin, in order; a list
    inside a paragraph (一是…二是…, 1.…2.…) divides it only if its items have annotations of their own.
    """
    markers = list(_sequence(folded, _candidates(folded, blocked)))
    items = _tree(folded, markers)
    idle = _idle(items, annotated)
    if idle:
        items = _tree(folded, [marker for marker in markers if marker.marker not in idle])
    return items, _breaks(items)


def _candidates(folded: str, blocked: list[Span]) -> Iterator[Item]:
    elsewhere = Spans(blocked)
    begins = {match.end() for match in _LINE_BEGINS.finditer(folded)}
    for match in _MARKER.finditer(folded):
        if not elsewhere.touch(match.span()):
            kind = match.lastgroup or ""
            ordinal = integer(match.group(kind).rpartition(".")[2])
            inline = match.start() not in begins
            yield Item(_RANKS[kind], ordinal, match.span(), match.span(), inline=inline)


def _sequence(folded: str, candidates: Iterator[Item]) -> Iterator[Item]:
    """Yield the candidates that are ordinals: those that begin a line, and inside a line those next in sequence."""
    last: dict[int, int] = {}
    fresh: set[int] = set(_RANKS.values())
    titled: int | None = None
    for item in candidates:
        before = last.get(item.rank, 0)
        expected = item.ordinal == before + 1 or (item.ordinal == 1 and item.rank in fresh)
        if item.rank == _SAYING and item.ordinal > before > 0:
            expected = True  # 一是…三是: still the next thing said; the gap is reported
        if item.inline and not (expected and _may_begin(folded, item, titled)):
            continue
        last[item.rank] = item.ordinal
        fresh = {rank for rank in fresh if rank != item.rank} | {rank for rank in last if rank > item.rank}
        titled = item.marker[1] if item.rank < HEADING else titled
        yield item


def _may_begin(folded: str, item: Item, titled: int | None) -> bool:
    """Tell whether an ordinal may stand inside a line: behind a stop, or （一） right behind the title above it."""
    place = item.marker[0]
    before = last_before(folded, place)
    if before in _ENDS:
        return not (item.rank in _COUNTING and before == "”")
    if titled is None or item.rank != HEADING:
        return False
    return place - titled < _TITLE_MAX and not _BROKEN.search(folded, titled, place)


def _tree(folded: str, markers: list[Item]) -> list[Item]:
    starts = [*(marker.marker[0] for marker in markers), len(folded)]
    root = Item(0, 0, (0, 0), (0, starts[0]))
    items, stack = [root], [root]
    for marker, end in zip(markers, starts[1:], strict=True):
        while stack[-1].rank >= marker.rank:
            stack.pop()
        own = (marker.marker[1], end)
        item = Item(marker.rank, marker.ordinal, marker.marker, own, marker.inline, parent=stack[-1])
        stack[-1].children.append(item)
        stack.append(item)
        items.append(item)
    return items


def _idle(items: list[Item], annotated: list[int]) -> set[Span]:
    """Return the markers of lists inside a paragraph whose items have no annotations of their own."""
    carrying = {
        item.marker for item in items if bisect_left(annotated, item.own[0]) < bisect_left(annotated, item.own[1])
    }
    idle: set[Span] = set()
    for item in items:
        run = [child for child in item.children if child.rank > HEADING]
        count = sum(child.marker in carrying or bool(child.children) for child in run)
        if count < min(2, len(run)) and all(child.inline or child.rank == _SAYING for child in run):
            idle.update(child.marker for child in run)
    return idle


def _breaks(items: list[Item]) -> list[Diagnostic]:
    """Report ordinals that do not follow the one before: a sibling, or the last of their rank where numbers run on."""
    found: list[Diagnostic] = []
    last: dict[int, int] = {}
    firsts = {item.children[0].marker for item in items if item.children}
    for item in items[1:]:
        before = last.get(item.rank, 0)
        if item.ordinal != before + 1 and not (item.ordinal == 1 and item.marker in firsts):
            said = f"序号不连续：上一项为第{before}项，此处为第{item.ordinal}项"
            found.append(Diagnostic(item.marker, "sequence", said))
        last[item.rank] = item.ordinal
    return found
