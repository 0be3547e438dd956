"""A fact as a row, and a row as the fact that its digest covers: every column of one is a field of the other."""

from collections.abc import Sequence
from dataclasses import fields

from qilian.core.house.tables import prepared
from qilian.core.values.merkle.api import canonical_json

from .hashing import log_hash
from .kernel.canonical import Fact, digest
from .models import Event

_COLUMNS = tuple(item.name for item in fields(Fact))
_PLACES = "%s, " * len(_COLUMNS) + "%s"
_INSERT = f"INSERT INTO core_event ({', '.join(_COLUMNS)}, digest) VALUES ({_PLACES}) RETURNING id, transaction"


def row_of(fact: Fact) -> Event:
    """Return the row of a fact with its digest, not yet saved."""
    return Event(**{name: getattr(fact, name) for name in _COLUMNS}, digest=digest(fact, log_hash()))


def inserted(events: Sequence[Event]) -> list[Event]:
    """Save rows of facts in their order; the usual case, one, by a statement that the server knows already."""
    if len(events) != 1:
        return Event.objects.bulk_create(events)
    (event,) = events
    written = {"money": event.money and str(event.money), "data": canonical_json(event.data).decode()}
    values = [written.get(name, getattr(event, name)) for name in _COLUMNS]
    ((event.pk, event.transaction),) = prepared(_INSERT, [*values, event.digest])
    event._state.adding, event._state.db = False, "default"
    return [event]


def fact_of_row(event: Event) -> Fact:
    """Return the fact that a row states today; its digest equals the stored one unless somebody changed the row."""
    return Fact(**{name: getattr(event, name) for name in _COLUMNS})
