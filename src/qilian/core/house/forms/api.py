"""Public interface of forms."""

from .kernel import (
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
    plain,
    read,
    rewritten,
)
from .programs import json_schema, written_from
from .screen import screen_fields, sent_in, written_in

__all__ = [
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
    "json_schema",
    "plain",
    "read",
    "rewritten",
    "screen_fields",
    "sent_in",
    "written_from",
    "written_in",
]
