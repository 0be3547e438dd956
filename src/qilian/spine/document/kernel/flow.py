"""The flow of a document: its body without page numbers, running heads, contents and notes, its broken lines joined.

Nothing is lost: what is taken out is named with its place, and every place in the flow is a place of the source.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qilian.spine.language.api import Span, words

KINDS = ("page", "contents", "note", "attachments", "imprint")
_LINE = re.compile(r"[^\n\f]+")
_SPACE = re.compile(r"\s+")
_PAGE = re.compile(
    r"[-—–－─·•\s]*[-—–－─·•]\s*\d{1,4}\s*[-—–－─·•][-—–－─·•\s]*|第\s*\d+\s*页(?:\s*[,，/／]?\s*共\s*\d+\s*页)?|\d+\s*[/／]\s*\d+"
)
_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_CONTENTS = re.compile(r"\s*目\s*[录錄]\s*")
_LEADER = re.compile(r".*\S\s*(?:[.．…·・•。_]{4,}|…{2,})\s*(?:\d{1,4}|[（(]\d{1,4}[）)])?\s*")
_ENTRY = re.compile(r"(?P<title>.*?)[\s.．…·・•_]*(?:[（(]?\d{1,4}[）)]?)?\s*")
_NOTE = re.compile(r"\s*(?:[备附]?[注註]\d{0,2}\s*[：:]|(?P<mark>[［\[【〔]\d{1,2}[］\]】〕])\s*[^（(\s])")
_FIRST = re.compile(r"\s*(?:[一壹][、.．]|[（(]一[）)]|第一[章节条]|1[.．、]\s*\S{2,60}[。；])")
_CIRCLED = re.compile(r"\s*[①-⑳]")
_ATTACHED = re.compile(r"\s*附件\s*\d{0,2}\s*[：:]\s*(?:\d{1,2}[.．、]\s*)?[^，。；\n]{2,50}\s*")
_LISTED = re.compile(r"\s*\d{1,2}[.．、]\s*[^，。；：:（(\n]{2,40}\s*")
_IMPRINT = re.compile(r"\s*(?:抄送[：:].*|[（(]此件.{2,10}[）)]\s*|.{4,24}\d{4}年\d{1,2}月\d{1,2}日\s*印发\s*)")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十壹贰叁肆伍]{1,4}[、.．]|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,3}(?:\.\d{1,3})*[.．、)）\s](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条编篇]|[①-⑳⑴-⒇⒈-⒛]|[一二三四五六七八九十]{1,3}是|附件|[（(【［〔\[]?[^，。；：:\s]{2,10}[：:])"
)
_LABEL = re.compile(r"(?:牵头|配合|责任|参与|参加|协办|主办|协同|完成)(?:责任)?(?:单位|部门|时限|时间)")
_WAITING = re.compile(r"(?:单位|部门|时限|时间)\s*[：:]\s*$")
_SPREAD = re.compile(r"\s*(?P<label>(?:\S[ \u3000]+){3,5}\S)[ \u3000]*[：:]")
_APART = re.compile(
    r"(?<=[一-龥，。；、：（）“”《》])[ \xa0](?=[\dA-Za-z])|(?<=[\dA-Za-z%％])[ \xa0](?=[一-龥，。；、（）”》])"
)
_ORDINAL = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*")
_TABULAR = re.compile(r"\t|\|.*\||\S {2,}\S")
_STOPS = tuple("。；：！？;:!?…")
_WIDEST, _NARROWEST, _FULL = 60, 14, 0.8
_SHORT, _LONG = 30, 2 * _WIDEST  # characters: more are no page number; more are wider than any broken line
_FEWEST = 3  # so many full lines without a stop show that lines were broken by a page's width
_HEAD = 600
_ENTRY_MIN = 5  # characters of an entry that was itself broken over two lines


@dataclass(frozen=True, slots=True)
class Flow:
    """The body, and where its characters stand in the source.

    `taken` names what was left out, as (kind, span of the source): page, contents, note, attachments, imprint.
    `_starts` and `_moved` tell, for each stretch that was kept, where it begins in the flow and how far it moved.
    """

    source: str
    text: str
    taken: tuple[tuple[str, Span], ...] = ()
    _starts: tuple[int, ...] = ()
    _moved: tuple[int, ...] = ()

    def whole(self) -> bool:
        """Tell whether the flow is the source itself."""
        return not self._starts

    def back(self, span: Span) -> Span:
        """Return the span of the source for a span of the flow."""
        if not self._starts:
            return span
        start = self._place(span[0])
        return start, max(start, self._place(span[1] - 1) + 1 if span[0] < span[1] else start)

    def _place(self, place: int) -> int:
        return place + self._moved[max(0, bisect_right(self._starts, place) - 1)]


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str
    alone: bool


def flow(source: str, only: Collection[str] = KINDS) -> Flow:
    """Return the flow of a source; the source itself where nothing stands beside the body and no line is broken.

    `only` names the kinds that are left out; the others stay where they are.
    """
    rows = list(_rows(source))
    kinds = [kind if kind in only else "" for kind in _beside(source, rows)]
    kept = [row for row, kind in zip(rows, kinds, strict=True) if not kind]
    joined = [*_joined(source, kept), *_spaced(kept), *_set_apart(kept)]
    if not joined and not any(kinds):
        return Flow(source, source)
    taken = tuple((kind, row.span) for row, kind in zip(rows, kinds, strict=True) if kind)
    cuts = sorted([*(_with_end(source, span) for _, span in taken), *joined])
    return _without(source, cuts, taken)


def _rows(source: str) -> Iterator[_Line]:
    """Yield the lines that are not blank; `alone` when a blank line or a page's end stands on a side of one."""
    for match in _LINE.finditer(source):
        if match.group().strip():
            before = source[max(0, match.start() - 2) : match.start()]
            after = source[match.end() : match.end() + 2]
            alone = before.endswith("\f") or after.startswith("\f") or before == "\n\n" or after == "\n\n"
            yield _Line(match.span(), match.group(), alone)


