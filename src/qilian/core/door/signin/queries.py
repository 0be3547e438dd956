"""Reading the door: who is locked out now."""

from django.db.models import Q, QuerySet

from qilian.core.values import clock
from qilian.core.who.people.api import Person

from .kernel import network_of
from .models import SignInTries


def locked_now() -> QuerySet[SignInTries]:
    """People and networks that are locked at some door, the longest first; tries at names of nobody are not shown."""
    rows = SignInTries.objects.filter(until__gt=clock.now()).exclude(person=None, network="")
    return rows.select_related("person").order_by("-until", "pk")


def locks_of(written: str) -> QuerySet[SignInTries]:
    """The locks of a login, or of the network that an address lies in."""
    said = written.strip()
    return locked_now().filter(Q(person__login__iexact=said) | Q(network=network_of(said)))


def is_locked(person: Person) -> bool:
    """Whether a person has to wait somewhere."""
    return locked_now().filter(person=person).exists()
