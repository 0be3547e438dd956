"""Notices through their channels: list, mail spool, signed webhook on loopback, digest, retries, dead letters."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import RequestFactory

from qilian.core.house.principal import ANONYMOUS, SYSTEM, acting
from qilian.core.log.events.models import Event
from qilian.core.log.outbox.api import run_due
from qilian.core.rights.grants.api import grant
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.notices import pages
from qilian.core.who.notices.api import (
    Wishes,
    count_unread,
    mark_read,
    notices_of,
    notify,
    prefer,
    register_webhook,
    retry,
    undelivered,
    wishes_of,
)
from qilian.core.who.notices.jobs import deliver, send_digest
from qilian.core.who.notices.kernel import WAITS, verified
from qilian.core.who.notices.models import Delivery
from qilian.core.who.people.api import Person, principal_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=clock.SHANGHAI)
TITLE, BODY = Text("报告被退回", "Report sent back"), Text("请补充数据。", "Please add the figures.")


@pytest.fixture(autouse=True)
def standing() -> Iterator[None]:
    """Stand the clock at noon."""
    with clock.allow_standing(), clock.standing_at(NOON):
        yield


@pytest.fixture
def ada() -> Person:
    """A person with a mail address."""
    return Person.objects.create(login="ada", name="甲", email="ada@example.invalid", created_at=clock.now())


class Hook(HTTPServer):
    """A receiver on loopback that keeps what it was told and answers as it is set."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.answer = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        if self.server.answer == 302:
            self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def hook(settings: Any) -> Iterator[Hook]:
    """A receiver that runs beside the test, on a machine that was declared."""
    settings.INSIDE = ["127.0.0.1"]
    server = Hook()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(*people: Person, **more: object) -> None:
    notify(**{"actor": SYSTEM, "to": people, "title": TITLE, "body": BODY, "url": "/reports/7/", **more})


def test_a_notice_stands_in_the_list_and_goes_out_by_mail(ada: Person) -> None:
    tell(ada, ada)
    me = principal_of(ada)
    assert notices_of(me).count() == count_unread(me) == 1 and mail.outbox == []
    assert run_due() == 1 and run_due() == 0
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("报告被退回", ["ada@example.invalid"])
    assert "请补充数据。" in sent.body and "/reports/7/" in sent.body and "http" in sent.body
    assert Delivery.objects.get().state == "sent"
    assert Event.objects.get(type="notices.notice.written").data["channels"] == ["list", "mail"]


