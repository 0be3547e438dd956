"""Readers: the bytes of a .txt, .docx or .pdf document become one text; whatever cannot be read is refused."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

import docx
import opencc
import pdfplumber
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from qilian.core.values.text import Refusal, Text
from qilian.spine.layout.api import flow

LARGEST = 32 * 1024 * 1024
_UNPACKED = 256 * 1024 * 1024
_MARKUP = 16 * 1024 * 1024  # unpacked XML of one .docx: a tree of it takes twenty times as much memory
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REMEDY = Text("请提供 .txt、.docx 或 .pdf 文件。", "Give a .txt, .docx or .pdf file.")


def read_file(path: Path) -> str:
    """Return the text of a file; Refusal when it is missing, no file, too large, encrypted, binary or empty."""
    try:
        found = path.stat()
        if found.st_size > LARGEST:
            raise _too_large(path.name)
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
    return read_bytes(content, name=path.name)


def read_bytes(content: bytes, *, name: str = "") -> str:
    """Return the text of a document's bytes, told apart by their beginning, not by the name.

    Line ends become `\\n`; cells of a table stand between tabs, lines inside a cell between `\\v`. Refusal when the
    bytes are empty, too many, encrypted, or of another kind.
    """
    if len(content) > LARGEST:
        raise _too_large(name)
    if content.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        text = _pdf(content, name)
    elif content.startswith(b"PK"):
        text = _docx(content, name)
    elif content.startswith(_OLE):
        raise _old_or_locked(content, name)
    else:
        text = _decoded(content, name)
    if not text.strip():
        raise Refusal(
            "plan.file.empty",
            Text(f"文件“{name}”里没有文字。", f"The file “{name}” holds no words."),
            where=name,
            remedy=Text("若是扫描件，请先识别成文字。", "If it is a scan, recognise the text first."),
        )
    return text


def simplification(text: str) -> dict[int, int]:
    """Return the table traditional → simplified for the characters of a text, one to one, for matching only."""
    converter = opencc.OpenCC("t2s")
    table: dict[int, int] = {}
    for character in sorted(set(text)):
        simple = converter.convert(character) if character > "\u2fff" else character
        if simple != character and len(simple) == 1:
            table[ord(character)] = ord(simple)
    return table


# Plain text


def _decoded(content: bytes, name: str) -> str:
    text = _unicode(content)
    if text is None:
        found = (_first(content, (encoding,)) for encoding in ("utf-8", "gb18030", "big5"))
        text = next((each for each in found if each is not None and not _strange(each)), None)
    if text is None or _strange(text):
        raise Refusal(
            "plan.file.binary",
            Text(f"文件“{name}”不是文字文件。", f"The file “{name}” is not a text."),
            where=name,
            remedy=_REMEDY,
        )
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _unicode(content: bytes) -> str | None:
    """Return the text of bytes that say or show that they are UTF-16 or UTF-32."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _first(content, ("utf-32",))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _first(content, ("utf-16",))
    sample = content[:4096]
    if len(content) % 2 == 0 and b"\n\x00" in sample and _plausible(sample, "utf-16-le"):
        return _first(content, ("utf-16-le",))
    if len(content) % 2 == 0 and b"\x00\n" in sample and _plausible(sample, "utf-16-be"):
        return _first(content, ("utf-16-be",))
    return None


