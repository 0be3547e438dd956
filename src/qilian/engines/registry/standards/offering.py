"""What a pack says of a set of standards: its catalogue of facts, and invented adopters for the story."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import ClassVar

from qilian.core.house.parts.api import Finding
from qilian.core.offers.packs.api import Cite, Offer
from qilian.core.values.text import Refusal, Text

from .kernel.codes import read_code
from .kernel.life import Term, check_term


@dataclass(frozen=True, slots=True)
class Fact:
    """One standard or rule as the catalogue states it: titles and dates are facts, no text is copied.

    `source` says where it was read; `checked` whether somebody compared it with the issuer's list.
    """

    code: str
    title: str
    title_en: str = ""
    issued: date | None = None
    effective: date | None = None
    ended: date | None = None
    replaces: str = ""
    replaced_by: str = ""
    scope: str = ""
    link: str = ""
    source: str = ""
    checked: bool = False

    @property
    def term(self) -> Term:
        """From when to when it holds."""
        return Term(self.effective, self.ended)


@dataclass(frozen=True, kw_only=True)
class Standards(Offer):
    """A set of standards 标准, or of laws and rules where `of_laws`: those are cited by number and not by a code."""

    kind: ClassVar[str] = "standard"

    facts: tuple[Fact, ...] = field(default=(), repr=False)
    of_laws: bool = False
    adopters: tuple[str, ...] = ()

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the catalogue, as the contract of packs reads it."""
        codes = [fact.code for fact in self.facts]
        said = [
            *([] if self.facts else ["an empty catalogue"]),
            *([] if self.adopters else ["no adopters"]),
            *(f"{code} stands twice" for code in sorted({code for code in codes if codes.count(code) > 1})),
            *(wrong for fact in self.facts if (wrong := _wrong(fact, of_laws=self.of_laws))),
        ]
        return tuple(Finding("standard", self.slug, Text(words, words)) for words in said)


def standards(
    beside: str,
    slug: str,
    title: Text,
    answers: Cite | tuple[Cite, ...],
    *,
    adopters: tuple[str, ...],
    of_laws: bool = False,
) -> Standards:
    """Declare the set whose catalogue lies in `standards/<slug>.csv` beside a pack's file (`__file__`).

    OSError, KeyError or ValueError when the file is absent or has another shape: the file is part of the program, so
    that is a defect and not a refusal.
    """
    with (Path(beside).parent / "standards" / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        facts = tuple(_fact(row) for row in csv.DictReader(file))
    return Standards(slug=slug, title=title, answers=answers, facts=facts, of_laws=of_laws, adopters=adopters)


def _fact(row: dict[str, str]) -> Fact:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("issued", "effective", "ended")}
    words = ("code", "title", "title_en", "replaces", "replaced_by", "scope", "link", "source")
    texts = {name: row[name].strip() for name in words}
    return Fact(
        **texts,
        issued=days["issued"],
        effective=days["effective"],
        ended=days["ended"],
        checked=row["checked"] == "yes",
    )


def _wrong(fact: Fact, *, of_laws: bool) -> str:
    try:
        check_term(fact.term)
        return "" if of_laws or read_code(fact.code) == fact.code else f"{fact.code} is not written as codes are"
    except Refusal as refusal:
        return f"{fact.code}: {refusal.message.en}"
