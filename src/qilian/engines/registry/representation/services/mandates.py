"""Mandates: revoked at any time, with all that was given by them; a person registering himself."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, required_text
from qilian.engines.registry.contacts.api import Details, enter_citizen
from qilian.engines.registry.parties.api import party_ref, scope_of
from qilian.engines.registry.representation.events import MandateRevoked
from qilian.engines.registry.representation.models import Mandate
from qilian.engines.registry.representation.queries import giver_for, mandate_ref

from .giving import give
from .invitations import end_invitations

REVOKE = "registry.review"


@transaction.atomic
def revoke(*, actor: Principal, mandate: Mandate, reason: str) -> Mandate:
    """Revoke a mandate from today on: the party's legal representative, the person himself, or an official may.

    What it had delegated or invited to ends with it. Refusals: `grants.denied`, `registry.mandate.over`, `text.…`.
    """
    row = Mandate.objects.select_for_update(of=("self",)).select_related("party", "person").get(pk=mandate.pk)
    if not may_revoke(actor, row):
        message = Text("您不能撤销这项授权。", "You cannot revoke this mandate.")
        remedy = Text("由法定代表人、本人或登记人员办理。", "Its legal representative, the person or an official may.")
        raise Refusal("grants.denied", message, where=row.code, remedy=remedy)
    if row.revoked_on is not None:
        message = Text(f"这项授权已于 {row.revoked_on} 撤销。", f"This mandate was revoked on {row.revoked_on}.")
        raise Refusal("registry.mandate.over", message, where=row.code)
    why = required_text(reason, "reason", Text("理由", "reason"))
    given = Mandate.objects.select_related("party", "person").filter(giver=row, revoked_on=None)
    for each in (row, *given):
        _end(actor, each, why)
    end_invitations(actor=actor, giver=row)
    return row


@transaction.atomic
def register_myself(*, actor: Principal, details: Details, region: str = "") -> Mandate:
    """Let a signed-in person become a party as a natural person, whom he himself represents.

    Refusals: `grants.denied` for nobody, `registry.self.twice`, and as for `register_citizen`.
    """
    if actor.person is None:
        raise Refusal("grants.denied", Text("请先登录。", "Sign in first."))
    if is_registered(actor):
        message = Text("您已经登记为自然人主体。", "You are registered as a natural person already.")
        raise Refusal("registry.self.twice", message)
    party = enter_citizen(actor=actor, details=details, region=region)
    mandate = Mandate(person_id=actor.person, party=party, role="self", valid_from=clock.today())
    return give(actor=actor, mandate=mandate)


def is_registered(actor: Principal) -> bool:
    """Whether somebody is a natural person as a party already."""
    return Mandate.objects.filter(person=actor.person, role="self", revoked_on=None).exists()


def may_revoke(actor: Principal, row: Mandate) -> bool:
    """Whether an actor may revoke a mandate: the person, the party's legal representative, or an official."""
    own = actor.person is not None and actor.person == row.person_id
    return own or giver_for(actor, row.party) is not None or allowed(actor, REVOKE, scope_of(row.party.region))


def _end(actor: Principal, row: Mandate, reason: str) -> None:
    row.revoked_on, row.revoked_by, row.reason = clock.today(), actor.ref, reason
    row.save(update_fields=["revoked_on", "revoked_by", "reason"])
    body = MandateRevoked(f"core.person:{row.person.code}", row.role, row.reason)
    for subject in (mandate_ref(row), party_ref(row.party)):
        emit(body, actor=actor, subject=subject, party=row.party.code, region=row.party.region[:6])
