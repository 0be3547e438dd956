"""Public interface of imports."""

from .models import ImportRun
from .queries import problems_of, run_by_code, runs_for, sheets_for
from .registry import register_bulk_sheet, register_sheet, sheet_named, sheets
from .services import apply_run, ask_to_apply, ref, upload

__all__ = [
    "ImportRun",
    "apply_run",
    "ask_to_apply",
    "problems_of",
    "ref",
    "register_bulk_sheet",
    "register_sheet",
    "run_by_code",
    "runs_for",
    "sheet_named",
    "sheets",
    "sheets_for",
    "upload",
]
