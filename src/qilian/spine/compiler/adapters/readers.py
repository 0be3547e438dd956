"""Readers: the bytes of a .txt, .docx or .pdf document become one text; whatever cannot be read is refused."""

from pathlib import Path
from stat import S_ISREG

import opencc

from qilian.core.values.text import Refusal, Text
from qilian.spine.reading.api import Document, unified

from .pdf import read_pdf
from .plain import decoded
from .refusals import LARGEST, damaged, locked, too_large, unknown
from .word import read_docx

__all__ = ["LARGEST", "read", "read_bytes", "read_file", "read_path", "simplification"]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_file(path: Path) -> str:
    """Return the text of a file alone; Refusals as of `read_path`."""
    return read_path(path).text


def read_path(path: Path) -> Document:
    """Read a file; Refusal when it is missing, no file, too large, encrypted, binary or empty."""
    try:
        found = path.stat()
        if found.st_size > LARGEST:
            raise too_large(path.name)
        if not S_ISREG(found.st_mode):
            raise OSError("no file")
        content = path.read_bytes()
    except OSError as problem:
        raise Refusal(
            "plan.file.missing",
            Text(f"无法打开文件“{path.name}”。", f"The file “{path.name}” cannot be opened."),
            where=str(path),
            remedy=Text("请检查路径和权限。", "Check the path and the permissions."),
        ) from problem
    return read(content, name=path.name)


def read_bytes(content: bytes, *, name: str = "") -> str:
    """Return the text of a document's bytes alone; Refusals as of `read`."""
    return read(content, name=name).text


def read(content: bytes, *, name: str = "") -> Document:
    """Read a document's bytes, told apart by their beginning, not by the name: its text, and what has to be said of it.

    Line ends become `\\n`; cells of a table stand between tabs, lines inside a cell between `\\v`; glyphs that only
    look like characters become the characters. Refusals `plan.file.…`: `empty`, `too_large`, `encrypted`, `damaged`
    (also for whatever a reader stumbles over), `format`, `binary`, `unmapped`.
    """
    if len(content) > LARGEST:
        raise too_large(name)
    try:
        document = _read(content, name)
    except Refusal:
        raise
    except MemoryError as problem:
        raise too_large(name) from problem
    except Exception as problem:  # libraries fail in a hundred ways on damaged files, all of which mean the same
        raise damaged(name) from problem
    if not document.text.strip():
        raise Refusal(
            "plan.file.empty",
            Text(f"文件“{name}”里没有文字。", f"The file “{name}” holds no words."),
            where=name,
            remedy=Text("若是扫描件，请先识别成文字。", "If it is a scan, recognise the text first."),
        )
    return document


def simplification(text: str) -> dict[int, int]:
    """Return the table traditional → simplified for the characters of a text, one to one, for matching only."""
    converter = opencc.OpenCC("t2s")
    table: dict[int, int] = {}
    for character in sorted(set(text)):
        simple = converter.convert(character) if character > "\u2fff" else character
        if simple != character and len(simple) == 1:
            table[ord(character)] = ord(simple)
    return table


def _read(content: bytes, name: str) -> Document:
    if b"%PDF-" in content[:1024]:
        return read_pdf(content, name)
    if content.startswith(b"PK"):
        return read_docx(content, name)
    if content.startswith(_OLE):
        raise _old_or_locked(content, name)
    return Document(unified(decoded(content, name)))


def _old_or_locked(content: bytes, name: str) -> Refusal:
    """Tell an encrypted .docx (a container with EncryptedPackage) from an old .doc, .wps or .xls."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked(name)
    return unknown(name, Text("旧版 Word、WPS 或 Excel 文件", "an old Word, WPS or Excel file"))
