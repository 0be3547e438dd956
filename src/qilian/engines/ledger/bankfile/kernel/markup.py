"""Tables that call themselves .xls and are markup: HTML pages, and the XML of spreadsheets from 2003.

Many banks answer “download as Excel” with one of both. They become rows of text like any other table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from qilian.core.papers.sheets.api import Line
from qilian.core.values.text import Refusal, Text, whole

SIZE_MAX, COLUMNS_MAX = 32 * 1024 * 1024, 200
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style)\b", re.IGNORECASE)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{1,20})", re.IGNORECASE)
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:]{0,20}")
_HIDDEN, _HIDDEN_END = ("script", "style"), re.compile(r"</(?:script|style)", re.IGNORECASE)
_SPANS = {which: re.compile(rf"\b{which}span\s*=\s*[\"']?\s*([0-9]{{1,4}})", re.IGNORECASE) for which in ("col", "row")}
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)
_ATTRIBUTES = 2_000  # characters of a tag that are looked at
_SAVE_AGAIN = Text(
    "请在表格软件里打开它，另存为“CSV UTF-8”或 .xlsx。", "Open it in a spreadsheet and save it as “CSV UTF-8” or .xlsx."
)


@dataclass
class _Rows:
    """The rows that are being gathered: the cell that is open, its row, and what is ready to be told."""

    number: int = 0
    cells: list[str] = field(default_factory=list)
    text: list[str] | None = None
    width: int = 1
    escaped: bool = True
    ready: list[Line] = field(default_factory=list)

    def row(self) -> None:
        """End the row that is open."""
        self.cell()
        if self.number:
            self.ready.append(Line(self.number, tuple(self.cells)))
        self.cells = []

    def cell(self) -> None:
        """End the cell that is open; the columns beside it that it covers are empty."""
        if self.text is not None:
            self.cells += [" ".join(self._words().split()), *[""] * (self.width - 1)]
            if len(self.cells) > COLUMNS_MAX:
                raise _refuse("wide", Text("表格的列太多。", "The table has too many columns."))
        self.text = None

    def _words(self) -> str:
        words = "".join(self.text or ())
        return unescape(_LONG_REFERENCE.sub("\ufffd", words)) if self.escaped else words

    def begin(self, width: str, down: str) -> None:
        """Begin a cell that covers so many columns; one that covers rows below it would move their cells."""
        self.cell()
        if down.strip() not in ("", "0", "1"):
            message = Text(
                f"第 {self.number} 行有跨行的合并单元格。", f"Row {self.number} has a cell merged over rows."
            )
            raise _refuse("merged", message)
        self.text, self.width = [], 1 if (wide := whole(width)) is None else min(wide, COLUMNS_MAX)


def _tags(text: str) -> Iterator[tuple[str, str, str]]:
    """Words and tags of a page in their order: name (`/td` ends a cell, empty for words), what stands in it, words.

    Each character is looked at once: the parser of the library takes squared time for hostile pages. What stands in
    comments, scripts and styles is left out. Refusal `banking.table.broken` when the last tag is cut off.
    """
    place = 0
    while (at := text.find("<", place)) >= 0:
        if at > place:
            yield "", "", text[place:at]
        closing = "-->" if text.startswith("<!--", at) else ">"
        end = text.find(closing, at)
        if end < 0:
            raise _refuse("broken", Text("网页不完整。", "The page is cut off."))
        place = end + len(closing)
        inside = text[at + 1 : end]
        found = _NAME.match(inside)
        name = found[0].lower() if found else "!"
        yield name, inside, ""
        if name in _HIDDEN:
            after = _HIDDEN_END.search(text, place)
            place = after.start() if after else len(text)
    yield "", "", text[place:]


def _page_rows(text: str) -> Iterator[Line]:
    """The rows of all tables; what stands in no cell is no part of them."""
    rows = _Rows()
    for name, inside, words in _tags(text):
        if not name and rows.text is not None:
            rows.text.append(words)
        elif name == "tr":
            rows.row()
            rows.number += 1
        elif name in ("td", "th"):
            rows.number = rows.number or 1
            rows.begin(_spanned("col", inside), _spanned("row", inside))
        elif name in ("/td", "/th", "/tr"):
            rows.cell()
        elif name == "br" and rows.text is not None:
            rows.text.append(" ")
        yield from rows.ready
        rows.ready = []
    rows.row()
    yield from rows.ready


def _spanned(which: str, inside: str) -> str:
    found = _SPANS[which].search(inside[:_ATTRIBUTES])
    return found[1] if found else ""


def is_page(start: bytes) -> bool:
    """Whether the first bytes are those of an HTML page."""
    return _PAGE.search(start) is not None and _SPREADSHEET not in start


def is_spreadsheet(start: bytes) -> bool:
    """Whether the first bytes are those of a spreadsheet in XML."""
    return _SPREADSHEET in start


def read_page(chunks: Iterable[bytes]) -> Iterator[Line]:
    """Yield the rows of all tables of a page.

    Refusals: `banking.table.large`, `.encoding`, `.broken`, `.merged`, `.wide`.
    """
    yield from _page_rows(_decoded(_whole(chunks)))


def read_spreadsheet(chunks: Iterable[bytes]) -> Iterator[Line]:
    """Yield the rows of a spreadsheet in XML as a stream, of all its sheets.

    Refusals: `banking.table.doctype`, `.broken` with the line, `.merged`, `.wide`. `chunks` are UTF-8.
    """
    rows = _Rows(escaped=False)
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        said = {each.rpartition(" ")[2]: value for each, value in attributes.items()}
        if local == "Row":
            rows.row()
            rows.number = max(rows.number + 1, _placed(said))
        elif local == "Cell":
            across, down = (str(_number(said.get(name, "")) + 1) for name in ("MergeAcross", "MergeDown"))
            rows.begin(across, down)
            rows.cells += [""] * (min(_placed(said), COLUMNS_MAX + 1) - 1 - len(rows.cells))

    def end(name: str) -> None:
        if name.rpartition(" ")[2] == "Cell":
            rows.cell()

    def data(characters: str) -> None:
        if rows.text is not None:
            rows.text.append(characters)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield from rows.ready
            rows.ready = []
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = Text(f"表格在第 {error.lineno} 行损坏。", f"The table is damaged in line {error.lineno}.")
        raise _refuse("broken", message) from None
    rows.row()
    yield from rows.ready


def _placed(said: Mapping[str, str]) -> int:
    """The place that a row or cell gives itself, bounded; 0 when it gives none."""
    return min(_number(said.get("Index", "")), 1_048_576)


def _number(written: str) -> int:
    return whole(written) or 0


def _whole(chunks: Iterable[bytes]) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > SIZE_MAX:
            raise _refuse("large", Text("网页表格太大。", "The page is too large."))
    return bytes(content)


def _decoded(content: bytes) -> str:
    """The words of a page in the encoding that it names when it is one of ours, else the first that fits."""
    found = _CHARSET.search(content[:2_048])
    named = found[1].decode().lower() if found else ""
    first = ("gb18030",) if named.startswith("gb") else ()
    for codec in (*first, "utf-8-sig", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise _refuse("encoding", Text("网页的文字编码认不出来。", "The characters of the page are in no known encoding."))


def _refuse_doctype(*_: object) -> None:
    raise _refuse(
        "doctype", Text("文件带有文档类型声明，不收。", "The file declares a document type and is not taken.")
    )


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"banking.table.{code}", message, where="file", remedy=_SAVE_AGAIN)
