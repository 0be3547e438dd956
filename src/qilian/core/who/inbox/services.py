"""Verbs of the inbox. Other rooms lay items on desks and take them off; people claim and pass on.

An item is written as the system, because the row policy lets nobody else write to another's desk. Its facts are about
the item: the history of a record tells what was done with it, not on whose desk it lay.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from qilian.core.house.principal import SYSTEM, Principal, acting
from qilian.core.log.events.api import emit, event_type
from qilian.core.log.outbox.api import later
from qilian.core.rights.grants.api import Scope, allowed
from qilian.core.rights.policies.api import patterns
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text

from .kernel import Addressee, Light, check_claim, check_open, check_own
from .models import InboxItem
from .queries import whose

_ANYWHERE = Scope()


@event_type("inbox.item.put", title=Text("待办送达", "Item put on a desk"), dimensions=("kind", "addressee"))
@dataclass(frozen=True, slots=True)
class ItemPut:
    """Something began to wait for an addressee."""

    item: str
    kind: str
    addressee: str
    due: datetime | None


@event_type("inbox.item.done", title=Text("待办办结", "Item done"), dimensions=("kind", "addressee"))
@dataclass(frozen=True, slots=True)
class ItemDone:
    """Something waits no longer."""

    item: str
    kind: str
    addressee: str


@event_type("inbox.item.reassigned", title=Text("待办转交", "Item passed on"))
@dataclass(frozen=True, slots=True)
class ItemReassigned:
    """An item moved from one addressee to another."""

    item: str
    source: str
    target: str
    reason: str


@transaction.atomic
def put(
    *,
    actor: Principal,
    key: str,
    subject: Ref,
    kind: str,
    title: Text,
    url: str,
    addressee: Addressee,
    scope: Scope = _ANYWHERE,
    barred: int | None = None,
    due: datetime | None = None,
    light: Light = "",
    source: int | None = None,
) -> InboxItem:
    """Lay an item on a desk, called by the verb that makes it wait; `due` is a moment, `source` the causing event's id.

    `scope` is where it lies: who holds the right of a `right` addressee there finds it, but not the `barred` person.
    Saying the same `key` again renews title, address, due and light of an item that still waits; whose it is stays.
    """
    shown = {"title_zh": title.zh, "title_en": title.en, "url": url, "due": due, "light": light}
    first: dict[str, object] = {"subject": str(subject), "kind": kind, "addressee": str(addressee)}
    first |= {"source": source, "barred": barred}
    first |= {"unit": scope.unit, "region": scope.region, "offer": scope.offer, "clause": scope.clause}
    first["rights"] = list(patterns(addressee.id)) if addressee.kind == "right" else []
    with acting(SYSTEM):
        item, is_new = InboxItem.objects.select_for_update().get_or_create(
            key=key, defaults={**shown, **first, "opened_at": clock.now()}
        )
        if not is_new and item.done_at is None:
            InboxItem.objects.filter(pk=item.pk).update(**shown)
            item.refresh_from_db()
    if is_new:
        emit(ItemPut(item.code, kind, str(addressee), due), actor=actor, subject=_ref(item), unit=scope.unit)
    return item


@transaction.atomic
def done(*, actor: Principal, key: str) -> InboxItem | None:
    """Take an item off its desk, called by the verb that did the work; done twice or never put is no error."""
    with acting(SYSTEM):
        item = InboxItem.objects.select_for_update().filter(key=key).first()
        if item is None or item.done_at is not None:
            return item
        item.done_at, item.done_by = clock.now(), actor.ref
        item.save(update_fields=["done_at", "done_by"])
    body = ItemDone(item.code, item.kind, item.addressee)
    emit(body, actor=actor, subject=_ref(item), unit=item.unit)
    return item


@transaction.atomic
def claim(*, actor: Principal, item: InboxItem) -> InboxItem:
    """Take an item that waits for several people onto one's own desk; the first one wins.

    Refusals: `inbox.done`, `inbox.claim.taken`, `inbox.not_yours`, `inbox.no_person` for the system.
    """
    if actor.person is None:
        raise Refusal("inbox.no_person", Text("只有登录的人可以认领。", "Only a signed-in person can take an item."))
    with acting(SYSTEM):
        row = InboxItem.objects.select_for_update().get(pk=item.pk)
        check_open(row.done_at)
        check_claim(Addressee.parse(row.addressee), mine=_waits_for(actor, row))
        return _move(row, Addressee.person(actor.person), actor, reason="")


@transaction.atomic
def reassign(*, actor: Principal, item: InboxItem, target: Addressee, reason: str) -> InboxItem:
    """Pass an item on: one's own, or anybody's with `inbox.reassign` in its unit.

    Refusals: `inbox.done`, `inbox.not_yours`.
    """
    with acting(SYSTEM):
        row = InboxItem.objects.select_for_update().get(pk=item.pk)
        check_open(row.done_at)
        if not allowed(actor, "inbox.reassign", Scope(unit=row.unit)):
            check_own(Addressee.parse(row.addressee), mine=_waits_for(actor, row))
        return _move(row, target, actor, reason)


@transaction.atomic
def follow(*, actor: Principal, source: Addressee, target: Addressee, on: date | None = None) -> int:
    """Move every open item from one addressee to another, as part of a hand-over; return how many moved.

    When the day of the hand-over is still to come, the worker moves them at its beginning: until then they wait for
    whoever is in charge until then.
    """
    if on is not None and on > clock.today():
        midnight = datetime.combine(on, time.min, tzinfo=clock.SHANGHAI)
        later("inbox.follow", at=midnight, source=str(source), target=str(target))
        return 0
    with acting(SYSTEM):
        rows = list(InboxItem.objects.select_for_update().filter(addressee=str(source), done_at=None).order_by("pk"))
        for row in rows:
            _move(row, target, actor, reason="")
    return len(rows)


def _waits_for(actor: Principal, row: InboxItem) -> bool:
    return InboxItem.objects.filter(whose(actor), pk=row.pk).exists()


def _move(row: InboxItem, target: Addressee, actor: Principal, reason: str) -> InboxItem:
    source = row.addressee
    row.addressee = str(target)
    if Addressee.parse(source).shared:
        row.pool = source
    row.save(update_fields=["addressee", "pool"])
    body = ItemReassigned(row.code, source, row.addressee, reason)
    emit(body, actor=actor, subject=_ref(row), unit=row.unit)
    return row


def _ref(row: InboxItem) -> Ref:
    return Ref("core.inbox_item", row.code)
