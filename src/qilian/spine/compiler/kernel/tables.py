"""Tables in text: a header with role columns, rows of cells divided by tabs, bars or wide gaps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qilian.spine.language.api import Span, words

_DIVIDERS = (re.compile(r"\t"), re.compile(r"\|"), re.compile(r" {2,}"))
_RULE = re.compile(r"[\s|:：+=-]+")
_NUMBER = re.compile(r"序号|编号|项次")
_ASIDE = re.compile(r"备注|说明|备\s*注")
_LINE = re.compile(r"[^\n]+")
_WIDEST = 400
_LISTS = re.compile(r"[、，。；\d]")
_CANDIDATE = re.compile(r"单位|部门|牵头|责任")


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
    place = 0
    while word := _CANDIDATE.search(folded, place):
        end = folded.find("\n", word.end())
        header = (folded.rfind("\n", 0, word.start()) + 1, len(folded) if end < 0 else end)
        table = _table(folded, header) if header[1] - header[0] <= _WIDEST else None
        if table:
            found.append(table)
        place = table.span[1] if table else header[1]
    return found


def _table(folded: str, header: Span) -> Table | None:
    for divider in _DIVIDERS:
        cells = _cells(folded, header, divider)
        kinds = [_kind(folded[slice(*cell)]) for cell in cells]
        titles = [folded[slice(*cell)] for cell, kind in zip(cells, kinds, strict=True) if kind == "text"]
        named = any(kind in words.ROLES for kind in kinds)
        if len(cells) > 1 and named and titles and not any(map(_no_title, titles)):
            rows = tuple(_rows(folded, header[1], divider, kinds))
            if rows:
                leads = bool(words.FIRST_LEADS.search(folded, *header))
                return Table((header[0], rows[-1].span[1]), header, rows, leads)
    return None


def _no_title(cell: str) -> bool:
    """Tell whether a cell is no column's title: it lists things, or is a unit (a form has labels at its left)."""
    return bool(_LISTS.search(cell)) or words.strictly_unit(cell)


def _cells(folded: str, line: Span, divider: re.Pattern[str]) -> list[Span]:
    """Return the trimmed spans of the cells of a line; bars at both ends are frames."""
    edges = [line[0], *(edge for match in divider.finditer(folded, *line) for edge in match.span()), line[1]]
    cells = [_trimmed(folded, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    framed = divider is _DIVIDERS[1] and len(cells) > 2 and cells[0][0] == cells[0][1]
    return cells[1 : -1 if cells[-1][0] == cells[-1][1] else None] if framed else cells


def _kind(title: str) -> str:
    label = words.HEADER.fullmatch(re.sub(r"\s", "", title))
    if label:
        return label.lastgroup or "text"
    return "number" if _NUMBER.search(title) else "note" if _ASIDE.search(title) else "text"


def _rows(folded: str, place: int, divider: re.Pattern[str], kinds: list[str]) -> Iterator[Row]:
    while line := _LINE.match(folded, place + 1):
        place = line.end()
        cells = _cells(folded, line.span(), divider)
        if _RULE.fullmatch(line.group()):
            continue
        if len(cells) != len(kinds) or words.HEADER.fullmatch(folded[slice(*cells[0])]):
            return
        yield _row(line.span(), cells, kinds)


def _row(span: Span, cells: list[Span], kinds: list[str]) -> Row:
    texts = [cell for cell, kind in zip(cells, kinds, strict=True) if kind == "text"]
    task = max(texts, key=lambda cell: cell[1] - cell[0])
    roles = tuple(
        (kind, cell)
        for cell, kind in zip(cells, kinds, strict=True)
        if kind in (*words.ROLES, "when", "person") and cell[0] < cell[1]
    )
    numbers = [cell for cell, kind in zip(cells, kinds, strict=True) if kind == "number" and cell[0] < cell[1]]
    context = tuple(cell for cell in texts if cell != task and cell[0] < cell[1])
    return Row(span, task, context, numbers[0] if numbers else None, roles)


def _trimmed(folded: str, left: int, right: int) -> Span:
    while left < right and folded[left].isspace():
        left += 1
    while right > left and folded[right - 1].isspace():
        right -= 1
    return left, right
