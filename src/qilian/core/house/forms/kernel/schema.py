"""The schema of a form as data, and the one validator: written values in, typed values or sentences out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text, refuse_all

from .written import read_day, read_fen, read_moment, read_number


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a form: its name, its bytes, and the type that its sender claims."""

    name: str
    content: bytes
    content_type: str = ""

    def chunks(self) -> tuple[bytes, ...]:
        """The content in one piece: what takes files in reads them piece by piece."""
        return (self.content,)


Written = str | Sequence[str] | Mapping[str, Any] | Sequence[Mapping[str, Any]] | Upload
Value = str | int | bool | Decimal | Money | date | datetime | Upload | tuple[Any, ...] | Mapping[str, Any] | None
Kind = Literal[
    "text",
    "textarea",
    "integer",
    "decimal",
    "money",
    "date",
    "moment",
    "choice",
    "choices",
    "boolean",
    "file",
    "email",
    "group",
    "rows",
]
KINDS: tuple[str, ...] = get_args(Kind)
_MOST: Mapping[str, str] = {"integer": "2147483647", "money": "10000000000000", "decimal": "10000000000000"}
"""What a number is bounded by where its field says nothing: what every column holds, and more than anybody means."""


@dataclass(frozen=True, slots=True)
class When:
    """A field is asked only when another one holds one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: what is asked, of which kind, and within which bounds.

    `low` and `high` bound numbers, money in 元 and dates in ISO form, both included; `length` is the most characters;
    `pattern` is a full-match regular expression with `pattern_says` as its sentence. A `group` is a form within the
    form and `rows` are several of it, `most` at the most; on a page the names inside stand behind that of the field
    (`payee-name`, `parts-1-share`), in a `flat` group as they are. `finds` looks up what a text names, such as a party
    by its code, when everything else can be read; `picks` names the source of choices that it looks among, which also
    finds what was written (`forms.sources`).
    """

    name: str
    label: Text
    kind: Kind = "text"
    required: bool = True
    hint: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    low: str = ""
    high: str = ""
    length: int = 2000
    places: int = 6
    pattern: str = ""
    pattern_says: Text | None = None
    unit: Text | None = None
    when: When | None = None
    row: "Form | None" = None
    most: int = 3
    flat: bool = False
    finds: Callable[[str], Any] | None = None
    picks: str = ""
    headings: tuple[tuple[str, Text], ...] = ()  # for choices: what stands before the one of a value
    accept: str = ""  # for files: the endings that are taken


@dataclass(frozen=True, slots=True)
class Form:
    """A form: a slug, a title and its fields in order."""

    slug: str
    title: Text
    fields: tuple[FieldSpec, ...]

    def problems(self) -> list[str]:
        """Return what is wrong with the schema itself; a pack with problems does not start."""
        names = [field.name for field in self.fields]
        found = [f"{name} stands twice" for name in sorted({n for n in names if names.count(n) > 1})]
        for position, field in enumerate(self.fields):
            if field.kind not in KINDS:
                found.append(f"{field.name} has the unknown kind {field.kind}")
            if field.kind in ("choice", "choices") and not field.choices:
                found.append(f"{field.name} has no choices")
            if field.kind in ("group", "rows"):
                found += [
                    f"{field.name}: {each}" for each in (field.row.problems() if field.row else ["no form inside"])
                ]
            if field.when and field.when.field not in names[:position]:
                found.append(f"{field.name} depends on {field.when.field}, which does not stand before it")
        return found


@dataclass(frozen=True, slots=True)
class Checked:
    """What the validator found: typed values by name, and a refusal for each field that is wrong."""

    values: Mapping[str, Value]
    refusals: tuple[Refusal, ...]

    @property
    def ok(self) -> bool:
        """Whether everything can be saved; with one refusal nothing is."""
        return not self.refusals


def check(form: Form, written: Mapping[str, Written]) -> Checked:
    """Read what a person wrote: all problems at once, each a sentence with its field in `where`; no unknown names."""
    values: dict[str, Value] = {}
    refusals: list[Refusal] = []
    known = {field.name for field in form.fields}
    for name in sorted(set(written) - known):
        refusals.append(_refuse(name, "unknown", Text(f"表里没有“{name}”这一项。", f"The form has no field “{name}”.")))
    for field in form.fields:
        if not asked(field, values):
            continue
        try:
            values[field.name] = _found(field, read(field, written.get(field.name, "")))
        except Refusal as refusal:
            refusals.extend(refusal.every)
    return Checked(values, tuple(refusals))


def _found(field: FieldSpec, value: Value) -> Value:
    """What a text names, where the field looks it up; what is said of it stands at the field."""
    if field.finds is None or not isinstance(value, str):
        return value
    try:
        found: Value = field.finds(value)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, where=field.name, remedy=refusal.remedy) from None
    return found


def asked(field: FieldSpec, values: Mapping[str, Value]) -> bool:
    """Whether a field is asked, given what was answered before it."""
    if field.when is None:
        return True
    answer = values.get(field.when.field)
    answers = answer if isinstance(answer, tuple) else (plain(answer),)
    return any(value in field.when.values for value in answers)


