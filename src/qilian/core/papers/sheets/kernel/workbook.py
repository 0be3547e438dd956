"""The first sheet of an .xlsx workbook becomes rows of text, row by row, as its reader sees the cells; pure.

ISO/IEC 29500-1 §18, transitional and strict. Nothing in it is evaluated; what could hurt is refused.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from qilian.core.papers.markup.api import Element, Package, child, children, follow, value
from qilian.core.values.text import Refusal, Text

from .formats import PLAIN, kind_of_format, shown
from .header import column_letter
from .report import Line
from .sheet import COLUMNS_MAX

UNPACKED_MAX = 256 * 1024 * 1024
NUMBERS_MAX = 1_048_576  # rows of a spreadsheet
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARKUP = 2**62  # rows are followed piece by piece: no tree is grown of them


def read_xlsx(content: bytes, *, merged: bool = False) -> Iterator[Line]:
    """Yield the rows that hold something, with their numbers in the spreadsheet.

    Days are written as 2026-11-22, numbers with the fifteen figures that are shown, shares as 15%, yes and no as words,
    formulas as the values that were saved with them. Refusals: `sheets.broken`, `sheets.encrypted`, `sheets.macro`,
    `sheets.bomb` (more than 256 MB unpacked), `sheets.other` (no workbook), and with their place `sheets.merged`,
    `sheets.formula` (no value was saved), `sheets.error`, `sheets.columns`. With `merged` a merged cell is its first
    one, and the others are empty: titles above a table are often merged.
    """
    try:
        yield from _rows(Package(content, unpacked=UNPACKED_MAX, markup=_MARKUP), merged)
    except Refusal as refusal:
        raise _of_package(refusal) from None
    except (ValueError, IndexError, KeyError, OverflowError, RecursionError, InvalidOperation):
        raise _broken() from None


def _rows(package: Package, merged: bool) -> Iterator[Line]:
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        message = Text("工作簿带有宏，不收。", "The workbook holds macros and is not taken.")
        raise _refuse("macro", message, Text("请另存为不带宏的 .xlsx。", "Save it as .xlsx without macros."))
    main = package.main() or "xl/workbook.xml"
    book = package.tree(main) if main.endswith(".xml") else None
    if book is None or book.tag != "s:workbook":
        raise _other()
    package.prove()
    styles, strings = package.part_of(main, "styles"), package.part_of(main, "sharedStrings")
    sheet = _Sheet(
        _kinds(package.tree(styles)) if styles else [],
        _strings(package, strings) if strings else [],
        value(book, "s:workbookPr", name="date1904") in ("1", "true"),
        merged,
    )
    for _ in follow(package.pieces(_first(package, main, book)), sheet, most=_MARKUP):
        yield from sheet.taken()


def _first(package: Package, main: str, book: Element) -> str:
    """Return the part of the first sheet that is shown, else of the first; a chart or a dialogue is none."""
    parts = package.related(main)
    sheets = children(child(book, "s:sheets"), "s:sheet")
    for each in sorted(sheets, key=lambda sheet: value(sheet, name="state", default="visible") != "visible"):
        kind, part = parts.get(value(each, name="r:id"), ("", ""))
        if kind.endswith("/worksheet"):
            return part
    raise ValueError("a workbook without a sheet")


def _kinds(styles: Element) -> list[str]:
    """Return what the format of each style makes of a number."""
    codes = {
        value(each, name="numFmtId"): value(each, name="formatCode")
        for each in children(child(styles, "s:numFmts"), "s:numFmt")
    }
    formats = [value(each, name="numFmtId", default="0") for each in children(child(styles, "s:cellXfs"), "s:xf")]
    return [kind_of_format(int(each), codes.get(each)) for each in formats]


def _strings(package: Package, part: str) -> list[str]:
    found = _Strings()
    for _ in follow(package.pieces(part), found, most=_MARKUP):
        pass
    return found.strings


class _Words:
    """Gathers the text of `t` and `v`; the reading of a word (`rPh`) is no part of it."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._open = self._aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 followers are given them
        if name == "s:rPh":
            self._aside = True
        elif name in ("s:t", "s:v"):
            self._open = not self._aside

    def data(self, text: str) -> None:
        if self._open:
            self._words.append(text)

    def end(self, name: str) -> None:
        if name == "s:rPh":
            self._aside = False
        elif name in ("s:t", "s:v"):
            self._open = False

    def word(self) -> str:
        """Return what was gathered, and begin anew."""
        text, self._words = "".join(self._words), []
        return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


