"""Reading a form whose fields pick: what they name is looked up in the source that they name."""

from collections.abc import Mapping
from dataclasses import replace

from qilian.core.house.choices.api import source_named

from .kernel import Checked, FieldSpec, Form, Written
from .kernel import check as check_written


def check(form: Form, written: Mapping[str, Written]) -> Checked:
    """Read what a person wrote, looking up what its fields pick: all problems at once, each with its field."""
    return check_written(_bound(form), written)


def _bound(form: Form) -> Form:
    """A form whose fields look up what they pick, where they do not say themselves how."""
    if not any(field.picks or field.row for field in form.fields):
        return form
    return replace(form, fields=tuple(map(_looking, form.fields)))


def _looking(field: FieldSpec) -> FieldSpec:
    if field.row is not None:
        return replace(field, row=_bound(field.row))
    return replace(field, finds=source_named(field.picks).find) if field.picks and field.finds is None else field
