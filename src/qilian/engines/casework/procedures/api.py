"""Public interface of procedures: read a file, and the words of what it says."""

from .kernel.contents import names_of
from .kernel.model import (
    APPLICANT,
    HANDLING,
    KINDS,
    LEVELS,
    SOURCES,
    Basis,
    Graph,
    Length,
    Node,
    Performer,
    Procedure,
    Quorum,
    Way,
)
from .kernel.reading import read_procedure

__all__ = [
    "APPLICANT",
    "HANDLING",
    "KINDS",
    "LEVELS",
    "SOURCES",
    "Basis",
    "Graph",
    "Length",
    "Node",
    "Performer",
    "Procedure",
    "Quorum",
    "Way",
    "names_of",
    "read_procedure",
]
