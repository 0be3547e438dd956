"""When a session is over, and what is said of a device and a network: enough to know one's own, too little to follow.

OWASP ASVS 5.0 V7.3 asks for a limit without use and a limit at all; how long is a setting.
"""

import hashlib
import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from qilian.core.values.text import Text

SEEN_EVERY: Final = timedelta(minutes=1)
FRESH: Final = timedelta(minutes=15)
LEEWAY: Final = timedelta(minutes=5)
"""How far a clock may be put back, as time services do, without ending a session."""
_BROWSERS = (("Edg/", "Edge"), ("MicroMessenger", "微信 WeChat"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
METHODS = {
    "password": Text("密码", "password"),
    "passkey": Text("通行密钥", "passkey"),
    "provider": Text("统一身份认证", "identity provider"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives without use, and at all."""

    idle: timedelta
    longest: timedelta


def over(started: datetime, seen: datetime, now: datetime, limits: Limits) -> str:
    """Why a session is over: `idle`, `longest`, `clock` (begun in the future, when the clock was wrong), or nothing."""
    if now - started >= limits.longest:
        return "longest"
    if started - now > LEEWAY:
        return "clock"
    return "idle" if now - seen >= limits.idle else ""


def proved_lately(proved: object, now: int) -> bool:
    """Whether a proof of who it is, in seconds since 1970, is at most a quarter of an hour old; none is not.

    >>> proved_lately(1_000, 1_900), proved_lately(1_000, 1_901), proved_lately(None, 0), proved_lately(2_000, 1_900)
    (True, False, False, False)
    """
    return isinstance(proved, int) and 0 <= now - proved <= FRESH.total_seconds()


def device_of(agent: str) -> str:
    """Browser and system, without versions.

    >>> device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36")
    'Chrome · Windows'
    """
    browser = next((name for sign, name in _BROWSERS if sign in agent), "Safari" if "Safari/" in agent else "")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return " · ".join(filter(None, (browser, system))) or re.sub(r"[^\w .-]", "", agent.partition("/")[0])[:40] or "—"


def network_of(address: str) -> str:
    """The network of an address: /16 of IPv4, /32 of IPv6.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1::9"), network_of("")
    ('192.0.*.*', '2001:db8::/32', '—')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "—"
    if found.version == 4:
        return ".".join((*str(found).split(".")[:2], "*", "*"))
    return str(ipaddress.ip_network(f"{found}/32", strict=False))


def rights_fingerprint(speaks_for: Sequence[str]) -> str:
    """A digest of everybody whom a person speaks for: when it changes, his rights did, and the session's key turns."""
    return hashlib.sha256("\n".join(sorted(speaks_for)).encode()).hexdigest()[:16]
