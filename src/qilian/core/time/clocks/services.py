"""Verbs of legal time. The engine that owns the subject has asked for the right before it calls them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.time.calendar import api as calendars
from qilian.core.values import clock as house_clock
from qilian.core.values.text import Ref, Refusal, Text

from . import kernel
from .events import ClockExtended, ClockPaused, ClockRecomputed, ClockResumed, ClockStarted, ClockStopped
from .kernel import Clock, Limit
from .models import ClockExtension, ClockPause, LegalClock
from .queries import stale, value_of


@dataclass(frozen=True, slots=True)
class Rule:
    """The limit that a step carries: its name, what people read, how long, by which law, how far it may stretch."""

    name: str
    title: Text
    limit: Limit
    basis: str = ""
    longest_extension: int | None = None
    amber_at: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clock runs: the unit that has to act, and what grants and lists go by."""

    unit: str = ""
    region: str = ""
    offer: str = ""
    clause: str = ""


_NOWHERE = Place()


@transaction.atomic
def start(
    *, actor: Principal, subject: Ref, rule: Rule, place: Place = _NOWHERE, at: datetime | None = None
) -> LegalClock:
    """Start a limit for a subject, now unless a moment is given; its first day does not count (民法典 § 201).

    Refusal `clocks.running` when the subject already has an open clock under this rule.
    """
    _refuse_second(subject, rule)
    row = LegalClock(
        subject=str(subject),
        rule=rule.name,
        title_zh=rule.title.zh,
        title_en=rule.title.en,
        basis=rule.basis,
        unit=place.unit,
        region=place.region,
        offer=place.offer,
        clause=place.clause,
        value=rule.limit.value,
        measure=rule.limit.unit,
        longest_extension=rule.longest_extension,
        amber_at=rule.amber_at,
        started_at=at or house_clock.now(),
    )
    _set_due(row, Clock(row.started_at, rule.limit))
    row.save(force_insert=True)
    assert row.due_day is not None
    _tell(row, actor, ClockStarted(rule.name, rule.limit.value, rule.limit.unit, row.due_day))
    return row


@transaction.atomic
def pause(
    *, actor: Principal, clock: LegalClock, reason: Text, document: str = "", at: datetime | None = None
) -> LegalClock:
    """Let a clock stand still for a reason that the law names: hearing, tender, inspection, testing, expert review.

    `document` is the notice that orders it. Refusals: `clocks.stopped`, `clocks.paused`, `clocks.late`, `clocks.order`,
    `clocks.pause.reason`.
    """
    row, value = _lock(clock)
    moment, calendar = at or house_clock.now(), calendars.load(row.region)
    paused = kernel.pause(value, at=moment, reason=reason, document=document, due=row.due_at)
    ClockPause.objects.create(clock=row, started_at=moment, reason_zh=reason.zh, reason_en=reason.en, document=document)
    _settle(row, paused, "paused")
    left = kernel.remaining(paused, calendar, moment)
    _tell(row, actor, ClockPaused(row.rule, reason.zh, document, left))
    return row


@transaction.atomic
def resume(*, actor: Principal, clock: LegalClock, at: datetime | None = None) -> LegalClock:
    """Let a paused clock run on; the day of resuming does not count.

    Refusals: `clocks.stopped`, `clocks.not_paused`, `clocks.order`.
    """
    row, value = _lock(clock)
    moment = at or house_clock.now()
    resumed = kernel.resume(value, at=moment)
    row.pauses.filter(ended_at__isnull=True).update(ended_at=moment)
    _settle(row, resumed, "running")
    assert row.due_day is not None
    _tell(row, actor, ClockResumed(row.rule, row.due_day))
    return row


