"""Task tables as XLSX (openpyxl) and PDF (typst); loaded by the worker only."""

from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from qilian.core.papers.documents.adapters.typesetting import BROKEN, set_pages
from qilian.core.values.text import Text
from qilian.spine.screen.tasktable import TaskTable

__all__ = ["BROKEN", "MAKERS", "as_pdf", "as_xlsx"]

WIDTHS = (6, 8, 60, 26, 40, 16)
WIDER = (6, 8, 48, 26, 30, 36, 16)
"""The widths of the columns in characters, without and with a column of the units responsible."""
SHEET = Path(__file__).with_name("tasktable.typ")


def as_xlsx(table: TaskTable) -> bytes:
    """One sheet, A4 landscape, the head repeated on every printed page, a band for each section."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = str(Text("任务分工表", "Tasks"))
    _head(sheet, table)
    number = 0
    for section, rows in groupby(table.rows, key=lambda row: row.section):
        _band(sheet, section, len(table.columns))
        for row in rows:
            number += 1
            sheet.append([number, *table.cells(row)])
            _frame(sheet)
    _paper(sheet, WIDTHS if len(table.columns) == len(WIDTHS) else WIDER)
    book.properties.creator, book.properties.title = "Qilian", table.title
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(table: TaskTable) -> bytes:
    """The same table set in A4 landscape; rows reach typst as data, so that no word is ever read as markup."""
    groups = [
        {"section": section, "rows": [table.cells(row) for row in rows]}
        for section, rows in groupby(table.rows, key=lambda row: row.section)
    ]
    return set_pages(SHEET, _words(table, groups))


MAKERS: Mapping[str, Callable[[TaskTable], bytes]] = {"xlsx": as_xlsx, "pdf": as_pdf}

_LINE = Side(style="thin", color="9AA5B1")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _head(sheet: Worksheet, table: TaskTable) -> None:
    for words, size in ((table.title, 16), (table.subtitle, 11), (table.note, 10)):
        if words:
            sheet.append([words])
            last = len(table.columns)
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=last)
            cell = sheet.cell(sheet.max_row, 1)
            cell.font, cell.alignment = Font(size=size, bold=size > 12), _CENTRE
    sheet.append(list(table.columns))
    _frame(sheet, bold=True)
    sheet.print_title_rows = f"{sheet.max_row}:{sheet.max_row}"
    sheet.freeze_panes = f"A{sheet.max_row + 1}"


def _band(sheet: Worksheet, section: str, columns: int) -> None:
    sheet.append([section] + [""] * (columns - 1))
    _frame(sheet, bold=True)
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=columns)
    sheet.cell(sheet.max_row, 1).fill = PatternFill("solid", fgColor="E9F1F8")


def _frame(sheet: Worksheet, *, bold: bool = False) -> None:
    for cell in sheet[sheet.max_row]:
        cell.border, cell.alignment = _BORDER, _WRAP
        if bold:
            cell.font = Font(bold=True)
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a name that begins with = is a name, not a formula


def _paper(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFG"[place]].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "&P / &N"


def _words(table: TaskTable, groups: list[dict[str, object]]) -> dict[str, object]:
    return {
        "title": table.title,
        "subtitle": table.subtitle,
        "note": table.note,
        "columns": list(table.columns),
        "groups": groups,
        "made": str(Text(f"制表日期 {table.made_on.isoformat()}", f"Made on {table.made_on.isoformat()}")),
    }
