"""Public interface of the compiler: pure, so that pages, jobs and the command line use the same function."""

from .kernel import (
    MEANINGS,
    Deadline,
    Diagnostic,
    KnownUnit,
    Learned,
    Target,
    compile_plan,
    meaning,
)

__all__ = [
    "MEANINGS",
    "Deadline",
    "Diagnostic",
    "KnownUnit",
    "Learned",
    "Target",
    "compile_plan",
    "meaning",
]
