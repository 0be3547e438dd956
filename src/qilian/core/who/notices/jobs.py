"""Deliveries as jobs of the worker: each takes its row under a lock, so that running twice sends once."""

from django.db import transaction

from qilian.core.log.outbox.api import job, later
from qilian.core.values import clock

from .delivery import call_webhook, send_mail
from .kernel import retry_at
from .models import Delivery, Webhook


@job("notices.deliver")
@transaction.atomic
def deliver(*, delivery: int) -> None:
    """Send one notice through one channel; after a failure it is tried again with longer waits, then it is dead."""
    row = (
        Delivery.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("notice__person")
        .filter(pk=delivery, state="waiting")
        .first()
    )
    if row is None:
        return
    try:
        _send(row)
    except OSError as error:
        _failed(row, error)
    else:
        _sent(row)


@job("notices.digest")
@transaction.atomic
def send_digest(*, person: int) -> None:
    """Send a person the bundle of all notices that wait for it; each is listed once, whatever happens."""
    waiting = Delivery.objects.select_for_update(of=("self",), skip_locked=True).select_related("notice__person")
    rows = list(
        waiting.filter(
            notice__person=person, channel="mail", bundled=True, state="waiting", due_at__lte=clock.now()
        ).order_by("pk")
    )
    if not rows:
        return
    try:
        send_mail(rows[0].notice.person, [row.notice for row in rows], bundled=True)
    except OSError as error:
        for row in rows:
            _failed(row, error)
        _again_together(rows)
    else:
        for row in rows:
            _sent(row)


def _send(row: Delivery) -> None:
    if row.channel == "mail":
        send_mail(row.notice.person, [row.notice], bundled=False)
        return
    webhook = Webhook.objects.filter(person=row.notice.person, active=True).first()
    if webhook is not None:  # withdrawn in the meantime: nobody is to be told any more
        call_webhook(webhook, row.notice)


def _sent(row: Delivery) -> None:
    row.state, row.sent_at, row.error = "sent", clock.now(), ""
    row.save(update_fields=["state", "sent_at", "error"])


def _failed(row: Delivery, error: OSError) -> None:
    row.attempts += 1
    row.error = " ".join(str(error).split())[:300] or type(error).__name__
    again = retry_at(row.attempts, clock.now())
    if again is None:
        row.state = "dead"
    else:
        row.due_at = again
        if not row.bundled:
            later("notices.deliver", at=again, delivery=row.pk)
    row.save(update_fields=["state", "attempts", "error", "due_at"])


def _again_together(rows: list[Delivery]) -> None:
    for due_at in {row.due_at for row in rows if row.state == "waiting"}:
        later("notices.digest", at=due_at, person=rows[0].notice.person_id)
