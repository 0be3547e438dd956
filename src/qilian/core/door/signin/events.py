"""What happens at the door: a login is locked, and opened again."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("signin.login.locked", title=Text("账号锁定", "Account locked"), measures=("minutes",))
@dataclass(frozen=True, slots=True)
class LoginLocked:
    """Too many tries: nobody signs in with this login until a moment."""

    until: datetime
    minutes: int


@event_type("signin.login.unlocked", title=Text("账号解锁", "Account unlocked"))
@dataclass(frozen=True, slots=True)
class LoginUnlocked:
    """An administrator took a lock off before its time."""

    reason: str
