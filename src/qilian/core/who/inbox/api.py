"""Public interface of the inbox."""

from .kernel import Addressee
from .models import InboxItem
from .queries import count_waiting, waiting_for, way_to
from .services import claim, done, follow, put, reassign

__all__ = [
    "Addressee",
    "InboxItem",
    "claim",
    "count_waiting",
    "done",
    "follow",
    "put",
    "reassign",
    "waiting_for",
    "way_to",
]
