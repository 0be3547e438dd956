"""Reading sessions: where a person is signed in now, and what is over."""

from django.db.models import QuerySet

from qilian.core.values import clock

from .kernel import LEEWAY
from .models import Session
from .services import limits


def running_of(person: int) -> QuerySet[Session]:
    """The sessions of a person (primary key) that run at this moment, the last seen first."""
    now, bounds = clock.now(), limits()
    begun = {"started_at__gt": now - bounds.longest, "started_at__lte": now + LEEWAY}
    alive = {**begun, "seen_at__gt": now - bounds.idle}
    return Session.objects.filter(person=person, ended_at=None, **alive).order_by("-seen_at", "-pk")
