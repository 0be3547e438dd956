"""Mandates: delegated by a legal representative for a term, revoked at any time; a person registering himself."""

from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import allowed
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person
from qilian.engines.registry.parties.api import Details, Party, enter_citizen, party_ref, scope_of, survivor_of
from qilian.engines.registry.representation.events import MandateGiven, MandateRevoked
from qilian.engines.registry.representation.kernel.mandates import check_term
from qilian.engines.registry.representation.models import Mandate
from qilian.engines.registry.representation.queries import as_rule, in_force, require_party

REVOKE = "registry.review"


@transaction.atomic
def delegate(
    *, actor: Principal, party: Party, person: Person, valid_from: date, valid_to: date | None, note: str = ""
) -> Mandate:
    """Let a person act for a party as operator for a term; its legal representative, or the natural person, may.

    Refusals: those of `require_party`, `registry.mandate.operator` for operators, `registry.mandate.past`, `.reversed`,
    `.open`, `.long`, `.beyond`, `.oneself`, `.twice`.
    """
    living = survivor_of(party)
    require_party(actor, living)
    giver = _giver(actor, living)
    check_term(valid_from, valid_to, clock.today(), as_rule(giver))
    if person.pk == actor.person:
        message = Text("不能授权给自己。", "Nobody gives a mandate to himself.")
        raise Refusal("registry.mandate.oneself", message, where="login")
    if in_force(valid_from).filter(party=living, person=person).exists():
        message = Text(f"{person.name}在这段时间已有授权。", f"{person.name} has a mandate for this time.")
        raise Refusal("registry.mandate.twice", message, where="login", remedy=Text("请先撤销。", "Revoke it first."))
    row = Mandate(person=person, party=living, role="operator", valid_from=valid_from, valid_to=valid_to)
    row.giver, row.note = giver, note.strip()[:200]
    given = give(actor=actor, mandate=row)
    title = Text(f"您可以代表“{living.name}”办理", f"You act for “{living.name}”")
    body = Text(f"自 {valid_from} 至 {valid_to}。", f"From {valid_from} to {valid_to}.")
    notify(actor=actor, to=[person], title=title, body=body, url="/representation/")
    return given


@transaction.atomic
def revoke(*, actor: Principal, mandate: Mandate, reason: str) -> Mandate:
    """Revoke a mandate from today on: the party's legal representative, the person himself, or an official may.

    What it had delegated ends with it. Refusals: `grants.denied`, `registry.mandate.over`, `registry.mandate.reason`.
    """
    row = Mandate.objects.select_for_update(of=("self",)).select_related("party", "person").get(pk=mandate.pk)
    _may_revoke(actor, row)
    if row.revoked_on is not None:
        message = Text(f"这项授权已于 {row.revoked_on} 撤销。", f"This mandate was revoked on {row.revoked_on}.")
        raise Refusal("registry.mandate.over", message, where=row.code)
    if not reason.strip():
        raise Refusal("registry.mandate.reason", Text("请写明理由。", "Give the reason."), where="reason")
    given = Mandate.objects.select_related("party", "person").filter(giver=row, revoked_on=None)
    for each in (row, *given):
        _end(actor, each, reason.strip())
    return row


@transaction.atomic
def register_myself(*, actor: Principal, details: Details, region: str = "") -> Mandate:
    """Let a signed-in person become a party as a natural person, whom he himself represents.

    Refusals: `grants.denied` for nobody, `registry.self.twice`, and as for `register_citizen`.
    """
    if actor.person is None:
        raise Refusal("grants.denied", Text("请先登录。", "Sign in first."))
    if Mandate.objects.filter(person=actor.person, role="self", revoked_on=None).exists():
        message = Text("您已经登记为自然人主体。", "You are registered as a natural person already.")
        raise Refusal("registry.self.twice", message)
    party = enter_citizen(actor=actor, details=details, region=region)
    mandate = Mandate(person_id=actor.person, party=party, role="self", valid_from=clock.today())
    return give(actor=actor, mandate=mandate)


def give(*, actor: Principal, mandate: Mandate) -> Mandate:
    """Write a mandate down, called by the verbs that have checked it."""
    mandate.save(force_insert=True)
    giver = f"core.person:{mandate.giver.person.code}" if mandate.giver else ""
    body = MandateGiven(f"core.person:{mandate.person.code}", mandate.role, mandate.valid_from, mandate.valid_to, giver)
    for subject in (mandate_ref(mandate), party_ref(mandate.party)):
        emit(body, actor=actor, subject=subject, party=mandate.party.code, region=mandate.party.region[:6])
    return mandate


def mandate_ref(mandate: Mandate) -> Ref:
    """The reference of a mandate."""
    return Ref("registry.mandate", mandate.code)


def _giver(actor: Principal, party: Party) -> Mandate:
    mine = in_force(clock.today()).filter(person=actor.person, role__in=("legal", "self"))
    found = mine.filter(party=party) | mine.filter(party__merged_into=party)
    row = found.select_related("person").order_by("pk").first()
    if row is None:
        message = Text("经办人不能再授权他人。", "An operator gives no mandate to others.")
        remedy = Text("请由法定代表人（负责人）授权。", "Let the legal representative give it.")
        raise Refusal("registry.mandate.operator", message, where="party", remedy=remedy)
    return row


def _may_revoke(actor: Principal, row: Mandate) -> None:
    if actor.person is not None and actor.person == row.person_id:
        return
    legal = in_force(clock.today()).filter(person=actor.person, role__in=("legal", "self"), party=row.party)
    if actor.person is not None and legal.exists():
        return
    if not allowed(actor, REVOKE, scope_of(row.party.region)):
        message = Text("您不能撤销这项授权。", "You cannot revoke this mandate.")
        remedy = Text("由法定代表人、本人或登记人员办理。", "Its legal representative, the person or an official may.")
        raise Refusal("grants.denied", message, where=row.code, remedy=remedy)


def _end(actor: Principal, row: Mandate, reason: str) -> None:
    row.revoked_on, row.revoked_by, row.reason = clock.today(), actor.ref, reason[:300]
    row.save(update_fields=["revoked_on", "revoked_by", "reason"])
    body = MandateRevoked(f"core.person:{row.person.code}", row.role, row.reason)
    for subject in (mandate_ref(row), party_ref(row.party)):
        emit(body, actor=actor, subject=subject, party=row.party.code, region=row.party.region[:6])
