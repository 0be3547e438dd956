"""What happens when an account is opened for somebody, as facts; both administrators stand in them."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("recovery.request.made", title=Text("申请恢复账号", "Recovery asked for"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class RecoveryAsked:
    """An administrator asked to open somebody's account."""

    kind: str
    person: str
    reason: str


@event_type("recovery.request.settled", title=Text("处理恢复申请", "Recovery settled"), dimensions=("kind", "state"))
@dataclass(frozen=True, slots=True)
class RecoverySettled:
    """Another administrator confirmed it or turned it down, or its author took it back."""

    kind: str
    person: str
    state: str
    asked_by: str


@event_type(
    "recovery.machine.used", title=Text("在服务器上恢复账号", "Recovered from the machine"), dimensions=("kind",)
)
@dataclass(frozen=True, slots=True)
class RecoveredHere:
    """The keeper of the machine let somebody in by the command line, alone; all administrators were told."""

    kind: str
    reason: str
