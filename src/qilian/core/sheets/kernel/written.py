"""The bytes of a CSV file become rows of text: encoding, separator and quotes are found out; nothing is evaluated.

RFC 4180 for quotes and line ends; GB 18030-2022, UTF-8 and UTF-16 (with byte-order mark) for characters.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from qilian.core.text import Refusal, Text

from .report import Line

CSV, XLSX = "csv", "xlsx"
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_SEPARATORS = (",", ";", "\t")
_SAVE_AGAIN = Text(
    "请在表格软件里另存为“CSV UTF-8”或 .xlsx。", "Save it again as “CSV UTF-8” or .xlsx in your spreadsheet."
)


def kind_of(content: bytes) -> str:
    """Return `xlsx` or `csv` by the first bytes, whatever the name says.

    Refusals: `sheets.empty`; `sheets.old` for the format before 2007, which encrypted workbooks also have.
    """
    if not content.strip():
        raise _refuse("empty", Text("文件是空的。", "The file is empty."))
    if content.startswith(_OLD_OFFICE):
        message = Text(
            "这是旧格式（.xls）或加了密码的工作簿，不能读取。",
            "This is a workbook in the old format (.xls), or one with a password: it cannot be read.",
        )
        remedy = Text("请去掉密码，另存为 .xlsx。", "Remove the password and save it as .xlsx.")
        raise Refusal("sheets.old", message, where="file", remedy=remedy)
    return XLSX if content.startswith(_ZIP) else CSV


def read_csv(content: bytes) -> Iterator[Line]:
    """Yield the rows of a CSV file with their numbers; cells that look like formulas are text like all others.

    UTF-8 (with or without mark), UTF-16 (with mark) and GB18030; comma, semicolon or tab, whichever the first row has
    most; line ends inside quotes belong to their cell. Refusals: `sheets.encoding`, `sheets.binary`,
    `sheets.quotes` with the row.
    """
    text = _decoded(content)
    _refuse_binary(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield Line(number, tuple(cells))
    except csv.Error:
        message = Text(
            f"第 {number + 1} 行的引号没有配对，或者一格里内容太长。",
            f"In row {number + 1} a quotation mark has no partner, or a cell is too long.",
        )
        raise _refuse("quotes", message) from None


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, "gb18030")


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        message = Text(
            f"第 {row} 行的文字编码认不出来（不是 UTF-8、UTF-16 或 GB18030）。",
            f"The characters of row {row} are neither UTF-8 nor UTF-16 nor GB18030.",
        )
        raise _refuse("encoding", message) from None


def _refuse_binary(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        row = text.count("\n", 0, found.start()) + 1
        message = Text(
            f"第 {row} 行有控制字符：这不是文字表格。", f"Row {row} holds control characters: this is no table of text."
        )
        raise _refuse("binary", message)


def _separator(text: str) -> str:
    first = re.sub(r'"[^"]*"', "", text.lstrip().split("\n", 1)[0])
    counts = Counter(character for character in first if character in _SEPARATORS)
    return max(_SEPARATORS, key=lambda separator: counts[separator])


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"sheets.{code}", message, where="file", remedy=_SAVE_AGAIN)
