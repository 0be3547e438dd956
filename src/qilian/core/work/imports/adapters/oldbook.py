"""The first sheet of an .xls workbook (the binary format before 2007) becomes rows of text, as of .xlsx."""

from collections.abc import Iterator
from decimal import Decimal
from io import StringIO

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

from qilian.core.papers.sheets.api import COLUMNS_MAX, Line, column_letter, kind_of_format, shown
from qilian.core.values.text import Refusal, Text

_BUILT_IN = 163
_REMEDY = Text("请在表格软件里另存为 .xlsx。", "Save it as .xlsx in your spreadsheet program.")


def read_xls(content: bytes, *, merged: bool = False) -> Iterator[Line]:
    """Yield the rows that hold something, with their numbers in the spreadsheet, cells as `read_xlsx` writes them.

    Refusals: `sheets.broken`, `sheets.encrypted`, and with their place `sheets.merged`, `sheets.error`,
    `sheets.columns`.
    """
    try:
        with xlrd.open_workbook(
            file_contents=content, logfile=StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        ) as book:
            yield from _rows(book, book.sheet_by_index(0), merged)
    except Refusal:
        raise
    except Exception as problem:  # the library fails in a hundred ways on damaged files, all of which mean the same
        if "encrypted" in str(problem).lower():
            raise _refuse("encrypted", Text("工作簿加了密码，不能读取。", "The workbook has a password.")) from None
        message = Text("这个工作簿已损坏，不能读取。", "This workbook is damaged and cannot be read.")
        raise _refuse("broken", message) from None


def _rows(book: Book, sheet: Sheet, merged: bool) -> Iterator[Line]:
    if sheet.merged_cells and not merged:
        top, _, left, _ = sheet.merged_cells[0]
        place = f"{column_letter(left)}{top + 1}"
        raise _refuse("merged", Text(f"{place} 是合并单元格。", f"The cells at {place} are merged."))
    for number in range(sheet.nrows):
        cells = [_text(book, cell, number, place) for place, cell in enumerate(sheet.row(number))]
        width = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
        if width > COLUMNS_MAX:
            message = Text(f"第 {number + 1} 行超过 {COLUMNS_MAX} 列。", f"Row {number + 1} is too wide.")
            raise _refuse("columns", message)
        if width:
            yield Line(number + 1, tuple(cells[:width]))


def _text(book: Book, cell: Cell, row: int, column: int) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        place = f"{column_letter(column)}{row + 1}"
        says = xlrd.error_text_from_code.get(cell.value, "?")
        raise _refuse("error", Text(f"{place} 的公式出错（{says}）。", f"The formula in {place} failed ({says})."))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "yes" if cell.value else "no"
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        own = form is not None and form.format_key > _BUILT_IN
        kind = kind_of_format(form.format_key if form else 0, form.format_str if form and own else None)
        return shown(Decimal(repr(float(cell.value))), kind, from_1904=bool(book.datemode))
    return str(cell.value)


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"sheets.{code}", message, where="file", remedy=_REMEDY)
