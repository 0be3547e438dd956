"""Writing a mandate down, for the verbs that have checked it: a claim approved, an invitation accepted, oneself."""

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.engines.registry.parties.api import party_ref
from qilian.engines.registry.representation.events import MandateGiven
from qilian.engines.registry.representation.models import Mandate
from qilian.engines.registry.representation.queries import mandate_ref


@internal("a claim approved, an invitation accepted or registering oneself gives a mandate")
def give(*, actor: Principal, mandate: Mandate) -> Mandate:
    """Write a mandate down, called by the verbs that have checked it."""
    mandate.save(force_insert=True)
    giver = f"core.person:{mandate.giver.person.code}" if mandate.giver else ""
    body = MandateGiven(f"core.person:{mandate.person.code}", mandate.role, mandate.valid_from, mandate.valid_to, giver)
    for subject in (mandate_ref(mandate), party_ref(mandate.party)):
        emit(body, actor=actor, subject=subject, party=mandate.party.code, region=mandate.party.region[:6])
    return mandate
