"""Which persons a party has, and when one is no longer to be contacted."""

from collections.abc import Mapping
from datetime import date

from qilian.core.values.text import Refusal, Text

ROLES: Mapping[str, Text] = {
    "self": Text("本人", "The person himself"),
    "legal": Text("法定代表人（负责人）", "Legal representative"),
    "contact": Text("联系人", "Contact person"),
}
ADDED: Mapping[str, Text] = {role: title for role, title in ROLES.items() if role != "self"}
"""Whom one writes down beside a party; the person himself comes with his own record."""


def check_role(role: str) -> None:
    """Refuse what nobody is written down as: `registry.contact.role`."""
    if role not in ADDED:
        message = Text(f"没有“{role}”这种联系人。", f"There is no contact of the kind “{role}”.")
        raise Refusal("registry.contact.role", message, where="role")


def may_end(role: str, ended_on: date | None) -> bool:
    """Whether a person can be let go: not twice, and not the party himself."""
    return ended_on is None and role != "self"


def check_ending(role: str, ended_on: date | None, where: str) -> None:
    """Refuse to let go whom one cannot: `registry.contact.ended`."""
    if not may_end(role, ended_on):
        message = Text("这位联系人已经停用，或就是主体本人。", "This contact has ended, or is the party himself.")
        raise Refusal("registry.contact.ended", message, where=where)
