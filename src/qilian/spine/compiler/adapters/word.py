"""Word: the package is opened and counted, its main part found by its relationship, and read as text."""

from qilian.core.papers.markup.api import Element, Package
from qilian.core.values.text import Refusal, Text
from qilian.spine.reading.api import Document, Parts, read_word, unified

from .refusals import damaged, locked, too_large, unknown

_OTHERS = (
    ("xl/", Text("Excel 表格", "an Excel workbook")),
    ("ppt/", Text("PowerPoint 演示", "a PowerPoint presentation")),
    ("ofd.xml", Text("OFD 版式文件", "an OFD document")),
    ("content.xml", Text("OpenDocument 文件", "an OpenDocument file")),
)


def read_docx(content: bytes, name: str) -> Document:
    """Read a Word document (.docx, .dotx; transitional or strict).

    Refusals: `plan.file.damaged` also for a member that is not read (a wrong checksum means that the file is not what
    was saved), `plan.file.encrypted`, `plan.file.too_large`, `plan.file.format` for a package of another kind.
    """
    try:
        package = Package(content)
        main = _main(package, name)
        package.prove()
        read = read_word(_parts(package, main, name))
    except Refusal as refusal:
        raise _of(refusal, name) from refusal
    return Document(unified(read.text), read.notes)


def _main(package: Package, name: str) -> str:
    """Return the name of the main part; a package whose relationships are lost is read by the usual name."""
    main = package.main() or "word/document.xml"
    if main not in package:
        other = next((kind for path, kind in _OTHERS for each in package.names() if each.startswith(path)), None)
        raise damaged(name) if package.main() else unknown(name, other)
    return main


def _parts(package: Package, main: str, name: str) -> Parts:
    def root(kind: str) -> Element | None:
        part = package.part_of(main, kind)
        return package.tree(part) if part in package else None

    document = package.tree(main)
    if document.tag != "w:document":
        other = next((kind for path, kind in _OTHERS if main.startswith(path)), None)
        raise unknown(name, other)
    return Parts(document, root("styles"), root("numbering"), root("footnotes"), root("endnotes"))


def _of(refusal: Refusal, name: str) -> Refusal:
    """Say what the package says, of this file."""
    if refusal.code == "markup.encrypted":
        return locked(name)
    if refusal.code in ("markup.too_large", "plan.file.too_large"):
        return too_large(name)
    return damaged(name) if refusal.code.startswith("markup.") else refusal
