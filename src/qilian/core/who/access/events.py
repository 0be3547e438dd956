"""What happens in emergencies."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("access.glass.broken", title=Text("紧急授权", "Glass broken"), measures=("hours",))
@dataclass(frozen=True, slots=True)
class GlassBroken:
    """An official took rights for hours, for a reason; the administrators were told."""

    actions: tuple[str, ...]
    until: datetime
    hours: int
    reason: str


@event_type("access.glass.ended", title=Text("结束紧急授权", "Emergency ended"))
@dataclass(frozen=True, slots=True)
class GlassEnded:
    """The rights were given back before their time."""

    emergency: str


@event_type("access.glass.reviewed", title=Text("复核紧急授权", "Emergency reviewed"))
@dataclass(frozen=True, slots=True)
class GlassReviewed:
    """A security administrator looked at what was done with it."""

    emergency: str
    finding: str
