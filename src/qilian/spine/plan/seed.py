"""Read the facts of a plan from its folder: `clauses.toml`, with units as the plan writes them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from qilian.core.text import Text


@dataclass(frozen=True, slots=True)
class SystemFact:
    """A platform, market, project or mechanism that a clause names."""

    name: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class ClauseFact:
    """One clause as a fact: units by their strings in order, and the digest of the words that are not here."""

    cid: str
    section: str
    tier: str
    summary: Text
    lead: tuple[str, ...]
    support: tuple[str, ...]
    systems: tuple[SystemFact, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class SectionFact:
    """One section with its title and our sentence about its aim."""

    sid: str
    title: Text
    aim: Text
    tier: str


@dataclass(frozen=True, slots=True)
class PlanSeed:
    """A whole plan as facts; `names_on` is the day whose unit names it uses; `digest` is of the file's bytes."""

    slug: str
    title: Text
    region: str
    based_on: str
    names_on: date
    source_sha256: str
    sections: tuple[SectionFact, ...]
    clauses: tuple[ClauseFact, ...]
    digest: str


def read_seed(folder: Path) -> PlanSeed:
    """Read the plan of a folder such as `plan/qinghai-2015`; the file is part of the program, so errors are defects."""
    written = (folder / "clauses.toml").read_bytes()
    data = tomllib.loads(written.decode())
    head = data["plan"]
    return PlanSeed(
        slug=head["code"],
        title=Text(head["zh"], head["en"]),
        region=head["region"],
        based_on=head["based_on"],
        names_on=_names_on(head),
        source_sha256=head["source_sha256"],
        sections=tuple(map(_section, data["section"])),
        clauses=tuple(map(_clause, data["clause"])),
        digest=sha256(written).hexdigest(),
    )


def _names_on(head: dict[str, Any]) -> date:
    """The day that the file gives; else the end of the year that closes its code, as in `qinghai-2015`."""
    given = head.get("issued_on")
    return given if isinstance(given, date) else date(int(head["code"].rpartition("-")[2]), 12, 31)


def _section(row: dict[str, Any]) -> SectionFact:
    return SectionFact(row["id"], Text(row["zh"], row["en"]), Text(row["aim_zh"], row["aim_en"]), row.get("tier", ""))


def _clause(row: dict[str, Any]) -> ClauseFact:
    return ClauseFact(
        cid=row["id"],
        section=row["section"],
        tier=row.get("tier", ""),
        summary=Text(row["summary_zh"], row["summary_en"]),
        lead=tuple(row["lead"]),
        support=tuple(row["support"]),
        systems=tuple(SystemFact(each["name"], each["kind"], each["level"]) for each in row["systems"]),
        sha256=row["sha256"],
    )
