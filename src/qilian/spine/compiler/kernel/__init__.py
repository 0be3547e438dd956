"""The plan compiler: pure functions from a document's text to a draft of clauses, roles, dates, targets and doubts."""

from qilian.spine.annotation.api import MEANINGS, Diagnostic, Learned, meaning
from qilian.spine.language.api import Deadline, KnownUnit, Target, fold

from .compile import compile_plan

__all__ = [
    "MEANINGS",
    "Deadline",
    "Diagnostic",
    "KnownUnit",
    "Learned",
    "Target",
    "compile_plan",
    "fold",
    "meaning",
]
