"""The face of forms."""

from .kernel import Checked, FieldSpec, Form, Kind, Value, When, asked, check, condition, plain, read
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
    "read",
    "screen_fields",
    "written_in",
]
