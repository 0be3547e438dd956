"""Reading who acts for whom."""

from datetime import date

from django.db.models import F, Q, QuerySet

from qilian.core.house.principal import Principal
from qilian.core.house.tables import prepared, running
from qilian.core.rights.grants.api import not_told, visible
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.api import Person
from qilian.engines.registry.parties.api import Party, refuse_closed, registration_of, survivor_of

from .kernel import mandates as rules
from .models import Claim, Invitation, Mandate

_LIVING = ("active", "suspended")


def represented_by(person: int) -> tuple[str, ...]:
    """The public codes of the parties that a person (primary key) may act for today: one query.

    A merged record counts as its survivor, and keeps its own code beside, so that mail to either arrives. Closed
    parties have nobody who acts for them.
    """
    day = clock.today()
    pairs = prepared(_IN_FORCE, [str(person), day, day, day])
    return tuple(dict.fromkeys(code for pair in pairs for code in reversed(pair) if code))


_IN_FORCE = """
    SELECT party.code, survivor.code FROM registry_mandate AS mandate
    JOIN registry_party AS party ON party.id = mandate.party_id
    LEFT JOIN registry_party AS survivor ON survivor.id = party.merged_into_id
    WHERE mandate.person_id = %s::bigint AND mandate.valid_from <= %s
      AND (mandate.valid_to IS NULL OR mandate.valid_to >= %s)
      AND (mandate.revoked_on IS NULL OR mandate.revoked_on > %s)
      AND (party.status IN ('active', 'suspended') OR survivor.status IN ('active', 'suspended'))
    ORDER BY mandate.id"""  # the rows of `in_force`, by a statement that the server knows: every request asks it


def in_force(on: date) -> QuerySet[Mandate]:
    """The mandates that hold on a day, of parties that live."""
    alive = Q(party__status__in=_LIVING) | Q(party__merged_into__status__in=_LIVING)
    return Mandate.objects.filter(running(on), not_revoked(on), alive)


def not_revoked(on: date) -> Q:
    """The condition that a mandate has not been revoked by a day."""
    return Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)


def mandates_of(party: Party) -> QuerySet[Mandate]:
    """All mandates for a party and for what was merged into it, those without an end first."""
    mine = _mandates().filter(Q(party=party) | Q(party__merged_into=party))
    return mine.order_by(F("revoked_on").desc(nulls_first=True), "-pk")


def my_mandates(person: int) -> QuerySet[Mandate]:
    """All mandates of a person (primary key), the latest first."""
    return _mandates().filter(person=person).order_by("-valid_from", "-pk")


def claims_seen(me: Principal, action: str) -> QuerySet[Claim]:
    """The claims of a reader and those whose place he reviews, the latest first; readable while he is acting."""
    mine = Q(pk__in=my_claims(me.person or 0).values("pk")) | Q(
        pk__in=visible(Claim.objects.all(), me, action).values("pk")
    )
    return Claim.objects.filter(mine).select_related("party", "person").order_by("-started_at", "-pk")


def my_claims(person: int) -> QuerySet[Claim]:
    """The claims of a person (primary key), the latest first; readable while he is acting."""
    return Claim.objects.filter(person=person).select_related("party", "person").order_by("-started_at", "-pk")


def claims_waiting() -> QuerySet[Claim]:
    """The claims that wait for review, the oldest first; readable by reviewers."""
    return Claim.objects.filter(state="submitted").select_related("party", "person").order_by("submitted_at", "pk")


def claim_by_code(code: str) -> Claim:
    """A claim that the acting principal may read; Refusal `registry.claim.unknown` (HTTP 404)."""
    row = Claim.objects.select_related("party", "person").filter(code=code).first()
    if row is None:
        raise Refusal("registry.claim.unknown", Text("没有这份认领申请。", "There is no such claim."), where=code)
    return row


def mandate_by_code(code: str) -> Mandate:
    """A mandate by its public code; Refusal `registry.mandate.unknown` (HTTP 404)."""
    row = _mandates().filter(code=code).first()
    if row is None:
        raise Refusal("registry.mandate.unknown", Text("没有这项授权。", "There is no such mandate."), where=code)
    return row


def giver_for(actor: Principal, party: Party) -> Mandate | None:
    """The mandate by which an actor may let others act for a party: as its legal representative, or for himself."""
    if actor.person is None:
        return None
    mine = in_force(clock.today()).filter(person=actor.person, role__in=("legal", "self"))
    rows = mine.filter(Q(party=party) | Q(party__merged_into=party))
    return rows.select_related("person").order_by("pk").first()