def condition(when: When, form: Form) -> Text:
    """Say in a sentence when a field is asked, in the words of the field on which it depends."""
    other = next(field for field in form.fields if field.name == when.field)
    titles = {"yes": Text("是", "yes"), "no": Text("否", "no")} | dict(other.choices)
    told = [titles.get(value, Text(value, value)) for value in when.values]
    zh, en = "”或“".join(title.zh for title in told), "” or “".join(title.en for title in told)
    return Text(
        f"仅当“{other.label.zh}”为“{zh}”时填写，否则不计入。",
        f"Only if “{other.label.en}” is “{en}”; otherwise it is ignored.",
    )


def read(field: FieldSpec, written: Written) -> Value:
    """Read one value; an empty optional field is None. Raises the Refusal of what is wrong with it."""
    if field.kind == "group":
        return _group(field, written)
    if field.kind == "rows":
        return _rows(field, written)
    if isinstance(written, Upload | Mapping):
        return _upload(field, written)
    if field.kind == "choices":
        return _choices(field, (written,) if isinstance(written, str) and written else tuple(map(str, written)))
    text = written if isinstance(written, str) else (str(written[0]) if written else "")
    text = text.strip()
    if field.kind == "boolean":
        return _boolean(field, text)
    if not text:
        if field.required:
            raise _missing(field)
        return None
    return _READERS[field.kind](field, text)


def is_empty(written: Written) -> bool:
    """Whether nothing was written: no text, or a form inside in which nothing is."""
    if isinstance(written, Upload):
        return False
    if isinstance(written, Mapping):
        return all(is_empty(each) for each in written.values())
    return not written.strip() if isinstance(written, str) else all(is_empty(each) for each in written)


def _missing(field: FieldSpec) -> Refusal:
    return _refuse(field.name, "required", Text(f"请填写{field.label.zh}。", f"Fill in: {field.label.en}."))


def _group(field: FieldSpec, written: Written) -> Value:
    assert field.row is not None, "a group has a form (Form.problems)"
    if not isinstance(written, Mapping):
        written = {}
    if is_empty(written) and not field.required:
        return None
    checked = check(field.row if field.flat else called(field.row, field.label), written)
    refuse_all(_within(each, "" if field.flat else f"{field.name}-") for each in checked.refusals)
    return checked.values


def _rows(field: FieldSpec, written: Written) -> Value:
    """Read the rows that are not empty; a row keeps its place in what is said of it."""
    assert field.row is not None, "rows have a form (Form.problems)"
    given = (
        [] if isinstance(written, str | Mapping | Upload) else [each for each in written if isinstance(each, Mapping)]
    )
    taken = [(place, each) for place, each in enumerate(given, 1) if not is_empty(each)]
    if not taken and field.required:
        raise _missing(field)
    if len(taken) > field.most:
        message = Text(
            f"{field.label.zh}最多 {field.most} 行，现有 {len(taken)} 行。",
            f"{field.label.en} takes at most {field.most} rows; there are {len(taken)}.",
        )
        raise _refuse(field.name, "rows", message)
    checked = [(place, check(called(field.row, row_label(field, place)), each)) for place, each in taken]
    refuse_all(_within(why, f"{field.name}-{place}-") for place, each in checked for why in each.refusals)
    return tuple(each.values for _, each in checked)


def called(form: Form, label: Text) -> Form:
    """The form with its fields named as they stand on a page: after what they are inside of."""
    return replace(form, fields=tuple(replace(each, label=label_inside(label, each.label)) for each in form.fields))


def label_inside(outer: Text, inner: Text) -> Text:
    """How a field is called that stands inside another."""
    return Text(f"{outer.zh}：{inner.zh}", f"{outer.en}: {inner.en}")


def row_label(field: FieldSpec, place: int) -> Text:
    """How one of several rows is called, the first by 1."""
    return Text(f"{field.label.zh}（{place}）", f"{field.label.en} ({place})")


def _within(refusal: Refusal, before: str) -> Refusal:
    return Refusal(refusal.code, refusal.message, where=f"{before}{refusal.where}", remedy=refusal.remedy)


def _upload(field: FieldSpec, written: Upload | Mapping[str, Any]) -> Value:
    if field.kind == "file" and isinstance(written, Upload):
        return written
    raise _refuse(field.name, "type", Text(f"{field.label.zh}的类型不对。", f"{field.label.en} is of the wrong type."))


def plain(value: Value) -> str:
    """Write a typed value the way a person would type it back in; None and what is no text are empty."""
    if value is None or isinstance(value, Upload | Mapping):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Money):
        return str(value.in_unit("元"))
    if isinstance(value, tuple):
        return ",".join(each for each in value if isinstance(each, str))
    return value.isoformat() if isinstance(value, date) else str(value)


