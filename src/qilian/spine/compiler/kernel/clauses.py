"""Clauses: the words of each item, divided where annotations end, with their headings and ids."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from qilian.core.values.text import whole
from qilian.spine.annotation.api import Annotation, Diagnostic, Reading, read
from qilian.spine.compiled.api import Node
from qilian.spine.document.api import Row, Table, lines, trimmed
from qilian.spine.language.api import Known, Span, words

from .outline import HEADING, Item

_TITLE = re.compile(r"[^。\n]{1,60}?(?:。|(?=\n)|$)")
_LABEL = re.compile(r"\s*[^，。；：、\s（）]{2,8}：")
_SILENT = re.compile(r"[\s。；，、.]*")
_SAID = re.compile(r"[^。；，、. \t\n].*", re.DOTALL)
_NEXT_LINE = re.compile(r"\s*\n")
_DITTO = re.compile(r"同上|〃|″|\"")
_STOPPED = ("。", "；", "！", "：", "？", "）", "”")


@dataclass(slots=True)
class Stretch:
    """Words that will be a clause, with the annotations behind them."""

    path: str
    section: tuple[str, ...]
    span: Span
    item: Item
    annotations: list[Annotation] = field(default_factory=list)
    first_leads: bool = False
    row: Row | None = None


@dataclass(slots=True)
class Division:
    """The document divided: stretches in order, the tiles known so far, doubts."""

    folded: str
    raw: str
    speaks: Callable[[Span], bool]
    inside: list[Annotation] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    stretches: list[Stretch] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    doubts: list[Diagnostic] = field(default_factory=list)
    annotated: bool = False
    deep: set[Span] = field(default_factory=set)
    paths: dict[str, int] = field(default_factory=dict)

    def node(self, kind: str, span: Span, clause: str = "") -> None:
        """Lay a tile, unless it is empty."""
        if span[0] < span[1]:
            self.nodes.append(Node(kind, span, clause))

    def within(self, span: Span) -> list[Annotation]:
        """Return the annotations that stand inside the words of a stretch."""
        starts = self.starts
        return self.inside[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]

    def clause(self, item: Item, tail: tuple[int, ...], section: tuple[str, ...], span: Span) -> Stretch:
        """Begin a clause; an id that exists already gets a counter."""
        path = ".".join(map(str, (*item.path(), *tail))) or "0"
        self.paths[path] = self.paths.get(path, 0) + 1
        if self.paths[path] > 1:
            self.doubts.append(Diagnostic(span, "duplicate_id", f"序号路径 {path} 重复出现，已加后缀区分"))
            path = f"{path}-{self.paths[path]}"
        stretch = Stretch(path, section, span, item)
        self.stretches.append(stretch)
        self.node("clause", span, path)
        return stretch


Piece = tuple[Span, list[Annotation]]
Owned = tuple[Item, list[Piece], list[Table]]


def divide(
    folded: str,
    raw: str,
    items: list[Item],
    annotations: list[Annotation],
    tables: list[Table],
    speaks: Callable[[Span], bool],
    inside: list[Annotation],
    known: Known,
) -> Division:
    """Return the document divided into clauses; `speaks` tells whether words set a target or a deadline.

    `inside` are annotations inside words, in order: they divide nothing and give their units to the clause around them.
    """
    starts = [own.span[0] for own in inside]
    division = Division(folded, raw, speaks, inside, starts, known, annotated=bool(annotations or tables or inside))
    owned = list(_owned(folded, items, annotations, tables))
    division.deep = _deep(folded, owned)
    carrying = [
        item for item, pieces, own in owned if own or any(found for _, found in pieces) or division.within(item.own)
    ]
    marked = {item.marker for item in carrying} | {item.parent.marker for item in carrying if item.parent}
    governing = {item.marker for item in carrying if item.parent}
    for item, pieces, own in owned:
        if item.parent:
            division.node("marker", item.marker)
        if own:
            _tabular(division, item, pieces, own)
        elif any(found for _, found in pieces):
            _annotated(division, item, pieces)
        else:
            beside = item.parent is not None and (item.parent.marker in marked or _governed(item.parent, governing))
            _free(division, item, pieces[0][0] if pieces else item.own, beside, item is items[-1])
    for stretch in division.stretches if inside else ():
        if not any(annotation.reading.mentions for annotation in stretch.annotations):
            stretch.annotations = [*stretch.annotations, *division.within(stretch.span)]
    return division


def _governed(item: Item | None, governing: set[Span]) -> bool:
    """Tell whether an item or some heading above it carries an annotation or a table; the document itself is none."""
    return item is not None and (item.marker in governing or _governed(item.parent, governing))


def _deep(folded: str, owned: list[Owned]) -> set[Span]:
    """Return the headings whose items are all numbered one level deeper, as one in four holds several clauses."""
    counts: dict[Span, list[int]] = {}
    for item, pieces, _ in owned:
        if item.parent and not item.children and item.rank <= HEADING:
            counts.setdefault(item.parent.marker, []).append(len(_plain(folded, pieces)))
    return {marker for marker, own in counts.items() if sum(count > 1 for count in own) * 4 >= len(own)}


def title(folded: str, item: Item) -> Span:
    """Return the span of an item's title: its first sentence or line, without the stop."""
    stop = item.own[1] if item.title_stop is None else item.title_stop
    match = _TITLE.match(folded, item.own[0], stop)
    if not match:
        return item.own[0], item.own[0]
    return trimmed(folded, (match.start(), match.end() - match.group().endswith("。")))