def _plausible(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return sum("\u4e00" <= character <= "\u9fff" for character in text) * 3 > len(text)


def _first(content: bytes, encodings: tuple[str, ...]) -> str | None:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _strange(text: str) -> bool:
    """Tell whether a decoded text is no writing: control characters, or hardly a letter of any kind we know."""
    sample = text[:20000]
    if any(character < " " and character not in "\t\n\r\v\f" for character in sample):
        return True
    odd = sum(
        "\ue000" <= character <= "\uf8ff" or (not character.isprintable() and not character.isspace())
        for character in sample
    )
    return odd * 10 > len(sample)


# Word


def _docx(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            markup = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
            word = "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile as problem:
        raise _damaged(name) from problem
    if locked:
        raise _locked(name)
    if not word:
        raise _unknown(name)
    if unpacked > _UNPACKED or markup > _MARKUP:
        raise _too_large(name)
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as problem:
        raise _damaged(name) from problem
    return "\n".join(_blocks(document))


def _blocks(document: Document) -> Iterator[str]:
    """Yield paragraphs and rows of tables in the order of the document; automatic ordinals stand in no file."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _words(block.text)
        else:
            yield ""
            yield from _rows(block)
            yield ""


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        wide = len(cells) == 1 and len(row.cells) > 1
        texts = [_cell(cell) for cell in (cells if wide else row.cells)]
        if not wide:
            texts = [
                "" if place and row.cells[place]._tc is row.cells[place - 1]._tc else text
                for place, text in enumerate(texts)
            ]
        yield "\t".join(texts)


def _cell(cell: _Cell) -> str:
    lines = [_words(paragraph.text).strip() for paragraph in cell.paragraphs]
    lines += [" ".join(row.split("\t")) for inner in cell.tables for row in _rows(inner)]
    return "\v".join(line for line in "\v".join(lines).split("\v") if line.strip())


def _words(text: str) -> str:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", "\v")


# PDF


def _pdf(content: bytes, name: str) -> str:
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            pages = ["\n".join(_page(page)) for page in document.pages]
    except PdfminerException as problem:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in problem.args):
            raise _locked(name) from problem
        raise _damaged(name) from problem
    except (PDFException, ValueError, TypeError, KeyError, AssertionError) as problem:
        raise _damaged(name) from problem
    return flow("\f".join(pages), only=("page",)).text


def _page(page: Page) -> Iterator[str]:
    """Yield the lines of a page, its tables as rows with tabs where they stand."""
    top = float(page.bbox[1])
    for table in sorted(page.find_tables(), key=lambda table: float(table.bbox[1])):
        rows = [["\v".join((cell or "").split("\n")) for cell in row] for row in table.extract()]
        if max((len(row) for row in rows), default=0) < 2 or float(table.bbox[1]) < top:
            continue
        yield from _lines(page, top, float(table.bbox[1]))
        yield from ("\t".join(cell.replace("\v", "") for cell in row) for row in rows)
        top = float(table.bbox[3])
    yield from _lines(page, top, float(page.bbox[3]))


def _lines(page: Page, top: float, bottom: float) -> list[str]:
    if bottom - top < 1:
        return []
    text = page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text() or ""
    return [str(line) for line in text.split("\n")]


# Refusals


def _too_large(name: str) -> Refusal:
    limit = LARGEST // 1024 // 1024
    return Refusal(
        "plan.file.too_large",
        Text(f"文件“{name}”太大（上限 {limit} MB）。", f"The file “{name}” is too large (limit {limit} MB)."),
        where=name,
        remedy=Text("请只提供方案正文。", "Give the plan's own document only."),
    )


def _locked(name: str) -> Refusal:
    return Refusal(
        "plan.file.encrypted",
        Text(f"文件“{name}”已加密，无法读取。", f"The file “{name}” is encrypted and cannot be read."),
        where=name,
        remedy=Text("请去掉密码后再提供。", "Remove the password and try again."),
    )


def _damaged(name: str) -> Refusal:
    return Refusal(
        "plan.file.damaged",
        Text(f"文件“{name}”已损坏，无法读取。", f"The file “{name}” is damaged and cannot be read."),
        where=name,
        remedy=Text("请重新导出后再提供。", "Export it again and try once more."),
    )


def _unknown(name: str) -> Refusal:
    return Refusal(
        "plan.file.format",
        Text(f"文件“{name}”的格式不受支持。", f"The format of the file “{name}” is not supported."),
        where=name,
        remedy=_REMEDY,
    )


def _old_or_locked(content: bytes, name: str) -> Refusal:
    """Tell an encrypted .docx (a container with EncryptedPackage) from an old .doc, .wps or .xls."""
    return _locked(name) if "EncryptedPackage".encode("utf-16-le") in content else _unknown(name)
