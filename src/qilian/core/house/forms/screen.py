"""A form on the screen: the schema and what was written become the fields of a StepForm, and come back from a request.

What lies within a form stands on the page under its own names: `payee-name` in a group, `parts-1-share` in a row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from qilian.core.house.choices.api import source_named
from qilian.core.house.pages import Field, Picked
from qilian.core.values.text import Refusal, Text, whole

from .kernel import FieldSpec, Form, Upload, Value, Written, condition, label_inside, plain, row_label

__all__ = ["MORE_ROWS", "more_rows", "rows_to_add", "screen_fields", "sent_in", "written_in"]

MORE_ROWS = "more-rows"
"""The name of the button that asks for more rows; its value is the name of the rows."""
_CONTROLS = {"moment": "text"}
_ROOM = 3  # how many rows a page has room for at first, and how many more it gets each time


def screen_fields(
    form: Form, written: Mapping[str, Written | Value] | None = None, refusals: Sequence[Refusal] = ()
) -> tuple[Field, ...]:
    """Return the fields to draw, each with what was written before and the sentence of what is wrong with it.

    Every field is drawn, so that the form works without JavaScript: one that is asked only under a condition says so
    in its hint, may stay empty on screen, and is ignored by `check` when the condition fails.
    """
    wrong = {refusal.where: refusal.message for refusal in reversed(refusals)}
    return tuple(replace(field, error=wrong.get(field.name, "")) for field in _fields(form, written or {}))


def written_in(form: Form, posted: QueryDict) -> dict[str, Written]:
    """Take from a request what belongs to a form: lists for `choices`, the last value for all others, no files."""
    return dict(_taken(form, posted, {}, ""))


def sent_in(form: Form, request: HttpRequest) -> dict[str, Written]:
    """Take from a request what belongs to a form, with its files."""
    files = {name: file for name, file in request.FILES.items() if isinstance(file, UploadedFile)}
    return dict(_taken(form, request.POST, files, ""))


def rows_to_add(form: Form, written: Mapping[str, Written | Value]) -> list[tuple[str, Text]]:
    """The rows of which a page may be asked for more, by name, with what the button says."""
    found = []
    for spec in form.fields:
        shown = _rows_shown(spec, _listed(written.get(spec.name)))
        if spec.kind == "rows" and shown < spec.most:
            add = min(_ROOM, spec.most - shown)
            zh, en = f"再加 {add} 行“{spec.label.zh}”", f"{add} more {'row' if add == 1 else 'rows'}: {spec.label.en}"
            found.append((spec.name, Text(zh, en)))
    return found


def more_rows(form: Form, written: Mapping[str, Written], name: str) -> dict[str, Written]:
    """What was written, with more empty rows under a name; as it was where the form has no such rows."""
    spec = next((each for each in form.fields if each.name == name and each.kind == "rows"), None)
    if spec is None:
        return dict(written)
    rows = _listed(written.get(name))
    wanted = min(_rows_shown(spec, rows) + _ROOM, spec.most)
    return {**written, name: [*rows, *({} for _ in range(wanted - len(rows)))]}


def _taken(
    form: Form, posted: QueryDict, files: Mapping[str, "UploadedFile[Any]"], before: str
) -> Iterator[tuple[str, Written]]:
    for field in form.fields:
        name = f"{before}{field.name}"
        if field.kind == "group" and field.row:
            yield field.name, dict(_taken(field.row, posted, files, before if field.flat else f"{name}-"))
        elif field.kind == "rows" and field.row:
            places = range(1, _rows_sent(name, posted) + 1)
            yield field.name, [dict(_taken(field.row, posted, files, f"{name}-{place}-")) for place in places]
        elif field.kind == "file":
            if name in files:
                yield field.name, _read(files[name])
        else:
            yield field.name, posted.getlist(name) if field.kind == "choices" else posted.get(name, "")


def _read(file: "UploadedFile[Any]") -> Upload:
    """A file that came; of one that is too large as much as it takes to refuse it."""
    return Upload(str(file.name or ""), file.read(settings.FILE_BYTES_MAX + 1), file.content_type or "")


def _rows_sent(name: str, posted: QueryDict) -> int:
    """The number of the last row that a request speaks of; a thousand at the most."""
    numbers = [each[len(name) + 1 :].partition("-")[0] for each in posted if each.startswith(f"{name}-")]
    return min(max((whole(each, 4) or 0 for each in numbers), default=0), 1000)


def _fields(
    form: Form, values: Mapping[str, Any], before: str = "", outer: Text | None = None, *, needed: bool = True
) -> Iterator[Field]:
    """The fields of a form and of those within it, named and labelled behind what they are inside of."""
    behind = False
    for spec in form.fields:
        value, name = values.get(spec.name), f"{before}{spec.name}"
        label = label_inside(outer, spec.label) if outer else spec.label
        if spec.kind == "group" and spec.row and spec.flat:
            yield from _begun(_fields(spec.row, _mapping(value), before, outer, needed=needed))
        elif spec.kind == "group" and spec.row:
            asked = needed and spec.required
            yield from _begun(_fields(spec.row, _mapping(value), f"{name}-", label, needed=asked))
        elif spec.kind == "rows" and spec.row:
            yield from _row_fields(replace(spec, name=name, label=label, required=spec.required and needed), value)
        else:
            shown = replace(spec, name=name, label=label, required=spec.required and needed)
            yield replace(_field(shown, form, value), begins=behind)
        behind = spec.row is not None


def _begun(fields: Iterator[Field]) -> Iterator[Field]:
    """What belongs together, on a line of its own."""
    for place, each in enumerate(fields):
        yield replace(each, begins=True) if place == 0 else each


def _row_fields(spec: FieldSpec, value: Any) -> Iterator[Field]:
    """The fields of each row: those that are there, and empty ones up to what the page has room for."""
    rows = _listed(value)
    assert spec.row is not None
    for place in range(1, _rows_shown(spec, rows) + 1):
        row = rows[place - 1] if place <= len(rows) else {}
        asked = spec.required and place == 1
        yield from _begun(_fields(spec.row, row, f"{spec.name}-{place}-", row_label(spec, place), needed=asked))


def _rows_shown(spec: FieldSpec, rows: Sequence[object]) -> int:
    """How many rows a page draws: all that are there, and at least those it has room for."""
    return max(len(rows), min(spec.most, _ROOM))


def _listed(value: object) -> list[Mapping[str, Any]]:
    return [_mapping(each) for each in value] if isinstance(value, list | tuple) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _field(spec: FieldSpec, form: Form, value: Any) -> Field:
    found = Field(
        name=spec.name,
        label=spec.label,
        kind=_CONTROLS.get(spec.kind, spec.kind),  # type: ignore[arg-type] # groups and rows never come here
        value=value if isinstance(value, Sequence) and not isinstance(value, bytes) else plain(value),
        required=spec.required and spec.when is None,
        conditional=spec.required and spec.when is not None,
        hint=_hint(spec, form),
        choices=spec.choices,
        unit=spec.unit,
        accept=spec.accept,
        headings=spec.headings,
    )
    return _picked(found, spec) if spec.picks else found


def _picked(field: Field, spec: FieldSpec) -> Field:
    """A field that picks, with the name of what stands in it, and what may be written where it says nothing."""
    source = source_named(spec.picks)
    chosen = source.called(str(field.value or ""))
    asks = Text(
        f"{source.asks.zh[:1].upper()}{source.asks.zh[1:]}。", f"{source.asks.en[:1].upper()}{source.asks.en[1:]}."
    )
    picked = Picked(source.name, chosen.label, chosen.note) if chosen else Picked(source.name)
    return replace(field, picks=picked, hint=field.hint or asks, value=chosen.value if chosen else field.value)


def _hint(spec: FieldSpec, form: Form) -> Text | None:
    if spec.when is None:
        return spec.hint
    only = condition(spec.when, form)
    if spec.hint is None:
        return only
    return Text(f"{spec.hint.zh}{only.zh}", f"{spec.hint.en} {only.en}")
