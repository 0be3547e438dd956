"""What happens to parties, as facts. Names and identities of natural persons never stand in them."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "registry.party.registered",
    title=Text("登记主体", "Party registered"),
    dimensions=("kind", "region", "industry", "service"),
)
@dataclass(frozen=True, slots=True)
class PartyRegistered:
    """A party exists in the registry from now on."""

    kind: str
    uscc: str
    name: str
    region: str
    industry: str
    service: str


@event_type("registry.party.amended", title=Text("变更登记事项", "Party amended"))
@dataclass(frozen=True, slots=True)
class PartyAmended:
    """Facts of a party changed: what they were and are, as `field: old → new`."""

    changes: tuple[str, ...]


@event_type("registry.party.renamed", title=Text("变更名称", "Party renamed"))
@dataclass(frozen=True, slots=True)
class PartyRenamed:
    """A party has another name from a day on."""

    former: str
    name: str
    on: date


@event_type("registry.party.suspended", title=Text("停业", "Party suspended"))
@dataclass(frozen=True, slots=True)
class PartySuspended:
    """A party rests from a day on."""

    on: date
    reason: str


@event_type("registry.party.closed", title=Text("注销", "Party closed"), dimensions=("kind", "region", "industry"))
@dataclass(frozen=True, slots=True)
class PartyClosed:
    """A party is no more from a day on."""

    on: date
    reason: str
    kind: str
    region: str
    industry: str


@event_type("registry.party.reopened", title=Text("恢复", "Party reopened"))
@dataclass(frozen=True, slots=True)
class PartyReopened:
    """A suspended or closed party is active again from a day on."""

    on: date
    reason: str


@event_type("registry.figures.recorded", title=Text("登记规模数据", "Figures recorded"), dimensions=("size",))
@dataclass(frozen=True, slots=True)
class FiguresRecorded:
    """Employees, revenue and assets (fen) of a party on a day were written down; `size` is the class that follows."""

    on: date
    employees: int | None
    revenue: int | None
    assets: int | None
    size: str
    source: str
