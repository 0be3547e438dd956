"""Six published plans in other styles: every annotation found, none invented; patterns here count independently."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.compiler.kernel import compile_plan

SPOKEN = re.compile(r"（([^（）]*?)负责(?:，排在[^（）]*|。列[^（）]*)?）")


def load(shared: Path, number: str) -> tuple[str, CompiledPlan]:
    path = next((shared / "plan/samples").glob(f"{number}-*.txt"))
    text = path.read_text("utf-8")
    draft = compile_plan(text)
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text
    assert all(clause.text == text[slice(*clause.span)] for clause in draft.clauses)
    return text, draft


def roles(draft: CompiledPlan) -> list[CompiledClause]:
    return [clause for clause in draft.clauses if clause.assignments]


def plain(written: str) -> list[str]:
    """Split a list of units by hand: marks, and the conjunction before a collective; what follows 等 is dropped."""
    parts = re.split("[、，]", re.sub("(按职责分工|牵头)$", "", written))
    parts = [part for piece in parts for part in re.split("及(?=各|相关)", piece)]
    return [part.split("等")[0] for part in parts if part.split("等")[0]]


def test_a_plan_without_annotations_has_clauses_and_no_roles(shared: Path) -> None:
    _, draft = load(shared, "01")
    assert roles(draft) == [] and draft.units == ()
    assert [clause.id for clause in draft.clauses if clause.id.startswith("3.")] == [f"3.{n}" for n in range(1, 8)]


@pytest.mark.parametrize(("number", "count"), [("02", 21), ("03", 18), ("04", 15)])
def test_the_first_named_leads_where_the_text_says_so(shared: Path, number: str, count: int) -> None:
    text, draft = load(shared, number)
    written = SPOKEN.findall(text)
    assert len(roles(draft)) == len(written) == count
    for clause, words in zip(roles(draft), written, strict=True):
        names = plain(words)
        if words.endswith("牵头"):
            assert clause.units("lead") == names
            continue
        assert (clause.units("lead"), clause.units("support")) == (names[:1], names[1:])
        assert {assignment.origin for assignment in clause.assignments} == {"positional"}
        assert clause.open_list == ("等" in words)


@pytest.mark.parametrize(("number", "count", "strings"), [("05", 99, 39), ("06", 20, 33)])
def test_lost_paragraphs_and_open_lists(shared: Path, number: str, count: int, strings: int) -> None:
    text, draft = load(shared, number)
    written = SPOKEN.findall(text)
    assert len(roles(draft)) == len(draft.clauses) == len(written) == count
    assert len(draft.units) == strings
    for clause, words in zip(draft.clauses, written, strict=True):
        lead, _, rest = words.rpartition("牵头，")
        assert clause.units("lead") == (plain(lead) if lead else [])
        assert clause.units("responsible") == plain(rest)
        assert clause.open_list == ("等" in words)
    assert draft.diagnostics == ()
    assert len({clause.id for clause in draft.clauses}) == count


def test_targets_of_the_fourth_plan(shared: Path) -> None:
    _, draft = load(shared, "03")
    aims = next(clause for clause in draft.clauses if clause.id == "1.2")
    figures = [(target.op, target.value, target.unit, target.deadline) for target in aims.targets]
    assert (">", Decimal(10), "亿千瓦", "2020-12-31") in figures
    assert ("~", Decimal(11), "亿千瓦", "2025-12-31") in figures
    assert [value for op, value, unit, _ in figures if unit == "%"][-1] == Decimal(50)
    assert len(figures) == 16  # 马铃薯种植、收获机械化率均达到45% says it of two
