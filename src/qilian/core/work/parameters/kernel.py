"""The kinds of values, how they are read, kept and said, and which of many holds on a day."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeVar

from qilian.core.house.forms.api import read_day, read_fen, read_number
from qilian.core.rules.dmn.api import Table
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

Kind = Literal["integer", "decimal", "money", "text", "date", "table", "decision"]
Row = Mapping[str, str]
Value = int | Decimal | Money | str | date | tuple[Row, ...] | Table
Json = int | str | dict[str, list[list[str]]]
T = TypeVar("T", int, Decimal, Money, str, date, tuple[Row, ...], Table)

KIND_TITLES: Mapping[str, Text] = {
    "integer": Text("整数", "whole number"),
    "decimal": Text("小数", "decimal number"),
    "money": Text("金额（元）", "amount in CNY"),
    "text": Text("文字", "text"),
    "date": Text("日期", "date"),
    "table": Text("表格", "table"),
    "decision": Text("决策表", "decision table"),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A published value from a day on, with the clause or statute that it comes from."""

    valid_from: date
    value: Value
    source: str


def read(kind: str, written: str) -> Value:
    """Read a value as an official types it: tables as CSV with a head line, decision tables in their form of CSV.

    Refusals: `parameters.value`; `parameters.cell` with the cell of a decision table that cannot be read; those of
    `core.rules` for what is no decision table.
    """
    text = written.strip()
    try:
        if not text:
            raise ValueError
        return _READERS[kind](text)
    except ValueError:
        title, remedy = KIND_TITLES[kind], _EXAMPLES[kind]
        message = Text("这不是{kind}。", "This is not a {kind}.").filled(kind=title)
        raise Refusal("parameters.value", message, where="value", remedy=remedy) from None


def keep(value: Value) -> Json:
    """A value as it is kept in the database: exact, without floats; tables as lines, the head first, in their order."""
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, tuple):
        head = list(value[0])
        return {"lines": [head, *([row[name] for name in head] for row in value)]}
    if isinstance(value, Table):
        return value.to_csv()
    return value if isinstance(value, int | str) else str(value)


def restore(kind: str, kept: Json) -> Value:
    """The value that was kept; ValueError when it is not of its kind, which the verbs never let happen."""
    if kind == "table" and isinstance(kept, dict):
        head, *lines = kept["lines"]
        return tuple(dict(zip(head, line, strict=True)) for line in lines)
    if kind == "money" and isinstance(kept, int):
        return Money(kept)
    if kind == "integer" and isinstance(kept, int):
        return kept
    if kind in _TEXTS and isinstance(kept, str):
        return _TEXTS[kind](kept)
    raise ValueError(f"not a kept {kind}: {kept!r}")


def write(value: Value) -> str:
    """A value as `read` takes it back."""
    if isinstance(value, Money):
        return str(value.in_unit("元"))
    if isinstance(value, Table):
        return value.to_csv()
    if not isinstance(value, tuple):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    out = io.StringIO()
    table = csv.DictWriter(out, list(value[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(value)
    return out.getvalue().rstrip("\n")


def holding(values: Iterable[Dated], day: date) -> Dated | None:
    """The value that holds on a day: the one with the latest first day that has come."""
    return max((each for each in values if each.valid_from <= day), key=lambda each: each.valid_from, default=None)


def _table(text: str) -> tuple[Row, ...]:
    head, *lines = list(csv.reader(io.StringIO(text)))
    if len(set(head)) != len(head) or not all(head) or not lines or any(len(line) != len(head) for line in lines):
        raise ValueError
    return tuple(dict(zip(head, line, strict=True)) for line in lines)


@lru_cache(maxsize=256)
def _decision(text: str) -> Table:
    """A decision table, compiled once for all who ask; Refusal for the first cell that cannot be read."""
    table = Table.from_csv(text)
    for unread in table.findings:
        remedy = Text("请改正这个单元格后再提交。", "Correct this cell and submit again.")
        raise Refusal("parameters.cell", unread.message, where=unread.where, remedy=remedy)
    return table


def _decimal(text: str) -> Decimal:
    try:
        return read_number(text)
    except Refusal:
        raise ValueError from None


def _integer(text: str) -> int:
    number = _decimal(text)
    if number != number.to_integral_value():
        raise ValueError
    return int(number)


def _money(text: str) -> Money:
    try:
        return Money(read_fen(text))
    except Refusal:
        raise ValueError from None


def _day(text: str) -> date:
    try:
        return read_day(text)
    except Refusal:
        raise ValueError from None


_READERS: Mapping[str, Callable[[str], Value]] = {
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "text": str,
    "date": _day,
    "table": _table,
    "decision": _decision,
}
_TEXTS: Mapping[str, Callable[[str], Value]] = {
    "decimal": Decimal,
    "text": str,
    "date": date.fromisoformat,
    "decision": _decision,
}
_EXAMPLES: Mapping[str, Text] = {
    "integer": Text("请填写整数，如 20。", "Write a whole number, such as 20."),
    "decimal": Text("请填写小数，如 0.35。", "Write a number, such as 0.35."),
    "money": Text("请填写元，最多两位小数，如 1200.50。", "Write CNY with at most two decimals, such as 1200.50."),
    "text": Text("请填写文字。", "Write a text."),
    "date": Text("请按 2026-01-01 的格式填写。", "Write it as 2026-01-01."),
    "decision": Text(
        "请用“决策表”页面编辑，或粘贴从那里下载的 CSV。",
        "Edit it on the page “Decision tables”, or paste the CSV that is downloaded there.",
    ),
    "table": Text(
        "第一行是列名，以下每行一条，用逗号分隔，列数一致。",
        "Names of columns in the first line, then a line for each row, with commas, all equally long.",
    ),
}
