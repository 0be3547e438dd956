"""Public interface of the inbox."""

from .kernel import Addressee, Light
from .models import InboxItem
from .queries import count_waiting, waiting_for
from .services import claim, done, follow, put, reassign

__all__ = [
    "Addressee",
    "InboxItem",
    "Light",
    "claim",
    "count_waiting",
    "done",
    "follow",
    "put",
    "reassign",
    "waiting_for",
]
