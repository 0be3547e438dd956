"""WordprocessingML becomes text: paragraphs, tables and boxes in the order in which a reader meets them.

ISO/IEC 29500-1 §17: block content in controls (§17.5.2), tables (§17.4), revisions (§17.13.5), frames (§17.3.1.11),
notes (§17.11). Cells merged downwards are repeated in every row, cells merged across leave the others empty.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qilian.core.papers.markup.api import Element, child, children, value
from qilian.core.values.text import whole

from .document import Composer, Document
from .lists import Lists, joined
from .runs import Runs, fields_close, form_of, shown
from .styles import Styles

COLUMNS_MAX = 100
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_GONE = ("w:del", "w:moveFrom")


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of a document's parts; None for one that it has not."""

    main: Element
    styles: Element | None = None
    lists: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None


def read_word(parts: Parts) -> Document:
    """Read a document: one line for each paragraph and each row, notes at the end as 注1：…, and what has to be said.

    Refusal `plan.file.too_large` when the text grows beyond any document.
    """
    return _Reader(parts).read()


class _Reader:
    """Walks through a document once; `_carried` are words whose paragraph goes on in the next."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._composer = Composer()
        self._styles = Styles(parts.styles)
        self._lists = Lists(parts.lists, self._styles)
        self._runs = Runs(self._composer, fields_close=fields_close(parts.main))
        self._carried = ""
        self._boxed = self._plain = False

    def read(self) -> Document:
        body = child(self._parts.main, "w:body")
        for line in self._story(() if body is None else body):
            self._composer.add(line)
        if not self._plain and any(line.strip() for line in self._composer.lines):
            self._composer.note("read_boxes", line=0)
        for number, each in enumerate(self._notes(), 1):
            self._composer.add(f"注{number}：{each}")
        return self._composer.document()

    def _story(self, container: Iterable[Element]) -> Iterator[str]:
        """The lines of a body, a cell or a box; what is carried at its end stands there."""
        outside, self._carried = self._carried, ""
        yield from self._blocks(container)
        if self._carried:
            yield self._carried
        self._carried = outside

    def _blocks(self, container: Iterable[Element]) -> Iterator[str]:
        for block in container:
            if block.tag == "w:p":
                yield from self._paragraph(block)
            elif block.tag == "w:tbl":
                yield from ("", *self._rows(block), "")
            elif block.tag in _GONE:
                self._runs.deleted(block)
            elif any(each.tag in ("w:p", "w:tbl") for each in block.iter()):
                yield from self._blocks(form_of(block))
            elif words := self._runs.words([block]).strip():
                yield words

    # Paragraphs

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "w:pPr")
        style = value(properties, "w:pStyle")
        contents = self._runs.contents
        words = self._runs.words(paragraph)
        contents = contents or self._runs.contents or bool(_CONTENTS.match(self._styles.name(style)))
        words = words.replace("\t", "……" if contents else " ").strip("\n")
        self._plain = self._plain or bool(words.strip() and not self._boxed)
        if _goes_on(properties):
            self._carried += words
        else:
            words, self._carried = self._carried + words, ""
            yield joined(self._label(properties, style), words)
        boxes, self._runs.boxes = self._runs.boxes, []
        for box in boxes:
            yield from self._box(box)

    def _label(self, properties: Element | None, style: str) -> str:
        numbered = child(properties, "w:numPr")
        label = self._lists.label(style, value(numbered, "w:numId"), value(numbered, "w:ilvl"))
        if self._lists.unknown:
            self._composer.note("read_number", self._lists.unknown.pop())
        return label

    def _box(self, box: Element) -> Iterator[str]:
        outside, self._boxed = self._boxed, True
        yield from self._story(box)
        self._boxed = outside

    # Tables

    def _rows(self, table: Element) -> Iterator[str]:
        above: dict[int, str] = {}
        for row in self._members(table, "w:tr"):
            properties = child(row, "w:trPr")
            if properties is not None and shown(properties, "w:del"):
                self._runs.deleted(row)
            else:
                yield self._row(row, properties, above)

    def _row(self, row: Element, properties: Element | None, above: dict[int, str]) -> str:
        texts = [""] * _count(value(properties, "w:gridBefore"), 0)
        cells = 0
        for cell in self._members(row, "w:tc"):
            said = child(cell, "w:tcPr")
            if said is not None and shown(said, "w:cellDel"):
                self._runs.deleted(cell)
                continue
            text = self._merged(cell, said, above, len(texts))
            self._composer.grow(len(text))
            aside = _continues(said, "w:hMerge")
            cells += not aside
            texts += ["" if aside else text, *[""] * (_count(value(said, "w:gridSpan"), 1) - 1)]
        return texts[0] if cells == 1 else "\t".join(texts)

    def _merged(self, cell: Element, said: Element | None, above: dict[int, str], column: int) -> str:
        """The words of a cell, or of the one above it that goes on through it; what is written below is not seen."""
        if _continues(said, "w:vMerge") and column in above:
            hidden = "".join(each.text or "" for each in cell.iter("w:t"))
            if hidden.strip():
                self._composer.note("read_hidden", hidden)
            return above[column]
        lines = [line.replace("\t", " ").replace("\n", "\v") for line in self._story(cell)]
        above[column] = "\v".join(part.strip() for line in lines for part in line.split("\v") if part.strip())
        return above[column]

    def _members(self, container: Element, tag: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, whatever controls and labels stand round them."""
        for each in container:
            if each.tag == tag:
                yield each
            elif each.tag in _GONE:
                self._runs.deleted(each)
            elif each.tag not in ("w:p", "w:tbl"):
                yield from self._members(form_of(each), tag)

    # Notes

    def _notes(self) -> Iterator[str]:
        roots = {"footnote": self._parts.footnotes, "endnote": self._parts.endnotes}
        for mark in self._runs.notes:
            kind, _, key = mark.partition(":")
            root = roots[kind]
            for note in (each for each in children(root, f"w:{kind}") if value(each, name="w:id") == key):
                yield " ".join(" ".join(line.split()) for line in self._story(note)).strip()


def _goes_on(properties: Element | None) -> bool:
    """Whether a paragraph and the next are one to the reader: its mark was deleted, or it is a large first letter."""
    mark = child(properties, "w:rPr")
    gone = mark is not None and any(child(mark, name) is not None for name in _GONE)
    return gone or value(properties, "w:framePr", name="w:dropCap") in ("drop", "margin")


def _continues(said: Element | None, name: str) -> bool:
    """Whether a cell goes on from the one above (`w:vMerge`) or before (`w:hMerge`)."""
    return child(said, name) is not None and value(said, name, default="continue") == "continue"


def _count(said: str, least: int) -> int:
    return min(max(whole(said, 4) or 0, least), COLUMNS_MAX)
