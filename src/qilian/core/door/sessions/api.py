"""Public interface of sessions."""

from .fresh import AGAIN, NETWORK, PROVED, freshly, is_fresh, note_proof
from .kernel import METHODS, rights_fingerprint
from .models import Session
from .pages import KEY
from .queries import running_of
from .services import begin, end, end_all, go_on, limits

__all__ = [
    "AGAIN",
    "KEY",
    "METHODS",
    "NETWORK",
    "PROVED",
    "Session",
    "begin",
    "end",
    "end_all",
    "freshly",
    "go_on",
    "is_fresh",
    "limits",
    "note_proof",
    "rights_fingerprint",
    "running_of",
]
