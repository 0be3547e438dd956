"""What the worker does for duplicates: it looks for them when a party is registered, changed, brought or merged."""

from django.db.models import Max, Min

from qilian.core.log.events.api import event_numbered
from qilian.core.log.outbox.api import job, later_many
from qilian.engines.registry.parties.api import Party, parties

from .services import suggest, suggest_in

_PIECE = 2_000


@job("registry.duplicates")
def find_duplicates(*, event: int) -> None:
    """Look for records that may be the same as the party of an event."""
    suggest(parties().filter(code=event_numbered(event).party).exclude(kind="citizen"))


@job("registry.duplicates_of_import")
def find_duplicates_of_import(*, event: int) -> None:
    """Let the parties that an import brought be looked at, in pieces that the worker does one after another."""
    span = Party.objects.filter(origin=event_numbered(event).subject).aggregate(first=Min("pk"), last=Max("pk"))
    if span["first"] is not None:
        starts = range(span["first"], span["last"] + 1, _PIECE)
        pieces = [{"first": start, "last": min(start + _PIECE - 1, span["last"])} for start in starts]
        later_many("registry.duplicates_in", pieces)


@job("registry.duplicates_in")
def find_duplicates_in(*, first: int, last: int) -> None:
    """Look for duplicates of a range of parties (primary keys): same names, codes and nothing finer."""
    suggest_in(first, last)
