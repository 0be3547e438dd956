"""Legal time: pauses, extensions, lights, words; against a count day by day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.time.calendar.kernel import WEEKDAYS_ONLY, HolidayRule, WorkCalendar
from qilian.core.time.clocks.kernel import (
    Clock,
    Extension,
    Limit,
    Pause,
    Unit,
    describe,
    due_at,
    due_day,
    extend,
    light,
    pause,
    remaining,
    resume,
    stop,
)
from qilian.core.values.text import Refusal, Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
REVIEW = Text("专家评审", "expert review")


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


MARCH = at(3, 2)


def running(value: int, unit: Unit = "workday", start: datetime = MARCH, **more: object) -> Clock:
    return Clock(start, Limit(value, unit), **more)  # type: ignore[arg-type]


def lost(first: datetime, last: datetime | None, reason: Text = REVIEW) -> Pause:
    return Pause(first, last, reason)


HOLIDAYS = WorkCalendar.of(
    [HolidayRule(date(2026, 5, day), False) for day in range(1, 6)] + [HolidayRule(date(2026, 5, 9), True)]
)


@pytest.mark.parametrize(
    ("clock", "last"),
    [
        (running(5), date(2026, 3, 9)),
        (running(1, start=at(3, 6, 23, 59)), date(2026, 3, 9)),
        (running(1, start=at(3, 7)), date(2026, 3, 9)),
        (running(3, start=at(4, 29)), date(2026, 5, 7)),
        (running(10, "natural_day", at(4, 24)), date(2026, 5, 6)),
        (running(10, "natural_day", at(4, 20)), date(2026, 4, 30)),
        (running(1, "month", at(1, 31)), date(2026, 3, 2)),
        (running(2, "month", at(3, 30)), date(2026, 6, 1)),
        (running(12, "month", at(12, 15)), date(2027, 12, 15)),
        (running(24, "hour"), date(2026, 3, 3)),
    ],
)
def test_last_days(clock: Clock, last: date) -> None:
    calendar = HOLIDAYS if clock.start.month > 3 else WEEKDAYS_ONLY
    assert due_day(clock, calendar) == last
    if clock.limit.in_days:
        assert due_at(clock, calendar) == datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


def test_the_day_is_that_of_shanghai() -> None:
    evening = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert due_day(running(1, start=evening), WEEKDAYS_ONLY) == date(2026, 3, 4)


def test_hours_and_minutes_run_from_the_moment() -> None:
    clock = running(2, "hour", pauses=(lost(at(3, 2, 11), at(3, 2, 15)), lost(at(3, 2, 18), at(3, 2, 20))))
    assert due_at(clock, WEEKDAYS_ONLY) == at(3, 2, 16), "the second pause came too late"
    assert due_at(running(90, "minute"), WEEKDAYS_ONLY) == at(3, 2, 11, 30)
    held = running(2, "hour", pauses=(lost(at(3, 2, 11), None),))
    assert due_at(held, WEEKDAYS_ONLY) is None and due_day(held, WEEKDAYS_ONLY) is None
    assert remaining(held, WEEKDAYS_ONLY, at(3, 9)) == 60


def test_pauses_take_their_days_away() -> None:
    paused = running(5, pauses=(lost(at(3, 4), at(3, 11)),))
    assert due_day(paused, WEEKDAYS_ONLY) == date(2026, 3, 16)
    natural = running(10, "natural_day", pauses=(lost(at(3, 4), at(3, 11)),))
    assert due_day(natural, WEEKDAYS_ONLY) == date(2026, 3, 19)
    assert due_day(running(5, pauses=(lost(at(3, 4), at(3, 4, 15)),)), WEEKDAYS_ONLY) == date(2026, 3, 9)
    assert due_day(running(2, pauses=(lost(at(3, 9), at(3, 11)),)), WEEKDAYS_ONLY) == date(2026, 3, 4), "it had ended"
    last_day = running(2, pauses=(lost(at(3, 4), at(3, 7)),))
    assert due_day(last_day, WEEKDAYS_ONLY) == date(2026, 3, 9), "nothing left: due when it runs again, on a work day"
    rest = running(5, "natural_day", pauses=(lost(at(3, 8), at(3, 10)),))
    assert due_day(rest, WEEKDAYS_ONLY) == date(2026, 3, 10), "paused on the rest days that the last day gave way to"


PAUSES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4)


@given(st.integers(1, 40), PAUSES, st.integers(0, 6))
def test_the_due_day_is_the_last_counted_day(value: int, gaps: list[tuple[int, int]], offset: int) -> None:
    start, cursor, pauses = at(3, 2) + timedelta(days=offset), at(3, 2) + timedelta(days=offset), []
    for before, length in gaps:
        begin = cursor + timedelta(days=before, minutes=1)
        cursor = begin + timedelta(days=length)
        pauses.append(lost(begin, cursor))
    clock, day, left = running(value, start=start, pauses=tuple(pauses)), start.date(), value
    while left:
        day += timedelta(days=1)
        inside = any(each.start.date() < day <= each.end.date() for each in pauses if each.end)
        left -= day.weekday() < 5 and not inside
    found = due_day(clock, WEEKDAYS_ONLY)
    assert found is not None and found >= day
    resumed_on = {each.end.date() for each in pauses if each.end and each.start.date() == day}
    assert found == day or any(each <= found for each in resumed_on), "only a pause on the last day itself moves it"


@given(st.integers(1, 60), st.sampled_from(["workday", "natural_day", "hour", "minute"]), st.integers(0, 3000))
def test_what_is_left_and_what_is_due_agree(value: int, unit: Unit, minutes: int) -> None:
    clock, now = running(value, unit), at(3, 2) + timedelta(minutes=minutes)
    end, left = due_at(clock, WEEKDAYS_ONLY), remaining(clock, WEEKDAYS_ONLY, now)
    assert end is not None
    assert (now >= end) is (light(clock, WEEKDAYS_ONLY, now).colour == "red")
    if clock.limit.in_days:
        assert (left < 0) <= (now >= end)
    assert left <= remaining(clock, WEEKDAYS_ONLY, clock.start)


@pytest.mark.parametrize(
    ("clock", "now", "colour", "zh", "en"),
    [
        (running(5), at(3, 3), "green", "剩 4 个工作日", "4 working days left"),
        (running(5), at(3, 6), "amber", "剩 1 个工作日", "1 working day left"),
        (running(5), at(3, 9), "amber", "今天到期", "Due today"),
        (running(5), at(3, 10), "red", "超期 1 个工作日", "1 working day overdue"),
        (running(5, start=at(3, 6)), at(3, 14), "red", "超期 1 个工作日", "1 working day overdue"),
        (running(20), at(3, 25), "amber", "剩 3 个工作日", "3 working days left"),
        (running(20, amber_at=5), at(3, 23), "amber", "剩 5 个工作日", "5 working days left"),
        (running(1, "month"), at(3, 31), "amber", "剩 2 日", "2 days left"),
        (running(10, "hour"), at(3, 2, 17), "green", "剩 3 小时", "3 hours left"),
        (running(10, "hour"), at(3, 2, 18, 30), "amber", "剩 1 小时 30 分钟", "1 hour 30 minutes left"),
        (running(10, "hour", amber_at=4), at(3, 2, 16), "amber", "剩 4 小时", "4 hours left"),
        (running(30, "minute"), at(3, 2, 10, 25), "amber", "剩 5 分钟", "5 minutes left"),
        (running(30, "minute"), at(3, 2, 10, 30), "red", "超期 1 分钟", "1 minute overdue"),
        (running(5, stopped=at(3, 9, 23)), at(4, 1), "blue", "按期办结", "Done in time"),
        (running(5, stopped=at(3, 11)), at(4, 1), "blue", "办结（超期 2 个工作日）", "Done, 2 working days late"),
        (
            running(5, pauses=(lost(at(3, 4), at(3, 11)),)),
            at(3, 11),
            "green",
            "剩 3 个工作日（已暂停 7 日：专家评审）",
            "3 working days left (paused for 7 days: expert review)",
        ),
        (
            running(5, pauses=(lost(at(3, 3), at(3, 4), Text("听证", "")), lost(at(3, 5), None))),
            at(3, 15),
            "green",
            "剩 3 个工作日（暂停中，已 11 日：听证、专家评审）",
            "3 working days left (on hold for 11 days: 听证, expert review)",
        ),
    ],
)
def test_light_and_words(clock: Clock, now: datetime, colour: str, zh: str, en: str) -> None:
    shown = light(clock, WEEKDAYS_ONLY, now)
    assert shown.colour == colour and shown.rule.zh and shown.rule.en
    assert describe(clock, WEEKDAYS_ONLY, now) == Text(zh, en)


def test_a_whole_life() -> None:
    clock = running(20, longest_extension=10)
    due = due_at(clock, WEEKDAYS_ONLY)
    held = pause(clock, at=at(3, 9), reason=REVIEW, document="n1", due=due)
    assert held.paused and held.pauses[-1].document == "n1" and due_at(held, WEEKDAYS_ONLY) is None
    again = resume(held, at=at(3, 16))
    assert due_day(again, WEEKDAYS_ONLY) == date(2026, 4, 6)
    longer = extend(again, value=10, approver="b", requester="a", at=at(3, 20), due=due, reason=" 案情复杂 ")
    assert longer.total == 30 and longer.extensions == (Extension(10, "b", at(3, 20), "案情复杂"),)
    assert due_day(longer, WEEKDAYS_ONLY) == date(2026, 4, 20)
    done = stop(longer, at=at(4, 1))
    assert done.stopped == at(4, 1) and light(done, WEEKDAYS_ONLY, at(5, 1)).colour == "blue"
    ended = stop(held, at=at(3, 20))
    assert not ended.paused and ended.pauses[-1].end == at(3, 20)
    extended_while_paused = extend(held, value=1, approver="b", requester="a", at=at(3, 10), due=None, reason="x")
    assert extended_while_paused.total == 21
    assert pause(clock, at=at(3, 9), reason=REVIEW, due=None).paused


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, match=None, check=lambda told: told.code == code)


def test_what_may_not_be_done() -> None:
    clock, due = running(5, longest_extension=3), due_at(running(5), WEEKDAYS_ONLY)
    held, done = pause(clock, at=at(3, 3), reason=REVIEW, due=due), stop(clock, at=at(3, 4))
    ask = {"value": 1, "approver": "b", "requester": "a", "at": at(3, 4), "due": due, "reason": "r"}
    with refused("clocks.paused"):
        pause(held, at=at(3, 4), reason=REVIEW, due=None)
    with refused("clocks.late"):
        pause(clock, at=at(3, 10, 0), reason=REVIEW, due=due)
    with refused("clocks.pause.reason"):
        pause(clock, at=at(3, 4), reason=Text("", ""), due=due)
    with refused("clocks.order"):
        pause(clock, at=at(3, 1), reason=REVIEW, due=due)
    with refused("clocks.order"):
        resume(held, at=at(3, 2))
    with refused("clocks.not_paused"):
        resume(clock, at=at(3, 4))
    for change in (
        {"at": at(3, 10), "code": "late"},
        {"value": 0, "code": "extend.value"},
        {"value": 4, "code": "extend.most"},
    ):
        code = change.pop("code")
        with refused(f"clocks.{code}"):
            extend(clock, **{**ask, **change})  # type: ignore[arg-type]
    for change in ({"approver": "a", "code": "extend.oneself"}, {"reason": " ", "code": "extend.reason"}):
        code = change.pop("code")
        with refused(f"clocks.{code}"):
            extend(clock, **{**ask, **change})  # type: ignore[arg-type]
    for verb in (lambda: stop(done, at=at(3, 5)), lambda: resume(done, at=at(3, 5)), lambda: extend(done, **ask)):  # type: ignore[arg-type]
        with refused("clocks.stopped"):
            verb()
    with refused("clocks.stopped"):
        pause(done, at=at(3, 5), reason=REVIEW, due=due)


@pytest.mark.parametrize(("value", "unit"), [(0, "workday"), (-1, "hour"), (1, "week")])
def test_what_is_no_limit(value: int, unit: str) -> None:
    with pytest.raises(ValueError, match="not a limit"):
        Limit(value, unit)  # type: ignore[arg-type]


def test_a_limit_says_itself() -> None:
    assert Limit(1, "month").title == Text("1 个月", "1 month")
    assert Limit(15, "natural_day").title == Text("15 日", "15 days")
