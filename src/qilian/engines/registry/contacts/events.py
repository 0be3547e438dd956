"""What happens to the persons of parties, as facts: who they are never stands in them."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


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
