"""A form for programs: its JSON Schema, and a JSON object read as what a person would have written.

The same names and kinds as on the page. Money is CNY as a decimal text ("1200.50") or number; days and moments are ISO
8601; a file is an object of a name and its bytes in base64; null and an absent name are an empty field. An empty text
is one too, except where the field has a form (`pattern`): a key that is empty is a fault of the program that sends it.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from qilian.core.values.text import Refusal, Text

from .kernel import FieldSpec, Form, Upload, Written

__all__ = ["json_schema", "written_from"]

_NUMBERS = ("decimal", "money")


def json_schema(form: Form) -> dict[str, Any]:
    """Return what a program sends, as JSON Schema 2020-12: no other names, and what is needed without condition."""
    return {
        "type": "object",
        "title": form.title.en,
        "properties": {field.name: _property(field) for field in form.fields},
        "required": [f.name for f in form.fields if f.required and f.when is None and f.kind != "boolean"],
        "additionalProperties": False,
    }


def written_from(form: Form, body: Mapping[str, Any]) -> tuple[dict[str, Written], list[Refusal]]:
    """Read a JSON object as written values; a value of a wrong type is a Refusal `forms.type` and left out."""
    fields = {field.name: field for field in form.fields}
    written: dict[str, Written] = {}
    refusals: list[Refusal] = []
    for name, value in body.items():
        field = fields.get(name)
        try:
            if field is None:
                written[name] = ""  # the validator says that the form has no such field
            elif value is not None:
                written[name] = _written(field, value)
        except Refusal as refusal:
            refusals.extend(refusal.every)
    return written, refusals


def _property(field: FieldSpec) -> dict[str, Any]:
    schema = _type(field)
    told = field.label.en + (f" ({field.unit.en})" if field.unit else "") + (f". {field.hint.en}" if field.hint else "")
    if not field.required or field.when is not None:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "description": told}


def _type(field: FieldSpec) -> dict[str, Any]:
    match field.kind:
        case "integer":
            return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]}
        case "decimal" | "money":
            return {"anyOf": [{"type": "string"}, {"type": "number"}]}
        case "date":
            return {"type": "string", "format": "date"}
        case "moment":
            return {"type": "string", "format": "date-time"}
        case "boolean":
            return {"type": "boolean"}
        case "choice":
            return {"type": "string", "enum": [value for value, _ in field.choices]}
        case "choices":
            return {"type": "array", "items": {"type": "string", "enum": [value for value, _ in field.choices]}}
        case "file":
            return _FILE
        case "group":
            return json_schema(field.row) if field.row else {"type": "object"}
        case "rows":
            rows: dict[str, Any] = {"type": "array", "maxItems": field.most}
            return {**rows, "items": json_schema(field.row)} if field.row else rows
    picked = {"x-choices": f"/choices/{field.picks}/?q="} if field.picks else {}
    least = {"minLength": 1} if field.required or field.pattern else {}
    return {"type": "string", "maxLength": field.length, **least, **picked}


_FILE: dict[str, Any] = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "content": {"type": "string", "contentEncoding": "base64"}},
    "required": ["name", "content"],
    "additionalProperties": False,
}


def _written(field: FieldSpec, value: Any) -> Any:
    if field.kind == "boolean":
        return _as(field, value, bool, "yes" if value else "no")
    if field.kind == "integer" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if field.kind in _NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, float) and value == round(value, 6) else str(value)
    if field.kind == "choices":
        return _as(
            field, value, list, [_as(field, each, str, each) for each in value] if isinstance(value, list) else []
        )
    if field.kind == "file":
        return _file(field, value)
    if field.kind == "group" and field.row:
        return _inside(field, field.row, value, "" if field.flat else f"{field.name}-")
    if field.kind == "rows" and field.row:
        rows = _as(field, value, list, value)
        return [_inside(field, field.row, each, f"{field.name}-{place}-") for place, each in enumerate(rows, 1)]
    if isinstance(value, str) and not value.strip() and (field.pattern or field.kind not in ("text", "textarea")):
        raise _wrong(field)
    return _as(field, value, str, value)


def _inside(field: FieldSpec, form: Form, value: Any, before: str) -> dict[str, Written]:
    body: Mapping[str, Any] = _as(field, value, dict, value)
    written, wrong = written_from(form, body)
    if wrong:
        first, *others = (Refusal(each.code, each.message, where=f"{before}{each.where}") for each in wrong)
        raise Refusal(first.code, first.message, where=first.where, also=others)
    return written


def _file(field: FieldSpec, value: Any) -> Upload:
    if not isinstance(value, dict) or set(value) != {"name", "content"}:
        raise _wrong(field)
    if not all(isinstance(each, str) for each in value.values()):
        raise _wrong(field)
    try:
        return Upload(value["name"], base64.b64decode(value["content"], validate=True))
    except (binascii.Error, ValueError):
        raise _wrong(field) from None


def _as(field: FieldSpec, value: Any, wanted: type, read: Any) -> Any:
    if not isinstance(value, wanted):
        raise _wrong(field)
    return read


def _wrong(field: FieldSpec) -> Refusal:
    message = Text(f"{field.label.zh}的 JSON 类型不对。", f"{field.label.en} is of another JSON type.")
    remedy = Text("请按接口说明发送。", "Send it as the interface describes it.")
    return Refusal("forms.type", message, where=field.name, remedy=remedy)
