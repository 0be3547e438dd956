"""The JSON of a compiled plan read back: a draft keeps it while people work on it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qilian.spine.annotation.api import Diagnostic
from qilian.spine.language.api import Deadline, Span, Target

from .result import Assignment, CompiledClause, CompiledPlan

Row = Mapping[str, Any]  # rows of our own JSON: Any until they stand in a dataclass


def from_json(data: Row) -> CompiledPlan:
    """Return the plan that `as_json` wrote, without the tiles of its text; an empty object is an empty plan."""
    return CompiledPlan(
        tuple(map(_clause, data.get("clauses", ()))),
        tuple(Diagnostic(_span(row), row["kind"], row["message"]) for row in data.get("diagnostics", ())),
    )


def _clause(row: Row) -> CompiledClause:
    return CompiledClause(
        id=row["id"],
        section=tuple(row["section"]),
        text=row["text"],
        span=_span(row),
        tier=row["tier"],
        assignments=tuple(map(_assignment, row["roles"])),
        open_phrases=_open_phrases(row),
        open_list=row["open_list"],
        scope=row["scope"],
        deadlines=tuple(Deadline(each["text"], each["date"], _span(each)) for each in row["deadlines"]),
        targets=tuple(map(_target, row["targets"])),
        systems=tuple(row["systems"]),
        persons=tuple(row["persons"]),
        edited=row.get("edited", False),
    )


def _open_phrases(row: Row) -> tuple[str, ...]:
    """The JSON lists collectives and the open ends of lists together: what is no collective unit is an open end."""
    named = {each["unit"] for each in row["roles"] if each["collective"]}
    return tuple(each for each in row["collectives"] if each not in named)


def _assignment(row: Row) -> Assignment:
    return Assignment(
        row["unit"], row["role"], row["origin"], _span(row), row["collective"], row["resolution"], row["carried"]
    )


def _target(row: Row) -> Target:
    value = row["value"]
    return Target(
        text=row["text"],
        indicator=row["indicator"],
        op=row["op"],
        value=tuple(Decimal(str(each)) for each in value) if isinstance(value, list) else _number(value),
        unit=row["unit"],
        base=row["base"],
        deadline=row["deadline"],
        span=_span(row),
        direction=row["direction"],
        bound=row["bound"],
    )


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _span(row: Row) -> Span:
    start, end = row["span"]
    return int(start), int(end)
