"""Verbs at the doors: begin a try, welcome who got in, tell of locks, lift them."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import allowed, require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person

from .events import LoginLocked, LoginUnlocked, NetworkLocked, NetworkUnlocked
from .kernel import (
    BY_LOGIN,
    BY_NETWORK,
    DOORS,
    Rule,
    Tries,
    login_key,
    minutes_left,
    network_key,
    network_of,
    tried,
    undone,
)
from .models import SignInTries

UNLOCK, UNLOCK_TOO = "people.unlock", "grants.unlock"
"""Of system administrators, and of security administrators: one lets the other in again."""
PASSWORD, AGAIN = "password", "again"
_LOG = logging.getLogger("qilian.door")


def begin_try(*, login: str, network: str, door: str = PASSWORD) -> None:
    """Count a try before anything is compared, in a transaction of its own; it holds across all processes.

    Refusal `signin.locked` while the login, known or not, or the network has to wait at this door. Each of `DOORS` has
    tries of its own; without a login, as for a passkey, only the network is counted.
    """
    assert door in DOORS, door
    place = network_of(network)
    _count(SignInTries(key=network_key(place, door), door=door, network=place), BY_NETWORK)
    if login:
        owner = Person.objects.filter(login__iexact=login.strip()).first()
        _count(SignInTries(key=login_key(login, door), door=door, person=owner), BY_LOGIN)


def prove(*, person: Person, password: str, network: str) -> None:
    """Let who is signed in show his password again; counted as a try of its own.

    Refusals: `signin.password` for a wrong one, `signin.locked`.
    """
    begin_try(login=person.login, network=network, door=AGAIN)
    if not person.check_password(password):
        failed(login=person.login, network=network, door=AGAIN)
        raise Refusal("signin.password", Text("密码不对。", "The password is wrong."), where="password")
    welcome(person=person, login=person.login, network=network, door=AGAIN)


@transaction.atomic
def welcome(*, person: Person, login: str, network: str, door: str = PASSWORD) -> None:
    """Forget the tries at a login when its owner got in, and take this one back from those of the network."""
    key = network_key(network_of(network), door)
    row = SignInTries.objects.select_for_update(of=("self",)).filter(key=key).first()
    if row is not None:
        _keep(row, undone(_tries(row), BY_NETWORK))
    SignInTries.objects.filter(key__in={login_key(login, door), login_key(person.login, door)}).delete()


def forgive(*, person: Person) -> None:
    """Forget the wrong passwords of who has just set a new one."""
    SignInTries.objects.filter(person=person, door=PASSWORD).delete()


def failed(*, login: str = "", network: str, door: str = PASSWORD) -> None:
    """After a try that failed: a line in the log of the machine (ASVS 5.0, 16.3.1), and what `tell_of_locks` does.

    Of the login stands there whose it is, never what was typed, which may be a password.
    """
    owner = Person.objects.filter(login__iexact=login.strip()).first() if login else None
    _LOG.warning("refused at %s from %s", door, network_of(network), extra={"principal": owner.code if owner else ""})
    tell_of_locks(login=login, network=network, door=door)


def tell_of_locks(*, login: str = "", network: str, door: str = PASSWORD) -> None:
    """Write the locks that a try caused into the log, and tell the login's owner of his."""
    keys = [network_key(network_of(network), door), *([login_key(login, door)] if login else [])]
    for row in SignInTries.objects.filter(key__in=keys, until__gt=clock.now()).select_related("person"):
        if row.person is not None or row.network:
            _tell(row)


@transaction.atomic
def unlock(*, actor: Principal, locks: Iterable[SignInTries], reason: str) -> list[SignInTries]:
    """Let people or networks try again at once; return the locks that were lifted.

    System and security administrators may. Refusals: `grants.denied`, `signin.oneself`, `signin.reason`,
    `signin.open` (nothing is locked).
    """
    require_lifting(actor)
    said, asked = " ".join(reason.split())[:200], [row.pk for row in locks]
    rows = list(SignInTries.objects.select_for_update(of=("self",)).filter(pk__in=asked, until__gt=clock.now()))
    if any(row.person_id is not None and row.person_id == actor.person for row in rows):
        message = Text("不能为自己解锁。", "Nobody unlocks himself.")
        remedy = Text("请另一位管理员办理。", "Let another administrator do it.")
        raise Refusal("signin.oneself", message, remedy=remedy)
    if not said:
        raise Refusal("signin.reason", Text("请写明如何核实。", "Say how you made sure."), where="reason")
    if not rows:
        raise Refusal("signin.open", Text("没有这样的锁定。", "Nothing of this is locked."))
    for row in rows:
        body = LoginUnlocked(row.door, said) if row.person_id is not None else NetworkUnlocked(row.door, said)
        emit(body, actor=actor, subject=_ref(row))
    SignInTries.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return rows


def require_lifting(actor: Principal) -> None:
    """Let pass who may see and lift locks; Refusal `grants.denied`."""
    if not allowed(actor, UNLOCK_TOO):
        require(actor, UNLOCK)


@transaction.atomic
def _count(fresh: SignInTries, rule: Rule) -> None:
    SignInTries.objects.bulk_create([fresh], ignore_conflicts=True)
    row, now = SignInTries.objects.select_for_update(of=("self",)).get(key=fresh.key), clock.now()
    before = _tries(row)
    if before.locked(now):
        raise locked(before, now)
    _keep(row, tried(before, rule, now))


def _tries(row: SignInTries) -> Tries:
    return Tries(row.count, row.since, row.locks, row.until)


def _keep(row: SignInTries, tries: Tries) -> None:
    row.count, row.since, row.locks, row.until = tries.count, tries.since, tries.locks, tries.until
    row.save()


@transaction.atomic
def _tell(row: SignInTries) -> None:
    assert row.until is not None
    left = minutes_left(Tries(until=row.until), clock.now())
    if row.person is None:
        emit(NetworkLocked(row.door, row.until, left), actor=SYSTEM, subject=_ref(row))
        return
    emit(LoginLocked(row.door, row.until, left), actor=SYSTEM, subject=_ref(row))
    notify(
        actor=SYSTEM,
        to=[row.person],
        title=Text("您的账号已临时锁定", "Your account is locked for a while"),
        body=Text(
            f"“{DOORS[row.door].zh}”失败次数太多，{left} 分钟内不能再试。不是您本人操作的，请告知系统管理员。",
            f"There were too many wrong tries ({DOORS[row.door].en}); no more are taken for {left} minutes. If it was "
            "not you, tell the system administrator.",
        ),
        urgency="urgent",
    )


def _ref(row: SignInTries) -> Ref:
    return Ref("core.lock", row.code) if row.person is None else Ref("core.person", row.person.code)


def locked(tries: Tries, now: datetime) -> Refusal:
    """The refusal of whoever has to wait; it says the same for logins that do not exist."""
    left = minutes_left(tries, now)
    message = Text(f"尝试次数太多，请 {left} 分钟后再试。", f"Too many tries; try again in {left} minutes.")
    remedy = Text("急用请联系系统管理员解锁。", "If it is urgent, ask the system administrator to unlock the account.")
    return Refusal("signin.locked", message, where="login", remedy=remedy)
