"""Opening an offer to its users, and closing it."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, fitting_text

from .events import OfferClosed, OfferOpened
from .models import OpenOffer
from .queries import clause_of, declared, offer_ref, scope_of

OPEN = "offers.open"


@transaction.atomic
def open_offer(*, actor: Principal, path: str) -> OpenOffer:
    """Open a declared offer to its users, or open it again.

    Refusals: `offers.unknown`, `grants.denied`, `offers.open` when it is open.
    """
    _, offer = declared(path)
    require(actor, OPEN, scope_of(path))
    now = clock.now()
    row, fresh = OpenOffer.objects.select_for_update().get_or_create(path=path, defaults={"opened_at": now})
    if not fresh:
        if row.closed_at is None:
            message = Text(f"“{offer.title.zh}”已经开通。", f"“{offer.title.en}” is open already.")
            raise Refusal("offers.open", message, where=path)
        row.opened_at, row.closed_at, row.reason = now, None, ""
        row.save(update_fields=["opened_at", "closed_at", "reason"])
    emit(OfferOpened(offer.kind), actor=actor, subject=offer_ref(path), offer=path, clause=clause_of(path))
    return row


@transaction.atomic
def close_offer(*, actor: Principal, path: str, reason: str) -> OpenOffer:
    """Close an offer: what stands in it stays readable, nothing new is taken.

    Refusals: `offers.unknown`, `grants.denied`, `offers.reason`, `offers.closed` when it is not open.
    """
    _, offer = declared(path)
    require(actor, OPEN, scope_of(path))
    if not reason.strip():
        message = Text("没有写明停用的理由。", "No reason for closing it.")
        remedy = Text("请写明理由，用户会看到。", "Give the reason: users will read it.")
        raise Refusal("offers.reason", message, where="reason", remedy=remedy)
    row = OpenOffer.objects.select_for_update().filter(path=path, closed_at__isnull=True).first()
    if row is None:
        message = Text(f"“{offer.title.zh}”没有开通。", f"“{offer.title.en}” is not open.")
        raise Refusal("offers.closed", message, where=path)
    row.closed_at, row.reason = clock.now(), fitting_text(reason, "reason", Text("理由", "reason"))
    row.save(update_fields=["closed_at", "reason"])
    body = OfferClosed(offer.kind, row.reason)
    emit(body, actor=actor, subject=offer_ref(path), offer=path, clause=clause_of(path))
    return row
