"""Public interface of relations."""

from .models import PartyRelation
from .queries import beneficial_owners_of, relations_of
from .services import end_relation, hand_over, relate

__all__ = [
    "PartyRelation",
    "beneficial_owners_of",
    "end_relation",
    "hand_over",
    "relate",
    "relations_of",
]
