"""Reading what one watches, with the latest that happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Substr

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Event, event_title, written
from qilian.core.log.sentences.api import Pointed, pointed
from qilian.core.values.text import Ref, Text

from .models import Watch

CLAUSE = "core.clause"
"""The kind of references to clauses: what happens to one is told of events by their clause."""
MOST = 100


@dataclass(frozen=True, slots=True)
class Watched:
    """A record that is watched, as its watcher may see it now, and the latest that happened to it."""

    subject: str
    what: Pointed
    latest: Text | None
    at: datetime | None


def watches(principal: Principal, subject: Ref) -> bool:
    """Whether a person watches a record."""
    return _of(principal).filter(subject=str(subject)).exists()


def count_watched(principal: Principal) -> int:
    """How many records a person watches."""
    return _of(principal).count()


def watched(principal: Principal, most: int = MOST) -> Sequence[Watched]:
    """What a person watches, that to which something happened last first; of what he may not see any more the name."""
    rows = list(_with_latest(principal).values_list("subject", "latest")[:most])
    events = Event.objects.in_bulk([latest for _, latest in rows if latest is not None])
    return [_seen(subject, events.get(latest)) for subject, latest in rows]


def _of(principal: Principal) -> QuerySet[Watch]:
    return Watch.objects.filter(person=principal.person) if principal.person else Watch.objects.none()


def _with_latest(principal: Principal) -> QuerySet[Any]:
    """Each watch with the key of the latest event, found by the end of an index."""
    of_record = written().filter(subject=OuterRef("subject")).values("pk")[:1]
    of_clause = written().filter(clause=Substr(OuterRef("subject"), len(CLAUSE) + 2)).values("pk")[:1]
    latest = Case(When(subject__startswith=f"{CLAUSE}:", then=Subquery(of_clause)), default=Subquery(of_record))
    return _of(principal).annotate(latest=latest).order_by(F("latest").desc(nulls_last=True), "-pk")


def _seen(subject: str, event: Event | None) -> Watched:
    what = pointed(subject)
    told = event if what.url else None
    return Watched(subject, what, event_title(told) if told else None, told.at if told else None)
