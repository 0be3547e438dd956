"""What a pack says of a grade: who is graded, by which method and source, how long to appeal and to answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from qilian.core.house.parts.api import Finding
from qilian.core.offers.packs.api import Cite, Offer
from qilian.core.rules.scoring.api import Method, problems, read_method
from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented party with its figures, for the story of the grade and never for a real register.

    `figures` are the numbers by indicator. `appealed` names an indicator that was wrong, `corrected` its right numbers.
    """

    name: str
    figures: Mapping[str, tuple[str, ...]]
    region: str = ""  # empty: the province of this house
    category: str = "91"
    appealed: str = ""
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grade(Offer):
    """A graded evaluation 评价.

    `method` is what officials may publish first; later versions are published on screen. `persons` says that natural
    persons are graded, `valuation` that a brand's value is computed from the stated figures. Days are working days.
    `recalled` marks a method written down from memory: officials check it against its source before they publish it.
    """

    kind: ClassVar[str] = "grade"

    noun: Text
    basis: str
    method: Method
    persons: bool = False
    valuation: bool = False
    recalled: bool = True
    appeal_days: int = 5
    answer_days: int = 10
    notes: tuple[Text, ...] = ()
    samples: tuple[Sample, ...] = field(default=(), repr=False)

    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with the declaration, as the contract of packs reads it."""
        known = {each.slug for each in self.method.indicators}
        said = [
            *problems(self.method),
            *(() if self.method.grades else (Text("没有等级", "no grades"),)),
            *(() if self.samples and self.samples[0].appealed in known else (Text("缺样例", "samples are missing"),)),
            *(() if self.appeal_days > 0 and self.answer_days > 0 else (Text("缺时限", "limits are missing"),)),
        ]
        return tuple(Finding("grade", self.slug, words) for words in said)


def grade(beside: str, slug: str, title: Text, answers: Cite | tuple[Cite, ...]) -> Grade:
    """Declare the grade whose method and facts lie in `grades/<slug>.toml` beside a pack's file (`__file__`).

    OSError, tomllib.TOMLDecodeError, KeyError or ValueError when the file is absent or has another shape: the file is
    part of the program, so that is a defect and not a refusal.
    """
    with (Path(beside).parent / "grades" / f"{slug}.toml").open("rb") as file:
        data = tomllib.load(file)
    method = read_method({"slug": slug, "title": [title.zh, title.en], "source": data["basis"], **data["method"]})
    return Grade(
        slug=slug,
        title=title,
        answers=answers,
        noun=Text(*data["noun"]),
        basis=data["basis"],
        method=method,
        persons=data.get("persons", False),
        valuation=data.get("valuation", False),
        recalled=data.get("recalled", True),
        appeal_days=data.get("appeal_days", 5),
        answer_days=data.get("answer_days", 10),
        notes=tuple(Text(*pair) for pair in data.get("notes", ())),
        samples=tuple(_sample(row) for row in data["samples"]),
    )


# TOML has no static types, so the rows are `Any` until they stand in a dataclass.
def _sample(row: dict[str, Any]) -> Sample:
    figures = {slug: _numbers(value) for slug, value in row["figures"].items()}
    named = {name: row[name] for name in ("region", "category", "appealed") if name in row}
    return Sample(row["name"], figures, **named, corrected=_numbers(row.get("corrected", ())))


def _numbers(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else (str(value),)
