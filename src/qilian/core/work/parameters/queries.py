"""Reading parameters: the value that holds on a day, typed."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from qilian.core.values import clock
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
    """The values that hold or will hold: approved, and not superseded by another for the same day."""
    return ParameterValue.objects.filter(state="approved", superseded_at=None).select_related("parameter")


def values_of(key: str) -> QuerySet[ParameterValue]:
    """All values of a parameter, also proposed, superseded, rejected and withdrawn ones, the latest first."""
    rows = ParameterValue.objects.filter(parameter__key=key)
    return rows.select_related("parameter", "proposed_by", "decided_by").order_by("-valid_from", "-pk")


def former_of(row: ParameterValue) -> ParameterValue | None:
    """What holds on the first day of a value without it; None where it is the first."""
    held = published().filter(parameter=row.parameter, valid_from__lte=row.valid_from).exclude(pk=row.pk)
    return held.order_by("-valid_from").first()


def parameter_keyed(key: str) -> Parameter:
    """A parameter by its key; Refusal `parameters.unknown` (HTTP 404)."""
    row = parameters().filter(key=key).first()
    if row is None:
        raise Refusal("parameters.unknown", Text(f"没有参数 {key}。", f"There is no parameter {key}."), where=key)
    return row


def value_coded(code: str) -> ParameterValue:
    """A value by its public code; Refusal `parameters.value.unknown` (HTTP 404)."""
    rows = ParameterValue.objects.select_related("parameter", "proposed_by", "decided_by")
    row = rows.filter(code=code).first()
    if row is None:
        raise Refusal("parameters.value.unknown", Text("没有这个值。", "There is no such value."), where=code)
    return row


def parameters() -> QuerySet[Parameter]:
    """All parameters with what holds today (`held_of`); `waiting` says whether a proposal awaits its decision."""
    proposed = ParameterValue.objects.filter(parameter=OuterRef("pk"), state="proposed")
    held = published().filter(parameter=OuterRef("pk"), valid_from__lte=clock.today()).order_by("-valid_from")
    kept = {f"held_{name}": Subquery(held.values(name)[:1]) for name in ("value", "valid_from", "source")}
    return Parameter.objects.annotate(waiting=Exists(proposed), **kept)


def held_of(row: Parameter) -> Dated | None:
    """What held today when a parameter was read by `parameters`."""
    read = vars(row)
    if read["held_valid_from"] is None:
        return None
    return Dated(read["held_valid_from"], restore(row.kind, read["held_value"]), read["held_source"])


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
