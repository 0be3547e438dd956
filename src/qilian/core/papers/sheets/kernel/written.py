"""The bytes of a CSV file become rows of text: encoding, separator and quotes are found out; nothing is evaluated.

RFC 4180 for quotes and line ends; GB 18030-2022, UTF-8 and UTF-16 (with byte-order mark) for characters.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

from qilian.core.values.text import Refusal, Text

from .report import Line

Pieces = Callable[[], Iterable[bytes]]
"""A file that need not be in memory: each call yields its bytes anew, piece by piece."""

CSV, XLSX = "csv", "xlsx"
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_START = 4_096  # bytes
_LONGEST = 1 << 20  # characters of a line
_SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 40  # lines
_QUOTED = re.compile(r'"[^"]*"')
_QUOTED_CELL = re.compile(r'("(?:[^"]|"")*")(?:[ \t]+(?=[,;|]|[\r\n]*$))?')
_TAB_IN_CELL = re.compile(r"(?<!\t)\t+(?=[,;|]|[\r\n]*$)")
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


def beginning(pieces: Pieces) -> bytes:
    """Return the first bytes of a file, some kilobytes: enough for `kind_of`."""
    start = b""
    for piece in pieces():
        start += piece
        if len(start) >= _START:
            break
    return start


def read_csv(content: bytes | Pieces) -> Iterator[Line]:
    """Yield the rows of a CSV file with their numbers; cells that look like formulas are text like all others.

    UTF-8 (with or without mark), UTF-16 (with mark) and GB18030; comma, semicolon, tab or stroke, whichever the first
    rows have most; line ends inside quotes belong to their cell. Banks write a tab behind a cell so that a spreadsheet
    leaves its digits alone: it is no part of it. A file that is given by its pieces (a function that yields them
    from the beginning each time it is called) is read twice, and no more of it than a piece and a row is in memory.
    Refusals: `sheets.encoding`, `sheets.binary`, `sheets.quotes` with the row, `sheets.long` for a row of more than
    a million characters.
    """
    pieces = _one(content) if isinstance(content, bytes) else content
    stream = io.TextIOWrapper(io.BufferedReader(_Raw(pieces())), encoding=_encoding(pieces), newline="")
    lines = _lines(stream)
    started = list(islice(lines, _LOOKED_AT))
    separator = _separator(started)
    whole = chain(started, lines)
    reader = csv.reader(whole if separator == "\t" else _closed(whole), delimiter=separator, strict=True)
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


class _Raw(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces, self._rest = iter(pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _one(content: bytes) -> Pieces:
    return lambda: [content]


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text with their ends."""
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        if len(line) == _LONGEST and line[-1] not in "\r\n":
            raise _refuse("long", Text(f"第 {number} 行太长。", f"Row {number} is too long."))
        yield line


def _encoding(pieces: Pieces) -> str:
    """The encoding in which the whole file can be read, without control characters."""
    start = beginning(pieces)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return _tried(pieces, encoding, last=True) or encoding
    return _tried(pieces, "utf-8", last=False) or _tried(pieces, "gb18030", last=True)


def _tried(pieces: Pieces, encoding: str, *, last: bool) -> str:
    """The encoding when everything can be read in it, else nothing; a Refusal when it was the last hope."""
    decoder, rows = codecs.getincrementaldecoder(encoding)(), 1
    try:
        for piece in chain(pieces(), [b""]):
            text = decoder.decode(piece, final=not piece)
            _refuse_binary(text, rows)
            rows += text.count("\n")
    except UnicodeDecodeError as error:
        if not last:
            return ""
        row = rows + error.object[: error.start].count(b"\n")
        message = Text(
            f"第 {row} 行的文字编码认不出来（不是 UTF-8、UTF-16 或 GB18030）。",
            f"The characters of row {row} are neither UTF-8 nor UTF-16 nor GB18030.",
        )
        raise _refuse("encoding", message) from None
    return encoding


def _refuse_binary(text: str, rows: int) -> None:
    found = _CONTROL.search(text)
    if found:
        row = text.count("\n", 0, found.start()) + rows
        message = Text(
            f"第 {row} 行有控制字符：这不是文字表格。", f"Row {row} holds control characters: this is no table of text."
        )
        raise _refuse("binary", message)


def _separator(lines: list[str]) -> str:
    """The separator of the table, whatever stands in a title above it; a tab at the end of a cell separates nothing."""
    counts: Counter[str] = Counter()
    for line in lines:
        bare = _TAB_IN_CELL.sub("", _QUOTED.sub("", line))
        counts.update(character for character in bare if character in _SEPARATORS)
    return max(_SEPARATORS, key=lambda separator: counts[separator])


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """Lines without the blanks that some programs write behind a closing quote, but in cells of several lines."""
    within = False
    for line in lines:
        odd = '"' in line and line.count('"') % 2 == 1
        loose = not within and not odd and ('"\t' in line or '" ' in line)
        yield _QUOTED_CELL.sub(r"\1", line) if loose else line
        within ^= odd


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"sheets.{code}", message, where="file", remedy=_SAVE_AGAIN)
