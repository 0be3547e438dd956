"""What happens to calendars, as facts."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("calendar.day.set", title=Text("调整工作日", "Working day changed"), dimensions=("is_workday",))
@dataclass(frozen=True, slots=True)
class DaySet:
    """An official ruled on one day."""

    day: date
    is_workday: bool
    name: str
    reason: str
    version: int


@event_type("calendar.day.cleared", title=Text("取消工作日调整", "Rule for a day withdrawn"))
@dataclass(frozen=True, slots=True)
class DayCleared:
    """A rule was withdrawn: the day is again what its weekday says."""

    day: date
    reason: str
    version: int


@event_type(
    "calendar.year.entered", title=Text("录入节假日安排", "Holidays of a year entered"), dimensions=("provisional",)
)
@dataclass(frozen=True, slots=True)
class YearEntered:
    """The rules of a year were entered: with a notice, or provisionally; limits are computed again after it."""

    year: int
    provisional: bool
    source: str
    changed_days: int
    version: int
