"""What happens to clocks, as facts."""

from dataclasses import dataclass
from datetime import date, datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("clocks.clock.started", title=Text("开始计时", "Clock started"), dimensions=("rule", "measure"))
@dataclass(frozen=True, slots=True)
class ClockStarted:
    """A limit began to run."""

    rule: str
    value: int
    measure: str
    due_day: date


@event_type("clocks.clock.paused", title=Text("暂停计时", "Clock paused"), dimensions=("rule",))
@dataclass(frozen=True, slots=True)
class ClockPaused:
    """A limit stands still."""

    rule: str
    reason: str
    document: str
    left: int


@event_type("clocks.clock.resumed", title=Text("恢复计时", "Clock resumed"), dimensions=("rule",))
@dataclass(frozen=True, slots=True)
class ClockResumed:
    """A limit runs on."""

    rule: str
    due_day: date


@event_type(
    "clocks.clock.extended", title=Text("延长期限", "Limit extended"), dimensions=("rule",), measures=("value",)
)
@dataclass(frozen=True, slots=True)
class ClockExtended:
    """A limit was given more time; `requester` asked for it, the event's actor approved."""

    rule: str
    value: int
    requester: str
    reason: str
    document: str
    due_day: date | None


@event_type("clocks.clock.stopped", title=Text("计时结束", "Clock stopped"), dimensions=("rule", "late"))
@dataclass(frozen=True, slots=True)
class ClockStopped:
    """A limit ended: in time, or late; `left` counts work days, days or minutes and is negative when late."""

    rule: str
    late: bool
    left: int
    at: datetime


@event_type("clocks.clock.recomputed", title=Text("重新计算期限", "Limit computed again"), dimensions=("rule",))
@dataclass(frozen=True, slots=True)
class ClockRecomputed:
    """The calendar changed and moved the last day of a limit."""

    rule: str
    before: date
    after: date
    calendar_version: int
