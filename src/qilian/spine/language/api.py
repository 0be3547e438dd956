"""Public interface of the controlled language: fold a text, then ask what its words say; spans are of the source."""

from .kernel import vocabulary as words
from .kernel.cells import cell_target, is_figure, is_unit
from .kernel.deadlines import WHEN_SEGMENT, find_deadlines, read_time
from .kernel.evidence import MARGIN, SHORT, Weighed, likely, person, surely, weigh
from .kernel.normalise import fold
from .kernel.numerals import integer
from .kernel.resolve import KnownUnit, Resolver
from .kernel.shapes import NOTHING, ROLES, Deadline, Json, Known, Role, Span, Target
from .kernel.systems import find_systems
from .kernel.targets import find_targets
from .kernel.year import document_year

__all__ = [
    "MARGIN",
    "NOTHING",
    "ROLES",
    "SHORT",
    "WHEN_SEGMENT",
    "Deadline",
    "Json",
    "Known",
    "KnownUnit",
    "Resolver",
    "Role",
    "Span",
    "Target",
    "Weighed",
    "cell_target",
    "document_year",
    "find_deadlines",
    "find_systems",
    "find_targets",
    "fold",
    "integer",
    "is_figure",
    "is_unit",
    "likely",
    "person",
    "read_time",
    "surely",
    "weigh",
    "words",
]
