"""Reading the log: in the order of sealing, so that no reader skips a row; by subject; `log.figures` adds it up."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from qilian.core.values.text import Ref

from .kernel.rebuild import rebuild
from .models import Event
from .registry import types


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


def _where(names: Sequence[str], **equal: str) -> Q:
    wanted = Q(**{name: value for name, value in equal.items() if value})
    return wanted & Q(type__in=names) if names else wanted
