"""Spreadsheets of every kind that people bring become rows of text; the old binary format needs a library."""

from collections.abc import Iterator

from qilian.core.papers.sheets.api import XLS, XLSX, Line, kind_of, read_csv, read_xlsx

from .oldbook import read_xls

__all__ = ["read_sheet", "read_xls", "read_xlsx"]


def read_sheet(content: bytes) -> Iterator[Line]:
    """Yield the rows of a file, told apart by its first bytes; Refusals as of `kind_of` and of the reader chosen."""
    kind = kind_of(content)
    return read_xlsx(content) if kind == XLSX else read_xls(content) if kind == XLS else read_csv(content)
