"""A clock as a value, and what may be done to it: pause, resume, extend, stop."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol

from qilian.core.values.text import Refusal, Text

Unit = Literal["workday", "natural_day", "month", "hour", "minute"]
UNIT_TITLES: dict[str, Text] = {
    "workday": Text("个工作日", "working days"),
    "natural_day": Text("日", "days"),
    "month": Text("个月", "months"),
    "hour": Text("小时", "hours"),
    "minute": Text("分钟", "minutes"),
}


class Days(Protocol):
    """What a clock asks of a calendar."""

    def add_working_days(self, day: date, count: int) -> date:
        """The work day `count` work days after a day."""

    def working_days_between(self, start: date, end: date) -> int:
        """Work days after `start` up to and including `end`."""

    def next_workday(self, day: date) -> date:
        """The first work day on or after a day."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal or promised limit; ValueError unless it is positive."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.value < 1 or self.unit not in UNIT_TITLES:
            raise ValueError(f"not a limit: {self.value} {self.unit}")

    @property
    def in_days(self) -> bool:
        """Whether it is counted in days or months: such limits end at 24:00 of their last day (民法典 § 203)."""
        return self.unit not in ("hour", "minute")

    @property
    def title(self) -> Text:
        """The limit in words.

        >>> Limit(20, "workday").title.zh
        '20 个工作日'
        """
        return amount(self.value, self.unit)


def amount(value: int, unit: str) -> Text:
    """A number of units in words of both languages."""
    title = UNIT_TITLES[unit]
    return Text(f"{value} {title.zh}", f"{value} {title.en[:-1] if value == 1 else title.en}")


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count: from, to (open while None), why (hearing, testing, expert review), on what document."""

    start: datetime
    end: datetime | None
    reason: Text
    document: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time in the limit's own unit, and who approved it."""

    value: int
    approver: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A running limit. `longest_extension` is the most that the law lets it be extended, in all (None: no bound).

    `amber_at` is how much may be left, in the limit's unit, when the light turns amber; None takes the house rule.
    """

    start: datetime
    limit: Limit
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    stopped: datetime | None = None
    longest_extension: int | None = None
    amber_at: int | None = None

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return bool(self.pauses) and self.pauses[-1].end is None

    @property
    def total(self) -> int:
        """The limit with all extensions, in its unit."""
        return self.limit.value + sum(each.value for each in self.extensions)

    @property
    def latest(self) -> datetime:
        """The last moment at which something happened to it."""
        moments = [self.start, *(each.at for each in self.extensions)]
        return max(moments + [each.end or each.start for each in self.pauses])


def pause(clock: Clock, *, at: datetime, reason: Text, document: str = "", due: datetime | None) -> Clock:
    """Let a clock stand still from a moment; `due` is when it ends as it runs now.

    Refusals: `clocks.stopped`, `clocks.paused`, `clocks.order` before its last change, `clocks.late` when the limit is
    over, `clocks.pause.reason` without a reason: time is lost only for a reason that the law names (行政许可法 § 45).
    """
    _running(clock, at)
    if due is not None and at >= due:
        raise Refusal("clocks.late", Text("期限已过，不能再暂停。", "The limit is over: it can no longer be paused."))
    if not reason:
        raise Refusal("clocks.pause.reason", Text("没有写明暂停的理由。", "No reason for the pause."), where="reason")
    return replace(clock, pauses=(*clock.pauses, Pause(at, None, reason, document)))


def resume(clock: Clock, *, at: datetime) -> Clock:
    """Let a paused clock run on. Refusals: `clocks.stopped`, `clocks.not_paused`, `clocks.order`."""
    _open(clock)
    if not clock.paused:
        raise Refusal("clocks.not_paused", Text("期限没有暂停。", "The limit is not paused."))
    _in_order(clock, at)
    return replace(clock, pauses=(*clock.pauses[:-1], replace(clock.pauses[-1], end=at)))


def extend(
    clock: Clock, *, value: int, approver: str, requester: str, at: datetime, due: datetime | None, reason: str
) -> Clock:
    """Give a clock more time before it is over, approved by somebody else than who asked (行政许可法 § 42).

    Refusals: `clocks.stopped`, `clocks.order`, `clocks.late`, `clocks.extend.value`, `clocks.extend.oneself`,
    `clocks.extend.reason`, `clocks.extend.most` above the longest extension.
    """
    _open(clock)
    _in_order(clock, at)
    if due is not None and at >= due:
        raise Refusal("clocks.late", Text("期限已过，不能再延长。", "The limit is over: it can no longer be extended."))
    if value < 1:
        raise Refusal("clocks.extend.value", Text("延长的时间要大于零。", "The extension is positive."), where="value")
    if not reason.strip():
        raise Refusal("clocks.extend.reason", Text("没有写明延长的理由。", "No reason is given."), where="reason")
    if approver == requester:
        message = Text("不能批准自己提出的延期。", "Nobody approves the extension that he asked for.")
        raise Refusal("clocks.extend.oneself", message, remedy=Text("请由负责人批准。", "Let the head approve it."))
    _within_law(clock, value)
    return replace(clock, extensions=(*clock.extensions, Extension(value, approver, at, reason.strip())))


def stop(clock: Clock, *, at: datetime) -> Clock:
    """End a clock: the work is done, or withdrawn; an open pause ends with it.

    Refusals: `clocks.stopped`, `clocks.order`.
    """
    _open(clock)
    _in_order(clock, at)
    ended = resume(clock, at=at) if clock.paused else clock
    return replace(ended, stopped=at)


def _within_law(clock: Clock, value: int) -> None:
    most = clock.longest_extension
    if most is not None and clock.total - clock.limit.value + value > most:
        allowed = amount(most, clock.limit.unit)
        raise Refusal(
            "clocks.extend.most",
            Text("合计最多延长 {most}。", "It is extended by {most} in all at most.").filled(most=allowed),
            where="value",
        )


def _running(clock: Clock, at: datetime) -> None:
    _open(clock)
    if clock.paused:
        raise Refusal("clocks.paused", Text("期限已经暂停。", "The limit is paused already."))
    _in_order(clock, at)


def _open(clock: Clock) -> None:
    if clock.stopped is not None:
        raise Refusal("clocks.stopped", Text("期限已经结束。", "The limit has ended."))


def _in_order(clock: Clock, at: datetime) -> None:
    if at < clock.latest:
        message = Text("时间早于上一次变动。", "The moment is before the last change.")
        raise Refusal("clocks.order", message, where="at")
