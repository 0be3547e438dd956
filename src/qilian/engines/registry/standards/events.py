"""What happens to standards and their adoption, as facts; the set is the event's `offer`."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.standard.registered", title=Text("标准入目录", "Standard registered"))
@dataclass(frozen=True, slots=True)
class StandardRegistered:
    """A standard stands in the catalogue of a set."""

    number: str
    title: str
    effective: date | None
    ended: date | None


@event_type("registry.standard.abolished", title=Text("标准废止", "Standard abolished"))
@dataclass(frozen=True, slots=True)
class StandardAbolished:
    """A standard holds no more from a day on."""

    number: str
    ended: date
    replaced_by: str


@event_type("registry.standard.verified", title=Text("标准核对", "Standard verified"))
@dataclass(frozen=True, slots=True)
class StandardVerified:
    """Somebody compared an entry of the catalogue with the list of its issuer."""

    number: str
    source: str


@event_type("registry.adoption.declared", title=Text("声明采用", "Adoption declared"), dimensions=("number",))
@dataclass(frozen=True, slots=True)
class AdoptionDeclared:
    """A party says that it follows a standard."""

    number: str
    statement: str


@event_type(
    "registry.adoption.checked", title=Text("采用核查", "Adoption checked"), dimensions=("number", "conforming")
)
@dataclass(frozen=True, slots=True)
class AdoptionChecked:
    """An official looked whether it does."""

    number: str
    conforming: bool
    finding: str


@event_type("registry.adoption.withdrawn", title=Text("撤回采用", "Adoption withdrawn"), proves="used")
@dataclass(frozen=True, slots=True)
class AdoptionWithdrawn:
    """The declaration is over: the end of its life."""

    number: str
    reason: str
