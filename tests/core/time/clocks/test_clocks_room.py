"""Clocks in the database: the life of a limit, constraints, lists, the calendar's changes, the twin."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from qilian.core.house.pages import ShapeResponse
from qilian.core.house.principal import ANONYMOUS, SYSTEM, Principal, acting
from qilian.core.log.events.models import Event
from qilian.core.time.calendar.api import load, set_day
from qilian.core.time.clocks import kernel
from qilian.core.time.clocks.api import (
    Limit,
    Place,
    Rule,
    clocks_of,
    due_before,
    extend,
    light_of,
    open_clock,
    overdue_by_unit,
    pause,
    ready,
    recompute,
    resume,
    start,
    stop,
    value_of,
    words_of,
)
from qilian.core.time.clocks.jobs import recompute_all
from qilian.core.time.clocks.models import ClockExtension, ClockPause, LegalClock
from qilian.core.time.clocks.pages import clock_list
from qilian.core.values import clock as house_clock
from qilian.core.values.text import Ref, Refusal, Text

pytestmark = pytest.mark.django_db
HANDLE = Rule("handle", Text("办理", "Handling"), Limit(20, "workday"), "行政许可法第四十二条", longest_extension=10)
CASE, REVIEW, HEAD = (
    Ref("casework.case", "1"),
    Text("专家评审", "expert review"),
    Principal("person", person=7, code="head"),
)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=house_clock.SHANGHAI)


def test_a_whole_life() -> None:
    row = start(actor=SYSTEM, subject=CASE, rule=HANDLE, place=Place(unit="qh-czt", clause="2.7.2"), at=at(3, 2))
    assert row.due_day == date(2026, 3, 30) and row.provisional and open_clock(CASE, "handle") == row
    held = pause(actor=SYSTEM, clock=row, reason=REVIEW, document="通知 7", at=at(3, 9))
    assert (held.state, held.due_at, held.due_day) == ("paused", None, None)
    assert words_of(held, at(3, 12)).zh == "剩 15 个工作日（暂停中，已 3 日：专家评审）"
    again = resume(actor=SYSTEM, clock=row, at=at(3, 16))
    assert again.due_day == date(2026, 4, 6)
    longer = extend(actor=HEAD, clock=row, value=10, requester="core.person:clerk", reason="复杂", at=at(3, 20))
    assert longer.due_day == date(2026, 4, 20) and longer.extensions.get().approver == "core.person:head"
    done = stop(actor=SYSTEM, clock=row, at=at(4, 21))
    assert light_of(done, at(5, 1)).colour == "blue" and words_of(done, at(5, 1)).zh.startswith(
        "办结（超期 1 个工作日）"
    )
    assert open_clock(CASE, "handle") is None and list(clocks_of(CASE)) == [row]
    types = list(Event.objects.order_by("id").values_list("type", flat=True))
    assert types == [f"clocks.clock.{what}" for what in ("started", "paused", "resumed", "extended", "stopped")]
    assert set(Event.objects.values_list("subject", "unit", "clause")) == {("casework.case:1", "qh-czt", "2.7.2")}
    assert Event.objects.get(type="clocks.clock.stopped").data["late"] is True


def test_one_open_clock_by_rule() -> None:
    row = start(actor=SYSTEM, subject=CASE, rule=HANDLE, at=at(3, 2))
    with pytest.raises(Refusal, match="已经在计时"):
        start(actor=SYSTEM, subject=CASE, rule=HANDLE, at=at(3, 3))
    stop(actor=SYSTEM, clock=row, at=at(3, 4))
    start(actor=SYSTEM, subject=CASE, rule=HANDLE, at=at(3, 5))


def test_a_refused_verb_changes_nothing() -> None:
    row = start(actor=SYSTEM, subject=CASE, rule=HANDLE, at=at(3, 2))
    before = LegalClock.objects.values().get(), Event.objects.count()
    wrong = [
        ("clocks.not_paused", lambda: resume(actor=SYSTEM, clock=row, at=at(3, 3))),
        ("clocks.late", lambda: pause(actor=SYSTEM, clock=row, reason=REVIEW, at=at(6, 1))),
        ("clocks.extend.most", lambda: extend(actor=HEAD, clock=row, value=11, requester="x", reason="y", at=at(3, 3))),
        (
            "clocks.extend.oneself",
            lambda: extend(actor=HEAD, clock=row, value=1, requester=HEAD.ref, reason="y", at=at(3, 3)),
        ),
        ("clocks.order", lambda: stop(actor=SYSTEM, clock=row, at=at(3, 1))),
        ("clocks.denied", lambda: recompute(actor=ANONYMOUS)),
    ]
    for code, verb in wrong:
        with pytest.raises(Refusal) as told, transaction.atomic():
            verb()
        assert told.value.code == code
    assert (LegalClock.objects.values().get(), Event.objects.count()) == before


def test_the_database_says_the_same() -> None:
    row = start(actor=SYSTEM, subject=CASE, rule=HANDLE, at=at(3, 2))
    ClockPause.objects.create(clock=row, started_at=at(3, 3), reason_zh="x")
    facts = {"requester": "a", "approver": "b", "reason": "r", "at": at(3, 4)}
    for wrong in (
        ClockPause(clock=row, started_at=at(3, 4), reason_zh="x"),
        ClockPause(clock=row, started_at=at(3, 4), ended_at=at(3, 3), reason_zh="x"),
        ClockPause(clock=row, started_at=at(3, 4), ended_at=at(3, 5), reason_zh=""),
        ClockExtension(clock=row, value=1, **{**facts, "approver": "a"}),
        ClockExtension(clock=row, value=0, **facts),
        ClockExtension(clock=row, value=1, **{**facts, "reason": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save(force_insert=True)
    for change in (
        {"state": "stopped"},
        {"state": "paused"},
        {"due_at": None},
        {"stopped_at": at(3, 3)},
        {"value": 0},
        {"measure": "week"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalClock.objects.filter(pk=row.pk).update(**change)


def test_lists_by_what_is_due() -> None:
    for number, (unit, days) in enumerate([("a", 1), ("a", 3), ("b", 2), ("b", 30), ("c", 40)]):
        rule = Rule("reply", Text("答复", "Reply"), Limit(days, "natural_day"))
        start(actor=SYSTEM, subject=Ref("x.case", str(number)), rule=rule, place=Place(unit=unit), at=at(3, 2))
    assert overdue_by_unit(at(3, 8)) == {"a": 2, "b": 1}
    assert [row.unit for row in due_before(at(3, 8))] == ["a", "b", "a"]
    with CaptureQueriesContext(connection) as few:
        [light_of(row, at(3, 8)) for row in ready(LegalClock.objects.all()[:1])]
    with CaptureQueriesContext(connection) as many:
        [value_of(row) for row in ready(LegalClock.objects.all())]
    assert len(many) <= len(few) <= 4


def test_a_changed_calendar_moves_open_clocks_and_says_so() -> None:
    moved = start(actor=SYSTEM, subject=CASE, rule=HANDLE, at=at(3, 2))
    held = start(actor=SYSTEM, subject=Ref("x.case", "2"), rule=HANDLE, at=at(3, 2))
    pause(actor=SYSTEM, clock=held, reason=REVIEW, at=at(3, 3))
    over = stop(
        actor=SYSTEM, clock=start(actor=SYSTEM, subject=Ref("x.case", "3"), rule=HANDLE, at=at(3, 2)), at=at(3, 3)
    )
    set_day(actor=SYSTEM, day=date(2026, 3, 10), is_workday=False, reason="停工")
    assert recompute_all() == 2 and recompute_all() == 0
    moved.refresh_from_db()
    assert moved.due_day == date(2026, 3, 31)
    told = Event.objects.get(type="clocks.clock.recomputed")
    assert (told.data["before"], told.data["after"]) == ("2026-03-30", "2026-03-31")
    assert LegalClock.objects.get(pk=over.pk).due_day == over.due_day, "what is done stays done"
    set_day(actor=SYSTEM, day=date(2026, 3, 11), is_workday=False, reason="停工", region="632600")
    recompute_all()
    moved.refresh_from_db()
    assert moved.due_day == date(2026, 3, 31), "another region's feast"


@pytest.mark.parametrize("seed", range(8))
def test_twin_the_rows_are_the_kernel(seed: int) -> None:
    """One random story through the kernel in memory and through verbs on PostgreSQL, equal at every step."""
    dice, now = Random(seed), at(3, 2)
    measure = dice.choice(["workday", "natural_day", "month", "hour"])
    rule = Rule("twin", Text("办理", "Handling"), Limit(dice.randint(1, 30), measure))
    row, value = start(actor=SYSTEM, subject=CASE, rule=rule, at=now), kernel.Clock(now, rule.limit)
    calendar = load()
    for _ in range(12):
        now += timedelta(hours=dice.randint(0, 80))
        due, verb = (
            kernel.due_at(value, calendar),
            dice.choice(["pause", "resume", "extend", "stop", "resume", "pause"]),
        )
        told = []
        for act in (_in_memory(verb, value, now, due), _in_rows(verb, row, now)):
            try:
                with transaction.atomic():
                    told.append(("ok", act()))
            except Refusal as refusal:
                told.append((refusal.code, None))
        assert told[0][0] == told[1][0]
        value = told[0][1] or value
        row.refresh_from_db()
        held = LegalClock.objects.prefetch_related("pauses", "extensions").get(pk=row.pk)
        assert value_of(held) == value
        assert (held.due_day, held.due_at) == (kernel.due_day(value, calendar), kernel.due_at(value, calendar))
        assert light_of(held, now) == kernel.light(value, calendar, now)


def _in_memory(verb, value, now, due):  # type: ignore[no-untyped-def] # a table of lambdas, typed by its use above
    return {
        "pause": lambda: kernel.pause(value, at=now, reason=REVIEW, due=due),
        "resume": lambda: kernel.resume(value, at=now),
        "extend": lambda: kernel.extend(value, value=2, approver=HEAD.ref, requester="x", at=now, due=due, reason="r"),
        "stop": lambda: kernel.stop(value, at=now),
    }[verb]


def _in_rows(verb, row, now):  # type: ignore[no-untyped-def] # a table of lambdas, typed by its use above
    return {
        "pause": lambda: pause(actor=SYSTEM, clock=row, reason=REVIEW, at=now),
        "resume": lambda: resume(actor=SYSTEM, clock=row, at=now),
        "extend": lambda: extend(actor=HEAD, clock=row, value=2, requester="x", reason="r", at=now),
        "stop": lambda: stop(actor=SYSTEM, clock=row, at=now),
    }[verb]


def test_the_page_shows_what_the_grants_cover() -> None:
    start(actor=SYSTEM, subject=CASE, rule=HANDLE, place=Place(unit="qh-czt"), at=at(3, 2))
    with acting(ANONYMOUS), pytest.raises(Refusal) as refused:
        clock_list(RequestFactory().get("/clocks/"))
    assert refused.value.code == "grants.denied"
    with acting(SYSTEM), house_clock.allow_standing(), house_clock.standing_at(at(3, 28)):
        answer = clock_list(RequestFactory().get("/clocks/"))
        assert isinstance(answer, ShapeResponse)
        (row,) = answer.shape.rows
        cells = {column.name: column.value(row) for column in answer.shape.columns}
        assert (
            cells["light"].colour == "amber"
            and cells["left"].zh == "剩 1 个工作日"
            and cells["due"] == date(2026, 3, 30)
        )
        counts = {}
        for name, _ in answer.shape.filters[0].choices:
            counts[name] = answer.shape.filters[0].apply(answer.shape.rows, name).count()
    assert counts == {"open": 1, "overdue": 0, "soon": 1, "paused": 0, "stopped": 0}
