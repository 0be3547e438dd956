"""Out of the house: one mail, one webhook call. Whatever goes wrong is an OSError with a sentence for people."""

import json
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from qilian.core.machine.calls.api import call, inside
from qilian.core.values import clock
from qilian.core.values.text import Text, speaking
from qilian.core.who.people.api import Person

from .kernel import Line, digest, digest_title, sign, single, subject_line
from .models import Notice, Webhook

SIGNATURE = Text("祁连平台自动发送，请勿回复", "Sent by Qilian; please do not reply")
_PATIENCE = 10.0  # seconds for a server to answer


def send_mail(person: Person, notices: Sequence[Notice], *, bundled: bool) -> None:
    """Send one notice, or the bundle of a day, in the person's language; OSError when the server does not take it."""
    with speaking(person.language):
        lines = [_line(notice) for notice in notices]
        title = str(digest_title(len(lines))) if bundled else lines[0].title
        body = digest(lines, signature=SIGNATURE) if bundled else single(lines[0], signature=SIGNATURE)
    message = EmailMessage(subject_line(title), body, settings.DEFAULT_FROM_EMAIL, [person.email])
    message.connection = get_connection(timeout=_PATIENCE)
    try:
        message.send()
    except smtplib.SMTPException as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def call_webhook(webhook: Webhook, notice: Notice) -> None:
    """POST a notice as JSON with `X-Qilian-Timestamp` and `X-Qilian-Signature`; OSError unless the answer is 2xx.

    Redirects are not followed: only the registered address is told, and none in a private network that is not declared.
    """
    body = json.dumps(_as_json(notice), ensure_ascii=False, sort_keys=True).encode()
    timestamp = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Qilian",
        "X-Qilian-Delivery": notice.code,
        "X-Qilian-Timestamp": str(timestamp),
        "X-Qilian-Signature": sign(webhook.secret, body, timestamp),
    }
    call(webhook.url, allowed=inside(settings.INSIDE), patience=_PATIENCE, data=body, headers=headers)


def _line(notice: Notice) -> Line:
    title, body = Text(notice.title_zh, notice.title_en), Text(notice.body_zh, notice.body_en)
    return Line(str(title), str(body), _address(notice))


def _address(notice: Notice) -> str:
    return settings.BASE_URL.rstrip("/") + notice.url if notice.url.startswith("/") else notice.url


def _as_json(notice: Notice) -> dict[str, object]:
    return {
        "id": notice.code,
        "at": notice.created_at.isoformat(),
        "title": {"zh": notice.title_zh, "en": notice.title_en},
        "body": {"zh": notice.body_zh, "en": notice.body_en},
        "url": _address(notice),
        "urgency": notice.urgency,
    }
