"""The inputs of a table as people type them, read by the types of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from qilian.core.house.forms.api import read_day, read_number
from qilian.core.rules.feel.api import Diagnostic, Outcome, SyntaxFault, Value, literal_value
from qilian.core.values.text import Refusal, Text

from .cells import read_cell
from .shape import InputColumn
from .tables import Table

TYPES: Mapping[str, Text] = {
    "number": Text("数字", "a number"),
    "string": Text("文字", "text"),
    "boolean": Text("是或否", "是 or 否 (true or false)"),
    "date": Text("日期，如 2026-01-01", "a date, such as 2026-01-01"),
    "time": Text("时刻，如 09:30:00", "a time, such as 09:30:00"),
    "date and time": Text("日期和时刻，如 2026-01-01T09:30:00", "date and time, such as 2026-01-01T09:30:00"),
}
_ANY = Text('FEEL 字面值，如 3、"甲"、[1, 2]', 'a FEEL literal, such as 3, "a" or [1, 2]')


@dataclass(frozen=True, slots=True)
class Wanted:
    """One input of a table: its name in FEEL, what people call it, its type, the words it may have."""

    name: str
    title: str
    type: str
    choices: tuple[str, ...] = ()

    @property
    def form(self) -> Text:
        """What has to be typed."""
        return TYPES.get(self.type, _ANY)


def wanted(table: Table) -> tuple[Wanted, ...]:
    """The inputs that a table asks for, in its order; a name that is no column of its own takes any literal."""
    columns = {column.expression.strip(): column for column in table.shape.inputs}
    found = []
    for name in table.names:
        column = columns.get(name)
        if column is None:
            found.append(Wanted(name, name, ""))
        else:
            found.append(Wanted(name, column.title, column.type, _choices(column)))
    return tuple(found)


def _choices(column: InputColumn) -> tuple[str, ...]:
    """The words that a column of text allows, where it lists them; 是 and 否 for yes and no."""
    if column.type == "boolean":
        return ("是", "否")
    if column.type != "string":
        return ()
    try:
        listed = literal_value(f"[{column.allowed}]").value
    except SyntaxFault:
        return ()
    return tuple(listed) if isinstance(listed, list) and all(isinstance(word, str) for word in listed) else ()


def readings(table: Table, written: Mapping[str, str]) -> dict[str, Value]:
    """The inputs of one case as values; what is not given is null.

    Refusal `rules.input` names the first input that does not read as its type and says what has to be typed.
    """
    values: dict[str, Value] = {}
    for each in wanted(table):
        text = written.get(each.name, "").strip()
        if text:
            values[each.name] = _value(each, text)
    return values


def _value(each: Wanted, text: str) -> Value:
    outcome = _entered(_usual(text, each.type), each.type)
    if outcome.diagnostics or outcome.value is None:
        message = Text("“{title}”填写的“{text}”读不出来。", "“{text}” cannot be read as “{title}”.")
        remedy = Text("请填写{form}。", "Write {form}.").filled(form=each.form)
        raise Refusal("rules.input", message.filled(title=each.title, text=text[:60]), where=each.name, remedy=remedy)
    return outcome.value


def _usual(text: str, kind: str) -> str:
    """A number or a day as people write it (1,234.50, 20261122) in the words of FEEL; all else as it is."""
    try:
        if kind == "number":
            return format(read_number(text), "f")
        return read_day(text).isoformat() if kind == "date" else text
    except Refusal:
        return text


def _entered(text: str, kind: str) -> Outcome:
    """What a text is in a column of a type, as in an output cell: `是` is true, a bare date a date, bare words text.

    Only literals are read: this door is open to everybody, and what stands at it must not run.
    """
    try:
        return literal_value(read_cell(text, kind, False))
    except SyntaxFault as fault:
        return Outcome(None, (Diagnostic("syntax", fault.message, fault.start, fault.end),))
