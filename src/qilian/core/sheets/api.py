"""The face of sheets."""

from .kernel import (
    COLUMNS_MAX,
    CSV,
    PROBLEMS_KEPT,
    ROWS_MAX,
    XLSX,
    Line,
    Problem,
    ReadyRow,
    Report,
    Sheet,
    columns_of,
    dry_run,
    kind_of,
    read_csv,
    refused,
    template,
)

__all__ = [
    "COLUMNS_MAX",
    "CSV",
    "PROBLEMS_KEPT",
    "ROWS_MAX",
    "XLSX",
    "Line",
    "Problem",
    "ReadyRow",
    "Report",
    "Sheet",
    "columns_of",
    "dry_run",
    "kind_of",
    "read_csv",
    "refused",
    "template",
]
