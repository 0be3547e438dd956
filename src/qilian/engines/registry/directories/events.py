"""What happens to an entry of a directory, as facts; the directory is the event's `offer`."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.entry.admitted", title=Text("入选", "Admitted"))
@dataclass(frozen=True, slots=True)
class EntryAdmitted:
    """Every criterion is met; the entry is not listed yet. `criteria` are those that were shown."""

    name: str
    identifier: str
    criteria: tuple[str, ...]


@event_type("registry.entry.listed", title=Text("列入", "Listed"), dimensions=("grade",))
@dataclass(frozen=True, slots=True)
class EntryListed:
    """The entry stands in the directory from a day on, with a number, a grade and the last day of its term."""

    number: str
    grade: str
    valid_from: date
    valid_to: date | None
    evidence: str


@event_type("registry.entry.re_evaluated", title=Text("复评", "Re-evaluated"), dimensions=("grade", "before"))
@dataclass(frozen=True, slots=True)
class EntryReEvaluated:
    """A new grade and a new term, on fresh evidence; `before` is the grade that stood."""

    number: str
    grade: str
    before: str
    valid_from: date
    valid_to: date | None
    evidence: str


@event_type("registry.entry.suspended", title=Text("暂停", "Suspended"))
@dataclass(frozen=True, slots=True)
class EntrySuspended:
    """The entry does not count until it is restored."""

    number: str
    reason: str


@event_type("registry.entry.restored", title=Text("恢复", "Restored"))
@dataclass(frozen=True, slots=True)
class EntryRestored:
    """The suspension is over."""

    number: str
    reason: str


@event_type("registry.entry.exited", title=Text("退出", "Exited"), dimensions=("exit",), proves="used")
@dataclass(frozen=True, slots=True)
class EntryExited:
    """The entry left the directory for good: the end of its life."""

    number: str
    exit: str
    reason: str


@event_type("registry.entry.published", title=Text("公开", "Published"))
@dataclass(frozen=True, slots=True)
class EntryPublished:
    """Everybody sees the entry."""

    number: str


@event_type("registry.entry.withdrawn", title=Text("撤下", "Withdrawn from the public page"))
@dataclass(frozen=True, slots=True)
class EntryWithdrawn:
    """Only officials see the entry."""

    number: str
    reason: str


@event_type("registry.entry.amended", title=Text("变更", "Amended"))
@dataclass(frozen=True, slots=True)
class EntryAmended:
    """Facts of the entry were corrected; `fields` are their names."""

    number: str
    fields: tuple[str, ...]
    source: str
