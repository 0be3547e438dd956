"""Invitations: a legal representative asks somebody to act for a party; who is meant accepts or declines."""

from datetime import date

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.log.outbox.api import later
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, fitting_text, refuse_all
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.notices.api import Notice, notify
from qilian.core.who.people.api import Person
from qilian.engines.registry.parties.api import Party, party_by_code, refuse_closed, registration_of, survivor_of
from qilian.engines.registry.representation.events import InvitationMade, InvitationSettled
from qilian.engines.registry.representation.kernel.invitations import State, begins, check_room, settle
from qilian.engines.registry.representation.kernel.mandates import check_term
from qilian.engines.registry.representation.models import Invitation, Mandate
from qilian.engines.registry.representation.queries import (
    as_rule,
    giver_for,
    in_force,
    invitation_ref,
    person_meant,
    require_party,
)

from .giving import give


@transaction.atomic
def invite(
    *, actor: Principal, party: Party, login: str, valid_to: date, valid_from: date | None = None, note: str = ""
) -> Invitation:
    """Ask whoever signs in as `login` to act for a party as operator for a term, from today when no first day is given.

    The party's legal representative, or the natural person, may. The answer and the time it takes are the same whether
    or not anybody signs in so; the worker tells who is meant. Refusals: those of `require_party`,
    `registry.mandate.operator` for operators, `.past`, `.reversed`, `.long`, `.beyond`, `.oneself`, `.twice`,
    `registry.invitation.twice`, `.many`.
    """
    living, name, first = party_by_code(party.code), login.strip(), valid_from or clock.today()
    require_party(actor, living)
    giver = _giver(actor, living)
    check_term(first, valid_to, clock.today(), as_rule(giver))
    refuse_all(_wrong_person(giver, living, name, first))
    check_room(Invitation.objects.filter(party=living, state="open").count())
    row = Invitation(party=living, giver=giver, login=name, valid_from=first, valid_to=valid_to, made_at=clock.now())
    row.note = fitting_text(note, "note", Text("备注", "note"), most=200)
    row.save(force_insert=True)
    _tell(InvitationMade(first, valid_to), actor, row)
    later("registry.representation.tell", invitation=row.pk)
    return row


@transaction.atomic
def accept(*, actor: Principal, invitation: Invitation) -> Mandate:
    """Accept: from today, or the first day where that is to come, one acts for the party. Who is meant does.

    Refusals: `grants.denied`, `registry.invitation.state`, `.lapsed`, `.giver`, `registry.mandate.twice`, and those of
    a closed party.
    """
    row, person = _meant(actor, invitation)
    settle(row.state, "accepted")
    living = survivor_of(row.party)
    refuse_closed(registration_of(living))
    first = begins(row.valid_from, row.valid_to, clock.today())
    if not in_force(clock.today()).filter(pk=row.giver_id, person__is_active=True).exists():
        message = Text("邀请您的人已不再代表这个主体。", "Who invited you no longer acts for this party.")
        remedy = Text("请其法定代表人重新邀请。", "Ask its legal representative to invite you again.")
        raise Refusal("registry.invitation.giver", message, remedy=remedy)
    if in_force(first).filter(party=living, person=person).exists():
        message = Text(f"您已经可以代表“{living.name}”。", f"You act for “{living.name}” already.")
        raise Refusal("registry.mandate.twice", message)
    mandate = Mandate(person=person, party=living, role="operator", valid_from=first, valid_to=row.valid_to)
    mandate.giver, mandate.note = row.giver, row.note
    row.mandate = give(actor=actor, mandate=mandate)
    _settle(actor, row, "accepted")
    title = Text(f"已接受授权：{living.name}", f"Mandate accepted: {living.name}")
    _tell_giver(actor, row, person, title)
    return mandate


@transaction.atomic
def decline(*, actor: Principal, invitation: Invitation) -> Invitation:
    """Decline an invitation; who is meant does. Refusals: `grants.denied`, `registry.invitation.state`."""
    row, person = _meant(actor, invitation)
    _settle(actor, row, "declined")
    _tell_giver(actor, row, person, Text(f"已谢绝授权：{row.party.name}", f"Mandate declined: {row.party.name}"))
    return row


@transaction.atomic
def take_back(*, actor: Principal, invitation: Invitation) -> Invitation:
    """Take an invitation back; the party's legal representative does.

    Refusals: those of `require_party`, `registry.mandate.operator`, `registry.invitation.state`.
    """
    row = _locked(invitation)
    require_party(actor, row.party)
    _giver(actor, survivor_of(row.party))
    return _settle(actor, row, "withdrawn")


