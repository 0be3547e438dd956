"""Lists as CSV: UTF-8 with a byte-order mark for the spreadsheets that officials use, formulas disarmed."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from qilian.core.house.pages import Column, Head
from qilian.core.values import clock

from .tables import bare
from .values import disarmed, written


def csv_response(head: Head, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """Answer with a CSV file named after the page and the day."""
    name = f"{head.title}-{clock.today().isoformat()}.csv"
    response = HttpResponse(csv_text(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def csv_text(columns: Sequence[Column], rows: Iterable[Any]) -> str:
    """Write rows as CSV text (RFC 4180) that begins with U+FEFF."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([_title(column) for column in columns])
    writer.writerows([written(bare(column, column.value(row))) for column in columns] for row in rows)
    return out.getvalue()


def _title(column: Column) -> str:
    return disarmed(f"{column.title}（{column.unit}）" if column.unit else str(column.title))