def _with_end(source: str, span: Span) -> Span:
    """Return the span of a line with the mark that ends it."""
    return span[0], span[1] + (span[1] < len(source))


def _without(source: str, cuts: list[Span], taken: tuple[tuple[str, Span], ...]) -> Flow:
    parts: list[str] = []
    starts: list[int] = []
    moved: list[int] = []
    place = length = 0
    for left, right in [*cuts, (len(source), len(source))]:
        if left > place:
            parts.append(source[place:left])
            starts.append(length)
            moved.append(place - length)
            length += left - place
        place = max(place, right)
    return Flow(source, "".join(parts), taken, tuple(starts) or (0,), tuple(moved) or (0,))


# What stands beside the body


def _beside(source: str, rows: list[_Line]) -> list[str]:
    """Return for each line what it is when it is no body: page, contents, note, attachments, imprint; else nothing."""
    kinds = ["page" if len(row.text) < _SHORT and _page_number(row) else "" for row in rows]
    _running_heads(source, rows, kinds)
    _contents(rows, kinds)
    for place, row in enumerate(rows):
        if not kinds[place]:
            after = rows[place + 1].text if place + 1 < len(rows) else ""
            kinds[place] = _aside(source, row.text, kinds[place - 1] if place else "", after)
    return kinds


def _page_number(row: _Line) -> bool:
    return bool(_PAGE.fullmatch(row.text) or (row.alone and _NUMBER.fullmatch(row.text)))


def _running_heads(source: str, rows: list[_Line], kinds: list[str]) -> None:
    """Mark lines beside a page number that stand on several pages, or repeat the document's own title."""
    if "page" not in kinds:
        return
    near = {place for at, kind in enumerate(kinds) if kind == "page" for place in (at - 1, at + 1)}
    texts = {place: _SPACE.sub("", rows[place].text) for place in near if 0 <= place < len(rows) and not kinds[place]}
    for place, text in texts.items():
        again = sum(other == text for other in texts.values()) > 1
        titled = text in _SPACE.sub("", source[: min(_HEAD, rows[place].span[0])])
        body = _BEGINS.match(text) or text.endswith(_STOPS)
        if 4 <= len(text) <= 40 and not body and (again or titled):
            kinds[place] = "page"
            if again and _SPACE.sub("", rows[0].text) == text:
                kinds[0] = "page"  # on the first page it stands above everything


def _contents(rows: list[_Line], kinds: list[str]) -> None:
    """Mark a list of contents: dotted leaders, and after 目录 all up to where its first entry stands again."""
    for place, row in enumerate(rows):
        if _CONTENTS.fullmatch(row.text) and place + 1 < len(rows):
            end = _contents_end(rows, place + 1)
            kinds[place:end] = [kind or "contents" for kind in kinds[place:end]]
        elif not kinds[place] and len(row.text) < _LONG and _LEADER.fullmatch(row.text):
            kinds[place] = "contents"


