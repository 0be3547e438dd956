"""Public interface of the controlled language: fold a text, then ask what its words say; spans are of the source."""

from .kernel import vocabulary as words
from .kernel.deadlines import WHEN_SEGMENT, find_deadlines, read_time
from .kernel.normalise import fold
from .kernel.numerals import integer
from .kernel.resolve import KnownUnit, Resolver
from .kernel.shapes import ROLES, Deadline, Json, Role, Span, Target
from .kernel.systems import find_systems
from .kernel.targets import find_targets
from .kernel.year import document_year

__all__ = [
    "ROLES",
    "WHEN_SEGMENT",
    "Deadline",
    "Json",
    "KnownUnit",
    "Resolver",
    "Role",
    "Span",
    "Target",
    "document_year",
    "find_deadlines",
    "find_systems",
    "find_targets",
    "fold",
    "integer",
    "read_time",
    "words",
]