def rewritten(values: Mapping[str, Value]) -> dict[str, Written]:
    """Write typed values back as they are read, choices one by one; what is empty is left out."""
    texts = {name: value if isinstance(value, tuple) else plain(value) for name, value in values.items()}
    return {name: text for name, text in texts.items() if text}


def _boolean(field: FieldSpec, text: str) -> bool:
    value = text.lower() in ("yes", "on", "true", "1", "是")
    if field.required and not value:
        raise _refuse(field.name, "required", Text(f"请确认：{field.label.zh}。", f"Confirm: {field.label.en}."))
    return value


def _choices(field: FieldSpec, picked: tuple[str, ...]) -> tuple[str, ...]:
    if not picked and field.required:
        raise _refuse(field.name, "required", Text(f"请选择{field.label.zh}。", f"Choose: {field.label.en}."))
    for value in picked:
        _choice(field, value)
    return picked


def _choice(field: FieldSpec, text: str) -> str:
    if text not in {value for value, _ in field.choices}:
        offered = field.choices[:8]
        zh, en = "、".join(t.zh for _, t in offered), ", ".join(t.en for _, t in offered)
        message = Text(f"{field.label.zh}没有“{text}”这个选项。", f"{field.label.en} has no option “{text}”.")
        raise _refuse(field.name, "choice", message, Text(f"可选：{zh}。", f"Choose one of: {en}."))
    return text


def _text(field: FieldSpec, text: str) -> str:
    if len(text) > field.length:
        message = Text(
            f"{field.label.zh}有 {len(text)} 字，最多 {field.length} 字。",
            f"{field.label.en} has {len(text)} characters; {field.length} are the most.",
        )
        raise _refuse(field.name, "length", message)
    if field.pattern and not re.fullmatch(field.pattern, text):
        says = field.pattern_says or Text("格式不对。", "The format is wrong.")
        raise _refuse(field.name, "pattern", Text(f"{field.label.zh}：{says.zh}", f"{field.label.en}: {says.en}"))
    return text


def _email(field: FieldSpec, text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        message = Text(f"{field.label.zh}不是电子邮箱地址。", f"{field.label.en} is not an e-mail address.")
        raise _refuse(field.name, "email", message, Text("例如 name@example.cn。", "For example name@example.cn."))
    return _text(field, text)


def _number(field: FieldSpec, text: str) -> Decimal:
    number = read_number(text, field.name, field.label)
    if text.endswith(("%", "％")) and field.unit is not None and field.unit.zh in ("%", "％"):
        number *= 100
    _within_bounds(field, number, Decimal)
    return number


def _integer(field: FieldSpec, text: str) -> int:
    number = _number(field, text)
    if number != number.to_integral_value():
        raise _refuse(
            field.name, "integer", Text(f"{field.label.zh}要填整数。", f"{field.label.en} takes a whole number.")
        )
    return int(number)


def _decimal(field: FieldSpec, text: str) -> Decimal:
    number = _number(field, text)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > field.places:
        message = Text(
            f"{field.label.zh}最多 {field.places} 位小数。", f"{field.label.en} takes at most {field.places} decimals."
        )
        raise _refuse(field.name, "places", message)
    return number


def _money(field: FieldSpec, text: str) -> Money:
    money = Money(read_fen(text, field.name, field.label))
    _within_bounds(field, money.in_unit("元"), Decimal)
    return money


def _date(field: FieldSpec, text: str) -> date:
    day = read_day(text, field.name, field.label)
    _within_bounds(field, day, date.fromisoformat)
    return day


def _moment(field: FieldSpec, text: str) -> datetime:
    return read_moment(text, field.name, field.label)


def _within_bounds(field: FieldSpec, value: Decimal | date, read_bound: Callable[[str], Decimal | date]) -> None:
    most = _MOST.get(field.kind, "")
    low, high = field.low or (f"-{most}" if most else ""), field.high or most
    if low and _below(value, read_bound(low)):
        message = Text(f"{field.label.zh}不能小于 {low}。", f"{field.label.en} must not be below {low}.")
        raise _refuse(field.name, "bounds", message)
    if high and _below(read_bound(high), value):
        message = Text(f"{field.label.zh}不能大于 {high}。", f"{field.label.en} must not be above {high}.")
        raise _refuse(field.name, "bounds", message)


def _below(one: Decimal | date, other: Decimal | date) -> bool:
    """Compare two numbers or two days; a bound is always read as the kind of its value."""
    return (
        one.toordinal() < other.toordinal() if isinstance(one, date) and isinstance(other, date) else _less(one, other)
    )


def _less(one: Decimal | date, other: Decimal | date) -> bool:
    assert isinstance(one, Decimal) and isinstance(other, Decimal)
    return one < other


def _refuse(where: str, code: str, message: Text, remedy: Text | None = None) -> Refusal:
    return Refusal(f"forms.{code}", message, where=where, remedy=remedy)


_READERS: Mapping[str, Callable[[FieldSpec, str], Value]] = {
    "text": _text,
    "textarea": _text,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
    "moment": _moment,
    "choice": _choice,
    "file": _text,
    "email": _email,
}
