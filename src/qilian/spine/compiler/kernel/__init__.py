"""The plan compiler: pure functions from a document's text to a draft of clauses, roles, dates, targets and doubts."""

from qilian.spine.annotation.api import MEANINGS, Diagnostic, Learned, meaning
from qilian.spine.language.api import Deadline, KnownUnit, Target, fold

from .compile import compile_plan
from .draft import Assignment, Clause, Draft, Node, UnitString

__all__ = [
    "MEANINGS",
    "Assignment",
    "Clause",
    "Deadline",
    "Diagnostic",
    "Draft",
    "KnownUnit",
    "Learned",
    "Node",
    "Target",
    "UnitString",
    "compile_plan",
    "fold",
    "meaning",
]