def _owned(folded: str, items: list[Item], annotations: list[Annotation], tables: list[Table]) -> Iterator[Owned]:
    """Yield each item with its pieces (words, annotations behind them) and its tables."""
    marks, places = [annotation.span[0] for annotation in annotations], [table.span[0] for table in tables]
    for item in items:
        found = annotations[bisect_left(marks, item.own[0]) : bisect_left(marks, item.own[1])]
        if found:
            item.title_stop = found[0].span[0]
        own = tables[bisect_left(places, item.own[0]) : bisect_left(places, item.own[1])]
        yield item, list(_between(folded, item.own, found, own)), own


def _between(folded: str, own: Span, found: list[Annotation], tables: list[Table]) -> Iterator[Piece]:
    """Yield the pieces of the stretches that tables leave."""
    edges = [own[0], *(edge for table in tables for edge in table.span), own[1]]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        inside = [annotation for annotation in found if left <= annotation.span[0] < right]
        yield from _pieces(folded, (left, right), inside)


def _pieces(folded: str, own: Span, found: list[Annotation]) -> Iterator[Piece]:
    left, group = own[0], list[Annotation]()
    start = left
    for annotation in found:
        if group and not _SILENT.fullmatch(folded, left, annotation.span[0]):
            yield (start, group[0].span[0]), group
            group, start = [], left
        group.append(annotation)
        left = annotation.span[1]
    if group:
        yield (start, group[0].span[0]), group
        start = left
    if not group or not _SILENT.fullmatch(folded, start, own[1]):
        yield (start, own[1]), []


def _plain(folded: str, pieces: list[Piece]) -> list[Piece]:
    """Return the annotated pieces that no label (具体措施：) moves one level down."""
    return [
        piece for number, piece in enumerate(pieces) if piece[1] and not (number and _LABEL.match(folded, *piece[0]))
    ]


# Annotated items


def _annotated(division: Division, item: Item, pieces: list[Piece]) -> None:
    folded = division.folded
    if _under_title(folded, item, pieces):
        _body(division, item, pieces)
        return
    plain = _plain(folded, pieces)
    shallow = item.rank < HEADING and "\n" in folded[slice(*pieces[0][0])].strip() and not item.children
    numbered = (
        len(plain) > 1 or shallow or bool(item.parent and item.parent.marker in division.deep and not item.children)
    )
    if item.rank > HEADING or item.parent is None:
        numbered = len(plain) > 1 or item.parent is None
    section = _section(division, item.parent)
    if numbered and item.parent:
        pieces = _headed(division, item, pieces)
        section = _section(division, item)
    if item.parent is None or (numbered and _by_line(folded, pieces)):
        pieces = [_last_paragraph(division, pieces[0]), *pieces[1:]]
    count, labels = 0, 0
    for number, (span, found) in enumerate(pieces):
        label = _LABEL.match(folded, *span) if number and item.parent else None
        label = None if label and division.within(label.span()) else label
        if not found and not (number and division.within(span)):
            _trailing(division, item, span, label)
            continue
        if label:
            labels += 1
            division.node("label", trimmed(folded, label.span()))
            span = (label.end(), span[1])
        count += label is None
        tail = (labels,) if label else (count,) if numbered else ()
        _lay(division, division.clause(item, tail, section, _begun(folded, span)), found)


def _begun(folded: str, span: Span) -> Span:
    """Return the span of words without the marks that end what went before."""
    said = _SAID.search(folded, *span)
    left, right = trimmed(folded, said.span() if said else (span[1], span[1]))
    return left, right - folded.endswith(("，", "、"), left, right)


def _under_title(folded: str, item: Item, pieces: list[Piece]) -> bool:
    """Tell whether the one annotation stands in the title and the words it governs follow it."""
    if len(pieces) != 2 or pieces[1][1] or item.children or item.parent is None:
        return False
    name = folded[slice(*pieces[0][0])].strip()
    body = folded[slice(*pieces[1][0])].strip("。；，. \n\t")
    return 0 < len(name) <= 60 and not name.endswith(_STOPPED) and "\n" not in name and len(body) > 10