class _Strings(_Words):
    """The shared strings of a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "s:si":
            self.strings.append(self.word())


class _Sheet(_Words):
    """The rows of a sheet while it is followed."""

    def __init__(self, kinds: list[str], strings: list[str], from_1904: bool, merged: bool) -> None:
        super().__init__()
        self._kinds, self._strings, self._from_1904 = kinds, strings, from_1904
        self._merged = merged
        self._lines: list[Line] = []
        self._number = self._column = 0
        self._cells: dict[int, str] = {}
        self._cell: dict[str, str] = {}
        self._formula = self._valued = False

    def taken(self) -> list[Line]:
        """Return the rows that have ended since, and forget them."""
        lines, self._lines = self._lines, []
        return lines

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == "s:c":
            self._begin(attributes)
        elif name == "s:f":
            self._formula = True
        elif name in ("s:v", "s:is"):
            self._valued = True
        elif name == "s:row":
            number = int(attributes.get("r", self._number + 1))
            if not self._number < number <= NUMBERS_MAX:
                raise ValueError("a row out of order, or beyond the last")
            self._number, self._column, self._cells = number, 0, {}
        elif name == "s:mergeCell" and not self._merged:
            raise _merged(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        super().end(name)
        if name == "s:c":
            text = self._text(self.word())
            if text.strip() and self._column > COLUMNS_MAX:
                raise _too_wide(self._number)
            if text.strip():
                self._cells[self._column] = text
        elif name == "s:row" and self._cells:
            width = max(self._cells)
            self._lines.append(Line(self._number, tuple(self._cells.get(place, "") for place in range(1, width + 1))))

    def _begin(self, attributes: dict[str, str]) -> None:
        self._cell, self._formula, self._valued = attributes, False, False
        place = _PLACE.fullmatch(attributes.get("r", ""))
        column = _column(place[1]) if place else self._column + 1
        if column <= self._column or ("r" in attributes and not place):
            raise ValueError("a cell out of order")
        self._column = column

    def _text(self, text: str) -> str:
        kind = self._cell.get("t", "n")
        if self._formula and not self._valued:
            raise _no_value(self._place())
        if kind == "e":
            raise _error(self._place(), text)
        if kind == "s":
            return self._strings[int(text)] if text else ""
        if kind == "b":
            return {"1": "yes", "0": "no"}[text]
        if kind == "d":
            return text.removesuffix("T00:00:00").replace("T", " ")
        return self._number_of(text) if kind == "n" and text.strip() else text

    def _number_of(self, text: str) -> str:
        style = int(self._cell.get("s", 0))
        number = Decimal(text.strip())
        if not number.is_finite():
            raise ValueError("no number")
        return shown(number, self._kinds[style] if style < len(self._kinds) else PLAIN, from_1904=self._from_1904)

    def _place(self) -> str:
        return f"{column_letter(self._column - 1)}{self._number}"


def _unescaped(found: re.Match[str]) -> str:
    """A character that XML cannot hold; what is no text at all (controls, halves of a pair) is left out."""
    code = int(found[1], 16)
    return "" if (code < 0x20 and code not in (9, 10, 13)) or 0xD800 <= code <= 0xDFFF else chr(code)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# Refusals


def _of_package(refusal: Refusal) -> Refusal:
    """Say what the package says, of a workbook."""
    if refusal.code == "markup.encrypted":
        message = Text("工作簿加了密码，不能读取。", "The workbook has a password and cannot be read.")
        return _refuse("encrypted", message, Text("请去掉密码再上传。", "Remove the password and upload it again."))
    if refusal.code == "markup.too_large":
        message = Text("工作簿解压后过大，不收。", "The workbook is too large when unpacked, and is not taken.")
        remedy = Text("请只留需要的数据，另存后再上传。", "Keep only the data and save it again.")
        return _refuse("bomb", message, remedy)
    return _broken() if refusal.code.startswith("markup.") else refusal


def _broken() -> Refusal:
    message = Text("这个工作簿已损坏，不能读取。", "This workbook is damaged and cannot be read.")
    return _refuse("broken", message, SAVE_AGAIN)


def _other() -> Refusal:
    message = Text("这不是 .xlsx 工作簿。", "This is no .xlsx workbook.")
    return _refuse("other", message, SAVE_AGAIN)


def _merged(place: str) -> Refusal:
    message = Text(f"{place[:40]} 是合并单元格。", f"The cells {place[:40]} are merged.")
    remedy = Text("请取消合并，每格各填各的值。", "Unmerge them, so that each cell has its own value.")
    return _refuse("merged", message, remedy)


def _no_value(place: str) -> Refusal:
    message = Text(f"{place} 是公式，文件里没有存它的结果。", f"{place} is a formula, and its result was not saved.")
    remedy = Text(
        "请在表格软件里打开并保存一次，再上传。", "Open and save it in a spreadsheet program, then upload it."
    )
    return _refuse("formula", message, remedy)


def _error(place: str, says: str) -> Refusal:
    message = Text(f"{place} 的公式出错（{says[:20]}）。", f"The formula in {place} failed ({says[:20]}).")
    return _refuse("error", message, Text("请改正公式，或填写数值。", "Mend the formula, or enter the value."))


def _too_wide(row: int) -> Refusal:
    message = Text(f"第 {row} 行超过 {COLUMNS_MAX} 列。", f"Row {row} has more than {COLUMNS_MAX} columns.")
    return _refuse("columns", message, Text("请只留模板里的列。", "Keep only the columns of the template."))


def _refuse(code: str, message: Text, remedy: Text) -> Refusal:
    return Refusal(f"sheets.{code}", message, where="file", remedy=remedy)


SAVE_AGAIN = Text(
    "请在表格软件里另存为 .xlsx 或“CSV UTF-8”。", "Save it again as .xlsx or “CSV UTF-8” in your spreadsheet program."
)
