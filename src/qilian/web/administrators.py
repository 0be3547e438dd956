"""The three administrators of a real database, apart from each other (三员分立, GB/T 22239-2019 level 3)."""

from collections.abc import Iterator
from datetime import timedelta

from qilian.core.door.signup.api import issue_first_password
from qilian.core.rights.grants.api import ROLES, SYSTEM, grant
from qilian.core.values.text import Text
from qilian.core.who.people.api import Person, register_person

WHO = (
    ("system", "系统管理员", "system-administrator"),
    ("security", "安全管理员", "security-administrator"),
    ("audit", "审计管理员", "audit-administrator"),
)
_TERM = timedelta(days=365)
"""How long their first passwords last: nobody stands above them to issue others. Each is changed at first use."""


def make_administrators() -> Iterator[tuple[str, str, Text]]:
    """Register the administrators that are not there yet; yield login, generated password and role, once for each.

    The system administrator registers people and posts, the security administrator grants, the audit administrator
    reads the log; none can do another's work, and none does business.
    """
    for login, name, role in WHO:
        if Person.objects.filter(login=login).exists():
            continue
        person = register_person(actor=SYSTEM, login=login, name=name)
        grant(actor=SYSTEM, actions=ROLES[role], person=person.pk, reason="初始管理员")
        _, password = issue_first_password(actor=SYSTEM, person=person, reason="初始管理员", term=_TERM)
        yield login, password, Text(name, role.replace("-", " "))
