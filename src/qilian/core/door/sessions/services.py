"""Verbs of sessions: begin, go on, end one, end the others."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.house.tables import prepared
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.api import Person

from .events import SessionBegun, SessionEnded
from .kernel import SEEN_EVERY, Limits, device_of, network_of, over
from .models import Session

END = "people.sessions"


def limits() -> Limits:
    """How long sessions live here (QILIAN_IDLE_MINUTES, QILIAN_SESSION_HOURS)."""
    return Limits(timedelta(minutes=settings.IDLE_MINUTES), timedelta(seconds=settings.SESSION_COOKIE_AGE))


@transaction.atomic
def begin(*, person: Person, method: str, agent: str, address: str) -> Session:
    """Write down that a person signed in from a device; the address is kept coarse."""
    now, device, network = clock.now(), device_of(agent)[:60], network_of(address)
    row = Session.objects.create(
        person=person, method=method, device=device, network=network, started_at=now, seen_at=now
    )
    who = Principal("person", person=person.pk, code=person.code, name=person.name)
    emit(SessionBegun(method, device, network), actor=who, subject=Ref("core.person", person.code))
    return row


def go_on(*, code: str, person: int) -> bool:
    """Whether the session of a person (primary key) still runs; one that outlived its limits is ended here.

    Called by every request: one SELECT, and once a minute an UPDATE.
    """
    now = clock.now()
    for number, begun, seen in prepared(_RUNNING, [code, str(person)]):
        why = over(begun, seen, now, limits())
        if why:
            _end(list(Session.objects.filter(pk=number)), SYSTEM, why)
        elif now - seen >= SEEN_EVERY:
            Session.objects.filter(pk=number).update(seen_at=now)
        return not why
    return False


_RUNNING = """
    SELECT id, started_at, seen_at FROM core_session
    WHERE code = %s AND person_id = %s::bigint AND ended_at IS NULL"""


@transaction.atomic
def end(*, actor: Principal, code: str, why: str = "ended") -> Session:
    """End a session at once: one's own, or with `people.sessions` anybody's.

    Refusals: `grants.denied`, `sessions.unknown` (HTTP 404), `sessions.over`.
    """
    row = Session.objects.select_for_update(of=("self",)).select_related("person").filter(code=code).first()
    if row is None:
        raise Refusal("sessions.unknown", Text("没有这个会话。", "There is no such session."), where="session")
    if actor.person != row.person_id:
        require(actor, END)
    if row.ended_at is not None:
        raise Refusal("sessions.over", Text("这个会话已经结束。", "This session is already over."), where="session")
    _end([row], actor, why)
    return row


@transaction.atomic
def end_all(*, actor: Principal, person: Person, but: str = "", why: str = "ended") -> int:
    """End every session of a person but one; return how many. One's own, or with `people.sessions` anybody's."""
    if actor.person != person.pk:
        require(actor, END)
    rows = Session.objects.select_for_update(of=("self",)).filter(person=person, ended_at=None).exclude(code=but)
    return _end(list(rows.select_related("person")), actor, why)


def _end(rows: list[Session], actor: Principal, why: str) -> int:
    for row in rows:
        ended = Session.objects.filter(pk=row.pk, ended_at=None).update(ended_at=clock.now(), ended_why=why)
        if ended:
            emit(SessionEnded(row.code, why), actor=actor, subject=Ref("core.person", row.person.code))
    return len(rows)
