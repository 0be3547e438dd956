"""All tables of the registry, gathered from its parts for Django."""

from qilian.engines.registry.parties.models import Duplicate, Party, PartyFigure, PartyName, PartyRelation

__all__ = [
    "Duplicate",
    "Party",
    "PartyFigure",
    "PartyName",
    "PartyRelation",
]
