"""The schema of a form, its validator, and the reader of numbers, money and days; pure."""

from .schema import (
    KINDS,
    Checked,
    FieldSpec,
    Form,
    Kind,
    Upload,
    Value,
    When,
    Written,
    asked,
    check,
    condition,
    label_inside,
    plain,
    read,
    rewritten,
    row_label,
)
from .showing import shown
from .written import power_of_ten, read_day, read_fen, read_moment, read_number

__all__ = [
    "KINDS",
    "Checked",
    "FieldSpec",
    "Form",
    "Kind",
    "Upload",
    "Value",
    "When",
    "Written",
    "asked",
    "check",
    "condition",
    "label_inside",
    "plain",
    "power_of_ten",
    "read",
    "read_day",
    "read_fen",
    "read_moment",
    "read_number",
    "rewritten",
    "row_label",
    "shown",
]
