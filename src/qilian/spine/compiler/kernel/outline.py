"""The outline: ordinals at the start of lines, or inside them where paragraph breaks were lost, in sequence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qilian.spine.language.api import Span, integer

from .draft import Diagnostic

_C = "一二三四五六七八九十百"
_MARKER = re.compile(
    rf"第(?P<chapter>[{_C}\d]{{1,4}})(?:章|编|部分|篇)"
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
    rf"|(?<![{_C}])(?P<six>[{_C}]{{1,3}})是"
)
_RANKS = {
    "chapter": 1, "part": 2, "one": 3, "article": 4, "two": 5, "three": 6, "three_enclosed": 6, "path": 7,
    "four": 8, "four_half": 8, "four_enclosed": 8, "five": 9, "six": 10,
}  # fmt: skip
_HEADING = 5
_SAYING = 10
_ENDS = "。；：！？）］】…”"


@dataclass(slots=True)
class Item:
    """An ordinal and what it governs: the marker's span, its own words up to the next marker, its children.

    `title_stop` is where its title must have ended: its first annotation, or the end of its own words.
    """

    rank: int
    ordinal: int
    marker: Span
    own: Span
    inline: bool = False
    title_stop: int = 0
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
    place = 0
    for match in _MARKER.finditer(folded):
        start, end = match.span()
        while place < len(blocked) and blocked[place][1] <= start:
            place += 1
        if place < len(blocked) and blocked[place][0] <= start:
            continue
        kind = match.lastgroup or ""
        ordinal = integer(match.group(kind).rpartition(".")[2])
        yield Item(_RANKS[kind], ordinal, (start, _after(folded, end)), (0, 0), inline=not _begins_line(folded, start))


def _after(folded: str, end: int) -> int:
    return end + 1 if folded[end : end + 1] in ("、", ".", " ") else end


def _begins_line(folded: str, start: int) -> bool:
    before = folded[max(0, start - 40) : start].rstrip(" \t·*#>")
    return not before or before.endswith("\n")


def _sequence(folded: str, candidates: Iterator[Item]) -> Iterator[Item]:
    """Yield the candidates that are ordinals: those that begin a line, and inside a line those next in sequence."""
    last: dict[int, int] = {}
    fresh: set[int] = set(_RANKS.values())
    titled = 0
    for item in candidates:
        before = last.get(item.rank, 0)
        expected = item.ordinal == before + 1 or (item.ordinal == 1 and item.rank in fresh)
        if item.rank == _SAYING and item.ordinal > before > 0:
            expected = True  # 一是…三是: still the next thing said; the gap is reported
        if item.inline and not (expected and _may_begin(folded, item, titled)):
            continue
        last[item.rank] = item.ordinal
        fresh = {rank for rank in fresh if rank != item.rank} | {rank for rank in last if rank > item.rank}
        titled = item.marker[1] if item.rank < _HEADING else titled
        yield item


def _may_begin(folded: str, item: Item, titled: int) -> bool:
    before = folded[max(0, item.marker[0] - 20) : item.marker[0]].rstrip()[-1:]
    if before in _ENDS:
        return not (item.rank in (3, 6) and before == "”")
    title = folded[titled : item.marker[0]]
    return item.rank == _HEADING and titled > 0 and len(title) < 80 and not re.search("[。；\n]", title)


def _tree(folded: str, markers: list[Item]) -> list[Item]:
    root = Item(0, 0, (0, 0), (0, markers[0].marker[0] if markers else len(folded)))
    items, stack = [root], [root]
    for place, marker in enumerate(markers):
        end = markers[place + 1].marker[0] if place + 1 < len(markers) else len(folded)
        while stack[-1].rank >= marker.rank:
            stack.pop()
        item = Item(marker.rank, marker.ordinal, marker.marker, (marker.marker[1], end), marker.inline, end, stack[-1])
        stack[-1].children.append(item)
        stack.append(item)
        items.append(item)
    return items


def _idle(items: list[Item], annotated: list[int]) -> set[Span]:
    """Return the markers of lists inside a paragraph whose items have no annotations of their own."""
    idle: set[Span] = set()
    marks = iter(annotated)
    mark = next(marks, None)
    own: dict[Span, bool] = {}
    for item in items:
        own[item.marker] = False
        while mark is not None and mark < item.own[1]:
            own[item.marker] = own[item.marker] or mark >= item.own[0]
            mark = next(marks, None)
    for item in items:
        run = [child for child in item.children if child.rank > _HEADING]
        count = sum(own[child.marker] or bool(child.children) for child in run)
        if run and count < min(2, len(run)) and all(child.inline or child.rank == _SAYING for child in run):
            idle.update(child.marker for child in run)
    return idle


def _breaks(items: list[Item]) -> list[Diagnostic]:
    """Report ordinals that do not follow the one before: a sibling, or the last of their rank where numbers run on."""
    found: list[Diagnostic] = []
    last: dict[int, int] = {}
    for item in items[1:]:
        first = item.parent is None or item.parent.children[0] is item
        allowed = {last.get(item.rank, 0) + 1, 1 if first else 0}
        if item.ordinal not in allowed:
            found.append(
                Diagnostic(
                    item.marker,
                    "sequence",
                    f"序号不连续：上一项为第{last.get(item.rank, 0)}项，此处为第{item.ordinal}项",
                )
            )
        last[item.rank] = item.ordinal
    return found
