"""Public interface of procedures: read a file, and the words of what it says."""

from .kernel.contents import CASE_NAMES, names_of
from .kernel.model import (
    APPLICANT,
    HANDLING,
    KINDS,
    LEVELS,
    SOURCES,
    Basis,
    Fee,
    Graph,
    Length,
    Material,
    Node,
    Performer,
    Procedure,
    Quorum,
    Way,
)
from .kernel.reading import read_procedure

__all__ = [
    "APPLICANT",
    "CASE_NAMES",
    "HANDLING",
    "KINDS",
    "LEVELS",
    "SOURCES",
    "Basis",
    "Fee",
    "Graph",
    "Length",
    "Material",
    "Node",
    "Performer",
    "Procedure",
    "Quorum",
    "Way",
    "names_of",
    "read_procedure",
]
