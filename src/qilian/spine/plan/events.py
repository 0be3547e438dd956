"""What happens to plans: the facts of this part."""

from dataclasses import dataclass

from qilian.core.log.events.api import event_type
from qilian.core.values.text import Text


@event_type(
    "spine.plan.registered",
    title=Text("登记方案", "Plan registered"),
    dimensions=("plan",),
    says=Text(
        "登记方案《{title}》",
        "The plan “{title}” was registered",
    ),
)
@dataclass(frozen=True, slots=True)
class PlanRegistered:
    """A plan document was entered, yet without a version."""

    plan: str
    title: str


@event_type(
    "spine.plan.published",
    title=Text("发布版本", "Version published"),
    dimensions=("plan",),
    measures=("clauses", "lead", "support", "units"),
    says=Text(
        "发布第 {version} 版：{clauses} 条，{units} 个单位",
        "Version {version} was published: {clauses} clauses, {units} units",
    ),
)
@dataclass(frozen=True, slots=True)
class VersionPublished:
    """A version came into force; the one before it is superseded."""

    plan: str
    version: int
    clauses: int
    lead: int
    support: int
    units: int
    facts_sha256: str


@event_type(
    "spine.plan.words_loaded",
    title=Text("载入原文", "Words loaded"),
    dimensions=("plan",),
    says=Text(
        "载入第 {version} 版的原文：{clauses} 条",
        "The words of version {version} were loaded: {clauses} clauses",
    ),
)
@dataclass(frozen=True, slots=True)
class WordsLoaded:
    """The source document of a version was proved and loaded."""

    plan: str
    version: int
    clauses: int
    source_sha256: str


@event_type(
    "spine.plan.duty_added",
    title=Text("决定新增责任", "Duty added by decision"),
    dimensions=("plan", "role"),
    says=Text(
        "由“{decision}”为 {unit} 新增责任",
        "{decision} added a duty for {unit}",
    ),
)
@dataclass(frozen=True, slots=True)
class DutyAdded:
    """A decision gave a unit a role on a clause."""

    plan: str
    version: int
    role: str
    decision: str
    decided_on: str
