"""Public interface of the compiler: pure, so that pages, jobs and the command line use the same function."""

from .kernel import (
    MEANINGS,
    Assignment,
    Clause,
    Deadline,
    Diagnostic,
    Draft,
    KnownUnit,
    Learned,
    Node,
    Target,
    UnitString,
    compile_plan,
    fold,
    meaning,
)

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
