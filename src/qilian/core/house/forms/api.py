"""The face of forms."""

from .kernel import (
    Checked,
    FieldSpec,
    Form,
    Kind,
    Value,
    When,
    asked,
    check,
    condition,
    plain,
    power_of_ten,
    read,
    read_day,
    read_fen,
    read_number,
)
from .screen import screen_fields, written_in

__all__ = [
    "Checked",
    "FieldSpec",
    "Form",
    "Kind",
    "Value",
    "When",
    "asked",
    "check",
    "condition",
    "plain",
    "power_of_ten",
    "read",
    "read_day",
    "read_fen",
    "read_number",
    "screen_fields",
    "written_in",
]