def invitation_by_code(code: str) -> Invitation:
    """An invitation by its public code; Refusal `registry.invitation.unknown` (HTTP 404)."""
    row = _invitations().filter(code=code).first()
    if row is None:
        message = Text("没有这份邀请。", "There is no such invitation.")
        raise Refusal("registry.invitation.unknown", message, where=code)
    return row


def invitations_of(party: Party) -> QuerySet[Invitation]:
    """The invitations of a party that nobody accepted, the latest first; what was accepted is a mandate."""
    return _invitations().filter(Q(party=party) | Q(party__merged_into=party)).exclude(state="accepted")


def invitations_to(actor: Principal) -> list[Invitation]:
    """The invitations that wait for an actor and are not past, the latest first."""
    me = Person.objects.filter(pk=actor.person).first() if actor.person else None
    waiting = _invitations().filter(state="open", valid_to__gte=clock.today())
    return [row for row in waiting.filter(login__iexact=me.login) if is_meant(actor, row)] if me else []


def is_meant(actor: Principal, row: Invitation) -> bool:
    """Whether an invitation is for an actor."""
    person = person_meant(row.login)
    return person is not None and person.pk == actor.person


def person_meant(login: str) -> Person | None:
    """Who signs in by a name, written in small or capital letters, if anybody does; for the house, not for askers."""
    try:
        found = Person.objects.get_by_natural_key(login)
    except Person.DoesNotExist:
        return None
    return found if found.is_active else None


def claim_ref(claim: Claim) -> Ref:
    """The reference of a claim."""
    return Ref("registry.claim", claim.code)


def mandate_ref(mandate: Mandate) -> Ref:
    """The reference of a mandate."""
    return Ref("registry.mandate", mandate.code)


def invitation_ref(row: Invitation) -> Ref:
    """The reference of an invitation."""
    return Ref("registry.invitation", row.code)


def _mandates() -> QuerySet[Mandate]:
    return Mandate.objects.select_related("party__merged_into", "person", "giver__person")


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("party__merged_into", "giver__person").order_by("-made_at", "-pk")


def people_behind(party: Party, *, on: date, role: str = "") -> QuerySet[Person]:
    """The persons who may act for a party on a day, in a role if one is given."""
    rows = in_force(on).filter(Q(party=party) | Q(party__merged_into=party))
    rows = rows.filter(role=role) if role else rows
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True).order_by("pk")


def acted_for(person: str, *, on: date) -> tuple[str, ...]:
    """The parties (public codes) for which a person (public code) could act on a day, those that live on for merged."""
    rows = in_force(on).filter(person__code=person).order_by("pk")
    pairs = rows.values_list("party__code", "party__merged_into__code")
    return tuple(dict.fromkeys(survivor or code for code, survivor in pairs))


def self_of(person: str) -> tuple[str, ...]:
    """The party (public code) that a person (public code) is himself, as a natural person; empty when he is none."""
    rows = in_force(clock.today()).filter(person__code=person, role="self")
    return tuple(rows.values_list("party__code", flat=True))


def same_hands(one: Party, other: Party, *, on: date) -> bool:
    """Whether one person is the legal representative of both parties on a day, or the natural person himself."""
    rows = in_force(on).filter(role__in=("legal", "self"))
    return rows.filter(party=one, person__in=rows.filter(party=other).values("person")).exists()


def require_party(actor: Principal, party: Party) -> None:
    """Refuse whoever does not act for a party today; the system may.

    Refusals (HTTP 403): `registry.party.closed`, `.suspended`, `.merged`; `registry.mandate.expired`, `.revoked`,
    `.coming`, each saying when and whom to ask; `registry.party.stranger`; `tokens.parties` of a token made without it.
    """
    living = survivor_of(party)
    refuse_closed(registration_of(living))
    if actor.is_system or living.code in actor.parties:
        return
    today = clock.today()
    mine = Mandate.objects.filter(Q(party=living) | Q(party__merged_into=living), person=actor.person)
    if actor.limits is not None and mine.filter(pk__in=in_force(today)).exists():
        raise not_told(personal=False)
    names = people_behind(living, on=today, role="legal").values_list("name", flat=True)[:3]
    raise rules.why_not(living.name, map(as_rule, mine), today, "、".join(names))


def as_rule(row: Mandate) -> rules.Mandate:
    """A row as the rules take it."""
    return rules.Mandate(row.role, row.valid_from, row.valid_to, row.revoked_on)