def _contents_end(rows: list[_Line], first: int) -> int:
    title = _entry(rows[first].text)
    for place in range(first + 1, min(first + 120, len(rows))):
        entry = _entry(rows[place].text)
        if entry == title or (len(title) >= _ENTRY_MIN and entry.startswith(title)):
            return place
        if len(rows[place].text) > _WIDEST + 20 or rows[place].text.rstrip().endswith("。"):
            break
    return first


def _entry(text: str) -> str:
    match = _ENTRY.fullmatch(text)
    return _SPACE.sub("", match.group("title") if match else text)


def _aside(source: str, text: str, before: str, after: str) -> str:
    if _noted(source, text) or (before == "note" and _CIRCLED.match(text)):
        return "note"
    if len(text) > _LONG:
        return ""
    if _ATTACHED.fullmatch(text) and not ("\t" in after or _FIRST.match(after)):
        return "attachments"
    if before == "attachments" and _LISTED.fullmatch(text):
        return "attachments"
    return "imprint" if _IMPRINT.fullmatch(text) else ""


def _set_apart(rows: list[_Line]) -> Iterator[Span]:
    """Yield the single spaces that typesetting puts between words and figures (到 2027 年), none behind an ordinal."""
    for row in rows:
        for space in _APART.finditer(row.text):
            if space.start() != _ordinal_end(row.text):
                yield row.span[0] + space.start(), row.span[0] + space.end()


def _ordinal_end(text: str) -> int:
    match = _ORDINAL.match(text)
    return match.end() if match else -1


def _spaced(rows: list[_Line]) -> Iterator[Span]:
    """Yield the spaces inside labels that are spread over their line: 牵 头 单 位：."""
    for row in rows:
        match = _SPREAD.match(row.text)
        if match and words.BLOCK.match(_SPACE.sub("", match.group()).replace(":", "：") + "甲"):
            for space in _SPACE.finditer(row.text, match.start("label"), match.end()):
                yield row.span[0] + space.start(), row.span[0] + space.end()


def _noted(source: str, text: str) -> bool:
    """Tell whether a line is a note: marked so, or by a figure in brackets that stands in the body as well."""
    match = _NOTE.match(text)
    if not match or words.FIRST_LEADS.search(text) or words.EVERYONE.search(text) or words.LEGEND.search(text):
        return False
    return not match.group("mark") or source.count(match.group("mark")) > 1


# Lines broken by the width of a page


def _joined(source: str, rows: list[_Line]) -> list[Span]:
    """Return the line ends inside paragraphs: behind a full line without a stop, when many lines are so."""
    if any(len(row.text) > _LONG and not _TABULAR.search(row.text) for row in rows):
        return []
    widths = [0.0 if _TABULAR.search(row.text) else _width(row.text) for row in rows]
    most = sorted([0.0] * _FEWEST + widths)[-_FEWEST]
    if not _NARROWEST <= most <= _WIDEST:
        return []
    found = [
        (row.span[1], after.span[0])
        for row, after, width in zip(rows, rows[1:], widths, strict=False)
        if width >= most * _FULL and _goes_on(source, row, after)
    ]
    return [(left, right) for left, right in found if right - left < _HEAD] if len(found) >= _FEWEST else []


def _goes_on(source: str, row: _Line, after: _Line) -> bool:
    """Tell whether a line runs on in the next: no stop, table or blank line between, and nothing begins there."""
    if _TABULAR.search(row.text) or _TABULAR.search(after.text) or _LEADER.fullmatch(row.text):
        return False
    if row.text.rstrip().endswith(_STOPS) and not _WAITING.search(row.text):
        return False
    between = source[row.span[1] : after.span[0]].replace(" ", "")
    if between.strip() == "" and len(between) > 1:
        return False
    begins = _BEGINS.match(after.text) or words.BLOCK.match(after.text)
    return not begins or _inside(row.text, after.text)


def _inside(text: str, after: str) -> bool:
    """Tell whether a label or a bracket begun in a line ends in the next: nothing begins inside it."""
    tail, head = text[-6:], after.lstrip()[:6]
    if any(match.start() < len(tail) < match.end() for match in _LABEL.finditer(tail + head)):
        return True
    opened = max(text.rfind("（"), text.rfind("("))
    return opened > max(text.rfind("）"), text.rfind(")")) and bool(re.match(r"[^（(。]*[）)]", after))


def _width(text: str) -> float:
    wide = sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text.strip())
    return wide - text.strip().count(" ") / 4
