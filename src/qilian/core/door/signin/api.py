"""Public interface of the door."""

from .queries import is_locked, locked_now, locks_of
from .services import begin_try, failed, forgive, prove, tell_of_locks, unlock, welcome

__all__ = [
    "begin_try",
    "failed",
    "forgive",
    "is_locked",
    "locked_now",
    "locks_of",
    "prove",
    "tell_of_locks",
    "unlock",
    "welcome",
]