def _body(division: Division, item: Item, pieces: list[Piece]) -> None:
    """Lay an item whose title carries the annotation: the clause is what follows it."""
    (span, found), (body, _) = pieces
    division.node("heading", trimmed(division.folded, span))
    left, right = _begun(division.folded, body)
    end = _signature(division.folded, (left, right)) if right == len(division.folded.rstrip()) else right
    _lay(division, division.clause(item, (), _section(division, item), trimmed(division.folded, (left, end))), found)
    _closing(division, trimmed(division.folded, (end, right)), "closing")


def _lay(division: Division, stretch: Stretch, found: list[Annotation]) -> None:
    stretch.annotations = found
    for annotation in found:
        division.node("annotation", annotation.span, stretch.path)
    if found and stretch.span[0] == stretch.span[1]:
        division.doubts.append(
            Diagnostic(found[0].span, "annotation_without_words", "责任分工之前没有任务文字，请核对")
        )


def _headed(division: Division, item: Item, pieces: list[Piece]) -> list[Piece]:
    """Lay the item's title as a heading and return the pieces without it."""
    (_, right), found = pieces[0]
    name = title(division.folded, item)
    if not division.folded[name[1] : right].strip("。 \t\n"):
        return pieces
    end = name[1] + (division.folded[name[1]] == "。")
    division.node("heading", (name[0], end))
    return [((end, right), found), *pieces[1:]]


def _by_line(folded: str, pieces: list[Piece]) -> bool:
    """Tell whether each annotated piece after the first begins a paragraph of its own."""
    rest = [span for span, found in pieces[1:] if found]
    return bool(rest) and all(_NEXT_LINE.match(folded, *span) for span in rest)


def _last_paragraph(division: Division, piece: Piece) -> Piece:
    """Lay all but the last paragraph of a piece as what goes before; a wrapped line belongs to the line after it."""
    (left, right), found = piece
    rows = lines(division.folded, (left, right))
    while len(rows) > 1 and _wrapped(division.folded, *rows[-2]):
        rows[-2:] = [(rows[-2][0], rows[-1][1])]
    _front(division, rows[:-1])
    return (rows[-1] if rows else (left, right)), found


def _wrapped(folded: str, left: int, right: int) -> bool:
    return right - left >= 30 and not folded[left:right].rstrip().endswith(_STOPPED)


def _trailing(division: Division, item: Item, span: Span, label: re.Match[str] | None) -> None:
    own = _begun(division.folded, span)
    if item.children and label and not division.folded[label.end() : span[1]].strip():
        division.node("label", own)
        return
    last = own[1] == len(division.folded.rstrip())
    kind = "closing" if last else "preamble" if item.children else "text"
    _closing(division, own, kind)
    if kind == "text":
        division.doubts.append(Diagnostic(own, "words_without_annotation", "此段在责任分工之后，没有自己的责任分工"))


# Items without an annotation


def _free(division: Division, item: Item, span: Span, beside: bool, last: bool) -> None:
    """Lay an item without annotation: a heading, or words that are still a clause."""
    folded = division.folded
    if item.parent is None:
        _front_or_paragraphs(division, item, span)
        return
    end = _signature(folded, span) if last else span[1]
    name = title(folded, item)
    stop = min(name[1] + (folded[name[1] : name[1] + 1] == "。"), end)
    if item.children:
        _heading(division, item, (name[0], stop), trimmed(folded, (stop, end)))
    elif not division.annotated or beside or division.speaks((span[0], end)):
        _leaf(division, item, (name[0], stop), end)
    else:
        division.node("heading", (name[0], stop))
        division.node("text", trimmed(folded, (stop, end)))
    _closing(division, trimmed(folded, (end, span[1])), "closing")


def _heading(division: Division, item: Item, name: Span, rest: Span) -> None:
    division.node("heading", name)
    if division.speaks(rest):
        division.clause(item, (0,), _section(division, item), rest)
    else:
        division.node("preamble", rest)


def _leaf(division: Division, item: Item, name: Span, end: int) -> None:
    """Lay an item without children as one clause; below a heading of the first levels, one clause a paragraph."""
    folded = division.folded
    body = trimmed(folded, (name[1], end))
    duties = sum(own.form == "duty" for own in division.within(body)) > 1
    if not duties and (item.rank >= HEADING or body[0] == body[1] or not folded[name[1] : body[0]].count("\n")):
        division.clause(item, (), _section(division, item.parent), trimmed(folded, (item.own[0], end)))
        return
    division.node("heading", name)
    for number, line in enumerate(lines(folded, body), start=1):
        division.clause(item, (number,), _section(division, item), trimmed(folded, line))


