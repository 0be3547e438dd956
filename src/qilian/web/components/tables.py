"""Cells of tables: one rule for alignment, dates, states and links, whether in a list or inside a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from qilian.core.house.pages import Column, Table
from qilian.core.values.money import Money
from qilian.core.values.text import Text, width

from .values import NOTHING, Drawn, drawn

_SCALES = ("元", "万元", "亿元")
LONG = 48  # columns from which a cell holds a sentence: 24 Chinese characters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell ready to draw; `kind` is also its CSS class, `title` and `mark` place it in a card on a phone."""

    text: str
    kind: str
    url: str = ""
    colour: str = ""
    moment: str = ""
    title: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table inside a page, ready to draw."""

    table: Table
    rows: Sequence[Sequence[Cell]]


def table_view(table: Table) -> TableView:
    """Draw every row of a table."""
    return TableView(table, [cells(table.columns, row) for row in table.rows])


def cells(columns: Sequence[Column], row: Any) -> list[Cell]:
    """Draw one row; its two key cells are marked, which head its card on a phone."""
    first, second = key_columns(columns)
    marks = {first: " key", second: " key second"}
    return [_cell(column, row, marks.get(column.name, "")) for column in columns]


def key_columns(columns: Sequence[Column]) -> tuple[str, str]:
    """The names of the two columns that tell a row: those that say so, else the one that links and the state."""
    said = [column.name for column in columns if column.key]
    links = [column.name for column in columns if column.url is not None]
    states = [column.name for column in columns if column.kind == "status"]
    first, *rest = dict.fromkeys((*said, *links[:1], *(column.name for column in columns[:1]))) or ("",)
    second = [name for name in (*said, *states) if name != first]
    return first, (second or rest or [""])[0]


def rows_html(rows: Sequence[Sequence[Cell]], headings: Mapping[int, str] | None = None) -> SafeString:
    """Write rows of cells as HTML: by hand, since a template asks anew for each cell what a cell is.

    `headings` stand before rows, by their number.
    """
    drawn_rows = [f"<tr>{''.join(map(_cell_html, row))}</tr>" for row in rows]
    for place, title in (headings or {}).items():
        heading = f'<tr class="group"><th scope="rowgroup" colspan="{len(rows[place])}">{escape(title)}</th></tr>'
        drawn_rows[place] = f"{heading}{drawn_rows[place]}"
    return SafeString("\n  ".join(drawn_rows))


def options_html(choices: Sequence[tuple[str, object]], chosen: str) -> SafeString:
    """Write the options of a choice as HTML; some filters have a hundred."""
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(str(title))}</option>'
            for value, title in choices
        )
    )


def _cell_html(cell: Cell) -> str:
    shown = _escaped(cell.text)
    if cell.colour:
        shown = f'<span class="status status-{_escaped(cell.colour)}">{shown}</span>'
    elif cell.moment:
        shown = f'<time datetime="{_escaped(cell.moment)}">{shown}</time>'
    if cell.url:
        shown = f'<a href="{_escaped(cell.url)}">{shown}</a>'
    return f'<td class="{_escaped(cell.kind)}{cell.mark}" data-t="{_escaped(cell.title)}">{shown}</td>'


def _escaped(text: str) -> str:
    """As templates do: what is HTML already stays as it is."""
    return text if isinstance(text, SafeString) else escape(text)


def bare(column: Column, value: object) -> object:
    """Money as the bare amount, two decimals, in the unit that stands in the column's header."""
    if not isinstance(value, Money) or not column.unit:
        return value
    unit = column.unit.zh if column.unit.zh in _SCALES else "元"
    return round(value.in_unit(unit), 2)


def _cell(column: Column, row: Any, mark: str) -> Cell:
    shown = drawn(bare(column, column.value(row)))
    empty = shown.text == NOTHING
    url = column.url(row) if column.url and not empty else ""
    unit = column.unit
    title = str(Text(f"{column.title}（{unit}）", f"{column.title} ({unit})")) if unit else str(column.title)
    mark = f"{mark} none" if empty else mark
    return Cell(shown.text, _kind(column, shown), url, shown.colour, shown.moment, title, mark)


def _kind(column: Column, shown: Drawn) -> str:
    """The column's own kind; numbers in a text column align right, sentences are given room."""
    if column.kind != "text":
        return column.kind
    if shown.numeric:
        return "number"
    return "text long" if 2 * len(shown.text) > LONG and width(shown.text) > LONG else "text"
