"""Twenty-six plans that we wrote ourselves in styles of real offices, and what a careful reader finds in each.

Each plan is a text in `unseen/` with the reader's ledger beside it, written before the compiler was asked. Where both
did not agree, either the compiler was mended or the ledger says what the schema means: `delta` keeps the figure,
whoever stands first leads where the text says so, 会同 alone gives no lead.
"""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.compiler.adapters.readers import simplification
from qilian.spine.compiler.kernel import Target, compile_plan

PLANS = sorted(path.stem for path in (Path(__file__).parent / "unseen").glob("*.txt"))


def load(name: str) -> tuple[CompiledPlan, dict[str, dict[str, object]], list[str]]:
    folder = Path(__file__).parent / "unseen"
    text = (folder / f"{name}.txt").read_text("utf-8")
    ledger = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    draft = compile_plan(text, start_year=2026, simplify=simplification(text))
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text
    assert all(clause.text == text[slice(*clause.span)] for clause in draft.clauses)
    return draft, ledger.get("clauses", {}), ledger["doubts"]


def figure(target: Target) -> str:
    values = target.value if isinstance(target.value, tuple) else (target.value,)
    return f"{target.op} {'–'.join('' if value is None else plain(value) for value in values)} {target.unit}"


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def read(clause: CompiledClause, asked: dict[str, object]) -> dict[str, object]:
    """Return of a clause what the ledger says about it; roles always."""
    found: dict[str, object] = {
        "lead": clause.units("lead"),
        "support": clause.units("support"),
        "responsible": clause.units("responsible"),
        "open": clause.open_list,
    }
    if "persons" in asked:
        found["persons"] = len(clause.persons)
    if "deadlines" in asked:
        found["deadlines"] = sorted([own.text, own.date or ""] for own in clause.deadlines)
    if "targets" in asked:
        found["targets"] = [figure(target) for target in clause.targets]
    if "indicators" in asked:
        found["indicators"] = [target.indicator for target in clause.targets]
    return found


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_says_what_a_careful_reader_finds(name: str) -> None:
    draft, ledger, doubts = load(name)
    found = {clause.id: clause for clause in draft.clauses}
    nothing: dict[str, object] = {"lead": [], "support": [], "responsible": [], "open": False}
    for cid, asked in ledger.items():
        expected = nothing | asked
        if "deadlines" in asked:
            expected["deadlines"] = sorted(asked["deadlines"])  # type: ignore[call-overload]
        assert read(found[cid], asked) == expected, (name, cid)
    assert {clause.id for clause in draft.clauses if clause.assignments} <= set(ledger), name
    assert sorted(doubt.kind for doubt in draft.diagnostics) == doubts
