"""Sealing and masking as pure functions: keys, nonces and words come in, bytes and words go out."""

from .envelope import MARK_BYTES, blind, key_of, open_envelope, seal
from .kinds import KINDS, Kind, mask, normal

__all__ = ["KINDS", "MARK_BYTES", "Kind", "blind", "key_of", "mask", "normal", "open_envelope", "seal"]
