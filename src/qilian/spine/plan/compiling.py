"""From a text to a compiled plan, with the units that the house knows; documents are read by the worker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from qilian.core.values.text import Refusal, Text
from qilian.core.who.units import api as register
from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.compiler.api import Diagnostic, KnownUnit, Learned, compile_plan
from qilian.spine.reading.api import Document

from .kernel.duties import words_digest

_ORDINAL_MARK = re.compile(r"[一二三四五六七八九十]+是$")
LONGEST = 2_000_000  # characters; the main plan has 8,000


def compile_text(
    text: str, *, names_on: date, simplify: Mapping[int, int] | None = None, learned: Learned | None = None
) -> CompiledPlan:
    """Compile a text with the names of all units; where the text has no year of its own, `names_on` dates 五年内.

    `simplify` maps traditional characters to simplified ones, for matching only; `learned` is what people confirmed.

    Refusals: `plan.text.empty`, `plan.text.long`.
    """
    if not text.strip():
        raise Refusal(
            "plan.text.empty",
            Text("没有文字。", "There is no text."),
            where="text",
            remedy=Text("请粘贴方案全文，或者上传文件。", "Paste the whole plan, or upload a file."),
        )
    if len(text) > LONGEST:
        raise Refusal(
            "plan.text.long",
            Text(f"文字超过 {LONGEST} 个字符。", f"The text is longer than {LONGEST} characters."),
            where="text",
            remedy=Text("请只上传方案正文。", "Upload the plan itself only."),
        )
    known = learned or Learned()
    return compile_plan(text, units=known_units(), default_year=names_on.year, simplify=simplify, learned=known)


def known_units() -> list[KnownUnit]:
    """Every unit under every name it ever had: the compiler resolves a string only to the one unit that bears it."""
    return [KnownUnit(unit.slug, unit.names, unit.collective) for unit in register.known_units()]


def digests(source: str, clause: CompiledClause) -> frozenset[str]:
    """The digests under which a plan's facts may know a clause: of its words, or of its words with the mark 一是."""
    mark = _ORDINAL_MARK.search(source, max(0, clause.span[0] - 6), clause.span[0])
    marked = (mark.group() if mark else "") + clause.text
    return frozenset({words_digest(clause.text), words_digest(marked.strip())})


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document that was read: its text, how to simplify it for matching, and what the reader has to say of it."""

    text: str
    simplify: Mapping[int, int]
    doubts: tuple[Diagnostic, ...] = ()


def read_document(content: bytes, *, name: str) -> ReadDocument:
    """Read a .txt, .docx or .pdf document. For the worker only.

    The readers load heavy libraries, so they are reached by name at the moment of work, and work in a process of their
    own. Refusals: those of the readers, and `plan.file.hard`.
    """
    reader = import_module("qilian.spine.compiler.adapters.apart")
    document: Document
    document, simplify = reader.read_apart(content, name=name)
    doubts = tuple(Diagnostic(note.span, note.kind, note.message) for note in document.notes)
    return ReadDocument(document.text, simplify, doubts)
