"""The main plan, exactly: an independent pattern counts the annotations, the compiler must give the same lists."""

import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from qilian.spine.compiled.api import CompiledPlan
from qilian.spine.compiler.command import known_units
from qilian.spine.compiler.kernel import compile_plan

ANNOTATION = re.compile("（牵头单位：(.*?)；配合单位：(.*?)）")
PER_SECTION = {"2": (5, 6, 4, 5, 3, 4, 5, 4, 6, 4, 3), "3": (2, 1, 4, 1, 1, 2)}


@pytest.fixture(scope="module")
def source(shared: Path) -> str:
    return (shared / "plan/qinghai-2015.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def draft(source: str, root: Path) -> CompiledPlan:
    return compile_plan(source, units=known_units((root / "plan/qinghai-2015/units.toml").read_text("utf-8")))


def test_sixty_clauses_with_the_ids_of_the_plan(draft: CompiledPlan) -> None:
    expected = [
        f"{part}.{section}.{number}"
        for part, counts in PER_SECTION.items()
        for section, count in enumerate(counts, start=1)
        for number in range(1, count + 1)
    ]
    assert [clause.id for clause in draft.clauses] == expected
    assert len(expected) == 60


def test_every_list_of_units_in_order(draft: CompiledPlan, source: str) -> None:
    expected = [(lead.split("，"), support.split("，")) for lead, support in ANNOTATION.findall(source)]
    assert [(clause.units("lead"), clause.units("support")) for clause in draft.clauses] == expected
    assert sum(len(lead) for lead, _ in expected) == 76
    assert sum(len(support) for _, support in expected) == 127
    assert all(not clause.units("responsible") for clause in draft.clauses)


def test_thirty_five_strings_are_thirty_four_units(draft: CompiledPlan) -> None:
    assert len(draft.units) == 35
    assert len({unit.resolution for unit in draft.units}) == 34
    assert None not in {unit.resolution for unit in draft.units}
    assert sum(unit.collective for unit in draft.units) == 3


def test_words_are_slices_and_hold_no_annotation(draft: CompiledPlan, source: str) -> None:
    for clause in draft.clauses:
        assert clause.text == source[slice(*clause.span)]
        assert "单位：" not in clause.text
    assert "\n" in next(clause.text for clause in draft.clauses if clause.id == "2.10.3")


def test_the_words_are_those_of_the_facts(draft: CompiledPlan, root: Path) -> None:
    facts = tomllib.loads((root / "plan/qinghai-2015/clauses.toml").read_text("utf-8"))["clause"]
    digests = {clause.id: hashlib.sha256(clause.text.encode()).hexdigest() for clause in draft.clauses}
    assert digests == {fact["id"]: fact["sha256"] for fact in facts}


def test_tiers_come_from_the_preamble(draft: CompiledPlan) -> None:
    tiers = Counter(clause.tier for clause in draft.clauses)
    assert sorted(tiers.values()) == [7, 10, 11, 12, 20]
    assert {clause.tier for clause in draft.clauses if clause.id.startswith("3.")} == {None}


def test_no_deadline_no_target_no_doubt(draft: CompiledPlan) -> None:
    assert not any(clause.deadlines or clause.targets for clause in draft.clauses)
    assert draft.diagnostics == ()


def test_the_tiles_are_the_text(draft: CompiledPlan, source: str) -> None:
    assert "".join(source[slice(*node.span)] for node in draft.nodes) == source


def test_three_named_systems_of_five_are_found_exactly(draft: CompiledPlan, shared: Path) -> None:
    rows = [line.split(",") for line in (shared / "plan/named_systems.csv").read_text("utf-8").splitlines()[1:]]
    found = {clause.id: clause.systems for clause in draft.clauses}
    named = [(row[0], row[1]) for row in rows if row[3] == "named"]
    assert len(named) == 115
    assert sum(name in found[clause] for clause, name in named) >= 70
