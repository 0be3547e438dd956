"""Public interface of offers at work."""

from .addresses import register_addresses
from .queries import (
    clause_of,
    closed_paths,
    crumbs_of,
    crumbs_to,
    declared,
    is_open,
    offer_url,
    open_paths,
    scope_of,
    serving,
)
from .services import OPEN, close_offer, open_offer

__all__ = [
    "OPEN",
    "clause_of",
    "close_offer",
    "closed_paths",
    "crumbs_of",
    "crumbs_to",
    "declared",
    "is_open",
    "offer_url",
    "open_offer",
    "open_paths",
    "register_addresses",
    "scope_of",
    "serving",
]
