"""What a case is about when it moves: its data as FEEL reads them, and the decisions of its day."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qilian.core.house.forms.api import read
from qilian.core.rules.dmn.api import literal, readings
from qilian.core.values.money import Money
from qilian.core.work.decisions.api import table_at
from qilian.engines.casework.procedures.api import Node, Procedure

from .kernel import Situation
from .models import Case


def situation_of(row: Case, procedure: Procedure, outcomes: Mapping[str, str]) -> Situation:
    """The situation of a case: fields of its forms, outcomes of its steps by name, applicant, unit, division, day."""
    forms = [procedure.form, *(node.form for node in procedure.graph.nodes.values() if node.form)]
    fields = {spec.name: spec for form in forms for spec in form.fields}
    values = {name: _plain(read(fields[name], said)) for name, said in row.data.items() if name in fields}
    about = {
        "申请人": row.party.name if row.party else "",
        "承办": row.unit,
        "地区": row.region,
        "申请日": row.opened_at.date(),
    }
    data = {**dict.fromkeys(fields), **outcomes, **about, **values}
    return Situation(data, lambda node: decided(row, node), row.unit)


def decided(row: Case, node: Node) -> str:
    """What a decision table of the day of the application answers on the data of a case; "" for nothing."""
    table = table_at(node.decision, row.opened_at.date())
    result = table.decide(readings(table, {name: str(said) for name, said in row.data.items()})).result
    return result if isinstance(result, str) else "" if result is None else literal(result)


def _plain(value: Any) -> Any:
    """A value as FEEL takes it: money as a number of yuan."""
    return Decimal(value.fen) / 100 if isinstance(value, Money) else value
