"""Public interface of units."""

from .choosing import UNITS
from .loading import load_units
from .models import Unit
from .queries import (
    collectives_of,
    heirs_of,
    heirs_of_many,
    known_units,
    members_of,
    unit_name,
    unit_names,
    units,
    units_called,
)
from .services import EDIT, decide_members, name_unit, record_succession, register_unit
from .suggestions import Suggestion, suggest

__all__ = [
    "EDIT",
    "UNITS",
    "Suggestion",
    "Unit",
    "collectives_of",
    "decide_members",
    "heirs_of",
    "heirs_of_many",
    "known_units",
    "load_units",
    "members_of",
    "name_unit",
    "record_succession",
    "register_unit",
    "suggest",
    "unit_name",
    "unit_names",
    "units",
    "units_called",
]
