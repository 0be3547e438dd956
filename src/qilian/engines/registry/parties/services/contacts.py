"""Persons of parties, sealed: natural persons as parties, legal representatives, whom to call."""

from dataclasses import dataclass

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import matching
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.events import ContactAdded, ContactEnded, PartyRegistered
from qilian.engines.registry.parties.kernel.codes import read_identity_number
from qilian.engines.registry.parties.kernel.facts import Facts, check_facts
from qilian.engines.registry.parties.kernel.kinds import CONTACT_ROLES
from qilian.engines.registry.parties.kernel.life import refuse_merged
from qilian.engines.registry.parties.kernel.names import check_name, masked_name, tidy_name
from qilian.engines.registry.parties.models import Contact, Party

from .common import (
    AMEND,
    REGISTER,
    books,
    locked,
    party_ref,
    require_on,
    scope_of,
    standing_of,
    write_facts,
    write_keys,
)


@dataclass(frozen=True, slots=True)
class Details:
    """What is written down of a person; his number is needed of a natural person as a party only."""

    name: str
    phone: str = ""
    email: str = ""
    identity: str = ""


@transaction.atomic
def register_citizen(*, actor: Principal, details: Details, region: str = "") -> Party:
    """Register a natural person as a party: the public record shows a masked name, everything else is sealed.

    Refusals: `grants.denied`, `registry.name.*`, `registry.identity.wrong`, `registry.identity.taken`,
    `registry.region.wrong`.
    """
    require(actor, REGISTER, scope_of(region))
    return enter_citizen(actor=actor, details=details, region=region)


def enter_citizen(*, actor: Principal, details: Details, region: str) -> Party:
    """Write a natural person down, for verbs that have checked the right; refusals as `register_citizen`."""
    name, identity = tidy_name(details.name), read_identity_number(details.identity)
    wrong = [check_name(name), *check_facts(Facts("citizen", masked_name(name) or "?", region=region), books())]
    for refusal in wrong:
        if refusal is not None:
            raise refusal
    _refuse_known(identity)
    row = Party(status_on=clock.today(), registered_at=clock.now())
    write_facts(row, Facts("citizen", masked_name(name), region=region))
    write_keys(row, ())
    row.grams, row.names_key = [], row.name_key
    row.save(force_insert=True)
    emit(
        PartyRegistered("citizen", "", "", region, "", ""),
        actor=actor,
        subject=party_ref(row),
        party=row.code,
        region=region[:6],
    )
    _write(actor, row, "self", Details(name, details.phone, details.email, identity))
    return row


@transaction.atomic
def add_contact(*, actor: Principal, party: Party, role: str, details: Details) -> Contact:
    """Write down a person of a party: `legal` or `contact`; by those who act for it, and holders of `registry.amend`.

    Refusals: `grants.denied`, `registry.party.merged`, `registry.contact.role`, `registry.name.*`.
    """
    row = locked(party)
    if row.code not in actor.parties:
        require_on(actor, AMEND, row)
    refuse_merged(standing_of(row))
    if role not in CONTACT_ROLES or role == "self":
        message = Text(f"没有“{role}”这种联系人。", f"There is no contact of the kind “{role}”.")
        raise Refusal("registry.contact.role", message, where="role")
    wrong = check_name(tidy_name(details.name))
    if wrong is not None:
        raise wrong
    return _write(actor, row, role, details)


@transaction.atomic
def end_contact(*, actor: Principal, contact: Contact) -> Contact:
    """Let a person no longer be contacted; the record stays. Refusals: `grants.denied`, `registry.contact.ended`."""
    with acting(SYSTEM):
        row = Contact.objects.select_for_update(of=("self",)).select_related("party").get(pk=contact.pk)
    if row.party.code not in actor.parties:
        require_on(actor, AMEND, row.party)
    if row.ended_on is not None or row.role == "self":
        message = Text("这位联系人已经停用，或就是主体本人。", "This contact has ended, or is the party himself.")
        raise Refusal("registry.contact.ended", message, where=row.code)
    row.ended_on = clock.today()
    with acting(SYSTEM):
        row.save(update_fields=["ended_on"])
    body = ContactEnded(row.code, row.role)
    emit(body, actor=actor, subject=party_ref(row.party), party=row.party.code, region=row.party.region[:6])
    return row


def _write(actor: Principal, party: Party, role: str, details: Details) -> Contact:
    row = Contact(party=party, addressee=f"party:{party.code}", role=role, since=clock.today())
    row.name, row.phone, row.email, row.identity = details.name, details.phone, details.email, details.identity
    with acting(SYSTEM):
        row.save(force_insert=True)
    emit(ContactAdded(row.code, role), actor=actor, subject=party_ref(party), party=party.code, region=party.region[:6])
    return row


def _refuse_known(identity: str) -> None:
    with acting(SYSTEM):
        known = Contact.objects.filter(matching(Contact, "identity", identity), role="self").exists()
    if known:
        message = Text("这位自然人已经登记。", "This natural person is registered already.")
        remedy = Text("请使用原有记录。", "Use the record that exists.")
        raise Refusal("registry.identity.taken", message, where="identity", remedy=remedy)
