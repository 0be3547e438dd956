"""The worker reads workbooks of before 2007 as banks give them: their rows go the way of all tables."""

from collections.abc import Iterator

from qilian.core.papers.sheets.api import Line, kind_of
from qilian.core.work.imports.adapters.spreadsheet import read_xls
from qilian.engines.ledger.bankfile.api import WORKBOOKS


def read_workbook(content: bytes) -> Iterator[Line]:
    """Yield the rows of the first sheet. Refusals: those of sheets (`sheets.old`, `.broken`, `.encrypted` …)."""
    kind_of(content)
    return read_xls(content, merged=True)


WORKBOOKS.append(read_workbook)
