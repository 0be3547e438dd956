"""What happens to holds by law and by time, as facts."""

from dataclasses import dataclass
from datetime import datetime

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "ledger.hold.scheduled",
    title=Text("预留定期退回", "Return of a hold scheduled"),
    says=Text(
        "预留定于 {due} 退回，依据 {basis}",
        "A hold is to be given back at {due}, by {basis}",
    ),
)
@dataclass(frozen=True, slots=True)
class HoldScheduled:
    """A hold got the day on which it goes back to the payer, and the law that says so."""

    transfer: str
    due: datetime
    basis: str


@event_type("ledger.hold.stuck", title=Text("预留到期未能退回", "Hold could not be given back"))
@dataclass(frozen=True, slots=True)
class HoldStuck:
    """A hold was due and could not be given back; it is tried again."""

    transfer: str
    failure: str
