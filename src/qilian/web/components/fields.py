"""Fields of a form as controls: values kept after an error, hints and errors tied to their control."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qilian.core.house.pages import Field, StepForm
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

RADIOS_MAX: Final = 5
_INPUT_TYPES: Final = {"email": "email", "password": "password", "date": "date", "file": "file"}
_INPUT_MODES: Final = {"integer": "numeric", "decimal": "decimal", "money": "decimal"}
_YUAN = Text("元", "CNY")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    id: str
    value: str
    title: Text | str
    chosen: bool
    heading: Text | str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field ready to draw."""

    field: Field
    id: str
    control: str  # "input", "textarea", "select", "radios", "checkboxes", "checkbox" or "picker"
    type: str
    mode: str
    value: str
    unit: Text | None
    options: Sequence[Option]
    errors: Sequence[Text | str]
    described_by: str

    @property
    def anchor(self) -> str:
        """Where the error summary leads: the control, or the first choice of a group."""
        return self.options[0].id if self.control in ("radios", "checkboxes") and self.options else self.id


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary."""

    message: Text | str
    remedy: Text | None
    anchor: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A form ready to draw."""

    fields: Sequence[FieldView]
    problems: Sequence[Problem]
    multipart: bool
    picks: bool


def form_view(form: StepForm) -> FormView:
    """Tie the refusals of a form to its fields and turn fields into controls."""
    fields = [_field_view(field, form) for field in form.fields]
    anchors = {view.field.name: view.anchor for view in fields}
    files, picks = any(each.kind == "file" for each in form.fields), any(each.picks for each in form.fields)
    return FormView(fields, _problems(form, anchors), files, picks)


def _field_view(field: Field, form: StepForm) -> FieldView:
    identifier = f"field-{field.name}"
    errors = [field.error] if field.error else [each.message for each in form.refusals if each.where == field.name]
    described = [f"{identifier}-hint"] if field.hint else []
    described += [f"{identifier}-error"] if errors else []
    described += [f"{identifier}-picked"] if field.picks else []
    return FieldView(
        field=field,
        id=identifier,
        control=_control(field, form.dense),
        type=_INPUT_TYPES.get(field.kind, "text"),
        mode=_INPUT_MODES.get(field.kind, ""),
        value=_value(field),
        unit=field.unit or (_YUAN if field.kind == "money" else None),
        options=_options(field, identifier),
        errors=errors,
        described_by=" ".join(described),
    )


def _problems(form: StepForm, anchors: dict[str, str]) -> list[Problem]:
    told = {refusal.where for refusal in form.refusals}
    alone = [
        Problem(field.error, None, anchors[field.name])
        for field in form.fields
        if field.error and field.name not in told
    ]
    return [_problem(refusal, anchors) for refusal in form.refusals] + alone


def _problem(refusal: Refusal, anchors: dict[str, str]) -> Problem:
    return Problem(refusal.message, refusal.remedy, anchors.get(refusal.where, ""))


def _control(field: Field, dense: bool) -> str:
    if field.picks is not None:
        return "picker"
    if field.kind == "choice":
        return "radios" if not dense and len(field.choices) <= RADIOS_MAX else "select"
    return {"textarea": "textarea", "choices": "checkboxes", "boolean": "checkbox"}.get(field.kind, "input")


def _value(field: Field) -> str:
    """Return what stands in the control; passwords and files never come back."""
    value = field.value
    if field.kind in ("password", "file") or value is None:
        return ""
    if isinstance(value, Money):
        return f"{value.in_unit('元'):f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _options(field: Field, identifier: str) -> list[Option]:
    chosen, headings = _chosen(field), dict(field.headings)
    return [
        Option(f"{identifier}-{number}", value, title, value in chosen, headings.get(value, ""))
        for number, (value, title) in enumerate(field.choices)
    ]


def _chosen(field: Field) -> set[str]:
    if isinstance(field.value, Iterable) and not isinstance(field.value, str):
        return {str(value) for value in field.value}
    return {str(field.value)}
