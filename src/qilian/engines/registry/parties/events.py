"""What happens to parties, as facts. Names and identities of natural persons never stand in them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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


@event_type("registry.party.merged", title=Text("合并重复主体", "Duplicate merged"))
@dataclass(frozen=True, slots=True)
class PartyMerged:
    """A record was found to be the same party as another one: `survivor` (public code) lives on."""

    survivor: str
    absorbed: str
    reason: str


@event_type("registry.duplicate.dismissed", title=Text("认定不是同一主体", "Pair found different"))
@dataclass(frozen=True, slots=True)
class DuplicateDismissed:
    """A person found that two similar records are two parties (public codes)."""

    first: str
    second: str
    reason: str


@event_type("registry.relation.begun", title=Text("建立关系", "Relation begun"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class RelationBegun:
    """A relation between two parties (public codes) holds from a day on."""

    holder: str
    held: str
    kind: str
    share: Decimal | None
    valid_from: date
    source: str


@event_type("registry.relation.ended", title=Text("终止关系", "Relation ended"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class RelationEnded:
    """A relation had its last day."""

    holder: str
    held: str
    kind: str
    valid_to: date


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


@event_type("registry.parties.imported", title=Text("批量登记主体", "Parties imported"), measures=("added", "changed"))
@dataclass(frozen=True, slots=True)
class PartiesImported:
    """A file of parties was applied as one batch: `digest` covers its rows in their order."""

    added: int
    changed: int
    digest: str


@event_type("registry.contact.added", title=Text("登记联系人", "Contact added"), dimensions=("role",))
@dataclass(frozen=True, slots=True)
class ContactAdded:
    """A person of a party was written down (public code of the record); who it is stays sealed."""

    contact: str
    role: str


@event_type("registry.contact.ended", title=Text("停用联系人", "Contact ended"), dimensions=("role",))
@dataclass(frozen=True, slots=True)
class ContactEnded:
    """A person of a party is no longer to be contacted."""

    contact: str
    role: str
