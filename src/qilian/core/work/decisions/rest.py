"""Decisions for programs, under `/api/v1/decisions/`: all, one of them, and what it decides of a case."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from qilian.core.rules.dmn.api import literal, readings, wanted
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text

from .queries import decisions, table_at
from .queries import versions as versions_of

router = Router(tags=["decisions"])


class DecisionOut(Schema):
    """One decision."""

    key: str
    title_zh: str
    title_en: str
    clause: str


class DecisionVersionOut(Schema):
    """One version of a decision's table, as CSV in the officials' form."""

    code: str
    valid_from: date
    state: str
    source: str
    table: str


class InputOut(Schema):
    """One input that a decision asks for."""

    name: str
    title: str
    type: str


class DecisionWithVersions(DecisionOut):
    """One decision with what it asks for today, and its published versions."""

    inputs: list[InputOut]
    versions: list[DecisionVersionOut]


class Asked(Schema):
    """The inputs of a case by name, written as on the page, and the day whose version decides (today without one)."""

    inputs: dict[str, str]
    on: date | None = None


class Decided(Schema):
    """A result as FEEL text, the rules that matched, what failed, and the reasons in both languages."""

    result: str
    rules: list[int]
    problems: list[str]
    reasons_zh: list[str]
    reasons_en: list[str]


@router.get("/", response=list[DecisionOut], summary="All decisions")
def read_decisions(request: HttpRequest) -> list[Any]:
    """Return all decisions in the order of their keys."""
    return list(decisions().order_by("key"))


@router.get("/{key}", response=DecisionWithVersions, summary="A decision with its published versions")
def read_decision(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return one decision; 404 for a key that is none."""
    decision = decisions().filter(key=key).first()
    if decision is None:
        message = Text(f"没有决策表 {key}。", f"There is no decision {key}.")
        raise Refusal("decisions.unknown", message, where=key)
    rows = [row for row in versions_of(key) if row.state == "published"]
    holding = next((row for row in rows if row.valid_from <= clock.today()), None)
    asked = wanted(table_at(key, clock.today())) if holding else ()
    return {
        "key": key,
        "title_zh": decision.title_zh,
        "title_en": decision.title_en,
        "clause": decision.clause,
        "inputs": [{"name": each.name, "title": each.title, "type": each.type} for each in asked],
        "versions": [
            {
                "code": row.code,
                "valid_from": row.valid_from,
                "state": row.state,
                "source": row.source,
                "table": row.value,
            }
            for row in rows
        ],
    }


@router.post("/{key}/evaluation", response=Decided, summary="Decide one case; nothing is stored")
def post_evaluation(request: HttpRequest, key: str, asked: Asked) -> Decided:
    """Decide by the version of a day, open to everyone as the rule is; refusals as on the page."""
    table = table_at(key, asked.on or clock.today())
    decided = table.decide(readings(table, asked.inputs))
    reasons = decided.trace.sentences()
    return Decided(
        result=literal(decided.result),
        rules=list(decided.matched),
        problems=[str(each.message) for each in decided.diagnostics],
        reasons_zh=[each.zh for each in reasons],
        reasons_en=[each.en for each in reasons],
    )
