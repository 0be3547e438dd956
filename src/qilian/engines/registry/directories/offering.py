"""What a pack says of a directory: whom or what it lists, under which criteria, with which facts, grades and term."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from qilian.core.house.forms.api import FieldSpec, Form, When
from qilian.core.house.parts.api import Finding
from qilian.core.offers.packs.api import Cite, Offer
from qilian.core.values.text import Text

from .kernel.life import Terms


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that an entry must show, and the rule it comes from.

    `recalled` marks a source that was written down from memory: officials check it before they rely on it. With `when`
    the criterion is asked only of entries whose attribute holds one of the values.
    """

    slug: str
    words: Text
    source: str
    recalled: bool = True
    when: When | None = None


@dataclass(frozen=True, slots=True)
class GradeStep:
    """One grade of a directory."""

    slug: str
    title: Text


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented entry, for the story of the directory and never for a real register."""

    name: str
    values: Mapping[str, str]
    identifier: str = ""
    region: str = ""  # empty: the province of this house
    grade: str = ""
    holder: str = ""
    category: str = "91"  # the first two characters of the invented party's unified code


@dataclass(frozen=True, kw_only=True)
class Directory(Offer):
    """A curated list 名录.

    `of_parties` says whether its entries are parties or things that are described; a thing may have a `holder` (a
    party) and an `identifier`. `prefix` begins the numbers of entries; `months` is the term, 0 without end; `shown` are
    the attributes that stand as columns of the list.
    """

    kind: ClassVar[str] = "directory"

    noun: Text
    of_parties: bool
    prefix: str
    criteria: tuple[Criterion, ...]
    attributes: tuple[FieldSpec, ...]
    grades: tuple[GradeStep, ...] = ()
    months: int = 0
    basis: str = ""
    shown: tuple[str, ...] = ()
    identifier: Text | None = None
    holder: Text | None = None
    mapped: bool = True
    samples: tuple[Sample, ...] = field(default=(), repr=False)

    @property
    def terms(self) -> Terms:
        """Grades and months as the kernel reads them."""
        return Terms(tuple(step.slug for step in self.grades), self.months)

    @property
    def form(self) -> Form:
        """The attributes as a form."""
        return Form(self.slug, self.title, self.attributes)

    def grade_title(self, slug: str) -> Text:
        """What a grade is called; nothing for an entry without one."""
        return next((step.title for step in self.grades if step.slug == slug), Text(slug, slug))

    def asked(self, values: Mapping[str, str]) -> tuple[Criterion, ...]:
        """The criteria that an entry with these attributes has to meet."""
        return tuple(
            each for each in self.criteria if each.when is None or values.get(each.when.field) in each.when.values
        )

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the declaration, as the contract of packs reads it."""
        names = {spec.name for spec in self.attributes}
        said = [
            *self.form.problems(),
            *(f"column {name} is no attribute" for name in self.shown if name not in names),
            *(
                f"criterion {c.slug} asks for {c.when.field}"
                for c in self.criteria
                if c.when and c.when.field not in names
            ),
            *(f"criterion {c.slug} has no source" for c in self.criteria if not c.source.strip()),
            *([] if self.criteria else ["no criteria"]),
            *([] if self.samples else ["no samples"]),
            *(
                f"sample {s.name} has an unknown grade"
                for s in self.samples
                if s.grade not in (self.terms.grades or ("",))
            ),
            *([] if self.of_parties or self.identifier else ["a thing needs an identifier"]),
        ]
        return tuple(Finding("directory", self.slug, Text(words, words)) for words in said)


def directory(beside: str, slug: str, title: Text, answers: Cite | tuple[Cite, ...]) -> Directory:
    """Declare the directory whose facts lie in `directories/<slug>.toml` beside a pack's file (`__file__`).

    OSError, tomllib.TOMLDecodeError, KeyError or ValueError when the file is absent or has another shape: the file is
    part of the program, so that is a defect and not a refusal.
    """
    with (Path(beside).parent / "directories" / f"{slug}.toml").open("rb") as file:
        data = tomllib.load(file)
    return Directory(
        slug=slug,
        title=title,
        answers=answers,
        noun=_text(data["noun"]),
        of_parties=data["of"] == "parties",
        prefix=data["prefix"],
        criteria=tuple(_criterion(row) for row in data["criteria"]),
        attributes=tuple(_field(row) for row in data["attributes"]),
        grades=tuple(GradeStep(row[0], Text(row[1], row[2])) for row in data.get("grades", ())),
        months=data.get("months", 0),
        basis=data.get("basis", ""),
        shown=tuple(data.get("shown", ())),
        identifier=_maybe(data.get("identifier")),
        holder=_maybe(data.get("holder")),
        mapped=data.get("mapped", True),
        samples=tuple(_sample(row) for row in data["samples"]),
    )


# TOML has no static types, so the rows are `Any` until they stand in a dataclass.
def _criterion(row: dict[str, Any]) -> Criterion:
    words = Text(row["zh"], row["en"])
    return Criterion(row["slug"], words, row["source"], row.get("recalled", True), _when(row.get("when")))


def _field(row: dict[str, Any]) -> FieldSpec:
    return FieldSpec(
        name=row["name"],
        label=Text(row["zh"], row["en"]),
        kind=row.get("kind", "text"),
        required=row.get("required", True),
        hint=_maybe(row.get("hint")),
        choices=tuple((value, Text(zh, en)) for value, zh, en in row.get("choices", ())),
        low=row.get("low", ""),
        high=row.get("high", ""),
        length=row.get("length", 300),
        places=row.get("places", 6),
        pattern=row.get("pattern", ""),
        pattern_says=_maybe(row.get("pattern_says")),
        unit=_maybe(row.get("unit")),
        when=_when(row.get("when")),
    )


def _sample(row: dict[str, Any]) -> Sample:
    named = {name: row[name] for name in ("identifier", "region", "grade", "holder", "category") if name in row}
    return Sample(row["name"], row["values"], **named)


def _text(pair: list[str]) -> Text:
    return Text(pair[0], pair[1])


def _maybe(pair: list[str] | None) -> Text | None:
    return _text(pair) if pair else None


def _when(pair: list[str] | None) -> When | None:
    return When(pair[0], tuple(pair[1:])) if pair else None
