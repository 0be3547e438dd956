"""Public interface of privacy."""

from .fields import BlindIndexField, Sealed, SealedField, readable, unseal
from .kernel import mask
from .pages import look_url, masked_fact
from .queries import looks_at, matching
from .registry import Looking, let_look
from .services import retire_keys, reveal, turn_key

__all__ = [
    "BlindIndexField",
    "Looking",
    "Sealed",
    "SealedField",
    "let_look",
    "look_url",
    "looks_at",
    "mask",
    "masked_fact",
    "matching",
    "readable",
    "retire_keys",
    "reveal",
    "turn_key",
    "unseal",
]
