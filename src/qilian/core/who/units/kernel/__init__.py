"""Names over time, successors, rosters, and reading a list of units; pure."""

from .listing import KINDS, KnownUnit, ListedName, ListedSuccession, ListedUnit, UnitList, read_units
from .naming import Name, name_at
from .succession import Heir, Succession, heirs, refuse_cycle

__all__ = [
    "KINDS",
    "Heir",
    "KnownUnit",
    "ListedName",
    "ListedSuccession",
    "ListedUnit",
    "Name",
    "Succession",
    "UnitList",
    "heirs",
    "name_at",
    "read_units",
    "refuse_cycle",
]
