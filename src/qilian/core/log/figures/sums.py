"""The log in sums: events counted, quantities and money added up, by their dimensions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, Sum

from qilian.core.log.events.api import Event

DIMENSIONS = ("type", "clause", "offer", "party", "unit", "region", "subject", "actor", "quantity_unit", "currency")


@dataclass(frozen=True, slots=True)
class Total:
    """How many events share the values of some dimensions, and the sums of their measures (money in fen)."""

    by: tuple[str, ...]
    events: int
    quantity: Decimal | None
    money: int | None


def count_by(
    *dimensions: str,
    types: Sequence[str] = (),
    clause: str = "",
    offer: str = "",
    unit: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Total]:
    """Count events and add up quantity and money by some of DIMENSIONS; `since` counts, `until` no longer does.

    Name `quantity_unit` or `currency` among the dimensions where they differ: a sum over unlike units means nothing.
    ValueError for an unknown dimension.
    """
    unknown = set(dimensions) - set(DIMENSIONS)
    if unknown:
        raise ValueError(f"not dimensions of events: {', '.join(sorted(unknown))}")
    equal = {"clause": clause, "offer": offer, "unit": unit}
    wanted = Q(**{name: value for name, value in equal.items() if value}) & _between(since, until)
    wanted &= Q(type__in=types) if types else Q()
    measures = {"events": Count("id"), "sum_quantity": Sum("quantity"), "sum_money": Sum("money")}
    rows = Event.objects.filter(wanted).order_by(*dimensions)
    if not dimensions:
        return [_total((), rows.aggregate(**measures))]
    found = rows.values(*dimensions).annotate(**measures)
    return [_total(tuple(str(row[name]) for name in dimensions), row) for row in found]


def _between(since: datetime | None, until: datetime | None) -> Q:
    bounds = {"at__gte": since, "at__lt": until}
    return Q(**{name: moment for name, moment in bounds.items() if moment is not None})


def _total(by: tuple[str, ...], row: Mapping[str, object]) -> Total:
    events, quantity, money = row["events"], row["sum_quantity"], row["sum_money"]
    assert isinstance(events, int)
    return Total(
        by, events, quantity if isinstance(quantity, Decimal) else None, None if money is None else int(str(money))
    )