def _front_or_paragraphs(division: Division, item: Item, span: Span) -> None:
    rows = lines(division.folded, span)
    if item.children:
        _front(division, rows)
        return
    end = _signature(division.folded, span)
    number = 0
    for line in rows:
        own = trimmed(division.folded, line)
        if division.folded[own[1] - 1] in "。；" and own[1] <= end:
            number += 1
            division.clause(item, (number,), (), own)
        else:
            _front(division, [line])


def _front(division: Division, rows: list[Span]) -> None:
    for line in rows:
        own = trimmed(division.folded, line)
        text = division.folded[slice(*own)]
        if division.speaks(own) and text.endswith("。"):
            division.clause(Item(0, 0, own, own), (0,), (), own)
        elif text.startswith("#"):
            division.node("source", own)
        elif re.search(r"〔\d{4}〕\d+号$", text) and len(text) < 30:
            division.node("number", own)
        elif "。" in text or len(text) > 60:
            division.node("preamble", own)
        else:
            division.node("addressee" if text.endswith("：") else "title", own)


def _closing(division: Division, span: Span, kind: str) -> None:
    for line in lines(division.folded, span):
        own = trimmed(division.folded, line)
        signed = kind == "closing" and "。" not in division.folded[slice(*own)] and own[1] - own[0] <= 40
        division.node("signature" if signed else kind, own)


def _signature(folded: str, span: Span) -> int:
    """Return where the signature, date and notes at the end of a document begin."""
    end = span[1]
    for match in reversed(lines(folded, span)[-8:]):
        text = folded[slice(*match)].strip()
        if len(text) > 40 or text.endswith(("。", "；")) or match[0] <= span[0]:
            return end
        end = match[0]
    return end


# Tables


def _tabular(division: Division, item: Item, pieces: list[Piece], tables: list[Table]) -> None:
    """Lay the tables of an item, and the words before, between and behind them."""
    left = item.own[0]
    for table in tables:
        _beside(division, item, [piece for piece in pieces if left <= piece[0][0] < table.span[0]], False)
        for span in (table.header, *table.repeated):
            division.node("table_header", span)
        before: dict[str, Annotation] = {}
        for number, row in enumerate(table.rows, start=1):
            _row(division, item, table, row, number, before)
        left = table.span[1]
    _beside(division, item, [piece for piece in pieces if piece[0][0] >= left], True)


def _beside(division: Division, item: Item, pieces: list[Piece], behind: bool) -> None:
    if any(found for _, found in pieces):
        _annotated(division, item, pieces)
        return
    for span, _ in pieces:
        if behind:
            _closing(division, span, "closing")
            continue
        if item.parent and span[0] == item.own[0]:
            left, stop = title(division.folded, item)
            stop += division.folded.startswith("。", stop)
            division.node("heading", (left, stop))
            span = (stop, span[1])
        _front(division, lines(division.folded, span))


def _row(division: Division, item: Item, table: Table, row: Row, number: int, before: dict[str, Annotation]) -> None:
    folded = division.folded
    for span in row.context:
        division.node("table_context", span)
    ordinal = folded[slice(*row.number)].strip(".、") if row.number else ""
    tail = number if (written := whole(ordinal)) is None else written
    if row.number:
        division.node("marker", row.number)
    section = (*_section(division, item), *(division.raw[slice(*span)] for span in (*row.above, *row.context)))
    stretch = division.clause(item, (tail,), section, row.words)
    stretch.first_leads, stretch.row = table.first_leads, row
    for kind, span in row.roles:
        annotation = (
            before.get(kind) if _DITTO.fullmatch(folded[slice(*span)]) else _cell(folded, kind, span, division.known)
        )
        if annotation:
            stretch.annotations.append(annotation)
            before[kind] = replace(annotation, form="ditto")
        division.node("annotation", span, stretch.path)


def _cell(folded: str, kind: str, span: Span, known: Known) -> Annotation:
    """Read a cell under a role's title, as behind a label: a role inside goes before it, 负责 alone does not."""
    whole = (0, span[1] - span[0])
    if kind not in words.ROLES:
        return Annotation(
            span,
            span,
            Reading(persons=(whole,) if kind == "person" else (), times=(whole,) if kind == "when" else ()),
            "table",
        )
    return Annotation(span, span, read(folded[slice(*span)], known, words.ROLES[kind]), "table")


def _section(division: Division, item: Item | None) -> tuple[str, ...]:
    names: list[str] = []
    while item is not None and item.parent is not None:
        names.append(division.raw[slice(*title(division.folded, item))])
        item = item.parent
    return tuple(reversed(names))
