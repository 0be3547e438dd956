"""The light of a clock with the rule that gave it, and what a clock says in one line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qilian.core.values.text import Text

from .counting import due_at, paused_days, remaining
from .state import Clock, Days, amount


@dataclass(frozen=True, slots=True)
class Light:
    """A colour and the rule that gave it; blue is done."""

    colour: Literal["green", "amber", "red", "blue"]
    rule: Text


def light(clock: Clock, days: Days, now: datetime) -> Light:
    """Blue when done, else green while paused, red when the limit is over, amber when little is left, else green.

    Little is `amber_at`; without it a fifth of the limit, for days at least one and at most three.
    """
    left = remaining(clock, days, now)
    if clock.stopped is not None:
        late = _is_over(clock, days, clock.stopped)
        return Light("blue", _late(clock, left) if late else Text("按期办结", "Done in time"))
    if clock.paused:
        return Light("green", Text("暂停期间不计时", "Time does not run while paused"))
    if _is_over(clock, days, now):
        return Light("red", Text("已经超期", "The limit is over"))
    threshold = _threshold(clock)
    if left <= threshold:
        words = _amount(clock, threshold)
        return Light("amber", Text("剩余不多于 {left}", "No more than {left} left").filled(left=words))
    return Light("green", Text("在期限内", "Within the limit"))


def describe(clock: Clock, days: Days, now: datetime) -> Text:
    """What a clock says in one line: 剩 3 个工作日（已暂停 5 日：专家评审）."""
    said = _state(clock, days, now)
    if not clock.pauses:
        return said
    zh = "、".join(dict.fromkeys(each.reason.zh for each in clock.pauses))
    en = ", ".join(dict.fromkeys(each.reason.en or each.reason.zh for each in clock.pauses))
    lost = paused_days(clock, clock.stopped or now)
    verb = Text("已暂停", "paused for") if not clock.paused else Text("暂停中，已", "on hold for")
    length = amount(lost, "natural_day")
    return Text(f"{said.zh}（{verb.zh} {length.zh}：{zh}）", f"{said.en} ({verb.en} {length.en}: {en})")


def _state(clock: Clock, days: Days, now: datetime) -> Text:
    left = remaining(clock, days, now)
    if clock.stopped is not None:
        return _late(clock, left) if _is_over(clock, days, clock.stopped) else Text("按期办结", "Done in time")
    if not clock.paused and _is_over(clock, days, now):
        over = _amount(clock, max(1, -left))
        return Text("超期 {over}", "{over} overdue").filled(over=over)
    if left <= 0 and clock.limit.in_days and not clock.paused:
        return Text("今天到期", "Due today")
    return Text("剩 {left}", "{left} left").filled(left=_amount(clock, left))


def _late(clock: Clock, left: int) -> Text:
    over = _amount(clock, max(1, -left))
    return Text("办结（超期 {over}）", "Done, {over} late").filled(over=over)


def _is_over(clock: Clock, days: Days, at: datetime) -> bool:
    end = due_at(clock, days)
    return end is not None and at >= end


def _threshold(clock: Clock) -> int:
    """How much is little, in what `remaining` counts."""
    minutes = {"hour": 60, "minute": 1}.get(clock.limit.unit)
    if minutes is not None:
        return minutes * clock.total // 5 if clock.amber_at is None else minutes * clock.amber_at
    if clock.amber_at is not None:
        return clock.amber_at
    total = 30 * clock.total if clock.limit.unit == "month" else clock.total
    return max(1, min(3, total // 5))


def _amount(clock: Clock, value: int) -> Text:
    """What is left in words: days by the limit's kind, else hours and minutes."""
    if clock.limit.in_days:
        return amount(value, "workday" if clock.limit.unit == "workday" else "natural_day")
    hours, minutes = divmod(value, 60)
    if not hours:
        return amount(minutes, "minute")
    if not minutes:
        return amount(hours, "hour")
    return Text("{hours} {minutes}", "{hours} {minutes}").filled(
        hours=amount(hours, "hour"), minutes=amount(minutes, "minute")
    )
