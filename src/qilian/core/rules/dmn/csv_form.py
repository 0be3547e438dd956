"""Decision tables as CSV, the form officials edit in a spreadsheet: a few headed rows, then one row a rule."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import NoReturn

from qilian.core.values.text import Refusal, Text

from .cells import read_cell, write_cell
from .explain import POLICIES
from .shape import AGGREGATIONS, HIT_POLICIES, InputColumn, OutputColumn, Rule, TableShape

_TABLE = Text("决策表", "decision table")
_POLICY = Text("命中策略", "hit policy")
_COLUMN, _INPUT, _OUTPUT, _NOTE = (
    Text("列", "column"),
    Text("输入", "input"),
    Text("输出", "output"),
    Text("注释", "note"),
)
_RESULT = Text("结果名称", "result label")
_RESULT = Text("结果名称", "result label")
_LABEL, _NAME, _TYPE, _ALLOWED, _DEFAULT = (
    Text("名称", "label"),
    Text("表达式", "expression"),
    Text("类型", "type"),
    Text("允许值", "allowed"),
    Text("缺省", "default"),
)
_SUMS = {
    "SUM": Text("求和", "sum"),
    "COUNT": Text("计数", "count"),
    "MIN": Text("最小", "min"),
    "MAX": Text("最大", "max"),
}
_ROWS, _COLUMNS = 5000, 200


def write_csv(shape: TableShape, language: str = "zh") -> str:
    """Return a table as CSV with headings in one language; `read_csv` gives the same table back."""

    def say(text: Text) -> str:
        return text.zh if language == "zh" else text.en

    policy = [say(POLICIES[shape.hit_policy]), *([say(_SUMS[shape.aggregation])] if shape.aggregation else [])]
    inputs, outputs, notes = shape.inputs, shape.outputs, shape.notes
    rows = [
        [say(_TABLE), shape.name, say(_POLICY), *policy],
        [say(_COLUMN), *[say(_INPUT)] * len(inputs), *[say(_OUTPUT)] * len(outputs), *[say(_NOTE)] * len(notes)],
        [say(_LABEL), *(one.label for one in inputs), *(one.label for one in outputs), *notes],
        [say(_NAME), *(one.expression for one in inputs), *(one.name for one in outputs), *[""] * len(notes)],
        [say(_TYPE), *(one.type for one in inputs), *(one.type for one in outputs), *[""] * len(notes)],
    ]
    columns: list[InputColumn | OutputColumn] = [*inputs, *outputs]
    if any(one.allowed for one in columns):
        rows.append([say(_ALLOWED), *(write_cell(one.allowed, one.type, True) for one in columns), *[""] * len(notes)])
    if any(one.default for one in outputs):
        defaults = (write_cell(one.default, one.type, False) for one in outputs)
        rows.append([say(_DEFAULT), *[""] * len(inputs), *defaults, *[""] * len(notes)])
    if shape.output_label:
        rows.append([say(_RESULT), shape.output_label])
    rows += [[str(number), *_written(rule, shape)] for number, rule in enumerate(shape.rules, 1)]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _written(rule: Rule, shape: TableShape) -> list[str]:
    tests = [write_cell(text, column.type, True) for text, column in zip(rule.inputs, shape.inputs, strict=True)]
    results = [write_cell(text, column.type, False) for text, column in zip(rule.outputs, shape.outputs, strict=True)]
    return [*tests, *results, *rule.notes]


def read_csv(text: str) -> TableShape:
    """Read a table from CSV with Chinese or English headings.

    Refusal with the row for a heading that is missing or unknown, a row of another width, or a table too large.
    """
    try:
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    except csv.Error:
        _refuse("form", Text("不是完好的 CSV。", "This is not well-formed CSV."), 1)
    rows = [row for row in lines if any(cell.strip() for cell in row)]
    if not rows or not _is(rows[0][0], _TABLE):
        _refuse("head", Text("第一行应以“决策表”开头。", "The first row must begin with “decision table”."), 1)
    if len(rows) > _ROWS or max(map(len, rows)) > _COLUMNS:
        _refuse("size", Text("表格过大。", "The table is too large."), len(rows))
    heads = {name: row for row in rows[1:] if (name := _heading(row[0]))}
    for wanted in (_COLUMN, _NAME):
        if wanted.en not in heads:
            _refuse("heading", Text("缺少“{name}”一行。", "The row “{name}” is missing.").filled(name=wanted), 1)
    reader = _Reader(heads)
    rules = tuple(reader.rule(row, number) for number, row in enumerate(rows[1:], 2) if not _heading(row[0]))
    policy, aggregation = _policy(rows[0])
    name = rows[0][1].strip() if len(rows[0]) > 1 else ""
    label = reader.label()
    return TableShape(reader.inputs(), reader.outputs(), rules, policy, aggregation, reader.notes(), name, label)


class _Reader:
    """Reads columns and rules by the kinds that the heading row gives."""

    def __init__(self, heads: dict[str, list[str]]) -> None:
        self._heads = heads
        kinds = [cell.strip() for cell in heads[_COLUMN.en]]
        self._inputs, self._outputs, self._notes = (
            [place for place, kind in enumerate(kinds) if place and _is(kind, wanted)]
            for wanted in (_INPUT, _OUTPUT, _NOTE)
        )
        if not self._outputs:
            _refuse("output", Text("没有输出列。", "There is no output column."), 2)

    def _at(self, heading: Text, place: int) -> str:
        row = self._heads.get(heading.en, [])
        return row[place].strip() if place < len(row) else ""

    def label(self) -> str:
        """Return what the result is called as a whole."""
        return self._at(_RESULT, 1)

    def inputs(self) -> tuple[InputColumn, ...]:
        """Return the input columns."""
        return tuple(
            InputColumn(
                expression=self._at(_NAME, place) or self._at(_LABEL, place),
                label=self._at(_LABEL, place),
                type=self._at(_TYPE, place),
                allowed=read_cell(self._at(_ALLOWED, place), self._at(_TYPE, place), True),
            )
            for place in self._inputs
        )

    def outputs(self) -> tuple[OutputColumn, ...]:
        """Return the output columns."""
        return tuple(
            OutputColumn(
                name=self._at(_NAME, place),
                label=self._at(_LABEL, place),
                type=self._at(_TYPE, place),
                allowed=read_cell(self._at(_ALLOWED, place), self._at(_TYPE, place), True),
                default=read_cell(self._at(_DEFAULT, place), self._at(_TYPE, place), False),
            )
            for place in self._outputs
        )

    def notes(self) -> tuple[str, ...]:
        """Return the names of the annotation columns."""
        return tuple(self._at(_LABEL, place) for place in self._notes)

    def rule(self, row: Sequence[str], number: int) -> Rule:
        """Return one rule; Refusal for a row that is wider than the headings."""
        if any(cell.strip() for cell in row[len(self._heads[_COLUMN.en]) :]):
            _refuse("width", Text("这一行比表头宽。", "The row is wider than the headings."), number)

        def cells(places: Sequence[int], read: Callable[[str, int], str]) -> tuple[str, ...]:
            return tuple(read(row[place] if place < len(row) else "", place) for place in places)

        return Rule(
            cells(self._inputs, lambda text, place: read_cell(text, self._at(_TYPE, place), True)),
            cells(self._outputs, lambda text, place: read_cell(text, self._at(_TYPE, place), False)),
            cells(self._notes, lambda text, _: text),
        )


def _heading(text: str) -> str:
    return next((one.en for one in (_COLUMN, _RESULT, _LABEL, _NAME, _TYPE, _ALLOWED, _DEFAULT) if _is(text, one)), "")


def _is(text: str, word: Text) -> bool:
    return text.strip().lower() in (word.zh, word.en)


def _policy(row: Sequence[str]) -> tuple[str, str]:
    """Return hit policy and aggregation of the first row: words of either language, or letters such as C+."""
    words = [cell.strip() for cell in row[3:] if cell.strip()]
    policy = words[0] if words else "U"
    letters = HIT_POLICIES.get(policy[:1].upper())
    found = next((name for name, text in POLICIES.items() if _is(policy, text)), letters if len(policy) < 3 else None)
    if found is None:
        _refuse("policy", Text("没有命中策略“{name}”。", "There is no hit policy “{name}”.").filled(name=policy), 1)
    how = words[1] if len(words) > 1 else ""
    aggregation = next((name for name, text in _SUMS.items() if _is(how, text)), AGGREGATIONS.get(policy[1:], ""))
    return found, aggregation


def _refuse(code: str, message: Text, row: int) -> NoReturn:
    remedy = Text("可先导出一张现有的表作样本。", "Export an existing table as a pattern.")
    raise Refusal(f"rules.csv.{code}", message, where=f"row {row}", remedy=remedy)
