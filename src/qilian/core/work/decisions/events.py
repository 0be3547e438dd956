"""What happens to stored cases, as facts; versions are facts of parameters."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("decisions.case.added", title=Text("存入试算例", "Case stored"), dimensions=("key",))
@dataclass(frozen=True, slots=True)
class CaseAdded:
    """A case was stored, on which every version will be tried."""

    key: str
    case: str
    expected: str


@event_type("decisions.case.removed", title=Text("移除试算例", "Case taken out"), dimensions=("key",))
@dataclass(frozen=True, slots=True)
class CaseRemoved:
    """A stored case was taken out; what it was stays in the log and in its row."""

    key: str
    case: str
