"""Tables in text: a header with role columns, rows of cells divided by tabs, bars or wide gaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qilian.spine.language.api import Span, words

from .places import trimmed

_WHOLE = re.compile(r"(?P<inside>.*)")
_FRAMED = re.compile(r"\s*(\|)?(?P<inside>.*?)(?(1)\|?)\s*")
_LAYOUTS = ((_WHOLE, re.compile(r"\t")), (_FRAMED, re.compile(r"\|")), (_WHOLE, re.compile(r" {2,}")))
"""How the columns of a line stand: what is left when its frame is taken off, and what divides its cells."""
_RULE = re.compile(r"[\s|:：+=-]+")
_NUMBER = re.compile(r"序号|编号|项次")
_ASIDE = re.compile(r"备注|说明|备\s*注")
_LINE = re.compile(r"[^\n]+")
_WIDEST = 400
_LISTS = re.compile(r"[、，。；\d]")
_CANDIDATE = re.compile(r"单\s*位|部\s*门|牵\s*头|责\s*任")


Layout = tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a table: its words, the cells left of it, and cells with roles, as (role kind, span)."""

    span: Span
    words: Span
    context: tuple[Span, ...]
    number: Span | None
    roles: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header names at least one role."""

    span: Span
    header: Span
    rows: tuple[Row, ...]
    first_leads: bool


def find_tables(folded: str) -> list[Table]:
    """Return the tables of a text; a table ends with the first line that has not its columns."""
    found: list[Table] = []
    reached = 0
    for line in _LINE.finditer(folded):
        if line.start() >= reached and _CANDIDATE.search(line.group()) and len(line.group()) <= _WIDEST:
            found += _tables(folded, line.span())
            reached = found[-1].span[1] if found else reached
    return found


def _tables(folded: str, header: Span) -> list[Table]:
    """Return the table that a line heads, read in the first layout that fits, or nothing."""
    for layout in _LAYOUTS:
        cells = _cells(folded, header, layout)
        kinds = [_kind(folded[slice(*cell)]) for cell in cells]
        titles = [folded[slice(*cell)] for cell, kind in zip(cells, kinds, strict=True) if kind == "text"]
        if words.ROLES.keys() & set(kinds) and titles and not any(map(_no_title, titles)):
            rows = tuple(_rows(folded, header[1], layout, kinds))
            if rows:
                leads = bool(words.FIRST_LEADS.search(folded, *header))
                return [Table((header[0], rows[-1].span[1]), header, rows, leads)]
    return []


def _no_title(cell: str) -> bool:
    """Tell whether a cell is no column's title: it lists things, or is a unit (a form has labels at its left)."""
    return bool(_LISTS.search(cell)) or words.strictly_unit(cell)


def _cells(folded: str, line: Span, layout: Layout) -> list[Span]:
    """Return the trimmed spans of the cells of a line."""
    frame, divider = layout
    match = frame.fullmatch(folded, *line)
    inside = match.span("inside") if match else line
    edges = [inside[0], *(edge for match in divider.finditer(folded, *inside) for edge in match.span()), inside[1]]
    return [trimmed(folded, cell) for cell in zip(edges[::2], edges[1::2], strict=True)]


def _kind(title: str) -> str:
    label = words.HEADER.fullmatch(re.sub(r"\s", "", title))
    if label:
        return label.lastgroup or "text"
    return "number" if _NUMBER.search(title) else "note" if _ASIDE.search(title) else "text"


def _rows(folded: str, place: int, layout: Layout, kinds: list[str]) -> Iterator[Row]:
    while line := _LINE.match(folded, place + 1):
        place = line.end()
        cells = _cells(folded, line.span(), layout)
        if _RULE.fullmatch(line.group()):
            continue
        if len(cells) != len(kinds) or words.HEADER.fullmatch(folded[slice(*cells[0])]):
            return
        yield _row(line.span(), cells, kinds)


def _row(span: Span, cells: list[Span], kinds: list[str]) -> Row:
    written = [(kind, cell) for cell, kind in zip(cells, kinds, strict=True) if cell[0] < cell[1]]
    texts = [cell for kind, cell in written if kind == "text"]
    task = max(texts, key=_width, default=cells[kinds.index("text")])
    roles = tuple((kind, cell) for kind, cell in written if kind in (*words.ROLES, "when", "person"))
    number = next((cell for kind, cell in written if kind == "number"), None)
    return Row(span, task, tuple(cell for cell in texts if cell != task), number, roles)


def _width(cell: Span) -> int:
    return cell[1] - cell[0]
