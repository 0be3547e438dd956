"""What happens to pairs of records that may be one party, as facts."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


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
