"""Public interface of relations."""

from .events import RelationBegun, RelationEnded
from .kernel.relations import RELATIONS
from .models import PartyRelation
from .queries import behind_of, relations_of
from .services import end_relation, hand_over, relate

__all__ = [
    "RELATIONS",
    "PartyRelation",
    "RelationBegun",
    "RelationEnded",
    "behind_of",
    "end_relation",
    "hand_over",
    "relate",
    "relations_of",
]
