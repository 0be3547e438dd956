"""What happens to cases, as facts."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("casework.case.opened", title=Text("办件收件", "Case opened"), dimensions=("channel",))
@dataclass(frozen=True, slots=True)
class CaseOpened:
    """Somebody asked for an item; `channel` is online, window, internal or call."""

    number: str
    title: str
    channel: str


@event_type("casework.step.opened", title=Text("环节开始", "Step opened"), dimensions=("node",))
@dataclass(frozen=True, slots=True)
class StepOpened:
    """A step waits for somebody: its number and node, what encloses it, who does it."""

    step: int
    node: str
    kind: str
    performer: str


@event_type("casework.step.done", title=Text("环节办理", "Step done"), dimensions=("node", "outcome"))
@dataclass(frozen=True, slots=True)
class StepDone:
    """A step was done, with its outcome and what was said."""

    step: int
    node: str
    outcome: str
    opinion: str


@event_type("casework.case.decided", title=Text("决策表结论", "Decided by a table"), dimensions=("decision", "result"))
@dataclass(frozen=True, slots=True)
class CaseDecided:
    """A decision table answered on a case: the rules that matched, since when the table holds, and its source."""

    node: str
    decision: str
    result: str
    rules: tuple[int, ...]
    valid_from: date
    source: str


@event_type("casework.step.cancelled", title=Text("环节取消", "Step cancelled"), dimensions=("node",))
@dataclass(frozen=True, slots=True)
class StepCancelled:
    """A step ended without a result, because something else happened."""

    step: int
    node: str


@event_type("casework.step.moved", title=Text("环节转交", "Step handed on"))
@dataclass(frozen=True, slots=True)
class StepMoved:
    """A step is another's now: claimed, reassigned, delegated, or given back with what the other would say."""

    step: int
    node: str
    performer: str
    advice: str


@event_type("casework.case.deed", title=Text("办件处置", "Case acted on"), dimensions=("deed",))
@dataclass(frozen=True, slots=True)
class CaseActed:
    """Somebody did something with a case besides a step's outcome: the noun of the operation, the step, the reason."""

    deed: str
    step: int
    reason: str


@event_type("casework.case.closed", title=Text("办件办结", "Case closed"), dimensions=("state", "end"), proves="used")
@dataclass(frozen=True, slots=True)
class CaseClosed:
    """A case reached an end, was withdrawn or terminated."""

    number: str
    state: str
    end: str
    granted: bool | None
    late: bool
