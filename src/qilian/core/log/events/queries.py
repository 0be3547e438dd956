"""Reading the log: in the order of sealing, so that no reader skips a row; by subject; in sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from qilian.core.values.text import Ref

from .kernel.rebuild import rebuild
from .models import Event
from .registry import types

DIMENSIONS = ("type", "clause", "offer", "party", "unit", "region", "subject", "actor", "quantity_unit", "currency")


@dataclass(frozen=True, slots=True)
class Total:
    """How many events share the values of some dimensions, and the sums of their measures (money in fen)."""

    by: tuple[str, ...]
    events: int
    quantity: Decimal | None
    money: int | None


def sealed(
    *,
    after: int = -1,
    types: Sequence[str] = (),
    clause: str = "",
    offer: str = "",
    unit: str = "",
    subject: Ref | None = None,
) -> QuerySet[Event]:
    """Return sealed events behind a sequence, in the order of their sequences, each with its `seal`.

    A reader keeps the last sequence that he has handled and asks again with it: nothing ever appears before it.
    """
    wanted = Q(seal__sequence__gt=after) & _where(types, clause=clause, offer=offer, unit=unit)
    if subject is not None:
        wanted &= Q(subject=str(subject))
    return Event.objects.filter(wanted).select_related("seal").order_by("seal__sequence")


def events_of(subject: Ref) -> QuerySet[Event]:
    """Return all events about one record, sealed or not, in the order in which they were written."""
    return Event.objects.filter(subject=str(subject)).select_related("seal").order_by("id")


def written() -> QuerySet[Event]:
    """Return the whole log, each event with its seal if it has one, the latest first."""
    return Event.objects.select_related("seal").order_by("-id")


def written_with_names() -> QuerySet[Event]:
    """Return the whole log, each event with `actor_name`, the person's name or None, the latest first."""
    person = get_user_model().objects.filter(code=Substr(OuterRef("actor"), len("core.person:") + 1))
    return written().annotate(actor_name=Subquery(person.values("name")[:1]))


def at_sequence(sequence: int) -> Event | None:
    """Return the event at a place of the log, or None."""
    return Event.objects.select_related("seal").filter(seal__sequence=sequence).first()


def event_numbered(number: int) -> Event:
    """Return an event by its key, as links hand it to jobs; Event.DoesNotExist when there is none."""
    return Event.objects.get(pk=number)


def body_of(event: Event) -> object:
    """Return the typed body of a stored event; TypeError when no loaded module registers its type and version."""
    kind = types().get((event.type, event.version))
    if kind is None:
        raise TypeError(f"event type {event.type} version {event.version} is not registered")
    return rebuild(kind.body, event.data)


def first_by_offer(types: Sequence[str]) -> dict[tuple[str, str], datetime]:
    """Return when each offer first had an event of each of these types, by offer and type."""
    rows = Event.objects.filter(type__in=types).exclude(offer="").values_list("offer", "type").annotate(first=Min("at"))
    return {(offer, name): first for offer, name, first in rows}


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
    wanted = _where(types, clause=clause, offer=offer, unit=unit) & _between(since, until)
    measures = {"events": Count("id"), "sum_quantity": Sum("quantity"), "sum_money": Sum("money")}
    rows = Event.objects.filter(wanted).order_by(*dimensions)
    if not dimensions:
        return [_total((), rows.aggregate(**measures))]
    found = rows.values(*dimensions).annotate(**measures)
    return [_total(tuple(str(row[name]) for name in dimensions), row) for row in found]


def _where(names: Sequence[str], **equal: str) -> Q:
    wanted = Q(**{name: value for name, value in equal.items() if value})
    return wanted & Q(type__in=names) if names else wanted


def _between(since: datetime | None, until: datetime | None) -> Q:
    bounds = {"at__gte": since, "at__lt": until}
    return Q(**{name: moment for name, moment in bounds.items() if moment is not None})


def _total(by: tuple[str, ...], row: Mapping[str, object]) -> Total:
    events, quantity, money = row["events"], row["sum_quantity"], row["sum_money"]
    assert isinstance(events, int)
    return Total(
        by, events, quantity if isinstance(quantity, Decimal) else None, None if money is None else int(str(money))
    )
