"""What needs no database: the arithmetic of division codes, lists of divisions, and their boundaries."""

from .boundaries import Boundaries, read_boundaries
from .divisions import (
    LEVEL_TITLES,
    PROVINCES,
    Division,
    ancestors,
    contains,
    level,
    parent,
    place_title,
    prefix,
    read_divisions,
)

__all__ = [
    "LEVEL_TITLES",
    "PROVINCES",
    "Boundaries",
    "Division",
    "ancestors",
    "contains",
    "level",
    "parent",
    "place_title",
    "prefix",
    "read_boundaries",
    "read_divisions",
]
