"""How many tries a name or a network has at each door: five in a quarter of an hour, then a wait that doubles.

GB/T 22239-2019 8.1.4.1 b asks for an end of the session, a limit of failed tries and a lock; how many is ours to say.
"""

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from qilian.core.values.text import Text

LONGEST: Final = timedelta(hours=8)
FORGOTTEN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """So many tries within a time, then a lock of so long, twice as long at each further one, at most eight hours."""

    tries: int
    within: timedelta = timedelta(minutes=15)
    lock: timedelta = timedelta(minutes=15)


BY_LOGIN: Final = Rule(tries=5)
BY_NETWORK: Final = Rule(tries=50)

DOORS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "password": Text("密码登录", "password"),
        "passkey": Text("通行密钥登录", "passkey"),
        "provider": Text("统一身份认证登录", "identity provider"),
        "factor": Text("第二重验证", "second factor"),
        "again": Text("再次验证身份", "showing again who one is"),
        "mail": Text("寄送链接（注册、忘记密码、换邮箱）", "mailed links (sign-up, password, address)"),
        "confirm": Text("确认注册", "confirming an account"),
    }
)
"""Where tries are counted, each by itself: who floods one with forms shuts no other."""


@dataclass(frozen=True, slots=True)
class Tries:
    """What is remembered of a login or a network: tries since a moment, how often it was locked, until when."""

    count: int = 0
    since: datetime | None = None
    locks: int = 0
    until: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """Whether no try is taken at this moment; a lock that ends later than any can was set by a wrong clock."""
        return self.until is not None and now < self.until <= now + LONGEST


def tried(before: Tries, rule: Rule, now: datetime) -> Tries:
    """Count a try that begins now; the last one allowed locks at once, and a right password takes that lock off again.

    Counting before the password is compared leaves no gap for many tries at the same moment.
    """
    assert not before.locked(now), "a locked name takes no try"
    if before.until is not None and now - before.until > FORGOTTEN:
        before = Tries()
    fresh = before.since is None or now - before.since > rule.within
    count, since = (1, now) if fresh else (before.count + 1, before.since)
    if count < rule.tries:
        return replace(before, count=count, since=since, until=None)
    wait: timedelta = min(rule.lock * 2**before.locks, LONGEST)
    return Tries(count=0, since=None, locks=before.locks + 1, until=now + wait)


def undone(after: Tries, rule: Rule) -> Tries:
    """Take one try back, because it was right: a network is counted by its wrong tries only.

    When that try was the one that locked, the lock goes with it.
    """
    if after.count:
        return replace(after, count=after.count - 1)
    if after.until is None:
        return after
    since = after.until - min(rule.lock * 2 ** (after.locks - 1), LONGEST)
    return Tries(count=rule.tries - 1, since=since, locks=after.locks - 1)


def minutes_left(tries: Tries, now: datetime) -> int:
    """How many minutes a lock still lasts, rounded up."""
    assert tries.until is not None
    return -int((now - tries.until) // timedelta(minutes=1))


def login_key(login: str, door: str) -> str:
    """The name under which tries at a login are counted: a digest, so that mistyped passwords are not kept as names."""
    return f"login:{door}:{hashlib.sha256(login.strip().casefold().encode()).hexdigest()[:32]}"


def network_of(address: str) -> str:
    """The network whose tries are counted together: an IPv4 address, or the /64 of an IPv6 one; "unknown" for others.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::9"), network_of("?")
    ('192.0.2.7', '2001:db8:1:2::', 'unknown')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        found = ipaddress.ip_network(f"{found}/64", strict=False).network_address
    return str(found)


def network_key(network: str, door: str) -> str:
    """The name under which tries from a network are counted at a door."""
    return f"net:{door}:{network}"
