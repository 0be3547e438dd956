"""Public interface of forms."""

from .bodies import BODY
from .kernel import (
    FieldSpec,
    Form,
    Upload,
    Value,
    When,
    Written,
    as_texts,
    condition,
    plain,
    power_of_ten,
    read,
    read_day,
    read_fen,
    read_moment,
    read_number,
    rewritten,
    shown,
)
from .picking import check
from .programs import json_schema, written_from
from .screen import MORE_ROWS, more_rows, rows_to_add, screen_fields, sent_in, written_in

__all__ = [
    "BODY",
    "MORE_ROWS",
    "FieldSpec",
    "Form",
    "Upload",
    "Value",
    "When",
    "Written",
    "as_texts",
    "check",
    "condition",
    "json_schema",
    "more_rows",
    "plain",
    "power_of_ten",
    "read",
    "read_day",
    "read_fen",
    "read_moment",
    "read_number",
    "rewritten",
    "rows_to_add",
    "screen_fields",
    "sent_in",
    "shown",
    "written_from",
    "written_in",
]
