"""The outline: ordinals at the start of lines, or inside them where paragraph breaks were lost, in sequence."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from qilian.spine.annotation.api import Diagnostic
from qilian.spine.document.api import Spans, last_before
from qilian.spine.language.api import Span, integer

_C = "一二三四五六七八九十百"
_NOT_QUOTED = r"(?![、至]|[到和](?=[（第])|[款条](?![件块])|项(?!目))"  # （一）项 and （一）至（三） quote an ordinal
_MARKER = re.compile(
    rf"(?:附件[ ]?(?P<appendix>\d{{0,2}}|[{_C}])[ ]?(?=[：\n]|$)"
    rf"|第(?P<chapter>[{_C}\d]{{1,4}})(?:章|编|部分|篇)"
    rf"|第(?P<part>[{_C}\d]{{1,4}})节"
    r"|(?P<formal>[壹贰叁参肆伍陆柒捌玖拾]{1,3})、"
    rf"|(?<![{_C}第])(?P<one>[{_C}]{{1,4}})、(?![{_C}]+、)"
    rf"|第(?P<article>[{_C}\d]{{1,4}})条"
    rf"|（(?P<two>[{_C}]{{1,4}})）{_NOT_QUOTED}"
    r"|(?<![\d.])(?P<path>\d{1,2}(?:\.\d{1,2})+)(?=[ 、.一-龥])(?!\.?\d|年[内期底前]|个月|天内)"
    r"|(?<![\d.])(?P<three>\d{1,3})[.、](?!\d(?!\d{3}[年-]|\d?(?:年[内期底前]|个月|天内)))"
    r"|(?<![\d.])(?P<glued>\d{1,3})[.、](?=\d)(?!\d+(?:\.\d+)?(?:[万亿]|元|吨|亩|%|倍|个百分点|公里|平方))"
    r"|(?P<bare>\d{1,2}) (?=[一-龥])"
    rf"|(?P<task>(?:重点)?(?:任务|行动|工程|举措|措施|专题)(?:[{_C}]{{1,3}}|\d{{1,2}}))(?=[：、 ])[：、]"
    r"|(?P<three_enclosed>[⒈-⒛])"
    rf"|（(?P<four>\d{{1,3}})）{_NOT_QUOTED}"
    r"|(?<![\d.（])(?P<four_half>\d{1,2})）"
    r"|(?P<four_enclosed>[⑴-⒇])"
    r"|(?P<five>[①-⑳])"
    rf"|(?<![{_C}])(?P<six>[{_C}]{{1,3}})是)[、. ]?"
)
_RANKS = {
    "appendix": 1, "chapter": 2, "part": 3, "formal": 4, "one": 5, "article": 6, "two": 7, "task": 8, "three": 9,
    "three_enclosed": 9, "bare": 9, "glued": 9, "path": 10, "four": 13, "four_half": 13, "four_enclosed": 13,
    "five": 14, "six": 15,
}  # fmt: skip
_APPENDIX = _RANKS["appendix"]
_OF_LINES = ("appendix", "formal", "task", "bare", "glued")  # these are ordinals at the beginning of a line only
HEADING = _RANKS["two"]
"""The rank of （一）: what stands at or above it is a heading when it has items."""
_SAYING = _RANKS["six"]
_COUNTING = (_RANKS["one"], _RANKS["three"])  # after a closing quotation mark these count: “双创”一、二级
_ENDS = "。；：！？）］】…”"
_BROKEN = re.compile("[。；\n]")
_TASK = "重点任务行动工程举措施专题"
_NESTED = re.compile(r"(?m)^\d{1,2}\.\d{1,2}[ .一-龥]")
_TITLE_MAX = 80
_LINE_BEGINS = re.compile(r"(?m)^[ \t·*#>]*")


@dataclass(slots=True)
class Item:
    """An ordinal and what it governs: the marker's span, its own words up to the next marker, its children.

    `title_stop` is where its title must have ended when something else begins before the end of its own words.
    `path_of` are the numbers of 2.15; `glued` that a figure stands right behind the ordinal (11.362工匠项目).
    """

    rank: int
    ordinal: int
    marker: Span
    own: Span
    inline: bool = False
    title_stop: int | None = None
    path_of: tuple[int, ...] = ()
    glued: bool = False
    parent: "Item | None" = field(default=None, repr=False)
    children: list["Item"] = field(default_factory=list, repr=False)

    def path(self) -> tuple[str, ...]:
        """Return the ordinals from the top of the document down to this item; an appendix has 附 before its own."""
        if self.parent is None:
            return ()
        return (*self.parent.path(), f"{'附' if self.rank == _APPENDIX else ''}{self.ordinal}")


def outline(folded: str, blocked: list[Span], annotated: list[int]) -> tuple[list[Item], list[Diagnostic]]:
    """Return the root and all items in order, and breaks in their sequence.

    `blocked`: annotations and tables, where no marker counts. `annotated`: where annotations begin, in order; a list
    inside a paragraph (一是…二是…, 1.…2.…) divides it only if its items have annotations of their own.
    """
    markers = list(_sequence(folded, _candidates(folded, blocked), {end for _, end in blocked}))
    items = _tree(folded, markers)
    idle = _idle(items, annotated)
    if idle:
        items = _tree(folded, [marker for marker in markers if marker.marker not in idle])
    return items, _breaks(items)


def _candidates(folded: str, blocked: list[Span]) -> Iterator[Item]:
    elsewhere = Spans(blocked)
    begins = {match.end() for match in _LINE_BEGINS.finditer(folded)}
    nested = bool(_NESTED.search(folded))
    for match in _MARKER.finditer(folded):
        if not elsewhere.touch(match.span()):
            kind = match.lastgroup or ""
            ordinal = integer(match.group(kind).rpartition(".")[2].lstrip(_TASK)) or (kind == "appendix")
            inline = match.start() not in begins
            if (inline and kind in _OF_LINES) or (kind == "bare" and not nested):
                continue
            deeper = min(match.group().count(".") - 1, 2) if kind == "path" else 0
            parts = tuple(map(int, match.group("path").split("."))) if kind == "path" else ()
            glued = kind == "glued"
            yield Item(_RANKS[kind] + deeper, ordinal, match.span(), match.span(), inline, path_of=parts, glued=glued)


def _sequence(folded: str, candidates: Iterator[Item], closed: set[int]) -> Iterator[Item]:
    """Yield the candidates that are ordinals: those that begin a line, and inside a line those next in sequence.

    `closed` are the places where annotations end: what begins there need not stand behind a stop.
    """
    last: dict[int, int] = {}
    every = {*_RANKS.values(), *range(_RANKS["path"], _RANKS["four"])}
    fresh = set(every)
    titled: int | None = None
    path: tuple[int, ...] = ()
    for item in candidates:
        item = _before_figure(folded, item, path, last.get(_RANKS["three"], 0), _RANKS["three"] in fresh)
        if item.glued and not _next(item.ordinal, last.get(item.rank, 0), item.rank in fresh):
            continue
        path = item.path_of or path
        if item.rank == _APPENDIX:
            if titled is None and not last:
                continue  # a document that is itself an appendix begins so
            last, titled, fresh = {}, None, set(every)
        before = last.get(item.rank, 0)
        expected = _next(item.ordinal, before, item.rank in fresh)
        if item.rank == _SAYING and item.ordinal > before > 0:
            expected = True  # 一是…三是: still the next thing said; the gap is reported
        if item.inline and not (expected and (item.marker[0] in closed or _may_begin(folded, item, titled))):
            continue
        last[item.rank] = item.ordinal
        fresh = {rank for rank in fresh if rank != item.rank} | {rank for rank in last if rank > item.rank}
        titled = item.marker[1] if item.rank < HEADING else titled
        yield item


def _before_figure(folded: str, item: Item, path: tuple[int, ...], last: int, fresh: bool) -> Item:
    """Read 2.15分钟… as the ordinal 2 before a figure where 2 comes next and no 2.14 went before."""
    if len(item.path_of) != 2 or not folded[item.marker[1] - 1].isdigit():
        return item
    first, second = item.path_of
    goes_on = second == 1 or (first, second - 1) == path
    if goes_on or item.inline or not _next(first, last, fresh):
        return item
    stop = item.marker[0] + len(str(first)) + 1
    return Item(_RANKS["three"], first, (item.marker[0], stop), item.own, item.inline)


def _next(ordinal: int, last: int, fresh: bool) -> bool:
    return ordinal == last + 1 or (ordinal == 1 and fresh)


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
        if item.rank == _APPENDIX:
            last = {_APPENDIX: last.get(_APPENDIX, 0)}
        before = last.get(item.rank, 0)
        if item.ordinal != before + 1 and not (item.ordinal == 1 and item.marker in firsts):
            said = f"序号不连续：上一项为第{before}项，此处为第{item.ordinal}项"
            found.append(Diagnostic(item.marker, "sequence", said))
        last[item.rank] = item.ordinal
    return found
