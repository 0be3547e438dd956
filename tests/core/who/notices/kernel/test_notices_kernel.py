"""Notices: channel and moment, quiet hours past midnight, digest, retries, signature, addresses."""

import hashlib
import hmac
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal, Text
from qilian.core.who.notices.kernel import (
    WAITS,
    Line,
    MailMode,
    Step,
    Urgency,
    Wishes,
    after_quiet,
    check_address,
    decide,
    digest,
    digest_title,
    is_quiet,
    mail_mode,
    next_time,
    retry_at,
    sign,
    single,
    subject_line,
    verified,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=SHANGHAI)
BUNDLE = datetime(2026, 3, 3, 8, 30, tzinfo=SHANGHAI)
SIGNATURE = Text("祁连", "Qilian")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(SHANGHAI))


@pytest.mark.parametrize(
    ("urgency", "mail", "now", "steps"),
    [
        ("normal", "each", NOON, [Step("webhook", NOON), Step("mail", NOON)]),
        ("normal", "each", NIGHT, [Step("webhook", MORNING), Step("mail", MORNING)]),
        ("normal", "daily", NOON, [Step("webhook", NOON), Step("mail", BUNDLE, bundled=True)]),
        ("low", "each", NOON, [Step("webhook", NOON), Step("mail", BUNDLE, bundled=True)]),
        ("urgent", "each", NIGHT, [Step("webhook", NIGHT), Step("mail", NIGHT)]),
        ("urgent", "daily", NIGHT, [Step("webhook", NIGHT), Step("mail", NIGHT)]),
        ("urgent", "none", NIGHT, [Step("webhook", NIGHT)]),
    ],
)
def test_channel_and_moment(urgency: Urgency, mail: MailMode, now: datetime, steps: list[Step]) -> None:
    assert list(decide(urgency, Wishes(mail), has_mail=True, has_webhook=True, now=now)) == steps


@pytest.mark.parametrize(
    ("moment", "start", "end", "quiet"),
    [
        (time(21, 59), time(22), time(7), False),
        (time(22), time(22), time(7), True),
        (time(6, 59), time(22), time(7), True),
        (time(7), time(22), time(7), False),
        (time(11, 59), time(12), time(14), False),
        (time(12), time(12), time(14), True),
        (time(14), time(12), time(14), False),
        (time(12), time(12), time(12), False),
    ],
)
def test_quiet_hours_hold_their_first_minute_and_not_their_last(
    moment: time, start: time, end: time, quiet: bool
) -> None:
    assert is_quiet(moment, start, end) == quiet


def test_without_addresses_nothing_leaves_the_house() -> None:
    assert decide("urgent", Wishes(), has_mail=False, has_webhook=False, now=NOON) == ()


@given(moments, st.times(), st.times())
def test_quiet_hours_end_when_they_say(now: datetime, start: time, end: time) -> None:
    start, end = start.replace(microsecond=0, tzinfo=None), end.replace(microsecond=0, tzinfo=None)
    after = after_quiet(now, Wishes(quiet_from=start, quiet_to=end))
    assert now <= after <= now + timedelta(days=1)
    assert not is_quiet(after.time(), start, end)
    assert not is_quiet(now.time(), start, start)


@given(moments, st.times())
def test_the_next_time_is_within_a_day(now: datetime, wanted: time) -> None:
    found = next_time(wanted.replace(tzinfo=None), now)
    assert timedelta(0) < found - now <= timedelta(days=1)


def test_waits_grow_and_end() -> None:
    tried = [retry_at(attempts, NOON) for attempts in range(1, len(WAITS) + 2)]
    assert tried[:-1] == [NOON + wait for wait in WAITS] and tried[-1] is None
    assert list(WAITS) == sorted(WAITS)


def test_a_digest_lists_every_notice_once() -> None:
    lines = [Line("甲", "内容", "http://x/1"), Line("乙", "", "")]
    assert digest(lines, signature=SIGNATURE) == "1. 甲\n   内容\n   http://x/1\n\n2. 乙\n\n—— 祁连\n"
    assert single(lines[0], signature=SIGNATURE) == "内容\n\nhttp://x/1\n\n—— 祁连\n"
    assert "2" in digest_title(2).zh and "2" in digest_title(2).en


def test_a_title_is_one_line() -> None:
    assert subject_line("甲\r\nBcc: x@y\n乙") == "甲 Bcc: x@y 乙"
    assert len(subject_line("长" * 500)) == 150


def test_the_signature_is_that_of_rfc_2104() -> None:
    expected = hmac.new(b"key", b"7.{}", hashlib.sha256).hexdigest()
    assert sign("key", b"{}", 7) == f"v1={expected}"
    assert verified("key", b"{}", 7, sign("key", b"{}", 7))
    assert not any(
        (verified("key", b"{}", 8, sign("key", b"{}", 7)), verified("other", b"{}", 7, sign("key", b"{}", 7)))
    )


@pytest.mark.parametrize("url", ["", "ftp://x/", "https://", "http://user@host/", "https://x/a b", "javascript:1"])
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_address(url)
    assert refused.value.code == "notices.webhook.address"


def test_plain_addresses_and_words_pass() -> None:
    check_address("https://example.invalid/hook")
    check_address("http://127.0.0.1:8001/hook")
    assert [mail_mode(word) for word in ("each", "daily", "none")] == ["each", "daily", "none"]
    with pytest.raises(Refusal):
        mail_mode("hourly")
