"""Public interface of the door."""

from .queries import is_locked, locked_now
from .services import begin_try, prove, tell_of_lock, unlock, welcome

__all__ = ["begin_try", "is_locked", "locked_now", "prove", "tell_of_lock", "unlock", "welcome"]
