"""Public interface of the identity provider."""

from .kernel import Proved
from .pages import ASKED
from .queries import identities_of, is_configured, provider_title
from .services import ask, hear, leaving, link_official, link_own, person_behind, unlink

__all__ = [
    "ASKED",
    "Proved",
    "ask",
    "hear",
    "identities_of",
    "is_configured",
    "leaving",
    "link_official",
    "link_own",
    "person_behind",
    "provider_title",
    "unlink",
]
