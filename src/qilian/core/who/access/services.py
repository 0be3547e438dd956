"""Verbs of an emergency: break the glass, give back, review."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import Scope, action_title, holders_of_role, lend, require, revoke
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text, fitting_text, required_text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person

from .events import GlassBroken, GlassEnded, GlassReviewed
from .kernel import check_emergency, sentence
from .models import Emergency

BREAK = "access.break"
REVIEW = "grants.revoke"
_TITLE = Text("紧急授权待复核", "An emergency to review")


@transaction.atomic
def break_glass(*, actor: Principal, actions: Sequence[str], scope: Scope, hours: int, reason: str) -> Emergency:
    """Take rights for some hours when nobody can give them in time; all security and audit administrators are told.

    Needs `access.break`, which is given to posts beforehand. Refusals: `grants.denied`, `access.hours` (1 to 4),
    `access.actions`, `access.accounts`, `access.reason` (10 characters), `access.many` (3 at a time), `grants.apart`.
    """
    require(actor, BREAK)
    person = _person(actor)
    said, now = fitting_text(reason, "reason", Text("理由", "reason"), most=200), clock.now()
    running = Emergency.objects.filter(person=person, ended_at=None, until__gt=now).count()
    check_emergency(actions=actions, hours=hours, reason=said, running=running)
    until = now + timedelta(hours=hours)
    right = lend(actor=actor, actions=actions, scope=scope, until=until, reason=said)
    row = Emergency.objects.create(person=person, grant=right, reason=said, at=now, until=until)
    emit(GlassBroken(tuple(actions), until, hours, said), actor=actor, subject=_ref(row), unit=scope.unit)
    _tell(row, person, sentence(map(action_title, actions)), said)
    return row


@transaction.atomic
def give_back(*, actor: Principal, code: str) -> Emergency:
    """End one's own emergency before its time. Refusals: `access.unknown` (HTTP 404), `access.over`."""
    row = _locked(code)
    if actor.person != row.person_id:
        raise _unknown()
    if row.ended_at is not None or row.until <= clock.now():
        raise Refusal("access.over", Text("这项紧急授权已经结束。", "This emergency is already over."), where=row.code)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    revoke(actor=SYSTEM, grant=row.grant, reason="紧急授权提前结束")
    emit(GlassEnded(row.code), actor=actor, subject=_ref(row))
    return row


@transaction.atomic
def review(*, actor: Principal, code: str, finding: str) -> Emergency:
    """Write down what a security administrator found; one that still runs may be revoked like any right.

    Refusals: `grants.denied`, `access.unknown` (HTTP 404), `access.oneself`, `text.…`, `access.reviewed`.
    """
    require(actor, REVIEW)
    row, said = _locked(code), required_text(finding, "finding", Text("复核意见", "finding"))
    if actor.person == row.person_id:
        raise Refusal("access.oneself", Text("不能复核自己的授权。", "Nobody reviews himself."))
    if row.reviewed_at is not None:
        raise Refusal("access.reviewed", Text("已经复核过。", "It was reviewed already."), where=row.code)
    row.reviewed_at, row.finding = clock.now(), said
    row.reviewed_by_id = actor.person
    row.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    emit(GlassReviewed(row.code, said), actor=actor, subject=_ref(row))
    for holder in holders_of_role("security-administrator"):
        done(actor=SYSTEM, key=_key(row, holder))
    return row


def _tell(row: Emergency, person: Person, what: Text, reason: str) -> None:
    """Lay it on the desks of the security administrators, and tell them and the audit administrators at once."""
    security = holders_of_role("security-administrator")
    people = Person.objects.filter(pk__in={*security, *holders_of_role("audit-administrator")})
    body = Text(f"{person.name}：{what.zh}。事由：{reason}", f"{person.name}: {what.en}. Reason: {reason}")
    address = f"/access/emergencies/{row.code}/"
    for holder in security:
        put(
            actor=SYSTEM,
            key=_key(row, holder),
            subject=_ref(row),
            kind="access.emergency",
            title=_TITLE,
            url=address,
            addressee=Addressee.person(holder),
        )
    notify(actor=SYSTEM, to=people, title=_TITLE, body=body, url=address, urgency="urgent")


def _person(actor: Principal) -> Person:
    if actor.person is None or actor.limits is not None:
        raise Refusal("access.owner", Text("紧急授权由本人登录办理。", "A person signs in himself for this."))
    return Person.objects.select_for_update().get(pk=actor.person)


def _locked(code: str) -> Emergency:
    row = Emergency.objects.select_for_update(of=("self",)).select_related("grant", "person").filter(code=code).first()
    if row is None:
        raise _unknown()
    return row


def _unknown() -> Refusal:
    return Refusal("access.unknown", Text("没有这项紧急授权。", "There is no such emergency."), where="emergency")


def _key(row: Emergency, holder: int) -> str:
    return f"access.emergency:{row.code}/{holder}"


def _ref(row: Emergency) -> Ref:
    return Ref("core.emergency", row.code)
