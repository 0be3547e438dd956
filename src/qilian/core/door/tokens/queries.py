"""Reading tokens."""

from django.db.models import QuerySet

from qilian.core.values import clock

from .models import ApiToken


def tokens_of(person: int) -> QuerySet[ApiToken]:
    """The tokens of a person (primary key) that are valid now, the latest first."""
    alive = ApiToken.objects.filter(person=person, revoked_at=None, expires_at__gt=clock.now())
    return alive.order_by("-made_at", "-pk")
