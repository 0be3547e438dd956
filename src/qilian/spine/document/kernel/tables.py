"""Tables in text: a header with role columns, rows of cells divided by tabs, bars or wide gaps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qilian.spine.language.api import Span, words
from qilian.spine.targets.api import is_figure, is_unit

from .places import trimmed
from .titles import ENOUGH, GROUP, kind_of, measured, title_like, weight

_WHOLE = re.compile(r"(?P<inside>.*)", re.DOTALL)
_FRAMED = re.compile(r"\s*(\|)?(?P<inside>.*?)(?(1)\|?)\s*")
_LAYOUTS = ((_WHOLE, re.compile(r"\t")), (_FRAMED, re.compile(r"\|")), (_WHOLE, re.compile(r" {2,}")))
"""How the columns of a line stand: what is left when its frame is taken off, and what divides its cells."""
_RULE = re.compile(r"[\s|:：+=-]+")
_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"[^\t|，。；]{2,40}")
_TALLEST = 8
_WIDEST = 400
_CANDIDATE = re.compile(r"单\s*位|部\s*门|牵\s*头|责\s*任|分\s*工|主\s*体|指\s*标")
_LISTED = re.compile(r"[、，；\s\v/]+")
_CELL_ALONE = re.compile(r"[ \t]*(?P<cell>[^\n|\t]*?)[ \t]*\|?[ \t]*(?:\n|$)")
_FIRST_TITLE = re.compile(r"(?m)^[ \t]*(?:序号|编号|项次)[ \t]*\|?[ \t]*$")
_FEWEST, _MOST = 3, 14
_LONGEST_CELL = 400
_YEAR = re.compile(r"20\d\d(?=年)")
_TEXTS = ("text", "name", "past")
"""Columns of words: what else they hold, what names the measure of a row, and figures of before."""


Layout = tuple[re.Pattern[str], re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a table: its words, the cells left of it, and cells with roles, as (role kind, span).

    `above` are cells of earlier rows that span this one, where its own cell is blank or left out; `figures` are cells
    that are figures alone, each with the title of its column; `years` are cells whose column names one (2026年目标).
    """

    span: Span
    words: Span
    context: tuple[Span, ...]
    number: Span | None
    roles: tuple[tuple[str, Span], ...]
    above: tuple[Span, ...] = ()
    figures: tuple[tuple[Span, str], ...] = ()
    years: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header names a role, or measures; `header` is empty where a heading between rows divides it.

    `repeated` are the places where the header stands again, on top of each page.
    """

    span: Span
    header: Span
    rows: tuple[Row, ...]
    first_leads: bool
    repeated: tuple[Span, ...] = ()


def find_tables(folded: str, learned: Mapping[str, str] | None = None) -> list[Table]:
    """Return the tables of a text; a table ends with the first line that has not its columns.

    `learned` maps titles of columns that this house uses to what they hold (lead, support, responsible, when, person).
    """
    known = learned or {}
    found: list[Table] = []
    reached = 0
    for line in _LINE.finditer(folded):
        if line.start() < reached or len(line.group()) > _WIDEST:
            continue
        if _FIRST_TITLE.fullmatch(line.group()):
            found += _pasted(folded, line.start(), known)
        elif _CANDIDATE.search(line.group()) or any(title in line.group() for title in known):
            found += _tables(folded, line.span(), known)
        reached = max(reached, found[-1].span[1] if found else 0)
    return found


def _tables(folded: str, line: Span, known: Mapping[str, str]) -> list[Table]:
    """Return the tables that a line heads, read in the first layout that fits; headings between rows divide them."""
    for layout in _LAYOUTS:
        head = _head(folded, line, layout, known)
        if head:
            names = [folded[slice(*cell)] for cell in _cells(folded, line, layout)]
            found = list(_parts(folded, head[0], layout, head[1], names))
            if found:
                return found
    return []


def _head(folded: str, line: Span, layout: Layout, known: Mapping[str, str]) -> tuple[Span, list[str]] | None:
    """Return the span of the titles and what each column holds, or None when the line is no row of titles."""
    titles = [folded[slice(*cell)] for cell in _cells(folded, line, layout)]
    kinds = [kind_of(title, known) for title in titles]
    if len(titles) < 2:
        return None
    header, kinds, titles = _second(folded, line, layout, titles, kinds, known)
    if (figured := measured(titles, kinds)) and _figures_below(folded, header[1], layout, figured):
        return header, figured
    enough = weight(titles, kinds) >= ENOUGH and words.ROLES.keys() & set(kinds) and "text" in kinds
    return (header, kinds) if enough else None


def _figures_below(folded: str, end: int, layout: Layout, kinds: list[str]) -> bool:
    """Tell whether the first row below the titles has their columns, and a figure in one that is no name."""
    line = _LINE.match(folded, end + 1)
    if line and _RULE.fullmatch(line.group()):
        line = _LINE.match(folded, line.end() + 1)
    cells = _cells(folded, line.span(), layout) if line else []
    return len(cells) == len(kinds) and any(
        kind == "text" and is_figure(folded[slice(*cell)]) for kind, cell in zip(kinds, cells, strict=True)
    )


def _second(
    folded: str, line: Span, layout: Layout, titles: list[str], kinds: list[str], known: Mapping[str, str]
) -> tuple[Span, list[str], list[str]]:
    """Add a second row of titles: column by column, or in the place of the one title that spans them."""
    after = _LINE.match(folded, line[1] + 1)
    below = [folded[slice(*cell)] for cell in _cells(folded, after.span(), layout)] if after else []
    below += [""] * (len(titles) - len(below) if "" in titles else 0)
    named = [title for title in below if title.strip()]
    if not after or not named or not all(title_like(title, known) for title in below):
        return line, kinds, titles
    if len(below) == len(titles):
        titles = [under.strip() or over for over, under in zip(titles, below, strict=True)]
    elif [bool(GROUP.fullmatch(title)) for title in titles].count(True) == 1 and len(named) == len(below):
        place = next(place for place, title in enumerate(titles) if GROUP.fullmatch(title))
        titles = [*titles[:place], *below, *titles[place + 1 :]]
    else:
        return line, kinds, titles
    return (line[0], after.end()), [kind_of(title, known) for title in titles], titles


def _pasted(folded: str, start: int, known: Mapping[str, str]) -> list[Table]:
    """Return a table whose cells were pasted one a line: titles up to the first number, then numbered rows."""
    cells = _cells_alone(folded, start, _MOST + 1)
    count = next((place for place, cell in enumerate(cells) if folded[slice(*cell)].rstrip(".、") in ("1", "一")), 0)
    titles = [folded[slice(*cell)] for cell in cells[:count]]
    kinds = [kind_of(title, known) for title in titles]
    if not (_FEWEST <= count <= _MOST and words.ROLES.keys() & set(kinds) and "text" in kinds):
        return []
    cells = _cells_alone(folded, start, len(folded))
    rows: list[Row] = []
    for place in range(count, len(cells) - count + 1, count):
        own = cells[place : place + count]
        if not _is_number(folded, own[0], len(rows) + 1):
            break
        rows.append(_row(folded, (own[0][0], own[-1][1]), own, kinds, titles, ()))
    left = cells[count * (len(rows) + 1) :]
    lost = any(_is_number(folded, cell, len(rows) + 1) or _is_number(folded, cell, len(rows) + 2) for cell in left)
    lost = lost or any(
        kind in words.ROLES and folded[slice(*cell)].isdecimal() for row in rows for kind, cell in row.roles
    )
    if not rows or lost or weight(titles, kinds) < ENOUGH:
        return []  # a blank cell left no line: which cell is whose cannot be told
    return [Table((cells[0][0], rows[-1].span[1]), (cells[0][0], cells[count - 1][1]), tuple(rows), False)]


def _is_number(folded: str, cell: Span, number: int) -> bool:
    return folded[slice(*cell)].rstrip(".、") == str(number)


def _cells_alone(folded: str, start: int, most: int) -> list[Span]:
    """Return the cells of the lines from a place on, one a line, up to a blank or a long one, at most so many."""
    cells: list[Span] = []
    while len(cells) < most and (match := _CELL_ALONE.match(folded, start)):
        if match.end() == start or not match.group("cell") or len(match.group("cell")) > _LONGEST_CELL:
            break
        cells.append(match.span("cell"))
        start = match.end()
    return cells


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


def _cells(folded: str, line: Span, layout: Layout) -> list[Span]:
    """Return the trimmed spans of the cells of a line."""
    frame, divider = layout
    match = frame.fullmatch(folded, *line)
    inside = match.span("inside") if match else line
    edges = [inside[0], *(edge for match in divider.finditer(folded, *inside) for edge in match.span()), inside[1]]
    return [trimmed(folded, cell) for cell in zip(edges[::2], edges[1::2], strict=True)]


def _headed(folded: str, cells: list[Span]) -> bool:
    """Tell whether a line is the header of another table."""
    return any(words.HEADER.fullmatch(folded[slice(*cell)]) for cell in cells)


def _rows(folded: str, place: int, layout: Layout, kinds: list[str], names: list[str]) -> Iterator[Row | Span]:
    """Yield the rows below a place; where the header stands again, only its span."""
    held: dict[int, Span] = {}
    while line := _LINE.match(folded, place + 1):
        span, cells = _row_cells(folded, line.span(), layout, kinds, bool(held))
        place = span[1]
        if _RULE.fullmatch(line.group()):
            continue
        if [folded[slice(*cell)] for cell in cells] == names:
            yield span
            continue
        if _headed(folded, cells):
            return
        if len(cells) != len(kinds):
            return
        above = tuple(own for column, own in held.items() if cells[column][0] == cells[column][1])
        held |= {column: cell for column, cell in enumerate(cells) if kinds[column] in _TEXTS and cell[0] < cell[1]}
        yield _row(folded, span, cells, kinds, names, above)


def _row_cells(folded: str, line: Span, layout: Layout, kinds: list[str], spanned: bool) -> tuple[Span, list[Span]]:
    """Return a row and its cells: one that leaves out what spans it, or one whose cells run over several lines."""
    filled = _filled(folded, _cells(folded, line, layout), kinds, layout) if spanned else []
    span, cells = (line, filled) if len(filled) == len(kinds) else _whole(folded, line, layout, len(kinds))
    return span, _lengthened(folded, cells, kinds, layout)


def _filled(folded: str, cells: list[Span], kinds: list[str], layout: Layout) -> list[Span]:
    """Return the cells of a row that leaves out a first column which spans it, with that column blank.

    Only where every role's cell then holds what is like units.
    """
    missing = len(kinds) - len(cells)
    if layout is _LAYOUTS[2] or missing not in (1, 2) or len(cells) < 2 or set(kinds[:missing]) - {"text", "number"}:
        return cells
    filled = [(cells[0][0], cells[0][0])] * missing + cells
    roles = [folded[slice(*cell)] for cell, kind in zip(filled, kinds, strict=True) if kind in words.ROLES]
    names = [name for cell in roles for name in _LISTED.split(cell) if name]
    return filled if names and all(words.unit_like(name) for name in names) else cells


def _lengthened(folded: str, cells: list[Span], kinds: list[str], layout: Layout) -> list[Span]:
    """Return the cells of a row that leaves out its last columns as blank, where what it has fits the titles."""
    missing = len(kinds) - len(cells)
    if layout is _LAYOUTS[2] or not 0 < missing <= 2 or len(cells) < _FEWEST:
        return cells
    held = list(zip(cells, kinds, strict=False))
    numbered = [cell for cell, kind in held if kind == "number"]
    roles = [folded[slice(*cell)] for cell, kind in held if kind in words.ROLES and cell[0] < cell[1]]
    fits = roles and all(words.unit_like(name) for cell in roles for name in _LISTED.split(cell) if name)
    counted = numbered and all(folded[slice(*cell)].strip(".、").isdecimal() for cell in numbered)
    return [*cells, *[(cells[-1][1], cells[-1][1])] * missing] if fits and counted else cells


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


def _row(
    folded: str, span: Span, cells: list[Span], kinds: list[str], names: list[str], above: tuple[Span, ...]
) -> Row:
    written = [(kind, cell) for cell, kind in zip(cells, kinds, strict=True) if cell[0] < cell[1]]
    texts = [cell for kind, cell in written if kind in _TEXTS]
    figures = tuple(
        (cell, name)
        for cell, kind, name in zip(cells, kinds, names, strict=False)
        if kind == "text" and cell[0] < cell[1] and is_figure(folded[slice(*cell)])
    )
    apart = {cell for cell, _ in figures} | {cell for cell in texts if _no_task(folded[slice(*cell)])}
    named = [cell for cell in texts if cell not in apart] or texts
    task = max(named, key=_width, default=cells[kinds.index("text")])
    task = cells[kinds.index("name")] if "name" in kinds else task
    roles = tuple((kind, cell) for kind, cell in written if kind in (*words.ROLES, "when", "person"))
    number = next((cell for kind, cell in written if kind == "number"), None)
    over = tuple(own for own in above if task[0] < task[1])
    beside = tuple(cell for cell in texts if cell != task)
    years = tuple(
        (cell, year.group())
        for cell, name in zip(cells, names, strict=False)
        if cell in texts and (year := _YEAR.match(name))
    )
    return Row(span, task, beside, number, roles, over, tuple(own for own in figures if own[0] != task), years)


def _no_task(cell: str) -> bool:
    """Tell whether a cell is no task: a unit of measure, or nothing but names of units."""
    return is_unit(cell) or all(words.strictly_unit(name) for name in _LISTED.split(cell) if name)


def _width(cell: Span) -> int:
    return cell[1] - cell[0]
