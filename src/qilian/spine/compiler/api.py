"""Public interface of the compiler: pure, so that pages, jobs and the command line use the same function."""

from .kernel import (
    MEANINGS,
    Assignment,
    CompiledClause,
    CompiledPlan,
    Deadline,
    Diagnostic,
    KnownUnit,
    Learned,
    Node,
    Target,
    UnitString,
    compile_plan,
    fold,
    from_json,
    meaning,
)

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