def test_a_mail_speaks_the_persons_language(ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(language="en")
    ada.refresh_from_db()
    tell(ada)
    run_due()
    assert mail.outbox[0].subject == "Report sent back"


def test_mail_goes_into_the_spool_without_a_server(ada: Person, tmp_path: Path, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    tell(ada)
    run_due()
    (spooled,) = tmp_path.iterdir()
    assert "ada@example.invalid" in spooled.read_text()


def test_closed_accounts_are_told_nothing(ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    ada.refresh_from_db()
    tell(ada)
    assert not Delivery.objects.exists() and not Event.objects.filter(type="notices.notice.written").exists()


def test_quiet_hours_wait_and_urgent_passes(ada: Person) -> None:
    with clock.standing_at(NOON.replace(hour=23)):
        tell(ada)
        tell(ada, urgency="urgent")
        assert run_due() == 1 and len(mail.outbox) == 1
    with clock.standing_at(NOON.replace(day=3, hour=7, minute=59)):
        assert run_due() == 0
    with clock.standing_at(NOON.replace(day=3, hour=8)):
        assert run_due() == 1 and len(mail.outbox) == 2


def test_a_day_is_bundled_into_one_mail(ada: Person) -> None:
    prefer(actor=principal_of(ada), wishes=Wishes("daily", digest_at=time(17)))
    for number in range(3):
        tell(ada, title=Text(f"第{number}件", f"No {number}"))
    assert run_due() == 0
    with clock.standing_at(NOON.replace(hour=17)):
        assert run_due() == 1 and run_due() == 0
        send_digest(person=ada.pk)
    (bundle,) = mail.outbox
    assert "3" in bundle.subject and all(f"第{number}件" in bundle.body for number in range(3))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    with clock.standing_at(NOON.replace(hour=18)):
        tell(ada)
    with clock.standing_at(NOON.replace(day=3, hour=17)):
        assert run_due() == 1 and len(mail.outbox) == 2


def test_a_webhook_is_told_with_a_signature(ada: Person, hook: Hook) -> None:
    Person.objects.filter(pk=ada.pk).update(email="")
    ada.refresh_from_db()
    webhook = register_webhook(actor=SYSTEM, person=ada, url=hook.url)
    tell(ada)
    run_due()
    ((headers, body),) = hook.told
    timestamp = int(headers["X-Qilian-Timestamp"])
    assert verified(webhook.secret, body, timestamp, headers["X-Qilian-Signature"])
    assert json.loads(body)["title"] == {"zh": TITLE.zh, "en": TITLE.en}
    deliver(delivery=Delivery.objects.get().pk)
    assert len(hook.told) == 1


@pytest.mark.parametrize("answer", [500, 302])
def test_a_failing_webhook_is_tried_again_then_dead_and_can_be_revived(ada: Person, hook: Hook, answer: int) -> None:
    Person.objects.filter(pk=ada.pk).update(email="")
    ada.refresh_from_db()
    register_webhook(actor=SYSTEM, person=ada, url=hook.url)
    hook.answer = answer
    tell(ada)
    moment, attempts = NOON, 0
    for wait in (timedelta(0), *WAITS):
        moment += wait
        with clock.standing_at(moment):
            attempts += run_due()
    assert attempts == len(hook.told) == len(WAITS) + 1
    (row,) = undelivered()
    assert row.state == "dead" and str(answer) in row.error
    with pytest.raises(Refusal) as refused:
        retry(actor=principal_of(ada), delivery=row)
    assert refused.value.code == "grants.denied"
    hook.answer = 200
    grant(actor=SYSTEM, person=ada.pk, actions=["notices.operate"])
    retry(actor=principal_of(ada), delivery=row)
    assert run_due() == 1 and not undelivered()
    with pytest.raises(Refusal) as refused:
        retry(actor=principal_of(ada), delivery=row)
    assert refused.value.code == "notices.delivery.alive"


def test_a_mail_server_that_is_away_is_asked_again(ada: Person, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    prefer(actor=principal_of(ada), wishes=Wishes("daily", digest_at=time(17)))
    tell(ada)
    tell(ada, urgency="urgent")
    with clock.standing_at(NOON.replace(hour=17)):
        assert run_due() == 2
    assert sorted(Delivery.objects.values_list("state", "attempts")) == [("waiting", 1), ("waiting", 1)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.standing_at(NOON.replace(hour=18)):
        assert run_due() == 2 and len(mail.outbox) == 2


def test_wishes_are_kept_and_refused_to_nobody(ada: Person) -> None:
    wishes = Wishes("none", time(20), time(7), time(9))
    prefer(actor=principal_of(ada), wishes=wishes)
    assert wishes_of(ada) == wishes_of(principal_of(ada)) == wishes
    tell(ada, urgency="urgent")
    assert not Delivery.objects.exists()
    with pytest.raises(Refusal) as refused:
        prefer(actor=ANONYMOUS, wishes=wishes)
    assert refused.value.code == "notices.no_person"


def test_a_webhook_that_leads_into_the_house_is_not_called(ada: Person, hook: Hook, settings: Any) -> None:
    """A name is judged by where it leads when it is called, not when it is entered."""
    Person.objects.filter(pk=ada.pk).update(email="")
    ada.refresh_from_db()
    settings.INSIDE = []
    register_webhook(actor=SYSTEM, person=ada, url=hook.url.replace("127.0.0.1", "localhost"))
    tell(ada)
    run_due()
    (row,) = Delivery.objects.all()
    assert hook.told == [] and row.attempts == 1 and "private network" in row.error


def test_webhooks_are_registered_by_those_who_may(ada: Person) -> None:
    for actor, url, code in (
        (principal_of(ada), "https://example.invalid/", "grants.denied"),
        (SYSTEM, "file:///etc/passwd", "notices.webhook.address"),
        (SYSTEM, "http://10.1.2.3/hook", "notices.webhook.inside"),
        (SYSTEM, "http://[::ffff:169.254.169.254]/latest", "notices.webhook.inside"),
    ):
        with pytest.raises(Refusal) as refused:
            register_webhook(actor=actor, person=ada, url=url)
        assert refused.value.code == code


def test_notices_are_marked_as_read(ada: Person) -> None:
    me = principal_of(ada)
    tell(ada)
    tell(ada)
    assert mark_read(actor=me, code=notices_of(me)[0].code) == 1 and count_unread(me) == 1
    assert mark_read(actor=me) == 1 and mark_read(actor=me) == 0
    assert mark_read(actor=ANONYMOUS) == 0


def test_the_form_of_wishes_answers_with_sentences(ada: Person) -> None:
    wrong = {"mail": "each", "quiet_from": "25:00", "quiet_to": "08:00", "digest_at": "08:30"}
    with acting(principal_of(ada)):
        assert pages.preferences(RequestFactory().get("/")).shape.fields[0].value == "each"
        answer = pages.preferences(RequestFactory().post("/", wrong))
        assert answer.status_code == 422 and answer.shape.refusals[0].where == "quiet_from"
        assert answer.shape.fields[1].value == "25:00"
