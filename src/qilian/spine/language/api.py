"""Public interface of the controlled language: fold a text, then ask what its words say; spans are of the source."""

from .kernel import vocabulary as words
from .kernel.deadlines import WHEN_SEGMENT, find_deadlines, read_time
from .kernel.evidence import MARGIN, SHORT, Weighed, likely, person, surely, weigh
from .kernel.normalise import fold
from .kernel.numerals import integer
from .kernel.resolve import KnownUnit, Resolver
from .kernel.shapes import NOTHING, ROLES, Deadline, Direction, Json, Known, Role, Span, Target
from .kernel.systems import find_systems
from .kernel.year import document_year, first_year

__all__ = [
    "MARGIN",
    "NOTHING",
    "ROLES",
    "SHORT",
    "WHEN_SEGMENT",
    "Deadline",
    "Direction",
    "Json",
    "Known",
    "KnownUnit",
    "Resolver",
    "Role",
    "Span",
    "Target",
    "Weighed",
    "document_year",
    "find_deadlines",
    "find_systems",
    "first_year",
    "fold",
    "integer",
    "likely",
    "person",
    "read_time",
    "surely",
    "weigh",
    "words",
]
