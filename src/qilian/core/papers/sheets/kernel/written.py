"""The bytes of a CSV file become rows of text: encoding, separator and quotes are found out; nothing is evaluated.

RFC 4180 for quotes and line ends; GB 18030-2022, UTF-8 and UTF-16 (with byte-order mark) for characters.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from qilian.core.values.text import Refusal, Text

from .report import Line

Pieces = Callable[[], Iterable[bytes]]
"""A file that need not be in memory: each call yields its bytes anew, piece by piece."""

CSV, XLSX, XLS = "csv", "xlsx", "xls"
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAGE = re.compile(r"\ufeff?\s*<(?:!doctype|html|table|meta|style|\?xml|\w+:?\w*\s+xmlns)", re.IGNORECASE)
_WIDE = ("utf-16-le", "utf-16-be")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_START = 4_096  # bytes
_LONGEST = 1 << 20  # characters of a line
_LOOKED_AT = 50  # lines
_SEPARATORS = (",", ";", "\t", "|")
_FORCED = re.compile(r"=\"([^\"]*)\"|'(\d+)")
_QUOTED = re.compile(r'"[^"]*"')
_QUOTED_CELL = re.compile(r'("(?:[^"]|"")*")(?:[ \t]+(?=[,;|]|[\r\n]*$))?')
_TAB_IN_CELL = re.compile(r"(?<!\t)\t+(?=[,;|]|[\r\n]*$)")
_SAVE_AGAIN = Text(
    "请在表格软件里另存为“CSV UTF-8”或 .xlsx。", "Save it again as “CSV UTF-8” or .xlsx in your spreadsheet."
)


def kind_of(content: bytes) -> str:
    """Return `xlsx`, `xls` (the format before 2007) or `csv` by the first bytes, whatever the name says.

    Refusals: `sheets.empty`; `sheets.encrypted` for a workbook with a password; `sheets.web` for a web page or XML that
    is only called a workbook; `sheets.old` for another file of an old office program.
    """
    if not content.strip():
        raise _refuse("empty", Text("文件是空的。", "The file is empty."))
    if content.startswith(_OLD_OFFICE):
        return _old(content)
    if _PAGE.match(content[:_START].decode("utf-8", "ignore")):
        message = Text(
            "这是网页或 XML，只是名字像工作簿，不能读取。",
            "This is a web page or XML that is only called a workbook: it cannot be read.",
        )
        raise _refuse("web", message)
    return XLSX if content.startswith(_ZIP) else CSV


def _old(content: bytes) -> str:
    """Tell by the names of its streams what an old office file is."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        message = Text("工作簿加了密码，不能读取。", "The workbook has a password and cannot be read.")
        remedy = Text("请去掉密码再上传。", "Remove the password and upload it again.")
        raise Refusal("sheets.encrypted", message, where="file", remedy=remedy)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        message = Text("这是旧版办公软件的其他文件，不是工作簿。", "This is another file of an old office program.")
        raise _refuse("old", message)
    return XLS


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

    UTF-8 (with or without mark), UTF-16 and GB18030; comma, semicolon, tab or bar, whichever stands equally
    often in most of the first lines (a title says nothing); line ends inside quotes belong to their cell. What programs
    put beside digits to keep them text (a tab before or behind, an apostrophe, ="…") is no part of the cell. A file
    that is given by its pieces (a function that yields them from the beginning each time it is called) is read twice,
    and no more of it than a piece and some rows is in memory.
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
            yield Line(number, tuple(map(_freed, cells)))
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
            return _tried(pieces, encoding, last=True)
    for encoding in (each for each in _WIDE if _reads_as(start[:_START], each)):
        return _tried(pieces, encoding, last=True)
    return _tried(pieces, "utf-8", last=False) or _tried(pieces, "gb18030", last=True)


def _reads_as(start: bytes, encoding: str) -> bool:
    """Whether bytes without a mark are UTF-16 of one order: nearly all characters are those of Chinese or English."""
    text = start[: len(start) // 2 * 2].decode(encoding, "replace")
    usual = sum(
        each in "\t\r\n" or " " <= each <= "~" or "\u3000" <= each <= "\u9fff" or each > "\uff00" for each in text
    )
    return "\n" in text and usual >= len(text) * 0.95


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


def _separator(lines: Sequence[str]) -> str:
    """The separator that stands equally often in the most lines; of two alike the one that stands more often."""
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    scores: dict[str, tuple[int, int]] = {}
    for separator in _SEPARATORS:
        counts = Counter(count for line in bare if (count := _forced_apart(line, separator).count(separator)))
        scores[separator] = max(((many, count) for count, many in counts.items()), default=(0, 0))
    return max(_SEPARATORS, key=lambda separator: scores[separator])


def _forced_apart(line: str, separator: str) -> str:
    """A tab before or behind the words of a cell divides nothing: it keeps digits text."""
    if separator != "\t" or not re.search("[,;|]", line):
        return line
    return _TAB_IN_CELL.sub("", re.sub(r"(^|[,;|])\t", r"\1", line))


def _freed(cell: str) -> str:
    """A cell without what keeps its digits text."""
    if cell[:1] not in ("=", "'", "\t") and cell[-1:] != "\t":
        return cell
    found = _FORCED.fullmatch(cell.strip())
    return (found[1] or found[2] or "") if found else cell.strip("\t")


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
