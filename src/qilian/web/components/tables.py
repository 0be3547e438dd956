"""Cells of tables: one rule for alignment, dates, states and links, whether in a list or inside a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from qilian.core.house.pages import Column, Table
from qilian.core.values.money import Money
from qilian.core.values.text import width

from .values import NOTHING, Drawn, drawn

_SCALES = ("元", "万元", "亿元")
LONG = 48  # columns from which a cell holds a sentence: 24 Chinese characters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell ready to draw; `kind` is also its CSS class."""

    text: str
    kind: str
    url: str = ""
    colour: str = ""
    moment: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table inside a page, ready to draw."""

    table: Table
    rows: Sequence[Sequence[Cell]]


def table_view(table: Table) -> TableView:
    """Draw every row of a table."""
    return TableView(table, [cells(table.columns, row) for row in table.rows])


def cells(columns: Sequence[Column], row: Any) -> list[Cell]:
    """Draw one row."""
    return [_cell(column, row) for column in columns]


def rows_html(rows: Sequence[Sequence[Cell]]) -> SafeString:
    """Write rows of cells as HTML: by hand, since a template asks anew for each cell what a cell is."""
    return SafeString("\n  ".join([f"<tr>{''.join(map(_cell_html, row))}</tr>" for row in rows]))


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
    return f'<td class="{_escaped(cell.kind)}">{shown}</td>'


def _escaped(text: str) -> str:
    """As templates do: what is HTML already stays as it is."""
    return text if isinstance(text, SafeString) else escape(text)


def bare(column: Column, value: object) -> object:
    """Money as the bare amount, two decimals, in the unit that stands in the column's header."""
    if not isinstance(value, Money) or not column.unit:
        return value
    unit = column.unit.zh if column.unit.zh in _SCALES else "元"
    return round(value.in_unit(unit), 2)


def _cell(column: Column, row: Any) -> Cell:
    shown = drawn(bare(column, column.value(row)))
    url = column.url(row) if column.url and shown.text != NOTHING else ""
    return Cell(shown.text, _kind(column, shown), url, shown.colour, shown.moment)


def _kind(column: Column, shown: Drawn) -> str:
    """The column's own kind; numbers in a text column align right, sentences are given room."""
    if column.kind != "text":
        return column.kind
    if shown.numeric:
        return "number"
    return "text long" if 2 * len(shown.text) > LONG and width(shown.text) > LONG else "text"
