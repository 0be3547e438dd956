"""The inputs of a table as people type them, read by the types of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from qilian.core.rules.feel.api import Diagnostic, Outcome, SyntaxFault, Value, compile_expression
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
_ANY = Text("FEEL 表达式", "a FEEL expression")


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
    """The inputs that a table asks for, in its order; a name that is no column of its own takes any expression."""
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
    listed = compile_expression(f"[{column.allowed}]").evaluate({}).value
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
    outcome = _entered(text.replace(",", "") if each.type == "number" else text, each.type)
    if outcome.diagnostics or outcome.value is None:
        message = Text("“{title}”填写的“{text}”读不出来。", "“{text}” cannot be read as “{title}”.")
        remedy = Text("请填写{form}。", "Write {form}.").filled(form=each.form)
        raise Refusal("rules.input", message.filled(title=each.title, text=text), where=each.name, remedy=remedy)
    return outcome.value


def _entered(text: str, kind: str) -> Outcome:
    """What a text is in a column of a type, as in an output cell: `是` is true, a bare date a date, bare words text."""
    try:
        return compile_expression(read_cell(text, kind, False)).evaluate({})
    except SyntaxFault as fault:
        return Outcome(None, (Diagnostic("syntax", fault.message, fault.start, fault.end),))
