"""Reading notices."""

from django.db.models import QuerySet

from qilian.core.house.principal import Principal
from qilian.core.who.people.api import Person

from .kernel import Wishes, mail_mode
from .models import Delivery, Notice, Preference

COUNT_CAP = 100


def notices_of(principal: Principal) -> QuerySet[Notice]:
    """What a person was told, the newest first; nothing for nobody and for the system."""
    return Notice.objects.filter(person=principal.person).order_by("-pk") if principal.person else Notice.objects.none()


def count_unread(principal: Principal) -> int:
    """How many notices a person has not read, capped at 100."""
    return notices_of(principal).filter(read_at=None)[:COUNT_CAP].count()


def undelivered() -> QuerySet[Delivery]:
    """Deliveries that failed for good, the newest first."""
    return Delivery.objects.filter(state="dead").select_related("notice__person").order_by("-pk")


def wishes_of(whom: Principal | Person) -> Wishes:
    """How a person wants to be told; who never said it has the defaults."""
    row = Preference.objects.filter(person=whom.person if isinstance(whom, Principal) else whom.pk).first()
    return Wishes() if row is None else Wishes(mail_mode(row.mail), row.quiet_from, row.quiet_to, row.digest_at)
