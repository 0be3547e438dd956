"""Tables that call themselves .xls and are markup: HTML pages, and the XML of spreadsheets from 2003.

Many banks answer “download as Excel” with one of both. They become rows of text like any other table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

from qilian.core.papers.sheets.api import Line
from qilian.core.values.text import Refusal, Text

SIZE_MAX, COLUMNS_MAX = 32 * 1024 * 1024, 200
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style)\b", re.IGNORECASE)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{1,20})", re.IGNORECASE)
_HIDDEN = ("script", "style", "head")
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
            self.cells += [" ".join("".join(self.text).split()), *[""] * (self.width - 1)]
            if len(self.cells) > COLUMNS_MAX:
                raise _refuse("wide", Text("表格的列太多。", "The table has too many columns."))
        self.text = None

    def begin(self, width: str, down: str) -> None:
        """Begin a cell that covers so many columns; one that covers rows below it would move their cells."""
        self.cell()
        if down.strip() not in ("", "0", "1"):
            message = Text(
                f"第 {self.number} 行有跨行的合并单元格。", f"Row {self.number} has a cell merged over rows."
            )
            raise _refuse("merged", message)
        self.text, self.width = [], min(int(width), COLUMNS_MAX) if width.isascii() and width.isdigit() else 1


class _Page(HTMLParser):
    """An HTML page as rows; what stands in no cell is no part of the table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows, self.hidden = _Rows(), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, or the end of a line within one."""
        said = {name: value or "" for name, value in attrs}
        if tag in _HIDDEN:
            self.hidden += tag != "head"
        elif tag == "tr":
            self.rows.row()
            self.rows.number += 1
        elif tag in ("td", "th"):
            self.rows.number = self.rows.number or 1
            self.rows.begin(said.get("colspan", ""), said.get("rowspan", ""))
        elif tag == "br" and self.rows.text is not None:
            self.rows.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell or of what is hidden."""
        if tag in ("td", "th", "tr"):
            self.rows.cell()
        elif tag in ("script", "style"):
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data: str) -> None:
        """Words, when they stand in a cell."""
        if self.rows.text is not None and not self.hidden:
            self.rows.text.append(data)


def is_page(start: bytes) -> bool:
    """Whether the first bytes are those of an HTML page."""
    return _PAGE.search(start) is not None and _SPREADSHEET not in start


def is_spreadsheet(start: bytes) -> bool:
    """Whether the first bytes are those of a spreadsheet in XML."""
    return _SPREADSHEET in start


def read_page(chunks: Iterable[bytes]) -> Iterator[Line]:
    """Yield the rows of all tables of a page. Refusals: `banking.table.large`, `.encoding`, `.merged`, `.wide`."""
    content = _whole(chunks)
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    page.rows.row()
    yield from page.rows.ready


def read_spreadsheet(chunks: Iterable[bytes]) -> Iterator[Line]:
    """Yield the rows of a spreadsheet in XML as a stream, of all its sheets.

    Refusals: `banking.table.doctype`, `.broken` with the line, `.merged`, `.wide`. `chunks` are UTF-8.
    """
    rows = _Rows()
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
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else 0


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
