"""Who acts now: a value that every verb takes first, and the context in which requests and jobs run.

This room lies below events, outbox and grants, so that the log can name an actor and a job can act without any of
them importing each other.
"""

from .acting import acting, current_principal
from .kernel import ANONYMOUS, SYSTEM, Principal
from .memory import forget, remembered, remembering
from .parties import parties_of, represent
from .verbs import internal, internal_reason

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "Principal",
    "acting",
    "current_principal",
    "forget",
    "internal",
    "internal_reason",
    "parties_of",
    "remembered",
    "remembering",
    "represent",
]
