"""Public interface of packs: what a section of the plan offers, and which packs this process runs with."""

from .kernel.shapes import SLUG, Answer, Awaited, Cite, Offer, Pack, clause_order
from .registry import Registry, install, offer_at, offers, pack_of, packs, problems

__all__ = [
    "SLUG",
    "Answer",
    "Awaited",
    "Cite",
    "Offer",
    "Pack",
    "Registry",
    "clause_order",
    "install",
    "offer_at",
    "offers",
    "pack_of",
    "packs",
    "problems",
]
