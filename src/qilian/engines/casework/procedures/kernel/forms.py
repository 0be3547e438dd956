"""The fields of a form as a file writes them, one mapping each."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from qilian.core.house.forms.api import FieldSpec, Form, When, read
from qilian.core.values.text import Refusal, Text

from .written import Reader

_MEMBERS: Final = (
    "name", "en", "kind", "required", "hint", "choices", "low", "high", "length", "places", "unit", "when", "picks",
)  # fmt: skip
_KINDS: Final = ("text", "textarea", "integer", "decimal", "money", "date", "choice", "choices", "boolean", "file")
_BOUNDED: Final = ("integer", "decimal", "money", "date")
_PLAIN: Final = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,6})?")


def read_form(reader: Reader, rows: list[Any], slug: str, title: Text) -> Form:
    """The form of rows; what is wrong is noted with the field's name."""
    fields = tuple(each for row in rows if (each := _field(reader, row, title.zh)) is not None)
    form = Form(slug, title, fields)
    for problem in form.problems():
        reader.note(
            "form", title.zh, f"表单“{title.zh}”有误：{problem}。", f"The form “{title.en}” is wrong: {problem}."
        )
    return form


def _field(reader: Reader, row: Any, form: str) -> FieldSpec | None:
    where = f"{form}/{row.get('name', '?')}" if isinstance(row, dict) else form
    data = reader.mapping(row, where, _MEMBERS)
    if not isinstance(row, dict):
        return None
    name = reader.text(data, "name", where, needed=True)
    kind: Any = reader.text(data, "kind", where) or "text"
    if kind not in _KINDS:
        reader.note(
            "kind", where, f"“{where}”没有“{kind}”这种字段。", f"“{where}”: there is no kind of field “{kind}”."
        )
        kind = "text"  # what else speaks of the field is not wrong for that
        data = {member: said for member, said in data.items() if member not in ("low", "high")}
    low, high = _bounds(reader, data, where, kind)
    return FieldSpec(
        name=name,
        label=Text(name, reader.text(data, "en", where) or name),
        kind=kind,
        required=reader.boolean(data, "required", where, True),
        hint=reader.pair(data, "hint", where),
        choices=_choices(reader, data, where),
        low=low,
        high=high,
        length=reader.whole(data, "length", where, 300),
        places=reader.whole(data, "places", where, 6, least=0),
        unit=reader.pair(data, "unit", where),
        when=_when(reader, data, where),
        picks=reader.text(data, "picks", where),
    )


def _bounds(reader: Reader, data: Mapping[str, Any], where: str, kind: Any) -> tuple[str, str]:
    """The least and the most of a field; neither where they exclude each other."""
    low, high = (_bound(reader, data, each, where, kind) for each in ("low", "high"))
    spec = FieldSpec(name="low", label=Text("low", "low"), kind=kind, low=low)
    if low and high and not _fits(spec, high):
        reader.note("bound", where, f"“{where}”的上限低于下限。", f"“{where}” ends below where it begins.")
        return "", ""
    return low, high


def _bound(reader: Reader, data: Mapping[str, Any], name: str, where: str, kind: Any) -> str:
    """The least or most of a number or a day, as a form reads it; "" with what is wrong noted."""
    said = reader.text(data, name, where)
    if not said:
        return ""
    fits = _fits(FieldSpec(name=name, label=Text(name, name), kind=kind), said) if kind in _BOUNDED else False
    if fits and (_is_day(said) if kind == "date" else _PLAIN.fullmatch(said)):
        return said
    reader.note(
        "bound",
        where,
        f"“{where}”的“{name}”读不懂：“{said}”。",
        f"“{name}” of “{where}” is not understood: “{said}”.",
        Text(
            "数字照写，日期写成 2026-11-22；别的字段没有上下限。",
            "A number, or a day like 2026-11-22; no other field has bounds.",
        ),
    )
    return ""


def _fits(field: FieldSpec, said: str) -> bool:
    try:
        read(field, said)
    except Refusal:
        return False
    return True


def _is_day(said: str) -> bool:
    """Whether a day stands in the one form in which bounds are kept."""
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _choices(reader: Reader, data: Mapping[str, Any], where: str) -> tuple[tuple[str, Text], ...]:
    """Choices as texts, or as pairs of Chinese and English."""
    found = []
    for row in reader.rows(data, "choices", where):
        words = [row] if isinstance(row, str) else row
        if isinstance(words, list) and 1 <= len(words) <= 2 and all(isinstance(w, str) and w.strip() for w in words):
            found.append((words[0], Text(words[0], words[-1])))
        else:
            reader.note("shape", where, f"“{where}”有一个选项读不懂。", f"A choice of “{where}” is not understood.")
    for value in sorted({value for value, _ in found if [each for each, _ in found].count(value) > 1}):
        reader.note("twice", where, f"“{where}”的选项“{value}”有两个。", f"“{where}” offers “{value}” twice.")
    return tuple(found)


def _when(reader: Reader, data: Mapping[str, Any], where: str) -> When | None:
    said = reader.texts(data, "when", where)
    if len(said) == 1:
        reader.note(
            "when", where, f"“{where}”的“when”要写字段和它的值。", f"“when” of “{where}” names a field and its values."
        )
    return When(said[0], said[1:]) if said else None
