"""What happens to items, as facts."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("casework.item.proposed", title=Text("提出事项版本", "Version of an item proposed"))
@dataclass(frozen=True, slots=True)
class ItemProposed:
    """Somebody proposed a version of an item; `digest` is that of its text."""

    version: int
    digest: str
    valid_from: date


@event_type("casework.item.published", title=Text("公布事项", "Item published"))
@dataclass(frozen=True, slots=True)
class ItemPublished:
    """Another person published a version of an item."""

    version: int
    digest: str
    valid_from: date


@event_type("casework.item.rejected", title=Text("退回事项版本", "Version of an item rejected"))
@dataclass(frozen=True, slots=True)
class ItemRejected:
    """Another person turned a version down, with a reason."""

    version: int
    reason: str


@event_type("casework.item.withdrawn", title=Text("撤回事项版本", "Version of an item withdrawn"))
@dataclass(frozen=True, slots=True)
class ItemWithdrawn:
    """Its author took a version back."""

    version: int
