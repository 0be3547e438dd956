"""The face of the compiler: pure, so that pages, jobs and the command line use the same function."""

from .kernel import (
    Assignment,
    Clause,
    Deadline,
    Diagnostic,
    Draft,
    KnownUnit,
    Node,
    Target,
    UnitString,
    compile_plan,
    fold,
)

__all__ = [
    "Assignment",
    "Clause",
    "Deadline",
    "Diagnostic",
    "Draft",
    "KnownUnit",
    "Node",
    "Target",
    "UnitString",
    "compile_plan",
    "fold",
]
