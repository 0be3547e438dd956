"""The procedures of the plan: each is sound, is walked to its favourable end and to a refusal; its samples fit."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from qilian.core.house.forms.api import check
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.core.values.yaml import plain_yaml
from qilian.domains import PACKS
from qilian.engines.casework.flow import kernel as flow
from qilian.engines.casework.flow.kernel import Case, Situation
from qilian.engines.casework.procedures.api import HANDLING, Graph, Procedure, read_procedure

DOMAINS = Path(__file__).resolve().parents[2] / "src/qilian/domains"
FILES = sorted(DOMAINS.glob("*/procedures/*.yaml"))
MOST = 25
"""Deeds of people and ends of waits that the favourable way may take."""
_HAN = re.compile(r"[\u3400-\u9fff]")
DECIDED = {f"{pack.slug}.{each.slug}": each for pack in PACKS for each in pack.decisions}

each_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def procedure(path: Path) -> Procedure:
    return read_procedure(path.read_text(encoding="utf-8"))


def typed(item: Procedure, sample: Mapping[str, str]) -> dict[str, Any]:
    """What conditions see of a sample: amounts in 元, all else as the form reads it."""
    values = check(item.form, sample).values
    return {name: value.in_unit("元") if isinstance(value, Money) else value for name, value in values.items()}


def situation(item: Procedure, sample: Mapping[str, str]) -> Situation:
    return Situation(typed(item, sample), lambda node: node.ways[0].outcome, "fgw")


def onward(graph: Graph, case: Case, at: Situation) -> Case:
    """One deed on the favourable way: the first open task with its first outcome, else the first wait ends."""
    if case.tasks:
        step = case.tasks[0]
        return flow.complete(graph, case, at, step=step.number, outcome=graph[step.node].ways[0].outcome)
    waiting = next(step for step in case.live if step.kind in ("wait", "call"))
    return flow.wake(graph, case, at, step=waiting.number)


def refusing(graph: Graph, case: Case) -> tuple[int, str] | None:
    """An open task of an official, and an outcome of it that refuses; None while no such one is open."""
    for step in case.tasks:
        node = graph[step.node]
        for way in node.ways[1:]:
            target = graph[way.target]
            if target.kind == "end" and not target.granted and not node.quorum and not node.by[0].applicant:
                return step.number, way.outcome
    return None


@each_file
def test_a_procedure_is_sound_and_short(path: Path) -> None:
    item = procedure(path)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 90
    assert 4 <= len(item.form.fields) <= 10
    assert item.basis
    assert item.conditions
    assert item.materials
    assert item.results
    assert item.keywords
    assert all(each.limit for each in item.graph.nodes.values() if each.kind == "task")


@each_file
def test_always_the_first_outcome_leads_to_the_favourable_end(path: Path) -> None:
    item = procedure(path)
    for sample in item.samples:
        at = situation(item, sample)
        case, deeds = flow.opened(item.graph, at), 0
        while case.state == "open":
            case, deeds = onward(item.graph, case, at), deeds + 1
            assert deeds <= MOST
        assert case.state == "ended"
        # a sample that a route sends elsewhere by what it says ends there; the favourable way is that of the first
        assert item.graph[case.end].granted or sample is not item.samples[0]


@each_file
def test_an_official_may_refuse(path: Path) -> None:
    item = procedure(path)
    at = situation(item, item.samples[0])
    case = flow.opened(item.graph, at)
    while case.state == "open" and (found := refusing(item.graph, case)) is None:
        case = onward(item.graph, case, at)
    assert found is not None
    case = flow.complete(item.graph, case, at, step=found[0], outcome=found[1])
    assert case.state == "ended"
    assert not item.graph[case.end].granted


@each_file
def test_samples_fit_the_form_and_say_that_they_are_invented(path: Path) -> None:
    item = procedure(path)
    assert len(item.samples) == 2
    for sample in item.samples:
        assert [str(each) for each in check(item.form, sample).refusals] == []
        assert any("演示" in said for said in sample.values())


@each_file
def test_everything_is_said_in_english_too(path: Path) -> None:
    item = procedure(path)
    nodes = list(item.graph.nodes.values())
    forms = [item.form, *(node.form for node in nodes if node.form)]
    said: list[Text] = [item.title, *(node.title for node in nodes), *(node.pause for node in nodes if node.pause)]
    for field in (field for form in forms for field in form.fields):
        said += [
            field.label,
            *(text for _, text in field.choices),
            *(each for each in (field.hint, field.unit) if each),
        ]
    assert [each.zh for each in said if _HAN.search(each.en)] == []


@each_file
def test_who_does_a_step_is_the_handling_unit_or_a_unit_of_the_plan(path: Path, root: Path) -> None:
    units = tomllib.loads((root / "plan/qinghai-2015/units.toml").read_text(encoding="utf-8"))["unit"]
    known = {each["code"] for each in units if "to" not in each} | {HANDLING, ""}
    graph = procedure(path).graph
    assert {each.unit for node in graph.nodes.values() for each in (*node.by, *node.copies)} <= known


@each_file
def test_a_decision_is_declared_and_the_form_asks_for_what_it_needs(path: Path) -> None:
    item = procedure(path)
    fields = {field.name for field in item.form.fields}
    deciding = [node for node in item.graph.nodes.values() if node.kind == "decision"]
    for name in {*(node.decision for node in deciding), *([item.check] if item.check else [])}:
        for version in DECIDED[name].versions:
            table = plain_yaml(str(version.table), "table")
            assert {each["expression"] for each in table["inputs"]} <= fields
            results = {row[-1] for row in table["rules"]}
            assert all(results <= {way.outcome for way in node.ways} for node in deciding if node.decision == name)


def test_every_procedure_that_the_plan_asks_for_has_a_file_and_no_other_has() -> None:
    asked = {
        (pack.section, each.slug) for pack in PACKS for each in (*pack.offers, *pack.awaits) if each.kind == "procedure"
    }
    sections = {pack.slug: pack.section for pack in PACKS}
    assert {(sections[path.parts[-3].partition("_")[2]], path.stem) for path in FILES} == asked
