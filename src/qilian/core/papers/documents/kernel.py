"""The rules of numbering and verification, pure.

Document numbers: 党政机关公文处理工作条例 (2012) 第九条 — agency code, year in 六角括号, serial; GB/T 9704-2012 7.2.5:
the year in full, the serial without leading zero and without the word 第.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from qilian.core.values.text import Refusal, Text

_NUMBER = re.compile(r"(?P<agency>[^〔〕\d\s]+)〔(?P<year>\d{4})〕(?P<serial>[1-9]\d{0,8})号")
_AGENCY = re.compile(r"[一-鿿A-Za-z]{1,20}")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number 发文字号 in its parts.

    >>> str(DocumentNumber("青服务办", 2026, 7))
    '青服务办〔2026〕7号'
    """

    agency: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if not _AGENCY.fullmatch(self.agency):
            raise Refusal(
                "documents.agency",
                Text(f"机关代字“{self.agency}”不对。", f"The agency code “{self.agency}” is wrong."),
                where="agency",
                remedy=Text("只用汉字或字母，最多 20 个。", "Use only Chinese characters or letters, 20 at most."),
            )
        if not 1949 <= self.year <= 9999 or self.serial < 1:
            message = Text("年份或序号不对。", "The year or the serial number is wrong.")
            raise Refusal("documents.number", message, where="number")

    def __str__(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.serial}号"

    @classmethod
    def parse(cls, written: str) -> "DocumentNumber":
        """Read a written number; Refusal `documents.number` when it has another form."""
        match = _NUMBER.fullmatch(written.strip())
        if match is None:
            message = Text(f"“{written}”不是发文字号。", f"“{written}” is no document number.")
            remedy = Text("例如 青服务办〔2026〕7号。", "For example 青服务办〔2026〕7号.")
            raise Refusal("documents.number", message, where="number", remedy=remedy)
        return cls(match["agency"], int(match["year"]), int(match["serial"]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verification of a file says: `same`, `other`, `revoked` or `unfinished`, with its sentence."""

    word: str
    says: Text


def verify(content: bytes, *, digest: str, revoked: bool, trusted: bool = True) -> Verdict:
    """Compare the bytes that somebody holds with the SHA-256 of what was issued, where that is what the log says."""
    if not trusted:
        says = Text(
            "这份文件的登记与日志不符，现在不能判断真假。请告知审计管理员。",
            "What is kept of this document is not as the log says: nobody can tell now. Tell the audit administrator.",
        )
        return Verdict("doubted", says)
    if not digest:
        return Verdict("unfinished", Text("这份文件还在排版。", "This document is still being set."))
    if hashlib.sha256(content).hexdigest() != digest:
        says = Text(
            "您的文件与签发的文件不一致：它被改过，或者不是这一份。",
            "Your file differs from what was issued: it was changed, or it is another one.",
        )
        return Verdict("other", says)
    if revoked:
        return Verdict("revoked", Text("文件是真的，但已经撤销。", "The document is genuine but has been revoked."))
    return Verdict("same", Text("一致：您的文件就是签发的那一份。", "Identical: your file is the one that was issued."))


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table in a document: header, rows of cells as written, and the width of each column as a share."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        columns = len(self.header)
        assert columns and len(self.widths) == columns and all(len(row) == columns for row in self.rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a template is filled with: words only, never markup, so that no user's text is ever evaluated."""

    title: str
    subtitle: str = ""
    number: str = ""
    issuer: str = ""
    dated: str = ""
    paragraphs: tuple[str, ...] = ()
    table: TableBlock | None = None
    notes: tuple[str, ...] = ()
    landscape: bool = False

    def as_data(self) -> dict[str, object]:
        """Return plain JSON data for the typesetter."""
        table = self.table
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "number": self.number,
            "issuer": self.issuer,
            "dated": self.dated,
            "paragraphs": list(self.paragraphs),
            "header": list(table.header) if table else [],
            "rows": [list(row) for row in table.rows] if table else [],
            "widths": list(table.widths) if table else [],
            "notes": list(self.notes),
            "landscape": self.landscape,
        }


def printable(sheet: Sheet) -> Sheet:
    """Return a sheet without what no printer prints: control characters become spaces, half characters vanish."""

    def many(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_printable, words))

    table = sheet.table and TableBlock(many(sheet.table.header), tuple(map(many, sheet.table.rows)), sheet.table.widths)
    return Sheet(
        _printable(sheet.title),
        _printable(sheet.subtitle),
        _printable(sheet.number),
        _printable(sheet.issuer),
        _printable(sheet.dated),
        many(sheet.paragraphs),
        table,
        many(sheet.notes),
        sheet.landscape,
    )


def _printable(words: str) -> str:
    whole = (" " if unicodedata.category(letter) == "Cc" else letter for letter in words)
    return "".join(letter for letter in whole if unicodedata.category(letter) != "Cs").strip()


def sheet_of(data: dict[str, object]) -> Sheet:
    """Read back what `as_data` wrote."""

    def words(name: str) -> tuple[str, ...]:
        value = data.get(name)
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    rows = data.get("rows")
    header = words("header")
    widths = tuple(int(width) for width in words("widths"))
    cells = tuple(tuple(str(cell) for cell in row) for row in rows) if isinstance(rows, list) else ()
    names = ("title", "subtitle", "number", "issuer", "dated")
    title, subtitle, number, issuer, dated = (str(data.get(name, "")) for name in names)
    return Sheet(
        title,
        subtitle,
        number,
        issuer,
        dated,
        words("paragraphs"),
        TableBlock(header, cells, widths) if header else None,
        words("notes"),
        bool(data.get("landscape")),
    )
