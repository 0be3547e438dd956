"""Tables in text: a header with role columns, rows of cells divided by tabs, bars or wide gaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qilian.spine.language.api import Span, words

from .places import trimmed

_WHOLE = re.compile(r"(?P<inside>.*)", re.DOTALL)
_FRAMED = re.compile(r"\s*(\|)?(?P<inside>.*?)(?(1)\|?)\s*")
_LAYOUTS = ((_WHOLE, re.compile(r"\t")), (_FRAMED, re.compile(r"\|")), (_WHOLE, re.compile(r" {2,}")))
"""How the columns of a line stand: what is left when its frame is taken off, and what divides its cells."""
_RULE = re.compile(r"[\s|:：+=-]+")
_NUMBER = re.compile(r"序号|编号|项次")
_ASIDE = re.compile(r"备注|说明|备\s*注")
_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"[^\t|，。；]{2,40}")
_TALLEST = 8
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
    """A table whose header names at least one role; `header` is empty where a heading between rows divides it.

    `repeated` are the places where the header stands again, on top of each page.
    """

    span: Span
    header: Span
    rows: tuple[Row, ...]
    first_leads: bool
    repeated: tuple[Span, ...] = ()


def find_tables(folded: str) -> list[Table]:
    """Return the tables of a text; a table ends with the first line that has not its columns."""
    found: list[Table] = []
    reached = 0
    for line in _LINE.finditer(folded):
        if line.start() >= reached and _CANDIDATE.search(line.group()) and len(line.group()) <= _WIDEST:
            found += _tables(folded, line.span())
            reached = max(reached, found[-1].span[1] if found else 0)
    return found


def _tables(folded: str, header: Span) -> list[Table]:
    """Return the tables that a line heads, read in the first layout that fits; headings between rows divide them."""
    for layout in _LAYOUTS:
        cells = _cells(folded, header, layout)
        kinds = [_kind(folded[slice(*cell)]) for cell in cells]
        titles = [folded[slice(*cell)] for cell, kind in zip(cells, kinds, strict=True) if kind == "text"]
        if words.ROLES.keys() & set(kinds) and titles and not any(map(_no_title, titles)):
            names = [folded[slice(*cell)] for cell in cells]
            found = list(_parts(folded, header, layout, kinds, names))
            if found:
                return found
    return []


def _parts(folded: str, header: Span, layout: Layout, kinds: list[str], names: list[str]) -> Iterator[Table]:
    leads = bool(words.FIRST_LEADS.search(folded, *header))
    place: int | None = header[1]
    head = header
    while place is not None:
        found = list(_rows(folded, place, layout, kinds, names))
        rows = tuple(row for row in found if isinstance(row, Row))
        if not rows:
            place = _behind_heading(folded, place, layout, kinds) if head == header else None
            if place is not None:
                yield Table(header, header, (), leads)
                head = (place + 1, place + 1)
            continue
        repeated = tuple(row for row in found if not isinstance(row, Row))
        end = max(rows[-1].span[1], *(span[1] for span in repeated)) if repeated else rows[-1].span[1]
        yield Table((head[0], end), head, rows, leads, repeated)
        place = _behind_heading(folded, end, layout, kinds)
        head = (place + 1, place + 1) if place is not None else head


def _behind_heading(folded: str, end: int, layout: Layout, kinds: list[str]) -> int | None:
    """Return where a table goes on behind lines that only head its next rows: 二、…, or a cell over all columns."""
    place = end
    for _ in range(2):
        line = _LINE.match(folded, place + 1)
        if not line or not _HEADING.fullmatch(line.group().strip("|\t ")):
            return None
        place = line.end()
        after = _LINE.match(folded, place + 1)
        cells = _cells(folded, after.span(), layout) if after else []
        if len(cells) == len(kinds):
            return None if _headed(folded, cells) else place
    return None


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


def _headed(folded: str, cells: list[Span]) -> bool:
    """Tell whether a line is the header of another table."""
    return any(words.HEADER.fullmatch(folded[slice(*cell)]) for cell in cells)


def _rows(folded: str, place: int, layout: Layout, kinds: list[str], names: list[str]) -> Iterator[Row | Span]:
    """Yield the rows below a place; where the header stands again, only its span."""
    while line := _LINE.match(folded, place + 1):
        span, cells = _whole(folded, line.span(), layout, len(kinds))
        place = span[1]
        if _RULE.fullmatch(line.group()):
            continue
        if [folded[slice(*cell)] for cell in cells] == names:
            yield span
            continue
        if len(cells) != len(kinds) or _headed(folded, cells):
            return
        yield _row(span, cells, kinds)


def _whole(folded: str, line: Span, layout: Layout, count: int) -> tuple[Span, list[Span]]:
    """Return a row and its cells; a tabbed row whose cell runs over several lines ends where all its cells are."""
    cells = _cells(folded, line, layout)
    span = line
    for _ in range(_TALLEST if layout is _LAYOUTS[0] and 1 < len(cells) < count else 0):
        after = _LINE.match(folded, span[1] + 1)
        if not after:
            break
        span = (line[0], after.end())
        more = _cells(folded, span, layout)
        if len(more) >= count:
            return (span, more) if len(more) == count else (line, cells)
    return line, cells


def _row(span: Span, cells: list[Span], kinds: list[str]) -> Row:
    written = [(kind, cell) for cell, kind in zip(cells, kinds, strict=True) if cell[0] < cell[1]]
    texts = [cell for kind, cell in written if kind == "text"]
    task = max(texts, key=_width, default=cells[kinds.index("text")])
    roles = tuple((kind, cell) for kind, cell in written if kind in (*words.ROLES, "when", "person"))
    number = next((cell for kind, cell in written if kind == "number"), None)
    return Row(span, task, tuple(cell for cell in texts if cell != task), number, roles)


def _width(cell: Span) -> int:
    return cell[1] - cell[0]
