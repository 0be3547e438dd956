"""What happens to relations between parties, as facts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.relation.begun", title=Text("建立关系", "Relation begun"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class RelationBegun:
    """A relation between two parties (public codes) holds from a day on."""

    relation: str
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

    relation: str
    holder: str
    held: str
    kind: str
    valid_to: date
