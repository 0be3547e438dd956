"""The first row: which column holds which field, found by Chinese or English label or by name, in any order."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qilian.core.house.forms.api import FieldSpec, condition
from qilian.core.values.text import Text

from .report import Line, Problem
from .sheet import Sheet

HEADER_MISSING = Text("没有找到表头。", "No header was found.")
_UNIT = re.compile(r"[（(][^（()）]*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands (position from 0), and what is wrong with the row itself."""

    cells: tuple[str, ...]
    places: Mapping[str, int]
    problems: tuple[Problem, ...]
    complete: bool  # whether every column that must stand does


def match_header(sheet: Sheet, line: Line) -> Header:
    """Match the cells of the header with the fields of a sheet: missing, unknown and double ones are problems.

    A cell matches a field by its label in either language or its name; case, width, blanks, a unit in brackets and a
    mark `*` do not matter. Without any match there is one problem, which names the columns that are wanted.
    """
    known = {_folded(word): spec for spec in sheet.form.fields for word in _words_of(spec)}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    for position, cell in enumerate(line.cells):
        spec = known.get(_folded(cell)) or known.get(_folded(_UNIT.sub("", cell)))
        if spec is None and cell.strip():
            problems.append(_unknown(line.number, position, cell.strip()[:40]))
        elif spec is not None and spec.name in places:
            problems.append(_double(line.number, position, spec, places[spec.name]))
        elif spec is not None:
            places[spec.name] = position
    if not places:
        return Header(line.cells, {}, (_no_header(sheet, line.number),), False)
    missing = [_missing(line.number, spec) for spec in sheet.form.fields if _must_stand(spec, places)]
    return Header(line.cells, places, (*problems, *missing), not missing)


def column_letter(position: int) -> str:
    """Return the letters of a column as spreadsheets write them.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    left, last = divmod(position, 26)
    return (column_letter(left - 1) if left else "") + chr(ord("A") + last)


def columns_of(sheet: Sheet) -> tuple[tuple[FieldSpec, Text], ...]:
    """Return every column with a sentence on what may stand in it."""
    return tuple((spec, _explained(spec, sheet)) for spec in sheet.form.fields)


def template(sheet: Sheet, *, english: bool) -> tuple[str, ...]:
    """Return the header of an empty file in one language, units in brackets."""
    return tuple(_titled(spec).en if english else _titled(spec).zh for spec in sheet.form.fields)


def _titled(spec: FieldSpec) -> Text:
    label, unit = spec.label, spec.unit
    return Text(f"{label.zh}（{unit.zh}）", f"{label.en} ({unit.en})") if unit else label


def _words_of(spec: FieldSpec) -> tuple[str, ...]:
    return spec.label.zh, spec.label.en, spec.name


def _folded(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written).casefold()
    return "".join(plain.replace("*", "").split())


def _must_stand(spec: FieldSpec, places: Mapping[str, int]) -> bool:
    return spec.required and spec.when is None and spec.name not in places


def _unknown(row: int, position: int, cell: str) -> Problem:
    return Problem(
        row,
        column_letter(position),
        Text(cell, cell),
        Text(f"不认识“{cell}”这一列。", f"The column “{cell}” is not known."),
        Text("请改为模板里的列名，或删去这一列。", "Name it as in the template, or delete the column."),
    )


def _double(row: int, position: int, spec: FieldSpec, first: int) -> Problem:
    here, there = column_letter(position), column_letter(first)
    return Problem(
        row,
        here,
        spec.label,
        Text(
            f"“{spec.label.zh}”列有两个：{there} 列和 {here} 列。",
            f"“{spec.label.en}” stands twice: in columns {there} and {here}.",
        ),
        Text("请删去一列。", "Delete one of them."),
    )


def _missing(row: int, spec: FieldSpec) -> Problem:
    message = Text(f"缺少“{spec.label.zh}”这一列。", f"The column “{spec.label.en}” is missing.")
    return Problem(row, "", spec.label, message, Text("请加上这一列。", "Add this column."))


def _no_header(sheet: Sheet, row: int) -> Problem:
    zh, en = "、".join(template(sheet, english=False)), ", ".join(template(sheet, english=True))
    remedy = Text(f"第一行应为列名：{zh}。", f"The first row names the columns: {en}.")
    return Problem(row, "", Text("", ""), HEADER_MISSING, remedy)


_KIND_WORDS: Mapping[str, Text] = {
    "text": Text("文字", "text"),
    "textarea": Text("文字", "text"),
    "integer": Text("整数", "a whole number"),
    "decimal": Text("数字", "a number"),
    "money": Text("金额，以元计", "an amount in CNY"),
    "date": Text("日期，例如 2026-11-22", "a day, such as 2026-11-22"),
    "boolean": Text("“是”或“否”", "“yes” or “no”"),
    "email": Text("电子邮箱地址", "an e-mail address"),
}


def _explained(spec: FieldSpec, sheet: Sheet) -> Text:
    told = [_kind_of(spec)]
    if spec.low:
        told.append(Text(f"不小于 {spec.low}", f"not below {spec.low}"))
    if spec.high:
        told.append(Text(f"不大于 {spec.high}", f"not above {spec.high}"))
    body = Text("，".join(each.zh for each in told) + "。", ", ".join(each.en for each in told) + ".")
    more = [*([spec.hint] if spec.hint else []), *([condition(spec.when, sheet.form)] if spec.when else [])]
    whole = (body, *more)
    english = " ".join(each.en for each in whole)
    return Text("".join(each.zh for each in whole), english[0].upper() + english[1:])


def _kind_of(spec: FieldSpec) -> Text:
    if not spec.choices:
        return _KIND_WORDS[spec.kind]
    zh, en = _listed([title.zh for _, title in spec.choices], "、"), _listed([t.en for _, t in spec.choices], ", ")
    if spec.kind == "choices":
        return Text(f"可填多项，用顿号隔开：{zh}", f"one or more, divided by commas: {en}")
    return Text(f"填其中一项：{zh}", f"one of: {en}")


def _listed(titles: Sequence[str], comma: str) -> str:
    return comma.join(titles[:12]) + (" …" if len(titles) > 12 else "")
