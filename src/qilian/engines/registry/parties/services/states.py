"""Suspending, closing and reopening a party."""

from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.values import clock
from qilian.engines.registry.parties.events import PartyClosed, PartyReopened, PartySuspended
from qilian.engines.registry.parties.kernel.kinds import Status
from qilian.engines.registry.parties.kernel.life import changed, check_reason
from qilian.engines.registry.parties.models import Party

from .common import AMEND, day_or_today, locked, party_ref, registration_of, require_on


@transaction.atomic
def suspend(*, actor: Principal, party: Party, reason: str, on: date | None = None) -> Party:
    """Let a party rest from a day on (today unless given).

    Refusals: `grants.denied`, `registry.party.merged`, `.state`, `registry.day.future`, `.before`,
    `registry.reason.empty`.
    """
    row, day, why = _moved(actor, party, "suspended", on, reason)
    emit(PartySuspended(day, why), actor=actor, subject=party_ref(row), party=row.code, region=row.region[:6])
    return row


@transaction.atomic
def close(*, actor: Principal, party: Party, reason: str, on: date | None = None) -> Party:
    """Close a party from a day on (today unless given): nobody acts for it any more. Refusals as for suspending."""
    row, day, why = _moved(actor, party, "closed", on, reason)
    body = PartyClosed(day, why, row.kind, row.region, row.industry)
    emit(body, actor=actor, subject=party_ref(row), party=row.code, region=row.region[:6])
    return row


@transaction.atomic
def reopen(*, actor: Principal, party: Party, reason: str, on: date | None = None) -> Party:
    """Make a suspended party, or one that was closed by mistake, active again. Refusals as for suspending."""
    row, day, why = _moved(actor, party, "active", on, reason)
    emit(PartyReopened(day, why), actor=actor, subject=party_ref(row), party=row.code, region=row.region[:6])
    return row


def _moved(actor: Principal, party: Party, status: Status, on: date | None, reason: str) -> tuple[Party, date, str]:
    row, day = locked(party), day_or_today(on)
    require_on(actor, AMEND, row)
    why = check_reason(reason)
    after = changed(registration_of(row), status, day, clock.today())
    row.status, row.status_on = after.status, after.since
    row.save(update_fields=["status", "status_on"])
    return row, day, why
