"""What happens to sessions."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("sessions.session.begun", title=Text("登录", "Signed in"), dimensions=("method",))
@dataclass(frozen=True, slots=True)
class SessionBegun:
    """A person signed in; device and network coarse."""

    method: str
    device: str
    network: str


@event_type("sessions.session.ended", title=Text("会话结束", "Session ended"), dimensions=("why",))
@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A session was ended by its owner, an administrator, a new password, or its limits."""

    session: str
    why: str
