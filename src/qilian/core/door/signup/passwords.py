"""Verbs of passwords: one's own, and first ones that an administrator hands out."""

import secrets
from datetime import timedelta

from django.db import transaction

from qilian.core.door.sessions.api import end_all
from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.rights.grants.api import require_house
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.notices.api import notify
from qilian.core.who.people.api import Person

from .events import FirstPasswordIssued, PasswordChanged
from .kernel import FIRST_PASSWORD, first_password

_CHANGED = Text("您的密码已修改", "Your password was changed")
_NOT_YOU = Text(
    "其他设备上的登录已全部退出。不是您本人操作的，请立即联系系统管理员。",
    "All other sessions were ended. If it was not you, tell the system administrator at once.",
)
_ISSUED = Text("管理员为您发放了初始密码", "An administrator issued a first password for you")


@transaction.atomic
def issue_first_password(
    *, actor: Principal, person: Person, reason: str, term: timedelta = FIRST_PASSWORD
) -> tuple[Person, str]:
    """Give a person a random first password, returned once; he must change it when he signs in, and it ends by itself.

    Nobody chooses another's password, and no administrator calls this alone: `recovery` does when two have agreed.
    Sessions end and the person is told. Refusals: `grants.together`, `people.person.inactive`.
    """
    require_house(actor)
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        raise Refusal("people.person.inactive", Text("这个账号已经停用。", "This account is closed."))
    word = first_password(secrets.token_bytes(20))
    row.set_password(word)
    row.first_password_until = clock.now() + term
    row.save(update_fields=["password", "first_password_until"])
    end_all(actor=actor, person=row, why="password")
    notify(actor=actor, to=[row], title=_ISSUED, body=_NOT_YOU, urgency="urgent")
    emit(FirstPasswordIssued(row.first_password_until, reason), actor=actor, subject=Ref("core.person", row.code))
    return row, word


@transaction.atomic
def own_password_changed(*, actor: Principal, person: Person, here: str) -> None:
    """After a person changed his password knowing the old one: it is no first one, other sessions end, he is told.

    `here` is the code of the session that stays.
    """
    Person.objects.filter(pk=person.pk).update(first_password_until=None)
    person.first_password_until = None
    end_all(actor=actor, person=person, but=here, why="password")
    notify(actor=actor, to=[person], title=_CHANGED, body=_NOT_YOU, urgency="urgent")
    emit(PasswordChanged("own"), actor=actor, subject=Ref("core.person", person.code))


def void_expired(*, login: str = "") -> int:
    """Take away first passwords whose time is over, of one login or of all; return how many."""
    rows = Person.objects.filter(first_password_until__lte=clock.now())
    if login:
        rows = rows.filter(login__iexact=login.strip())
    people = list(rows)
    for person in people:
        person.set_unusable_password()
        Person.objects.filter(pk=person.pk).update(password=person.password, first_password_until=None)
    return len(people)


def set_own(*, actor: Principal, person: Person, password: str) -> None:
    """Set a locked person's password for good: no first one any more, all sessions end, he is told."""
    person.set_password(password)
    person.first_password_until = None
    person.save(update_fields=["password", "first_password_until"])
    end_all(actor=actor, person=person, why="password")
    notify(actor=actor, to=[person], title=_CHANGED, body=_NOT_YOU, urgency="urgent")
