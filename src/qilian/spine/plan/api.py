"""Public interface of the plan: documents, published versions, duties, compiling with the units of the house."""

from .compiling import compile_text, read_document
from .differences import compare_versions
from .kernel.compare import ClauseChange, Difference, Piece
from .kernel.duties import DutyFact, words_digest
from .kernel.duties import duties as duties_of_clause
from .models import Clause, ClauseTarget, Decision, Duty, Plan, PlanVersion, Section, SourceText
from .overview import Overview, SectionOverview, answers_to, coverage_of, overview
from .queries import (
    Totals,
    clause_of,
    clauses_with_duties,
    dated,
    decisions_of,
    duties_of_unit,
    duty_counts,
    in_force,
    main_plan,
    matrix,
    neighbours,
    plans,
    section_counts,
    totals,
    units_with_duties,
    version_numbered,
)
from .services.common import DECIDE, DRAFT, PUBLISH, clause_key, locked, plan_ref, require_on, scope_of, version_ref
from .services.decisions import Decided, add_duty
from .services.facts import load_facts, load_words, register_plan
from .services.publishing import publish_compiled
from .units import KINDS, NOBODY, Successor, name_of, spoken, successors, with_names

__all__ = [
    "DECIDE",
    "DRAFT",
    "KINDS",
    "NOBODY",
    "PUBLISH",
    "Clause",
    "ClauseChange",
    "ClauseTarget",
    "Decided",
    "Decision",
    "Difference",
    "Duty",
    "DutyFact",
    "Overview",
    "Piece",
    "Plan",
    "PlanVersion",
    "Section",
    "SectionOverview",
    "SourceText",
    "Successor",
    "Totals",
    "add_duty",
    "answers_to",
    "clause_key",
    "clause_of",
    "clauses_with_duties",
    "compare_versions",
    "compile_text",
    "coverage_of",
    "dated",
    "decisions_of",
    "duties_of_clause",
    "duties_of_unit",
    "duty_counts",
    "in_force",
    "load_facts",
    "load_words",
    "locked",
    "main_plan",
    "matrix",
    "name_of",
    "neighbours",
    "overview",
    "plan_ref",
    "plans",
    "publish_compiled",
    "read_document",
    "register_plan",
    "require_on",
    "scope_of",
    "section_counts",
    "spoken",
    "successors",
    "totals",
    "units_with_duties",
    "version_numbered",
    "version_ref",
    "with_names",
    "words_digest",
]
