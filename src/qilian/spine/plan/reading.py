"""From a text to a ledger: the compiler with the units that the house knows; pasted text and plain files only."""

import re
from collections.abc import Mapping
from datetime import date
from importlib import import_module

from qilian.core.values.text import Refusal, Text
from qilian.core.who.units import api as register
from qilian.spine.compiler.api import KnownUnit, compile_plan

from .ledger import Ledger, LedgerClause, from_json, words_digest

_ORDINAL_MARK = re.compile(r"[一二三四五六七八九十]+是$")
LONGEST = 2_000_000  # characters; the main plan has 8,000


def compiled(text: str, *, names_on: date, simplify: Mapping[int, int] | None = None) -> Ledger:
    """Compile a text with the names of all units; `names_on` dates what has no year, such as 五年内.

    `simplify` maps traditional characters to simplified ones, for matching only.

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
    return from_json(compile_plan(text, units=known_units(), start_year=names_on.year, simplify=simplify).as_json())


def known_units() -> list[KnownUnit]:
    """Every unit under every name it ever had: the compiler resolves a string only to the one unit that bears it."""
    return [KnownUnit(unit.slug, unit.names, unit.collective) for unit in register.known_units()]


def digests(source: str, clause: LedgerClause) -> frozenset[str]:
    """The digests under which a plan's facts may know a clause: of its words, or of its words with the mark 一是."""
    mark = _ORDINAL_MARK.search(source, max(0, clause.span[0] - 6), clause.span[0])
    marked = (mark.group() if mark else "") + clause.text
    return frozenset({clause.sha256, words_digest(marked.strip())})


def read_document(content: bytes, *, name: str) -> tuple[str, Mapping[int, int]]:
    """Read a .txt, .docx or .pdf document: its text, and how to simplify it for matching. For the worker only.

    The readers load heavy libraries, so they are reached by name at the moment of work. Refusals: those of the readers.
    """
    readers = import_module("qilian.spine.compiler.adapters.readers")
    text: str = readers.read_bytes(content, name=name)
    simplify: Mapping[int, int] = readers.simplification(text)
    return text, simplify
