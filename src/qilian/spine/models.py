"""All tables of the spine, gathered from its parts for Django."""

from qilian.spine.drafting.models import Draft, ReviewItem
from qilian.spine.plan.models import (
    Clause,
    ClauseDeadline,
    ClauseTarget,
    ClauseWords,
    Decision,
    Duty,
    NamedSystem,
    Plan,
    PlanVersion,
    Section,
    SourceText,
)
from qilian.spine.screen.models import Export

__all__ = [
    "Clause",
    "ClauseDeadline",
    "ClauseTarget",
    "ClauseWords",
    "Decision",
    "Draft",
    "Duty",
    "Export",
    "NamedSystem",
    "Plan",
    "PlanVersion",
    "ReviewItem",
    "Section",
    "SourceText",
]
