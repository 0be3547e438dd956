"""Reading parameters: the value that holds on a day, typed."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from qilian.core.values.text import Refusal, Text

from .kernel import Dated, T, Value, restore
from .models import Parameter, ParameterValue


def value_at(key: str, day: date, kind: type[T]) -> T:
    """The value of a parameter on a day, as the type the caller counts with: int, Decimal, Money, str, date or tuple.

    TypeError when the parameter is of another kind: a defect of the caller. Refusals: `parameters.unknown`, and
    `parameters.no_value` when nothing has been published for that day.
    """
    found = dated_at(key, day).value
    if not isinstance(found, kind):
        raise TypeError(f"parameter {key} is not a {kind.__name__}")
    return found


def dated_at(key: str, day: date) -> Dated:
    """The value of a parameter on a day with first day and source, for pages that cite it; refusals as above."""
    row = published().filter(parameter__key=key, valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        raise _no_value(key, day)
    return Dated(row.valid_from, value_of(row), row.source)


def value_of(row: ParameterValue) -> Value:
    """The value of a row."""
    return restore(row.parameter.kind, row.value)


def published() -> QuerySet[ParameterValue]:
    """The values that hold or will hold."""
    return ParameterValue.objects.filter(state="published").select_related("parameter")


def values_of(key: str) -> QuerySet[ParameterValue]:
    """All values of a parameter, also proposed, superseded, rejected and withdrawn ones, the latest first."""
    rows = ParameterValue.objects.filter(parameter__key=key)
    return rows.select_related("parameter", "proposed_by", "approved_by").order_by("-valid_from", "-pk")


def parameters() -> QuerySet[Parameter]:
    """All parameters; `waiting` says whether a proposal awaits its decision."""
    proposed = ParameterValue.objects.filter(parameter=OuterRef("pk"), state="proposed")
    return Parameter.objects.annotate(waiting=Exists(proposed))


def _no_value(key: str, day: date) -> Refusal:
    if not Parameter.objects.filter(key=key).exists():
        message = Text(f"没有参数 {key}。", f"There is no parameter {key}.")
        return Refusal("parameters.unknown", message, where=key)
    return Refusal(
        "parameters.no_value",
        Text(f"参数 {key} 在 {day} 没有已公布的值。", f"Parameter {key} has no published value on {day}."),
        where=key,
        remedy=Text("请在“参数”页面提出并公布。", "Propose and publish one on the page “Parameters”."),
    )
