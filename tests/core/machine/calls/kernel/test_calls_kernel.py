"""Which addresses may be called; the private ranges stand in RFC 1918, 4193, 3927, 6598, 6052 and 4291."""

import pytest

from qilian.core.machine.calls.kernel import Inside, inside, is_open
from qilian.core.values.text import Refusal

CLOSED = [
    *("127.0.0.1", "127.255.0.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1"),
    "64:ff9b::a00:1",
]
OPEN = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", CLOSED)
def test_private_addresses_are_closed_in_every_spelling(address: str) -> None:
    assert not is_open(address, Inside())


@pytest.mark.parametrize("address", OPEN)
def test_public_addresses_are_open(address: str) -> None:
    assert is_open(address, Inside())


def test_what_was_named_is_open_and_its_neighbour_is_not() -> None:
    named = inside([" 10.1.0.0/16 ", "fd00::/8", "192.168.7.7", "Id.Intra.gov.cn", ""])
    assert is_open("10.1.2.3", named) and is_open("::ffff:10.1.2.3", named) and is_open("fd00::9", named)
    assert is_open("192.168.7.7", named) and not is_open("192.168.7.8", named) and not is_open("10.2.0.1", named)
    assert is_open("10.9.9.9", named, host="id.intra.gov.cn") and is_open("10.9.9.9", named, host="ID.intra.gov.cn")
    assert not is_open("10.9.9.9", named, host="intra.gov.cn") and not is_open("::1", named)


@pytest.mark.parametrize("entry", ["10.1.0.1/16", "10.0.0.0/99", "two words", "https://x"])
def test_what_is_neither_network_nor_host_is_refused_by_name(entry: str) -> None:
    with pytest.raises(Refusal) as caught:
        inside([entry])
    assert caught.value.code == "calls.inside" and caught.value.where == entry
