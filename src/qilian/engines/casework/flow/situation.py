"""What a case is about when it moves: its data as FEEL reads them, and the decisions of its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from qilian.core.house.forms.api import read
from qilian.core.rules.dmn.api import Table, literal, readings
from qilian.core.values.money import Money
from qilian.core.work.parameters.api import dated_at
from qilian.engines.casework.procedures.api import Node, Procedure

from .kernel import Situation
from .models import Case


@dataclass(frozen=True, slots=True)
class Decided:
    """What a table answered on a case: at which step, the rules that matched, since when it holds, its source."""

    node: str
    decision: str
    result: str
    rules: tuple[int, ...]
    valid_from: date
    source: str


def situation_of(row: Case, procedure: Procedure, outcomes: Mapping[str, str], answers: list[Decided]) -> Situation:
    """The situation of a case: fields of its forms, outcomes of its steps and decisions by name, applicant, unit, day.

    What tables decide while it moves is added to `answers`.
    """
    forms = [procedure.form, *(node.form for node in procedure.graph.nodes.values() if node.form)]
    fields = {spec.name: spec for form in forms for spec in form.fields}
    values = {name: _plain(read(fields[name], said)) for name, said in row.data.items() if name in fields}
    results = {name: said for name, said in row.data.items() if name not in fields}
    about = {
        "申请人": row.party.name if row.party else "",
        "承办": row.unit,
        "地区": row.region,
        "申请日": row.opened_at.date(),
    }

    def decide(node: Node) -> str:
        answers.append(decided(row, node))
        return answers[-1].result

    return Situation({**dict.fromkeys(fields), **outcomes, **results, **about, **values}, decide, row.unit)


def decided(row: Case, node: Node) -> Decided:
    """What the table of the day of the application answers on the data of a case; "" for nothing."""
    held = dated_at(node.decision, row.opened_at.date())
    table = held.value
    assert isinstance(table, Table), "a decision's value is a table"
    found = table.decide(readings(table, row.data))
    result = found.result
    said = result if isinstance(result, str) else "" if result is None else literal(result)
    return Decided(node.slug, node.decision, said, found.matched, held.valid_from, held.source)


def _plain(value: Any) -> Any:
    """A value as FEEL takes it: money as a number of yuan."""
    return Decimal(value.fen) / 100 if isinstance(value, Money) else value
