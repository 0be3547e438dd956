"""Persons of parties, sealed: natural persons as parties, legal representatives, whom to call."""

from dataclasses import dataclass

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting, internal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import matching
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.engines.registry.parties.api import (
    AMEND,
    REGISTER,
    Party,
    check_name,
    enter_person,
    locked,
    party_ref,
    read_identity_number,
    refuse_merged,
    registration_of,
    require_on,
    scope_of,
    tidy_name,
)

from .events import ContactAdded, ContactEnded
from .kernel import check_ending, check_role
from .models import Contact


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


@internal("representation writes a person down who acts for himself: he has signed in, and no office has to allow it")
def enter_citizen(*, actor: Principal, details: Details, region: str) -> Party:
    """Write a natural person down, for verbs that have checked the right; refusals as `register_citizen`."""
    name, identity = tidy_name(details.name), read_identity_number(details.identity)
    _refuse_known(identity)
    row = enter_person(actor=actor, name=name, region=region)
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
    refuse_merged(registration_of(row))
    check_role(role)
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
    check_ending(row.role, row.ended_on, row.code)
    row.ended_on = clock.today()
    with acting(SYSTEM):
        row.save(update_fields=["ended_on"])
    body = ContactEnded(row.code, row.role)
    emit(body, actor=actor, subject=party_ref(row.party), party=row.party.code, region=row.party.region[:6])
    return row


def hand_over(gone: Party, kept: Party) -> None:
    """Let the persons of a record that was merged be those of the one that lives on; a person himself stays."""
    with acting(SYSTEM):
        rows = Contact.objects.filter(party=gone).exclude(role="self")
        rows.update(party=kept, addressee=f"party:{kept.code}")


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
