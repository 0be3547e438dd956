"""Cells of tables: one rule for alignment, dates, states and links, whether in a list or inside a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
    return "text long" if width(shown.text) > LONG else "text"
