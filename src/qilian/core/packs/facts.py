"""Read the facts of a plan from its folder: sections, clauses and the systems they name (`clauses.toml`)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qilian.core.packs.kernel.coverage import Clause, System
from qilian.core.text import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan with its tier as written (empty for policy measures) and its aim in our words."""

    id: str
    title: Text
    aim: Text
    tier: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan as facts: never its sentences, always the digest of its source."""

    code: str
    title: Text
    region: str
    based_on: str
    source_sha256: str
    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]


def read_plan(folder: Path) -> PlanFacts:
    """Read `clauses.toml` of a plan folder such as `plan/qinghai-2015`.

    Raises OSError, tomllib.TOMLDecodeError or KeyError when the file is absent or has another shape than the one in
    `plan/qinghai-2015/README.md`: the file is part of the program, so this is a defect and not a refusal.
    """
    with (folder / "clauses.toml").open("rb") as file:
        data = tomllib.load(file)
    head = data["plan"]
    return PlanFacts(
        code=head["code"],
        title=_text(head),
        region=head["region"],
        based_on=head["based_on"],
        source_sha256=head["source_sha256"],
        sections=tuple(_section(row) for row in data["section"]),
        clauses=tuple(_clause(row) for row in data["clause"]),
    )


# TOML has no static types, so the rows are `Any` until they stand in a dataclass.
def _section(row: dict[str, Any]) -> Section:
    return Section(row["id"], _text(row), Text(row["aim_zh"], row["aim_en"]), row.get("tier", ""))


def _clause(row: dict[str, Any]) -> Clause:
    systems = tuple(System(each["name"], each["kind"], each["level"]) for each in row["systems"])
    return Clause(row["id"], row["section"], Text(row["summary_zh"], row["summary_en"]), systems)


def _text(row: dict[str, Any]) -> Text:
    return Text(row["zh"], row["en"])
