"""What happens to people and posts. People stand in these facts by their public codes, never by name or phone."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("people.person.registered", title=Text("人员登记", "Person registered"))
@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """An account was opened for a person."""

    language: str


@event_type("people.person.deactivated", title=Text("账号停用", "Account closed"))
@dataclass(frozen=True, slots=True)
class PersonDeactivated:
    """An account was closed; the person's history stays."""

    reason: str


@event_type("people.post.appointed", title=Text("任职", "Appointed"), dimensions=("role",))
@dataclass(frozen=True, slots=True)
class Appointed:
    """A person took a post."""

    person: str
    section: str
    role: str
    valid_from: date
    valid_to: date | None


@event_type(
    "people.post.handed_over",
    title=Text("岗位交接", "Post handed over"),
    dimensions=("role",),
    measures=("items", "grants"),
)
@dataclass(frozen=True, slots=True)
class HandedOver:
    """A post passed to a successor on a day, with the open items and the rights that went with it."""

    from_person: str
    to_person: str
    successor: str
    role: str
    on: date
    items: int
    grants: int


@event_type("people.deputy.named", title=Text("指定代理", "Deputy named"))
@dataclass(frozen=True, slots=True)
class DeputyNamed:
    """Somebody acts in another's post for a term."""

    post: str
    person: str
    valid_from: date
    valid_to: date
    reason: str


@event_type("people.deputy.ended", title=Text("代理结束", "Deputising ended"))
@dataclass(frozen=True, slots=True)
class DeputyEnded:
    """A deputy's term was cut short."""

    post: str
    person: str
    last_day: date
