"""What happens to credit records, as facts."""

from dataclasses import dataclass
from datetime import date

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type("registry.credit.recorded", title=Text("登记失信信息", "Credit record entered"), dimensions=("severity",))
@dataclass(frozen=True, slots=True)
class CreditRecorded:
    """An authority's decision is on record; `last_day` is the end of its longest period."""

    severity: str
    document: str
    authority: str
    decided_on: date
    last_day: date


@event_type("registry.credit.corrected", title=Text("失信行为已纠正", "Conduct corrected"), dimensions=("severity",))
@dataclass(frozen=True, slots=True)
class CreditCorrected:
    """The conduct is corrected and the duties are met, on this evidence."""

    severity: str
    evidence: str


@event_type("registry.credit.repair_asked", title=Text("申请信用修复", "Repair asked for"), dimensions=("severity",))
@dataclass(frozen=True, slots=True)
class RepairAsked:
    """The party asks for repair with a public pledge."""

    severity: str
    pledge: str


@event_type(
    "registry.credit.repair_decided", title=Text("信用修复决定", "Repair decided"), dimensions=("severity", "granted")
)
@dataclass(frozen=True, slots=True)
class RepairDecided:
    """Granted: the record is no longer shown, shared or used. Refused: with the reason."""

    severity: str
    granted: bool
    answer: str


@event_type("registry.credit.lapsed", title=Text("公示期满", "Longest period over"), dimensions=("severity",))
@dataclass(frozen=True, slots=True)
class CreditLapsed:
    """The longest period is over: the record leaves every page."""

    severity: str


@event_type("registry.credit.annulled", title=Text("撤销失信信息", "Credit record annulled"), dimensions=("severity",))
@dataclass(frozen=True, slots=True)
class CreditAnnulled:
    """The decision behind the record was annulled or changed."""

    severity: str
    reason: str
