"""Values as pages show them."""

from collections.abc import Iterable
from typing import Any

from qilian.core.rules.dmn.api import Table
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .kernel import Dated, Value
from .models import Parameter, ParameterValue
from .queries import value_of


def shown(parameter: Parameter, value: Value) -> Any:
    """A value for a cell or a fact: numbers with their unit, tables by their number of rows or rules."""
    if isinstance(value, Table):
        rules = len(value.shape.rules)
        return Text(f"{rules} 条规则", f"{rules} rules" if rules != 1 else "1 rule")
    if isinstance(value, tuple):
        return Text(f"{len(value)} 行", f"{len(value)} rows" if len(value) != 1 else "1 row")
    if parameter.unit and not isinstance(value, Money):
        return f"{value:,} {parameter.unit}" if isinstance(value, int) else f"{value} {parameter.unit}"
    return value


def dated(rows: Iterable[ParameterValue]) -> list[Dated]:
    """The published among these rows as dated values."""
    return [Dated(row.valid_from, value_of(row), row.source) for row in rows if row.state == "published"]
