"""Fragments of plans in styles of real offices, invented here, each with what a careful reader finds in it.

Every answer in `fragments/` was written before the compiler was asked; the cases beside the repository are read by the
same rules (`bench/reading.py` counts both).
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.compiler.kernel import KnownUnit, compile_plan

ROLES = ("lead", "support", "responsible")
FRAGMENTS = [
    fragment
    for path in sorted((Path(__file__).parent / "fragments").glob("*.toml"))
    for fragment in tomllib.loads(path.read_text("utf-8"))["fragment"]
]


def compiled(wanted: Mapping[str, Any]) -> CompiledPlan:
    units = [KnownUnit(code, (name,)) for code, name in wanted.get("units", ())]
    draft = compile_plan(wanted["text"], units=units, start_year=wanted.get("start_year"))
    assert "".join(wanted["text"][slice(*node.span)] for node in draft.nodes) == wanted["text"]
    return draft


def clause_with(draft: CompiledPlan, has: str) -> CompiledClause:
    words = has.split("|")
    by_text = [clause for clause in draft.clauses if any(each in clause.text for each in words)]
    return (by_text or [c for c in draft.clauses if any(each in name for each in words for name in c.section)])[0]


def answer(clause: CompiledClause, wanted: Mapping[str, Any]) -> dict[str, object]:
    """Return of a clause what is asked: its roles always, apart from those that a rule adds where these are asked."""
    apart = "default" in wanted
    roles = {
        role: [own.unit for own in clause.assignments if own.role == role and not (apart and own.origin == "default")]
        for role in ROLES
    }
    more = {
        "default": [own.unit for own in clause.assignments if own.origin == "default"],
        "persons": list(clause.persons),
        "deadlines": [own.date for own in clause.deadlines],
        "resolution": [own.resolution for own in clause.assignments],
        "id_ends": clause.id.rpartition(".")[2],
    }
    return {**roles, **{key: value for key, value in more.items() if key in wanted}}


def check(wanted: Mapping[str, Any]) -> None:
    draft = compiled(wanted)
    for each in wanted.get("clauses", ()):
        expected = {
            **{role: [] for role in ROLES},
            **{key: value for key, value in each.items() if key not in ("has", "kind")},
        }
        assert answer(clause_with(draft, each["has"]), each) == expected, each["has"]
    for words in wanted.get("doubts", ()):
        assert any(overlap(words, wanted["text"], span) for span in told(draft)), words
    assert not any(wanted["no_text"] in clause.text for clause in draft.clauses if "no_text" in wanted)
    if "targets" in wanted:
        assert figures(draft, wanted["targets"], values_only=wanted.get("values_only", False)) == wanted["targets"]


def told(draft: CompiledPlan) -> Iterator[tuple[int, int]]:
    yield from (own.span for clause in draft.clauses for own in clause.assignments)
    yield from (doubt.span for doubt in draft.diagnostics)


def overlap(words: str, text: str, span: tuple[int, int]) -> bool:
    start = text.index(words)
    return span[0] < start + len(words) and start < span[1]


def figures(draft: CompiledPlan, asked: list[dict[str, object]], *, values_only: bool) -> list[dict[str, object]]:
    """Return the targets in order, each with the keys that are asked; where only values are asked the rest agrees."""
    found = [target.as_json() for clause in draft.clauses for target in clause.targets]
    keys = [("value", "unit") if values_only else tuple(each) for each in asked]
    rest = [
        {key: value for key, value in each.items() if values_only and key not in ("value", "unit")} for each in asked
    ]
    assert len(found) == len(asked)
    return [{**more, **{key: each[key] for key in own}} for each, own, more in zip(found, keys, rest, strict=True)]


@pytest.mark.parametrize("wanted", FRAGMENTS, ids=lambda wanted: wanted["name"])
def test_a_fragment_says_what_a_careful_reader_finds(wanted: Mapping[str, Any]) -> None:
    check(wanted)


def test_every_case_beside_the_repository_is_read(shared: Path) -> None:
    cases = sorted((shared / "testdata/cases/plan").glob("*.json"))
    assert cases
    for path in cases:
        check({"text": path.with_suffix(".txt").read_text("utf-8"), **json.loads(path.read_bytes())})
