"""Which addresses the house may call: public ones, and of private networks those that its keeper named; pure.

OWASP ASVS 5.0, 1.3.6 and 13.2.4–13.2.5 (server-side request forgery, lists of what may be called).
"""

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from qilian.core.values.text import Refusal, Text

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last 32 bits are an IPv4 address, to which the network leads."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What of the house's own network may be called: networks, and hosts by name."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()


def inside(entries: Iterable[str]) -> Inside:
    """Read `QILIAN_INSIDE`: networks (`10.1.0.0/16`), addresses, and names of hosts. Refusal `calls.inside`.

    >>> inside(["10.1.0.0/16", "id.intra.gov.cn"]).hosts
    frozenset({'id.intra.gov.cn'})
    """
    networks: list[Network] = []
    hosts: set[str] = set()
    for entry in filter(None, (each.strip().lower() for each in entries)):
        try:
            networks.append(ipaddress.ip_network(entry))
        except ValueError:
            if "/" in entry or any(sign.isspace() for sign in entry):
                raise _unread(entry) from None
            hosts.add(entry)
    return Inside(tuple(networks), frozenset(hosts))


def is_open(written: str, allowed: Inside, *, host: str = "") -> bool:
    """Whether an address may be called: it is public in all its forms, or it or the host's name was declared.

    >>> is_open("93.184.216.34", Inside()), is_open("127.0.0.1", Inside()), is_open("::ffff:10.0.0.1", Inside())
    (True, False, False)
    """
    if host.lower() in allowed.hosts:
        return True
    forms = list(_forms(ipaddress.ip_address(written.partition("%")[0])))
    return all(_is_public(each) for each in forms) or any(_within(each, allowed) for each in forms)


def _forms(address: Address) -> Iterator[Address]:
    """An address, and the IPv4 address that an IPv6 one leads to."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
        if address.sixtofour is not None:
            yield address.sixtofour
        if address in _TRANSLATED:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _is_public(address: Address) -> bool:
    mapped = isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None
    return mapped or (address.is_global and not address.is_multicast)


def _within(address: Address, allowed: Inside) -> bool:
    return any(address.version == each.version and address in each for each in allowed.networks)


def _unread(entry: str) -> Refusal:
    message = Text(
        f"QILIAN_INSIDE 里的“{entry}”不是网络或主机名。", f"“{entry}” in QILIAN_INSIDE is no network or host."
    )
    return Refusal("calls.inside", message, where=entry, remedy=Text("例如 10.1.0.0/16。", "Such as 10.1.0.0/16."))
