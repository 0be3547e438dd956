"""Decide from grants in memory: the same rule that `visible` compiles to SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Scope:
    """What a record belongs to, as far as grants care; an empty field is unknown: only an unlimited grant fits it."""

    unit: str = ""  # unit slug
    region: str = ""  # GB/T 2260 code, six digits
    offer: str = ""  # pack/offer slug, such as testing/instruments; a grant for `testing/` covers all of its offers
    clause: str = ""  # clause id, such as 2.7.2

    def limits(self) -> Iterable[tuple[str, str]]:
        """Name and value of each field that is not empty."""
        fields = (("unit", self.unit), ("region", self.region), ("offer", self.offer), ("clause", self.clause))
        return ((name, value) for name, value in fields if value)


@dataclass(frozen=True, slots=True)
class Permit:
    """One grant as the decision needs it: actions (`*` is all), scope (empty fields do not limit), and its term.

    `limits` are the only actions that count of it, where the actor acts through a token.
    """

    actions: tuple[str, ...]
    scope: Scope = Scope()
    valid_from: date | None = None
    valid_to: date | None = None
    limits: tuple[str, ...] | None = None


def decide(permits: Iterable[Permit], action: str, scope: Scope, on: date) -> bool:
    """Whether one of the permits allows an action within a scope on a day; the default is no."""
    return any(applies(permit, action, on) and covers(permit.scope, scope) for permit in permits)


def applies(permit: Permit, action: str, on: date) -> bool:
    """Whether a permit names the action and is in force on the day, both ends included."""
    begun = permit.valid_from is None or permit.valid_from <= on
    lasting = permit.valid_to is None or on <= permit.valid_to
    within = permit.limits is None or any(matches(pattern, action) for pattern in permit.limits)
    return begun and lasting and within and any(matches(pattern, action) for pattern in permit.actions)


def matches(pattern: str, action: str) -> bool:
    """Whether a pattern names an action: `*` names all, `plan.*` all that begin with `plan.`, others themselves.

    >>> matches("plan.*", "plan.publish"), matches("plan.*", "planning.publish")
    (True, False)
    """
    return action.startswith(pattern[:-1]) if _is_wild(pattern) else pattern == action


def covers(granted: Scope, asked: Scope) -> bool:
    """Whether a granted scope contains what is asked: a region all codes that begin with its own, a pack its offers."""
    return all(
        getattr(asked, name).startswith(start) if (start := prefix_of(name, value)) else value == getattr(asked, name)
        for name, value in granted.limits()
    )


def prefix_of(name: str, value: str) -> str:
    """What everything within a limit begins with, where it is a region or a whole pack; empty for one thing alone.

    >>> prefix_of("offer", "testing/"), prefix_of("offer", "testing/instruments"), prefix_of("region", "630100")
    ('testing/', '', '6301')
    """
    if name == "region":
        return region_prefix(value)
    return value if name == "offer" and value.endswith("/") else ""


def region_prefix(region: str) -> str:
    """The digits that all codes inside a region share (GB/T 2260: province 2, prefecture 4, county 6).

    >>> region_prefix("630000"), region_prefix("630100"), region_prefix("630102")
    ('63', '6301', '630102')
    """
    return region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region


def _is_wild(pattern: str) -> bool:
    return pattern == "*" or pattern.endswith(".*")


# Three administrators apart (三员分立, GB/T 22239 level 3): one person cannot hold two of them.
SYSTEM_ADMINISTRATOR = "system-administrator"
SECURITY_ADMINISTRATOR = "security-administrator"
AUDIT_ADMINISTRATOR = "audit-administrator"

ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SYSTEM_ADMINISTRATOR: ("people.*", "units.*", "outbox.*", "files.*"),
        SECURITY_ADMINISTRATOR: ("grants.*",),
        AUDIT_ADMINISTRATOR: ("events.*",),
    }
)
ROLE_TITLES: Mapping[str, Text] = MappingProxyType(
    {
        SYSTEM_ADMINISTRATOR: Text("系统管理员", "system administrator"),
        SECURITY_ADMINISTRATOR: Text("安全管理员", "security administrator"),
        AUDIT_ADMINISTRATOR: Text("审计管理员", "audit administrator"),
    }
)
# Who gives rights, and who watches, does no business of his own.
WITHOUT_BUSINESS = (SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR)


def roles_of(actions: Iterable[str]) -> frozenset[str]:
    """The administrator roles that these actions touch; `*` touches all three."""
    held = tuple(actions)
    return frozenset(role for role, own in ROLES.items() if any(overlap(a, b) for a in held for b in own))


def incompatibility(actions: Iterable[str]) -> Text | None:
    """Why one person may not hold all these actions together, or None when he may."""
    held = tuple(actions)
    roles = sorted(roles_of(held))
    if len(roles) > 1:
        first, second = ROLE_TITLES[roles[0]], ROLE_TITLES[roles[1]]
        return Text(
            f"同一个人不能既是{first.zh}又是{second.zh}。", f"One person cannot be {first.en} and {second.en} at once."
        )
    lonely = [role for role in roles if role in WITHOUT_BUSINESS]
    if lonely and any(not _within(action, ROLES[lonely[0]]) for action in held):
        title = ROLE_TITLES[lonely[0]]
        return Text(f"{title.zh}不能再有业务权限。", f"A {title.en} cannot hold rights of business as well.")
    return None


def overlap(one: str, other: str) -> bool:
    """Whether some action is named by both patterns."""
    if _is_wild(one) and _is_wild(other):
        return one[:-1].startswith(other[:-1]) or other[:-1].startswith(one[:-1])
    return matches(one, other) or matches(other, one)


def _within(action: str, patterns: Iterable[str]) -> bool:
    return any(action == pattern or matches(pattern, action) for pattern in patterns)
