"""The plan compiler: pure functions from a document's text to a draft of clauses, roles, dates, targets and doubts."""

from qilian.spine.annotation.api import MEANINGS, Diagnostic, Learned, meaning
from qilian.spine.language.api import Deadline, KnownUnit, Target, fold

from .compile import compile_plan
from .result import Assignment, CompiledClause, CompiledPlan, Node, UnitString
from .stored import from_json

__all__ = [
    "MEANINGS",
    "Assignment",
    "CompiledClause",
    "CompiledPlan",
    "Deadline",
    "Diagnostic",
    "KnownUnit",
    "Learned",
    "Node",
    "Target",
    "UnitString",
    "compile_plan",
    "fold",
    "from_json",
    "meaning",
]
