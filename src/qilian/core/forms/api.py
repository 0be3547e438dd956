"""The face of forms."""

from .kernel import Checked, FieldSpec, Form, Kind, Value, When, asked, check, condition, plain
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
    "screen_fields",
    "written_in",
]
