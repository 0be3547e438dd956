"""A form on the screen: the schema and what was written become the fields of a StepForm."""

from collections.abc import Mapping, Sequence

from django.http import QueryDict

from qilian.core.house.pages import Field
from qilian.core.values.text import Refusal, Text

from .kernel import FieldSpec, Form, Value, condition, plain

__all__ = ["screen_fields", "written_in"]


def screen_fields(
    form: Form, written: Mapping[str, Sequence[str] | Value] | None = None, refusals: Sequence[Refusal] = ()
) -> tuple[Field, ...]:
    """Return the fields to draw, each with what was written before and the sentence of what is wrong with it.

    Every field is drawn, so that the form works without JavaScript: one that is asked only under a condition says so
    in its hint, may stay empty on screen, and is ignored by `check` when the condition fails.
    """
    values = written or {}
    wrong = {refusal.where: refusal.message for refusal in reversed(refusals)}
    return tuple(_field(spec, form, values.get(spec.name), wrong.get(spec.name)) for spec in form.fields)


def written_in(form: Form, posted: QueryDict) -> dict[str, str | Sequence[str]]:
    """Take from a request what belongs to a form: lists for `choices`, the last value for all others, no files."""
    return {
        field.name: posted.getlist(field.name) if field.kind == "choices" else posted.get(field.name, "")
        for field in form.fields
        if field.kind != "file"
    }


def _field(spec: FieldSpec, form: Form, value: Sequence[str] | Value, wrong: Text | None) -> Field:
    return Field(
        name=spec.name,
        label=spec.label,
        kind=spec.kind,
        value=value if isinstance(value, Sequence) else plain(value),
        required=spec.required and spec.when is None,
        hint=_hint(spec, form),
        choices=spec.choices,
        error=wrong or "",
        unit=spec.unit,
    )


def _hint(spec: FieldSpec, form: Form) -> Text | None:
    if spec.when is None:
        return spec.hint
    only = condition(spec.when, form)
    if spec.hint is None:
        return only
    return Text(f"{spec.hint.zh}{only.zh}", f"{spec.hint.en} {only.en}")
