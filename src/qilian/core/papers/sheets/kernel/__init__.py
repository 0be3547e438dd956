"""What a sheet is, how its header and rows are read, and how the bytes of a CSV file become rows; pure."""

from .formats import kind_of_format, shown
from .header import HEADER_MISSING, Header, column_letter, columns_of, match_header, template
from .report import PROBLEMS_KEPT, Line, Problem, ReadyRow, Report, refused
from .sheet import COLUMNS_MAX, ROWS_MAX, Sheet
from .trial import dry_run
from .workbook import read_xlsx
from .written import CSV, XLS, XLSX, Pieces, beginning, kind_of, read_csv

__all__ = [
    "COLUMNS_MAX",
    "CSV",
    "HEADER_MISSING",
    "PROBLEMS_KEPT",
    "ROWS_MAX",
    "XLS",
    "XLSX",
    "Header",
    "Line",
    "Pieces",
    "Problem",
    "ReadyRow",
    "Report",
    "Sheet",
    "beginning",
    "column_letter",
    "columns_of",
    "dry_run",
    "kind_of",
    "kind_of_format",
    "match_header",
    "read_csv",
    "read_xlsx",
    "refused",
    "shown",
    "template",
]
