"""Reading the door: who is locked out now."""

from django.db.models import QuerySet

from qilian.core.values import clock
from qilian.core.who.people.api import Person

from .models import SignInTries


def locked_now() -> QuerySet[SignInTries]:
    """The logins of people that are locked now, the longest first; tries at names of nobody are not shown."""
    rows = SignInTries.objects.filter(until__gt=clock.now(), person__isnull=False)
    return rows.select_related("person").order_by("-until")


def is_locked(person: Person) -> bool:
    """Whether a person has to wait."""
    return locked_now().filter(person=person).exists()
