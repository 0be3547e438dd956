"""The dry run: every cell checked by the form of its sheet, every problem at its place, keys compared."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from qilian.core.house.forms.api import FieldSpec, Value, check, plain, power_of_ten
from qilian.core.values.text import Refusal, Text

from .header import Header, column_letter, match_header
from .report import PROBLEMS_KEPT, Line, Problem, ReadyRow, Report
from .sheet import COLUMNS_MAX, ROWS_MAX, Sheet

_TITLES = 10  # rows among which the header is looked for
_YES, _NO = ("yes", "y", "true", "1", "on", "是"), ("no", "n", "false", "0", "off", "否", "")


def dry_run(sheet: Sheet, lines: Iterable[Line]) -> Report:
    """Check all rows of a file against its sheet: the first row that holds something is the header, below titles.

    Empty rows are passed over, but counted, so that numbers are those of the spreadsheet. Refusals `sheets.rows`
    (more than 200,000), `sheets.columns` (more than 200): such a file is not checked at all.
    """
    rows = _held(lines)
    above = list(islice(rows, _TITLES))
    if not above:
        return Report(0, (), (_empty(1),), 1)
    header, place = _header(sheet, above)
    first, rows = above[place], chain(above[place + 1 :], rows)
    trial = _Trial(sheet, header)
    trial.add(header.problems)
    if header.places:
        for line in rows:
            trial.take(line)
        if not trial.read:
            trial.add([_empty(first.number + 1)])
    return Report(trial.read, tuple(trial.ready), tuple(trial.problems), trial.total)


def _header(sheet: Sheet, above: Sequence[Line]) -> tuple[Header, int]:
    """The header and its place: the first row, or, where it names no column, the first below that names two."""
    headers = [match_header(sheet, line) for line in above]
    enough = min(2, len(sheet.form.fields))
    below = (place for place, header in enumerate(headers) if len(header.places) >= enough)
    place = 0 if headers[0].places else next(below, 0)
    return headers[place], place


@dataclass
class _Trial:
    """What has been found so far."""

    sheet: Sheet
    header: Header
    read: int = 0
    total: int = 0
    ready: list[ReadyRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    stray: set[int] = field(default_factory=set)

    def add(self, found: Sequence[Problem]) -> None:
        """Count problems, and keep the first thousand."""
        self.total += len(found)
        self.problems += found[: max(0, PROBLEMS_KEPT - len(self.problems))]

    def take(self, line: Line) -> None:
        """Check one row below the header."""
        self.read += 1
        if self.read > ROWS_MAX:
            raise _too_many_rows()
        written, refusals = self._cells(line)
        checked = check(self.sheet.form, written)
        told = {refusal.where for refusal in refusals}
        refusals += [each for each in checked.refusals if each.where not in told and self._concerns(each)]
        found = [*(self._at(line.number, each) for each in refusals), *self._beyond(line)]
        if not {refusal.where for refusal in refusals}.intersection(self.sheet.key):
            found += self._double(line.number, checked.values)
        self.add(found)
        if not found and self.header.complete:
            typed = {name: _rewritten(value) for name, value in checked.values.items()}
            self.ready.append(ReadyRow(line.number, typed))

    def _cells(self, line: Line) -> tuple[dict[str, str | list[str]], list[Refusal]]:
        written: dict[str, str | list[str]] = {}
        refusals: list[Refusal] = []
        for spec in self.sheet.form.fields:
            position = self.header.places.get(spec.name)
            cell = line.cells[position].strip() if position is not None and position < len(line.cells) else ""
            try:
                written[spec.name] = _said(spec, cell)
            except Refusal as refusal:
                refusals.append(refusal)
        return written, refusals

    def _concerns(self, refusal: Refusal) -> bool:
        """Whether a cell is wrong; a column that is missing altogether is told once, at the header."""
        return refusal.where in self.header.places or refusal.code != "forms.required" or self._conditional(refusal)

    def _conditional(self, refusal: Refusal) -> bool:
        return any(spec.name == refusal.where and spec.when for spec in self.sheet.form.fields)

    def _at(self, row: int, refusal: Refusal) -> Problem:
        position = self.header.places.get(refusal.where)
        label = next(spec.label for spec in self.sheet.form.fields if spec.name == refusal.where)
        return Problem.of_refusal(refusal, row, letter="" if position is None else column_letter(position), title=label)

    def _beyond(self, line: Line) -> Iterator[Problem]:
        """Cells under no header, each column once."""
        for position, cell in enumerate(line.cells):
            if cell.strip() and self._headless(position) and position not in self.stray:
                self.stray.add(position)
                message = Text("这一列有内容，但没有列名。", "This column holds something but has no header.")
                remedy = Text("请补上列名，或删去这一列。", "Give it a header, or delete the column.")
                yield Problem(line.number, column_letter(position), Text("", ""), message, remedy)

    def _headless(self, position: int) -> bool:
        return position >= len(self.header.cells) or not self.header.cells[position].strip()

    def _double(self, row: int, values: Mapping[str, Value]) -> Iterator[Problem]:
        key = tuple(plain(values.get(name)) for name in self.sheet.key)
        if not any(key):
            return
        first = self.keys.setdefault(key, row)
        if first != row:
            labels = [spec.label for spec in self.sheet.form.fields if spec.name in self.sheet.key]
            zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
            shown = " ".join(part for part in key if part)
            message = Text(
                f"与第 {first} 行重复：{zh}都是“{shown}”。", f"It repeats row {first}: the same {en} “{shown}”."
            )
            yield Problem(row, "", Text(zh, en), message, Text("请删去其中一行。", "Delete one of the rows."))


def _held(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        width = max((place for place, cell in enumerate(line.cells, 1) if cell.strip()), default=0)
        if width > COLUMNS_MAX:
            raise _too_many_columns(line.number)
        if width:
            yield Line(line.number, line.cells[:width])


def _said(spec: FieldSpec, cell: str) -> str | list[str]:
    """Turn a cell into what a person would have entered on the form: options by title, yes and no, several values."""
    if spec.kind == "boolean":
        return _yes_or_no(spec, cell)
    if spec.kind == "choice":
        return _option(spec, cell)
    if spec.kind == "text" and power_of_ten(cell):
        raise _power(spec, cell)
    if spec.kind == "choices":
        return [_option(spec, part.strip()) for part in re.split(r"[,，、;；]", cell) if part.strip()]
    return cell


def _power(spec: FieldSpec, cell: str) -> Refusal:
    message = Text(
        f"{spec.label.zh}“{cell}”是科学计数法，末尾的数字已经丢失。",
        f"{spec.label.en} “{cell}” is a power of ten: its last digits are lost.",
    )
    remedy = Text(
        "请在表格软件里把这一列设为文本，重新填写全部数字。",
        "Make the column text in your spreadsheet program, and write out every digit.",
    )
    return Refusal("sheets.power", message, where=spec.name, remedy=remedy)


def _option(spec: FieldSpec, cell: str) -> str:
    wanted = cell.casefold()
    titles = {title.casefold(): value for value, text in spec.choices for title in (text.zh, text.en)}
    return cell if cell in dict(spec.choices) else titles.get(wanted, cell)


def _yes_or_no(spec: FieldSpec, cell: str) -> str:
    if cell.lower() in _YES:
        return "yes"
    if cell.lower() in _NO:
        return ""
    message = Text(f"{spec.label.zh}要填“是”或“否”。", f"{spec.label.en} takes “yes” or “no”.")
    raise Refusal("sheets.boolean", message, where=spec.name)


def _rewritten(value: Value) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else plain(value)


def _empty(row: int) -> Problem:
    message = Text("文件里没有数据。", "The file holds no rows.")
    remedy = Text("请在列名下面逐行填写。", "Fill in rows below the header.")
    return Problem(row, "", Text("", ""), message, remedy)


def _too_many_rows() -> Refusal:
    message = Text(f"文件超过 {ROWS_MAX:,} 行。", f"The file has more than {ROWS_MAX:,} rows.")
    return Refusal(
        "sheets.rows", message, where="file", remedy=Text("请分成几个文件。", "Split it into several files.")
    )


def _too_many_columns(row: int) -> Refusal:
    message = Text(f"第 {row} 行超过 {COLUMNS_MAX} 列。", f"Row {row} has more than {COLUMNS_MAX} columns.")
    remedy = Text("请只留模板里的列。", "Keep only the columns of the template.")
    return Refusal("sheets.columns", message, where="file", remedy=remedy)
