"""When and through which channel a notice goes out, what a digest says, and how a webhook is signed; pure."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from qilian.core.values.text import Refusal, Text

Urgency = Literal["low", "normal", "urgent"]
MailMode = Literal["each", "daily", "none"]
Channel = Literal["mail", "webhook"]

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
"""How long to wait after each failed attempt; after the last one the delivery is dead."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants to be told. Times are Asia/Shanghai; equal ends mean no quiet hours."""

    mail: MailMode = "each"
    quiet_from: time = time(21)
    quiet_to: time = time(8)
    digest_at: time = time(8, 30)


@dataclass(frozen=True, slots=True)
class Step:
    """One way out of the house: through which channel, not before when, and whether in the daily bundle."""

    channel: Channel
    at: datetime
    bundled: bool = False


def decide(urgency: Urgency, wishes: Wishes, *, has_mail: bool, has_webhook: bool, now: datetime) -> tuple[Step, ...]:
    """Choose channels and moments for one notice; `now` is aware, in the zone of the wishes.

    What is urgent passes quiet hours and the bundle, never a wish for no mail. What is of low urgency goes by mail only
    in the bundle. The list in the application has every notice at once and needs no step.
    """
    start = now if urgency == "urgent" else after_quiet(now, wishes)
    steps = [Step("webhook", start)] if has_webhook else []
    if not has_mail or wishes.mail == "none":
        return tuple(steps)
    if urgency == "low" or (urgency == "normal" and wishes.mail == "daily"):
        return (*steps, Step("mail", next_time(wishes.digest_at, now), bundled=True))
    return (*steps, Step("mail", start))


def after_quiet(now: datetime, wishes: Wishes) -> datetime:
    """This moment, or the end of the quiet hours that it falls into; they may go past midnight."""
    return next_time(wishes.quiet_to, now) if is_quiet(now.time(), wishes.quiet_from, wishes.quiet_to) else now


def is_quiet(moment: time, start: time, end: time) -> bool:
    """Whether a time of day lies from `start` (included) to `end` (excluded), past midnight when `end` is earlier."""
    if start <= end:
        return start <= moment < end
    return moment >= start or moment < end


def next_time(wanted: time, now: datetime) -> datetime:
    """The next moment after now at a time of day."""
    today = now.replace(hour=wanted.hour, minute=wanted.minute, second=wanted.second, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def retry_at(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failed attempts; None when the delivery is dead."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as a digest lists it."""

    title: str
    body: str
    url: str


def single(line: Line, *, signature: Text) -> str:
    """The body of a mail about one notice."""
    return "\n\n".join(part for part in (line.body, line.url, f"—— {signature}") if part) + "\n"


def digest(lines: Sequence[Line], *, signature: Text) -> str:
    """The body of the daily bundle: every notice with its number, words and address, in the order given."""
    items = [_numbered(number, line) for number, line in enumerate(lines, start=1)]
    return "\n\n".join([*items, f"—— {signature}"]) + "\n"


def _numbered(number: int, line: Line) -> str:
    return "\n".join([f"{number}. {line.title}", *(f"   {part}" for part in (line.body, line.url) if part)])


def digest_title(count: int) -> Text:
    """The subject of the daily bundle."""
    return Text(f"今日通知（{count} 条）", f"Notices of the day ({count})")


def subject_line(title: str) -> str:
    """A title as one line of a mail header, at most 150 characters: line ends would add headers."""
    return " ".join(title.split())[:150]


def sign(secret: str, body: bytes, timestamp: int) -> str:
    """HMAC-SHA256 (RFC 2104) of `timestamp.body`, hexadecimal after `v1=`; the receiver computes the same.

    >>> sign("secret", b"{}", 1700000000)[:11]
    'v1=b8569b78'
    """
    said = str(timestamp).encode() + b"." + body
    return "v1=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def verified(secret: str, body: bytes, timestamp: int, signature: str) -> bool:
    """Whether a signature belongs to a body; compared in constant time. For receivers and tests."""
    return hmac.compare_digest(sign(secret, body, timestamp), signature)


def check_address(url: str) -> None:
    """Refuse a webhook address that is no plain http(s) address."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0]
    if scheme not in ("https", "http") or not host or "@" in host or any(sign.isspace() for sign in url):
        raise Refusal(
            "notices.webhook.address",
            Text(
                "接收地址须以 https:// 或 http:// 开头，不含用户名和空格。",
                "An address begins with https:// or http://, without user or spaces.",
            ),
            where="url",
        )


def mail_mode(written: str) -> MailMode:
    """Read a mail wish; Refusal for a word that is none of the three."""
    match written:
        case "each" | "daily" | "none":
            return written
        case _:
            raise Refusal("notices.mail.mode", Text("请选择邮件方式。", "Choose how mail is sent."), where="mail")
