"""Public interface of sessions."""

from .fresh import AGAIN, NETWORK, PROVED, freshly, note_proof
from .kernel import rights_fingerprint
from .models import Session
from .pages import KEY
from .queries import running_of
from .services import begin, end, end_all, go_on

__all__ = [
    "AGAIN",
    "KEY",
    "NETWORK",
    "PROVED",
    "Session",
    "begin",
    "end",
    "end_all",
    "freshly",
    "go_on",
    "note_proof",
    "rights_fingerprint",
    "running_of",
]
