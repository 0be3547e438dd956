"""Verbs of notices: tell people, mark as read, say how one wants to be told, try again."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import Entry, emit, emit_many, event_type
from qilian.core.log.outbox.api import later
from qilian.core.machine.calls.api import inside, is_open
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.core.who.people.api import Person

from .kernel import Step, Urgency, Wishes, check_address, decide
from .models import Delivery, Notice, Preference, Webhook
from .queries import notices_of, wishes_of


@event_type("notices.notice.written", title=Text("发出通知", "Notice written"), dimensions=("urgency",))
@dataclass(frozen=True, slots=True)
class NoticeWritten:
    """A person was told something; its words stay in the notice."""

    person: str
    urgency: str
    channels: tuple[str, ...]


@event_type("notices.preference.changed", title=Text("通知方式变更", "Notice preference changed"))
@dataclass(frozen=True, slots=True)
class PreferenceChanged:
    """A person said how he wants to be told."""

    mail: str
    quiet_from: str
    quiet_to: str
    digest_at: str


@event_type("notices.webhook.registered", title=Text("登记接收地址", "Webhook registered"))
@dataclass(frozen=True, slots=True)
class WebhookRegistered:
    """Another system will be told what a person is told."""

    person: str
    url: str


@event_type("notices.delivery.retried", title=Text("重新发送通知", "Delivery tried again"))
@dataclass(frozen=True, slots=True)
class DeliveryRetried:
    """Somebody had a dead delivery tried again."""

    channel: str


@transaction.atomic
def notify(
    *,
    actor: Principal,
    to: Iterable[Person],
    title: Text,
    body: Text,
    url: str = "",
    urgency: Urgency = "normal",
) -> list[Notice]:
    """Tell people something: a row in each one's list now, mail and webhook by the worker as each one wishes.

    `url` is an address of this house, such as `/plan/2.7.2`. Called by other verbs; those with closed accounts are
    left out.
    """
    people = list({person.pk: person for person in to if person.is_active}.values())
    rows = [_notice(person, title, body, url, urgency) for person in people]
    Notice.objects.bulk_create(rows)
    steps = [_schedule(notice, urgency) for notice in rows]
    emit_many(map(_written, rows, steps), actor=actor)
    return rows


@transaction.atomic
def mark_read(*, actor: Principal, code: str = "") -> int:
    """Mark one of one's notices as read, or without a code all of them; return how many were unread."""
    unread = notices_of(actor).filter(read_at=None)
    return (unread.filter(code=code) if code else unread).order_by().update(read_at=clock.now())


@transaction.atomic
def prefer(*, actor: Principal, wishes: Wishes) -> Preference:
    """Say how one wants to be told from now on; what is on its way keeps its moment. Refusal `notices.no_person`."""
    if actor.person is None:
        raise Refusal("notices.no_person", Text("请先登录。", "Sign in first."))
    times = {"quiet_from": wishes.quiet_from, "quiet_to": wishes.quiet_to, "digest_at": wishes.digest_at}
    row, _ = Preference.objects.update_or_create(person_id=actor.person, defaults={"mail": wishes.mail, **times})
    said = {name: f"{moment:%H:%M}" for name, moment in times.items()}
    emit(PreferenceChanged(wishes.mail, **said), actor=actor, subject=Ref("core.person", actor.code))
    return row


@transaction.atomic
def register_webhook(*, actor: Principal, person: Person, url: str) -> Webhook:
    """Let another system be told what a person is told; a second registration replaces the first, with a new secret.

    Addresses are reached from our server, therefore only holders of `notices.webhook` register them. Refusals:
    `grants.denied`, `notices.webhook.address`, `notices.webhook.inside` (a private address that is not declared).
    """
    require(actor, "notices.webhook")
    check_address(url)
    _refuse_inside(url)
    fresh = {"url": url, "secret": secrets.token_hex(32), "active": True, "created_at": clock.now()}
    row, _ = Webhook.objects.update_or_create(person=person, defaults=fresh)
    emit(WebhookRegistered(person.code, url), actor=actor, subject=Ref("core.webhook", row.code))
    return row


@transaction.atomic
def retry(*, actor: Principal, delivery: Delivery) -> Delivery:
    """Try a dead delivery again from the first attempt. Refusals: `grants.denied`, `notices.delivery.alive`."""
    require(actor, "notices.operate")
    row = Delivery.objects.select_for_update(of=("self",)).select_related("notice").get(pk=delivery.pk)
    if row.state != "dead":
        raise Refusal("notices.delivery.alive", Text("这条通知不需要重发。", "This delivery needs no second try."))
    row.state, row.attempts, row.bundled, row.due_at = "waiting", 0, False, clock.now()
    row.save(update_fields=["state", "attempts", "bundled", "due_at"])
    later("notices.deliver", delivery=row.pk)
    emit(DeliveryRetried(row.channel), actor=actor, subject=about(row.notice))
    return row


def _refuse_inside(url: str) -> None:
    """Refuse an address of a private network at once; a name is judged by where it leads, whenever it is called."""
    host = urlsplit(url).hostname or ""
    try:
        fits = is_open(host, inside(settings.INSIDE))
    except ValueError:
        return
    if not fits:
        message = Text(
            "这个地址在内部网络里，没有允许调用。", "This address lies in a private network that is not declared."
        )
        remedy = Text(
            "需要的话，请管理员在 QILIAN_INSIDE 中写明。", "If it is needed, let the keeper name it in QILIAN_INSIDE."
        )
        raise Refusal("notices.webhook.inside", message, where="url", remedy=remedy)


def _notice(person: Person, title: Text, body: Text, url: str, urgency: Urgency) -> Notice:
    words = {"title_zh": title.zh, "title_en": title.en, "body_zh": body.zh, "body_en": body.en}
    return Notice(person=person, url=url, urgency=urgency, created_at=clock.now(), **words)


def _schedule(notice: Notice, urgency: Urgency) -> tuple[Step, ...]:
    person = notice.person
    has_webhook = Webhook.objects.filter(person=person, active=True).exists()
    steps = decide(
        urgency,
        wishes_of(person),
        has_mail=bool(person.email),
        has_webhook=has_webhook,
        now=clock.now().astimezone(clock.SHANGHAI),
    )
    for step in steps:
        _write_down(notice, step)
    return steps


def _write_down(notice: Notice, step: Step) -> None:
    alone = not (step.bundled and _bundle_is_waiting(notice.person, step))
    row = Delivery.objects.create(notice=notice, channel=step.channel, due_at=step.at, bundled=step.bundled)
    if step.bundled and alone:
        later("notices.digest", at=step.at, person=notice.person_id)
    elif not step.bundled:
        later("notices.deliver", at=step.at, delivery=row.pk)


def _bundle_is_waiting(person: Person, step: Step) -> bool:
    waiting = Delivery.objects.filter(notice__person=person, state="waiting", bundled=True, due_at=step.at)
    return waiting.exists()


def _written(notice: Notice, steps: tuple[Step, ...]) -> Entry:
    channels = ("list", *(step.channel for step in steps))
    body = NoticeWritten(notice.person.code, notice.urgency, channels)
    return Entry(body, about(notice))


def about(notice: Notice) -> Ref:
    """Return the notice as events name it."""
    return Ref("core.notice", notice.code)
