"""What a story is made of: scenes at working hours of a month, each by one actor, some of them lawfully refused."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from qilian.core.house.principal import Principal

_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Scene:
    """One act: `act` is called as the actor (a login) after so many office hours; `refused` is the code expected."""

    actor: str
    act: Callable[[Principal], Any]
    hours: int = 1
    refused: str = ""


Story = Generator[Scene, Any, None]
Teller = Callable[[Random], Story]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a story: scenes played, refusals met, events appended."""

    scenes: int
    refusals: tuple[str, ...]
    events: int


def later(moment: datetime, hours: int) -> datetime:
    """Return the moment after so many office hours (9 to 12, 14 to 18 on Monday to Friday, Asia/Shanghai).

    Holidays do not matter here: a story needs plausible times, legal limits are counted by `clocks`.
    """
    day, hour = moment.astimezone(_SHANGHAI).date(), moment.astimezone(_SHANGHAI).hour
    for _ in range(hours):
        day, hour = _next_hour(day, hour)
    return datetime.combine(day, time(hour), _SHANGHAI)


def _next_hour(day: date, hour: int) -> tuple[date, int]:
    hour += 1
    if hour in (12, 13):
        hour = 14
    if hour >= 18 or day.weekday() >= 5:
        day, hour = day + timedelta(days=1), 9
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day, max(hour, 9)
