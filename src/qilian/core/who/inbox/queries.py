"""Reading the inbox."""

from django.db.models import F, Q, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.house.tables import prepared
from qilian.core.rights.grants.api import permits_of, predicate_of

from .models import InboxItem

COUNT_CAP = 501
"""Counts stop here: nobody needs to know more exactly how much too much it is."""


def waiting_for(principal: Principal) -> QuerySet[InboxItem]:
    """What waits for a person, for the posts he holds or deputises, in their pools, and for his rights; by due moment.

    The system and nobody have no inbox. The rows are readable only while that principal is acting.
    """
    mine = InboxItem.objects.filter(whose(principal), done_at=None)
    return mine.order_by(F("due").asc(nulls_last=True), "pk")


def whose(principal: Principal) -> Q:
    """The condition that an item waits for a principal: he is addressed, or has the right where it lies.

    What a person began himself never waits for his own right.
    """
    addressed, entitled = Q(addressee__in=principal.speaks_for), Q()
    for permit in permits_of(principal):
        place = predicate_of([permit.scope], InboxItem.scope_columns)
        if place is not None:
            held = Q(rights__has_any_keys=list(permit.actions)) & place
            limits = permit.limits
            entitled |= held if limits is None else held & Q(rights__has_any_keys=list(limits))
    others = Q(barred=None) | ~Q(barred=principal.person)
    return addressed | (entitled & others & Q(addressee__startswith="right:")) if entitled else addressed


def way_to(row: InboxItem) -> str:
    """The address of the work itself; of the item, where somebody of its pool takes it first."""
    return f"/inbox/{row.code}/" if row.addressee.startswith("pool:") else row.url


def count_waiting(principal: Principal) -> int:
    """How much waits for a principal, capped at 501."""
    if permits_of(principal):
        return waiting_for(principal).order_by()[:COUNT_CAP].count()
    ((found,),) = prepared(_WAITING, [list(principal.speaks_for), str(COUNT_CAP)])
    return int(found)


_WAITING = """
    SELECT count(*) FROM (
        SELECT FROM core_inbox_item WHERE done_at IS NULL AND addressee = ANY(%s::text[]) LIMIT %s::integer) AS mine"""
