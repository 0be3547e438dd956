"""What happens to files of parties, as facts."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.parties.imported", title=Text("批量登记主体", "Parties imported"), measures=("added", "changed"))
@dataclass(frozen=True, slots=True)
class PartiesImported:
    """A file of parties was applied as one batch: `digest` covers its rows in their order."""

    added: int
    changed: int
    digest: str
