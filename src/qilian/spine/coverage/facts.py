"""Read the facts of a plan from its folder: sections, clauses, units and the systems they name (`clauses.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from qilian.core.values.text import Text
from qilian.spine.coverage.kernel.coverage import ClauseFact, System


@dataclass(frozen=True, slots=True)
class SectionFact:
    """A section of the plan with its tier as written (empty for policy measures) and its aim in our words."""

    id: str
    title: Text
    aim: Text
    tier: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan as facts, never its sentences; `names_on` is the day whose unit names it uses, `digest` of the file."""

    code: str
    title: Text
    region: str
    based_on: str
    names_on: date
    source_sha256: str
    sections: tuple[SectionFact, ...]
    clauses: tuple[ClauseFact, ...]
    digest: str


def read_plan(folder: Path) -> PlanFacts:
    """Read `clauses.toml` of a plan folder such as `plan/qinghai-2015`.

    Raises OSError, tomllib.TOMLDecodeError or KeyError when the file is absent or has another shape than the one in
    `plan/qinghai-2015/README.md`: the file is part of the program, so this is a defect and not a refusal.
    """
    written = (folder / "clauses.toml").read_bytes()
    data = tomllib.loads(written.decode())
    head = data["plan"]
    return PlanFacts(
        code=head["code"],
        title=_text(head),
        region=head["region"],
        based_on=head["based_on"],
        names_on=_names_on(head),
        source_sha256=head["source_sha256"],
        sections=tuple(_section(row) for row in data["section"]),
        clauses=tuple(_clause(row) for row in data["clause"]),
        digest=sha256(written).hexdigest(),
    )


def _names_on(head: dict[str, Any]) -> date:
    """The day that the file gives; else the end of the year that closes its code, as in `qinghai-2015`."""
    given = head.get("issued_on")
    return given if isinstance(given, date) else date(int(head["code"].rpartition("-")[2]), 12, 31)


def _section(row: dict[str, Any]) -> SectionFact:
    return SectionFact(row["id"], _text(row), Text(row["aim_zh"], row["aim_en"]), row.get("tier", ""))


def _clause(row: dict[str, Any]) -> ClauseFact:  # TOML has no static types: rows are Any until they stand here
    systems = tuple(System(each["name"], each["kind"], each["level"]) for each in row["systems"])
    summary, units = Text(row["summary_zh"], row["summary_en"]), (tuple(row["lead"]), tuple(row["support"]))
    return ClauseFact(row["id"], row["section"], summary, systems, row.get("tier", ""), *units, row["sha256"])


def _text(row: dict[str, Any]) -> Text:
    return Text(row["zh"], row["en"])
