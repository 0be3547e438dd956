"""What happens to parameters, as facts."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("parameters.parameter.defined", title=Text("设立参数", "Parameter defined"), dimensions=("kind",))
@dataclass(frozen=True, slots=True)
class ParameterDefined:
    """A parameter exists from now on; it has no value yet."""

    key: str
    kind: str


@event_type("parameters.value.proposed", title=Text("提出参数值", "Value proposed"), dimensions=("key",))
@dataclass(frozen=True, slots=True)
class ValueProposed:
    """Somebody proposed a value from a day on."""

    key: str
    value: str
    valid_from: date
    source: str


@event_type("parameters.value.published", title=Text("公布参数值", "Value published"), dimensions=("key",))
@dataclass(frozen=True, slots=True)
class ValuePublished:
    """Somebody else approved a value: it holds from its day on, and may supersede another of the same day."""

    key: str
    value: str
    valid_from: date
    source: str
    proposed_by: str
    supersedes: str


@event_type("parameters.value.rejected", title=Text("退回参数值", "Value rejected"), dimensions=("key",))
@dataclass(frozen=True, slots=True)
class ValueRejected:
    """A proposal was turned down, with a reason."""

    key: str
    valid_from: date
    reason: str


@event_type("parameters.value.withdrawn", title=Text("撤回参数值", "Value withdrawn"), dimensions=("key",))
@dataclass(frozen=True, slots=True)
class ValueWithdrawn:
    """Who proposed a value took it back."""

    key: str
    valid_from: date
