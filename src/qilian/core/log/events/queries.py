"""Reading the log: in the order of sealing, so that no reader skips a row; by subject; in sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from qilian.core.house.tables import prepared
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


def oldest_unsealed() -> datetime | None:
    """Return when the oldest event was written that has no seal yet; None when the sealer has come to the end.

    Looked for behind the last batch, and among the latest events, which is enough in a log that was restored.
    """
    ((oldest,),) = prepared(_OLDEST, [])
    found: datetime | None = oldest
    return found


_OLDEST = """
    SELECT min(at) FROM (
        (SELECT id, at FROM core_event
         WHERE (transaction, id) > (SELECT transaction, event FROM core_seal_batch ORDER BY id DESC LIMIT 1)
         ORDER BY transaction, id LIMIT 200)
        UNION ALL (SELECT id, at FROM core_event ORDER BY id DESC LIMIT 200)) AS written
    WHERE NOT EXISTS (SELECT FROM core_seal WHERE event_id = written.id)"""


def so_far(*beginnings: str) -> tuple[int, int]:
    """Return how many facts there are whose types begin so (`units.`), and the number of the latest; both only grow.

    What was made from such facts may be kept under the pair: whatever is committed changes it, in any order of commits.
    """
    names = tuple(sorted(name for name, _ in types() if name.startswith(beginnings)))
    known = _COUNTS.get(names, _Counted(None, 0, 0, 0))
    ((log, below, *found),) = _since(_COUNT, names, known)
    if log != known.log:
        known = _Counted(log, 0, 0, 0)
        ((_, below, *found),) = _since(_COUNT, names, known)
    count, latest, settled, last = found
    if log is not None:
        _COUNTS[names] = _Counted(log, below, known.count + settled, max(known.latest, last))
    return known.count + count, max(known.latest, latest)


def first_by_offer(types: Sequence[str]) -> dict[tuple[str, str], datetime]:
    """Return when each offer first had an event of each of these types, by offer and type."""
    names = tuple(sorted(types))
    known = _FIRSTS.get(names, _Firsts(None, 0, {}))
    rows = _since(_FIRST, names, known)
    if rows[0][0] != known.log:
        known = _Firsts(rows[0][0], 0, {})
        rows = _since(_FIRST, names, known)
    settled, shown = dict(known.found), dict(known.found)
    for _, _, offer, name, at, at_settled in rows:
        if at is not None:
            shown[offer, name] = min(at, shown.get((offer, name), at))
        if at_settled is not None:
            settled[offer, name] = min(at_settled, settled.get((offer, name), at_settled))
    if known.log is not None:
        _FIRSTS[names] = _Firsts(known.log, rows[0][1], settled)
    return shown


class _Counted(NamedTuple):
    """What was read of a log: below the oldest transaction that ran then, nothing can appear any more."""

    log: str | None  # transaction and digest of its first event: another first event, another log
    below: int
    count: int
    latest: int


class _Firsts(NamedTuple):
    log: str | None
    below: int
    found: Mapping[tuple[str, str], datetime]


_COUNTS: dict[tuple[str, ...], _Counted] = {}
_FIRSTS: dict[tuple[str, ...], _Firsts] = {}
_SINCE = """
    SELECT log, below, {columns} FROM (
        SELECT (SELECT transaction::text || encode(digest, 'hex') FROM core_event ORDER BY id LIMIT 1) AS log,
               pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS below OFFSET 0) AS now
    LEFT JOIN core_event AS event ON transaction >= %s::bigint AND type = ANY(%s::text[]) {more}
    GROUP BY {group}"""
_COUNT = _SINCE.format(
    columns="""count(event.id), coalesce(max(event.id), 0), count(event.id) FILTER (WHERE transaction < below),
               coalesce(max(event.id) FILTER (WHERE transaction < below), 0)""",
    more="",
    group="log, below",
)
_FIRST = _SINCE.format(
    columns="offer, type, min(at), min(at) FILTER (WHERE transaction < below)",
    more="AND offer <> ''",
    group="log, below, offer, type",
)


def _since(statement: str, names: Sequence[str], known: _Counted | _Firsts) -> list[tuple[Any, ...]]:
    return prepared(statement, [str(known.below), list(names)])


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
