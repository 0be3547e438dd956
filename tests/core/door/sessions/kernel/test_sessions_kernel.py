"""When a session is over, and how little is said of a device and a network."""

from datetime import UTC, datetime, timedelta

import pytest

from qilian.core.door.sessions.kernel import Limits, device_of, network_of, over, proved_lately, rights_fingerprint

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIMITS = Limits(idle=timedelta(minutes=60), longest=timedelta(hours=12))


@pytest.mark.parametrize(
    ("started", "seen", "why"),
    [
        (0, 0, ""),
        (-5, -5, ""),
        (-6, -6, "clock"),
        (-999_999, 0, "clock"),
        (59, 59, ""),
        (60, 60, "idle"),
        (719, 1, ""),
        (720, 1, "longest"),
        (720, 61, "longest"),
    ],
)
def test_a_session_ends_without_use_and_at_all(started: int, seen: int, why: str) -> None:
    assert over(NOON - timedelta(minutes=started), NOON - timedelta(minutes=seen), NOON, LIMITS) == why


AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0": "Edge · Windows",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox · Linux",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36 MicroMessenger/8.0": (
        "微信 WeChat · Android"
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605 Version/19.0 Safari/605": "Safari · macOS",
    "Mozilla/5.0 (iPad; CPU OS 19_0) AppleWebKit/605 Safari/605": "Safari · iPad",
    "curl/8.5.0": "curl",
    "": "—",
}


@pytest.mark.parametrize(("agent", "said"), AGENTS.items())
def test_devices(agent: str, said: str) -> None:
    assert device_of(agent) == said


def test_a_strange_agent_brings_no_markup() -> None:
    assert device_of("<script>alert(1)</script>/1") == "scriptalert1"


def test_networks_are_coarse() -> None:
    assert network_of("203.0.113.7") == network_of("203.0.99.1") == "203.0.*.*"
    assert network_of("2001:db8:1:2:3:4:5:6") == "2001:db8::/32"
    assert network_of("unix") == "—"


def test_the_fingerprint_of_rights_changes_with_those_spoken_for_and_not_with_their_order() -> None:
    assert (
        rights_fingerprint(("person:1", "post:2"))
        == rights_fingerprint(("post:2", "person:1"))
        != rights_fingerprint(("person:1",))
    )


@pytest.mark.parametrize(
    ("proved", "now", "lately"),
    [
        *((1_000, 1_000, True), (1_000, 1_900, True), (1_000, 1_901, False)),
        *((1_001, 1_000, False), (None, 0, False), ("1000", 1_000, False)),
    ],
)
def test_a_proof_is_fresh_for_a_quarter_of_an_hour(proved: object, now: int, lately: bool) -> None:
    assert proved_lately(proved, now) is lately
