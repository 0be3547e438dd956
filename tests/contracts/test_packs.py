"""The contract of every pack and every offer, and wrecked packs that prove each clause of the contract bites."""

import dataclasses
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from qilian.core.house.parts.api import KINDS, Finding, kinds
from qilian.core.offers.packs.api import Awaited, Cite, Offer, Pack, problems
from qilian.core.values.text import Text
from qilian.domains import PACKS
from qilian.spine.coverage.api import (
    ClauseFact,
    PlanFacts,
    System,
    coverage,
    plan_problems,
    read_plan,
)
from qilian.spine.coverage.kernel.checks import pack_problems

each_pack = pytest.mark.parametrize("pack", PACKS, ids=[pack.slug for pack in PACKS])


@pytest.fixture(scope="module")
def plan(root: Path) -> PlanFacts:
    return read_plan(root / "plan" / "qinghai-2015")


@each_pack
def test_a_pack_is_sound_by_itself(pack: Pack) -> None:
    assert pack_problems(pack) == ()


@each_pack
def test_a_pack_carries_the_title_of_its_section(pack: Pack, plan: PlanFacts) -> None:
    assert pack.title == {section.id: section.title for section in plan.sections}[pack.section]


@each_pack
def test_a_pack_lies_in_the_folder_of_its_slug(pack: Pack, root: Path) -> None:
    part, number = pack.section.split(".")
    folder = root / "src/qilian/domains" / f"{'dm'[part == '3']}{int(number):02d}_{pack.slug}"
    assert (folder / "pack.py").is_file() and (folder / "README.md").is_file()
    lines = sum(len(path.read_text().splitlines()) for name in ("pack", "rules") for path in folder.glob(f"{name}.py"))
    assert lines <= 300


def test_all_packs_together_answer_the_plan(plan: PlanFacts) -> None:
    assert plan_problems(PACKS, plan.clauses, kinds()) == ()
    assert problems() == ()


def test_packs_stand_in_the_order_of_the_plan(plan: PlanFacts) -> None:
    assert [pack.section for pack in PACKS] == [section.id for section in plan.sections]


def test_nothing_of_the_plan_is_unanswered(plan: PlanFacts) -> None:
    report = coverage(PACKS, plan.clauses, {}, kinds())
    assert len(report.clauses) == 60
    assert Counter(row.system.level for row in report.systems) == {"named": 115, "generic": 24}
    assert report.unanswered == ()


def test_every_kind_of_the_table_is_asked_for() -> None:
    assert {answer.kind for pack in PACKS for answer in pack.answers} == set(KINDS)


# The wrecks: a small plan, a sound pair of packs, and one defect at a time.

TITLE = Text("题", "Title")
SMALL = (
    ClauseFact("2.1.1", "2.1", TITLE, (System("物流园", "project", "named"),)),
    ClauseFact("2.1.2", "2.1", TITLE),
    ClauseFact("3.1.1", "3.1", TITLE),
)
PARK = Awaited("project", "park", TITLE, Cite("2.1.1", "物流园"))
FREIGHT = Awaited("hall", "freight", TITLE, Cite("2.1.2"))
SUBSIDY = Awaited("procedure", "subsidy", TITLE, Cite("3.1.1"))
LOGISTICS = Pack(section="2.1", slug="logistics", title=TITLE, awaits=(PARK, FREIGHT))
FISCAL = Pack(section="3.1", slug="fiscal", title=TITLE, awaits=(SUBSIDY,))
TODAY = frozenset({"directory"})


@dataclass(frozen=True, kw_only=True)
class Shelf(Offer):
    """An offering that always complains of itself."""

    kind: ClassVar[str] = "directory"

    def problems(self) -> tuple[Finding, ...]:
        return (Finding("empty-shelf", self.slug, TITLE),)


def with_freight(**changes: object) -> Pack:
    return dataclasses.replace(LOGISTICS, awaits=(PARK, dataclasses.replace(FREIGHT, **changes)))


BROKEN = {
    "slug": with_freight(slug="Freight Hall"),
    "slug-twice": dataclasses.replace(LOGISTICS, awaits=(PARK, FREIGHT, FREIGHT)),
    "title": with_freight(title=Text("货源", " ")),
    "kind": with_freight(kind="wonder"),
    "no-cite": with_freight(answers=()),
    "home": with_freight(answers=(Cite("3.1.1"), Cite("2.1.2"))),
    "order": dataclasses.replace(LOGISTICS, awaits=(FREIGHT, PARK)),
    "clause": with_freight(answers=(Cite("2.1.2"), Cite("2.1.9"))),
    "system": with_freight(answers=Cite("2.1.2", "物流园")),
    "stale-wait": with_freight(kind="directory"),
    "no-engine": dataclasses.replace(
        LOGISTICS, offers=(type("Fleet", (Shelf,), {"kind": "network"})(slug="f", title=TITLE, answers=Cite("2.1.2")),)
    ),
    "empty-shelf": dataclasses.replace(LOGISTICS, offers=(Shelf(slug="s", title=TITLE, answers=Cite("2.1.2")),)),
    "section": dataclasses.replace(LOGISTICS, section="2.9"),
    "section-missing": dataclasses.replace(LOGISTICS, section="2.9"),
    "section-twice": dataclasses.replace(LOGISTICS, section="3.1"),
    "pack-twice": dataclasses.replace(LOGISTICS, slug="fiscal"),
    "clause-unanswered": dataclasses.replace(LOGISTICS, awaits=(PARK,)),
    "system-unanswered": dataclasses.replace(
        LOGISTICS, awaits=(dataclasses.replace(PARK, answers=Cite("2.1.1")), FREIGHT)
    ),
}


def test_the_small_plan_is_sound() -> None:
    assert plan_problems([LOGISTICS, FISCAL], SMALL, TODAY) == ()


@pytest.mark.parametrize("code", BROKEN)
def test_a_wrecked_pack_is_found(code: str) -> None:
    findings = plan_problems([BROKEN[code], FISCAL], SMALL, TODAY)
    assert code in {finding.code for finding in findings}
    assert all(finding.where and finding.message.zh and finding.message.en for finding in findings)


def test_no_defect_is_found_where_there_is_none() -> None:
    """A kind may be cited twice, and an offer of an installed kind may stand beside those that wait."""
    quiet = type("Quiet", (Offer,), {"kind": "directory"})(slug="parks", title=TITLE, answers=Cite("2.1.2"))
    assert plan_problems([dataclasses.replace(LOGISTICS, offers=(quiet,)), FISCAL], SMALL, TODAY) == ()
