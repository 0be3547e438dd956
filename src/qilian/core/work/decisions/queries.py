"""Reading decisions: the table of a day, its versions, its cases, and what the packs bring."""

from datetime import date

from django.db.models import QuerySet

from qilian.core.offers.packs.api import packs
from qilian.core.rules.dmn.api import Case, Declared, Table
from qilian.core.work.parameters.api import Parameter, ParameterValue, parameters, value_at, value_of, values_of

from .models import DecisionCase


def decisions() -> QuerySet[Parameter]:
    """All decisions; `waiting` says whether a version awaits its approval."""
    return parameters().filter(kind="decision")


def table_at(key: str, day: date) -> Table:
    """The table that decides on a day, compiled once; refusals: `parameters.unknown`, `parameters.no_value`."""
    return value_at(key, day, Table)


def table_of(version: ParameterValue) -> Table:
    """The table of a version."""
    table = value_of(version)
    assert isinstance(table, Table), "a parameter of the kind decision holds tables"
    return table


def versions(key: str) -> QuerySet[ParameterValue]:
    """All versions of a decision, also proposed, rejected and withdrawn ones, the latest first."""
    return values_of(key).filter(parameter__kind="decision")


def cases(key: str) -> QuerySet[DecisionCase]:
    """The stored cases of a decision, in their order."""
    return DecisionCase.objects.filter(decision__key=key, removed_at=None).select_related("decision")


def as_case(row: DecisionCase) -> Case:
    """A stored case as the kernel compares it."""
    return Case(row.title, row.inputs, row.expected)


def declared(key: str) -> Declared | None:
    """What a pack brings for a decision, if any."""
    return next((each for pack in packs() for each in pack.decisions if pack.key(each) == key), None)
