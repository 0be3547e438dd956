"""What happens at the door: a login or a network is locked, and opened again."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "signin.login.locked", title=Text("账号锁定", "Account locked"), dimensions=("door",), measures=("minutes",)
)
@dataclass(frozen=True, slots=True)
class LoginLocked:
    """Too many tries at a door: nobody comes in there with this login until a moment."""

    door: str
    until: datetime
    minutes: int


@event_type(
    "signin.network.locked", title=Text("网络锁定", "Network locked"), dimensions=("door",), measures=("minutes",)
)
@dataclass(frozen=True, slots=True)
class NetworkLocked:
    """Too many tries from one network; which, administrators see while it lasts, and the log does not keep."""

    door: str
    until: datetime
    minutes: int


@event_type("signin.login.unlocked", title=Text("账号解锁", "Account unlocked"), dimensions=("door",))
@dataclass(frozen=True, slots=True)
class LoginUnlocked:
    """A lock was taken off a login before its time."""

    door: str
    reason: str


@event_type("signin.network.unlocked", title=Text("网络解锁", "Network unlocked"), dimensions=("door",))
@dataclass(frozen=True, slots=True)
class NetworkUnlocked:
    """A lock was taken off a network before its time."""

    door: str
    reason: str
