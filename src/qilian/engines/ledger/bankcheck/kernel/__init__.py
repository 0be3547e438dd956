"""The rules of statements: what a file can say, whether it adds up, when two lines are one."""

from .amounts import (
    AMOUNT_REMEDY,
    FEN_MAX,
    SUM_MAX,
    bounded,
    not_an_amount,
    read_amount,
    read_count,
    read_day,
)
from .checking import LINES_MAX, Checking
from .identity import Prints
from .reading import (
    WHY,
    Begins,
    Claim,
    Entry,
    Item,
    Note,
    Passed,
    reference_of,
    untrue,
)
from .runs import Wanted

__all__ = [
    "AMOUNT_REMEDY",
    "FEN_MAX",
    "LINES_MAX",
    "SUM_MAX",
    "WHY",
    "Begins",
    "Checking",
    "Claim",
    "Entry",
    "Item",
    "Note",
    "Passed",
    "Prints",
    "Wanted",
    "bounded",
    "not_an_amount",
    "read_amount",
    "read_count",
    "read_day",
    "reference_of",
    "untrue",
]