@internal("revoking a mandate takes back what it had invited to")
def end_invitations(*, actor: Principal, giver: Mandate) -> None:
    """Take back what a mandate had invited to, called by the verb that ends it."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("party")
    for row in rows.filter(giver=giver, state="open"):
        _settle(actor, row, "withdrawn")


@internal("the worker does it, so that nobody learns from an invitation who has an account")
@transaction.atomic
def tell_invited(*, actor: Principal, invitation: Invitation) -> None:
    """Tell who is meant of an invitation that waits, once, and lay it on his desk; nobody when nobody signs in so."""
    person = person_meant(invitation.login) if invitation.state == "open" else None
    name, address = invitation.party.name, f"/representation/invitations/{invitation.code}/"
    if person is None or Notice.objects.filter(person=person, url=address).exists():
        return
    title = Text(f"“{name}”请您代为办理", f"“{name}” asks you to act for it")
    body = Text(
        f"自 {invitation.valid_from} 至 {invitation.valid_to}。接受后才生效。",
        f"From {invitation.valid_from} to {invitation.valid_to}. Nothing holds before you accept.",
    )
    notify(actor=actor, to=[person], title=title, body=body, url=address)
    put(
        actor=actor,
        key=_key(invitation),
        subject=Ref("core.person", person.code),
        kind="registry.invitation",
        title=title,
        url=address,
        addressee=Addressee.person(person.pk),
    )


def _giver(actor: Principal, party: Party) -> Mandate:
    row = giver_for(actor, party)
    if row is None:
        message = Text("经办人不能再授权他人。", "An operator gives no mandate to others.")
        remedy = Text("请由法定代表人（负责人）授权。", "Let the legal representative give it.")
        raise Refusal("registry.mandate.operator", message, where="party", remedy=remedy)
    return row


def _wrong_person(giver: Mandate, party: Party, login: str, first: date) -> list[Refusal]:
    """What the giver knows anyway: it is he himself, one who acts already, or one who is invited already."""
    if not login:
        return [Refusal("registry.invitation.login", Text("请填写登录名。", "Fill in: Login."), where="login")]
    if giver.person.login.lower() == login.lower():
        message = Text("不能授权给自己。", "Nobody gives a mandate to himself.")
        return [Refusal("registry.mandate.oneself", message, where="login")]
    if in_force(first).filter(party=party, person__login__iexact=login).exists():
        message = Text(f"“{login}”在这段时间已有授权。", f"“{login}” has a mandate for this time.")
        remedy = Text("请先撤销。", "Revoke it first.")
        return [Refusal("registry.mandate.twice", message, where="login", remedy=remedy)]
    if Invitation.objects.filter(party=party, login__iexact=login, state="open").exists():
        message = Text(f"已经邀请过“{login}”，尚未答复。", f"“{login}” is invited already and has not answered.")
        remedy = Text("请等待，或先撤回。", "Wait, or withdraw that invitation.")
        return [Refusal("registry.invitation.twice", message, where="login", remedy=remedy)]
    return []


def _meant(actor: Principal, invitation: Invitation) -> tuple[Invitation, Person]:
    """An invitation, locked, with the actor whom it is for."""
    row = _locked(invitation)
    person = person_meant(row.login)
    if person is None or person.pk != actor.person:
        message = Text("这份邀请不是给您的。", "This invitation is not for you.")
        remedy = Text("请用被邀请的账号登录。", "Sign in with the account that it names.")
        raise Refusal("grants.denied", message, where=row.code, remedy=remedy)
    return row, person


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("party__merged_into", "giver__person")
    return rows.get(pk=invitation.pk)


def _settle(actor: Principal, row: Invitation, outcome: State) -> Invitation:
    row.state, row.settled_at = settle(row.state, outcome), clock.now()
    row.save(update_fields=["state", "settled_at", "mandate"])
    _tell(InvitationSettled(outcome), actor, row)
    done(actor=actor, key=_key(row))
    return row


def _tell_giver(actor: Principal, row: Invitation, who: Person, title: Text) -> None:
    body = Text(f"{who.name}（{row.login}）", f"{who.name} ({row.login})")
    url = f"/representation/parties/{survivor_of(row.party).code}/"
    notify(actor=actor, to=[row.giver.person], title=title, body=body, url=url)


def _key(row: Invitation) -> str:
    return f"registry.invitation:{row.code}"


def _tell(body: object, actor: Principal, row: Invitation) -> None:
    emit(body, actor=actor, subject=invitation_ref(row), party=row.party.code, region=row.party.region[:6])
