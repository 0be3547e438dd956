"""How many tries a name or a network has: five within a quarter of an hour, then a wait that doubles each time.

GB/T 22239-2019 8.1.4.1 b asks for an end of the session, a limit of failed tries and a lock; how many is ours to say.
"""

import hashlib
import ipaddress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Tries:
    """What is remembered of a login or a network: tries since a moment, how often it was locked, until when."""

    count: int = 0
    since: datetime | None = None
    locks: int = 0
    until: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """Whether no try is taken at this moment."""
        return self.until is not None and now < self.until


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


def login_key(login: str) -> str:
    """The name under which tries at a login are counted: a digest, so that mistyped passwords are not kept as names."""
    return f"login:{hashlib.sha256(login.strip().casefold().encode()).hexdigest()[:32]}"


def network_key(address: str) -> str:
    """The name under which tries from a network are counted: an IPv4 address, or the /64 of an IPv6 one.

    >>> network_key("192.0.2.7"), network_key("2001:db8:1:2:3::9"), network_key("?")
    ('net:192.0.2.7', 'net:2001:db8:1:2::', 'net:unknown')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "net:unknown"
    if found.version == 6:
        found = ipaddress.ip_network(f"{found}/64", strict=False).network_address
    return f"net:{found}"
