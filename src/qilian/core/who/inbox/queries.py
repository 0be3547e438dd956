"""Reading the inbox."""

from django.db.models import F, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.house.tables import prepared

from .models import InboxItem

COUNT_CAP = 501
"""Counts stop here: nobody needs to know more exactly how much too much it is."""


def waiting_for(principal: Principal) -> QuerySet[InboxItem]:
    """What waits for a person, for the posts he holds or deputises, and in the pools of their roles; by due moment.

    The system and nobody have no inbox. The rows are readable only while that principal is acting.
    """
    mine = InboxItem.objects.filter(done_at=None, addressee__in=principal.speaks_for)
    return mine.order_by(F("due").asc(nulls_last=True), "pk")


def count_waiting(principal: Principal) -> int:
    """How much waits for a principal, capped at 501."""
    ((found,),) = prepared(_WAITING, [list(principal.speaks_for), str(COUNT_CAP)])
    return int(found)


_WAITING = """
    SELECT count(*) FROM (
        SELECT FROM core_inbox_item WHERE done_at IS NULL AND addressee = ANY(%s::text[]) LIMIT %s::integer) AS mine"""
