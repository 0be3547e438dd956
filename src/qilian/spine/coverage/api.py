"""Public interface of coverage: the facts of the plan, and how far each of its clauses is answered."""

from .bars import Progress, progress_section
from .facts import PlanFacts, SectionFact, read_plan
from .kernel.checks import plan_problems
from .kernel.coverage import (
    STATES,
    ClauseFact,
    ClauseRow,
    Coverage,
    Evidence,
    OfferRow,
    State,
    System,
    SystemRow,
    coverage,
    totals,
)
from .queries import declared, evidence, report
from .report import as_dict, as_table

__all__ = [
    "STATES",
    "ClauseFact",
    "ClauseRow",
    "Coverage",
    "Evidence",
    "OfferRow",
    "PlanFacts",
    "Progress",
    "SectionFact",
    "State",
    "System",
    "SystemRow",
    "as_dict",
    "as_table",
    "coverage",
    "declared",
    "evidence",
    "plan_problems",
    "progress_section",
    "read_plan",
    "report",
    "totals",
]
