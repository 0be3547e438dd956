"""What happens to units, as facts."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("units.list.loaded", title=Text("导入单位表", "Units loaded"), measures=("units", "names", "successions"))
@dataclass(frozen=True, slots=True)
class UnitsLoaded:
    """A list of units was loaded: how many units, names and successions it added or changed."""

    source: str
    units: int
    names: int
    successions: int


@event_type("units.unit.registered", title=Text("登记单位", "Unit registered"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class UnitRegistered:
    """A unit was entered into the register by a person."""

    kind: str
    zh: str
    en: str
    valid_from: date | None
    source: str


@event_type("units.unit.named", title=Text("单位更名", "Unit named"))
@dataclass(frozen=True, slots=True)
class UnitNamed:
    """A unit received a name from a day on."""

    kind: str
    zh: str
    en: str
    valid_from: date
    source: str


@event_type("units.succession.recorded", title=Text("职责承接", "Duties passed on"))
@dataclass(frozen=True, slots=True)
class SuccessionRecorded:
    """The duties of a unit passed to another on a day."""

    predecessor: str
    successor: str
    on: date
    scope: str
    source: str


@event_type("units.roster.decided", title=Text("确定成员单位", "Members decided"), measures=("count",))
@dataclass(frozen=True, slots=True)
class RosterDecided:
    """A decision said which units belong to a collective from a day on."""

    members: tuple[str, ...]
    count: int
    valid_from: date
    source: str