@transaction.atomic
def extend(
    *,
    actor: Principal,
    clock: LegalClock,
    value: int,
    requester: str,
    reason: str,
    document: str = "",
    at: datetime | None = None,
) -> LegalClock:
    """Extend a clock by some of its own units; the actor approves what `requester` (Ref of a person) asked for.

    Refusals: `clocks.stopped`, `clocks.late`, `clocks.extend.oneself`, `clocks.extend.most`, `clocks.extend.value`,
    `clocks.extend.reason`, `clocks.order`.
    """
    row, held = _lock(clock)
    moment, due = at or house_clock.now(), row.due_at
    longer = kernel.extend(
        held, value=value, approver=actor.ref, requester=requester, at=moment, due=due, reason=reason
    )
    facts = {"requester": requester, "approver": actor.ref, "reason": reason.strip(), "document": document}
    ClockExtension.objects.create(clock=row, value=value, at=moment, **facts)
    _settle(row, longer, row.state)
    _tell(row, actor, ClockExtended(row.rule, value, requester, reason.strip(), document, row.due_day))
    return row


@transaction.atomic
def stop(*, actor: Principal, clock: LegalClock, at: datetime | None = None) -> LegalClock:
    """End a clock: the work is done or withdrawn; an open pause ends with it.

    Refusals: `clocks.stopped`, `clocks.order`.
    """
    row, value = _lock(clock)
    moment = at or house_clock.now()
    stopped = kernel.stop(value, at=moment)
    row.pauses.filter(ended_at__isnull=True).update(ended_at=moment)
    row.stopped_at = moment
    _settle(row, stopped, "stopped")
    left = kernel.remaining(stopped, calendars.load(row.region), moment)
    assert row.due_at is not None
    _tell(row, actor, ClockStopped(row.rule, moment >= row.due_at, left, moment))
    return row


@transaction.atomic
def recompute(*, actor: Principal, most: int = 1000) -> int:
    """Compute open clocks again after the calendar changed, at most so many at once; return how many were looked at.

    A clock whose last day moved leaves an event. Call it until it returns 0. Only the system does it: `clocks.denied`.
    """
    if not actor.is_system:
        raise Refusal("clocks.denied", Text("期限由系统重新计算。", "Limits are computed again by the system."))
    version = calendars.version()
    keys = stale(version).select_for_update(skip_locked=True).values_list("pk", flat=True)[:most]
    rows = list(LegalClock.objects.filter(pk__in=list(keys)).prefetch_related("pauses", "extensions").order_by("pk"))
    for row in rows:
        before = row.due_day
        _set_due(row, value_of(row))
        if before is not None and row.due_day is not None and before != row.due_day:
            _tell(row, actor, ClockRecomputed(row.rule, before, row.due_day, version))
    LegalClock.objects.bulk_update(rows, ["due_day", "due_at", "provisional", "calendar_version"])
    return len(rows)


def _refuse_second(subject: Ref, rule: Rule) -> None:
    if LegalClock.objects.filter(subject=str(subject), rule=rule.name).exclude(state="stopped").exists():
        message = Text("“{title}”已经在计时。", "“{title}” is running already.").filled(title=rule.title)
        raise Refusal("clocks.running", message, where=rule.name)


def _lock(clock: LegalClock) -> tuple[LegalClock, Clock]:
    row = LegalClock.objects.select_for_update().get(pk=clock.pk)
    return row, value_of(row)


def _settle(row: LegalClock, value: Clock, state: str) -> None:
    row.state = state
    _set_due(row, value)
    row.save(update_fields=["state", "stopped_at", "due_day", "due_at", "provisional", "calendar_version"])


def _set_due(row: LegalClock, value: Clock) -> None:
    row.calendar_version = calendars.version()
    calendar = calendars.load(row.region)
    row.due_day, row.due_at = kernel.due_day(value, calendar), kernel.due_at(value, calendar)
    row.provisional = row.due_day is not None and calendar.is_provisional(row.due_day)


def _tell(row: LegalClock, actor: Principal, body: object) -> None:
    subject = Ref.parse(row.subject)
    emit(body, actor=actor, subject=subject, unit=row.unit, region=row.region, offer=row.offer, clause=row.clause)
