"""Verbs at the door: begin a try, welcome who got in, unlock."""

from datetime import datetime

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person

from .events import LoginLocked, LoginUnlocked
from .kernel import BY_LOGIN, BY_NETWORK, Rule, Tries, login_key, minutes_left, network_key, tried, undone
from .models import SignInTries

UNLOCK = "people.unlock"
_AGAIN = "again"


def begin_try(*, login: str, network: str, step: str = "") -> None:
    """Count a try before the password is compared, in a transaction of its own; it holds across all processes.

    Refusal `signin.locked` while the login, known or not, or the network has to wait. A further step of signing in (a
    second factor) has tries of its own; without a login, as for a passkey, only the network is counted.
    """
    _count(network_key(network), BY_NETWORK, "")
    if login:
        _count(login_key(login + step), BY_LOGIN, login)


def prove(*, person: Person, password: str, network: str) -> None:
    """Let who is signed in show his password again; counted as a try of its own.

    Refusals: `signin.password` for a wrong one, `signin.locked`.
    """
    begin_try(login=person.login, network=network, step=_AGAIN)
    if not person.check_password(password):
        raise Refusal("signin.password", Text("密码不对。", "The password is wrong."), where="password")
    welcome(person=person, login=person.login, network=network, step=_AGAIN)


@transaction.atomic
def welcome(*, person: Person, login: str, network: str, step: str = "") -> None:
    """Forget the tries at a login when its owner got in, and take this one back from those of the network."""
    row = SignInTries.objects.select_for_update(of=("self",)).filter(key=network_key(network)).first()
    if row is not None:
        _keep(row, undone(_tries(row), BY_NETWORK))
    SignInTries.objects.filter(key__in={login_key(login + step), login_key(person.login + step)}).delete()


@transaction.atomic
def unlock(*, actor: Principal, person: Person, reason: str) -> None:
    """Let a person try again at once. Refusals: `grants.denied`, `signin.oneself`, `signin.open` (not locked)."""
    require(actor, UNLOCK)
    if actor.person == person.pk:
        message = Text("不能为自己解锁。", "Nobody unlocks himself.")
        raise Refusal(
            "signin.oneself", message, remedy=Text("请另一位管理员办理。", "Let another administrator do it.")
        )
    if not SignInTries.objects.filter(person=person, until__gt=clock.now()).delete()[0]:
        raise Refusal("signin.open", Text("这个账号没有锁定。", "This account is not locked."), where=person.login)
    emit(LoginUnlocked(" ".join(reason.split())), actor=actor, subject=Ref("core.person", person.code))


@transaction.atomic
def _count(key: str, rule: Rule, login: str) -> None:
    owner = Person.objects.filter(login__iexact=login.strip()).first() if login else None
    SignInTries.objects.bulk_create([SignInTries(key=key, person=owner)], ignore_conflicts=True)
    row, now = SignInTries.objects.select_for_update(of=("self",)).get(key=key), clock.now()
    before = _tries(row)
    if before.locked(now):
        raise locked(before, now)
    _keep(row, tried(before, rule, now))


def _tries(row: SignInTries) -> Tries:
    return Tries(row.count, row.since, row.locks, row.until)


def _keep(row: SignInTries, tries: Tries) -> None:
    row.count, row.since, row.locks, row.until = tries.count, tries.since, tries.locks, tries.until
    row.save()


def tell_of_lock(*, login: str) -> None:
    """After a wrong password: write the lock that it caused into the log, and tell the login's owner."""
    row = SignInTries.objects.filter(key=login_key(login), until__gt=clock.now()).select_related("person").first()
    if row is None or row.person is None or row.until is None:
        return
    left = minutes_left(Tries(until=row.until), clock.now())
    with transaction.atomic():
        emit(LoginLocked(row.until, left), actor=SYSTEM, subject=Ref("core.person", row.person.code))
        notify(
            actor=SYSTEM,
            to=[row.person],
            title=Text("您的账号已临时锁定", "Your account is locked for a while"),
            body=Text(
                f"连续输错密码，{left} 分钟内不能登录。不是您本人操作的，请告知系统管理员。",
                f"The password was wrong too often; nobody signs in for {left} minutes. If it was not you, tell the "
                "system administrator.",
            ),
            urgency="urgent",
        )


def locked(tries: Tries, now: datetime) -> Refusal:
    """The refusal of whoever has to wait; it says the same for logins that do not exist."""
    left = minutes_left(tries, now)
    message = Text(f"尝试次数太多，请 {left} 分钟后再试。", f"Too many tries; try again in {left} minutes.")
    remedy = Text("急用请联系系统管理员解锁。", "If it is urgent, ask the system administrator to unlock the account.")
    return Refusal("signin.locked", message, where="login", remedy=remedy)
