"""Public codes: 128 random bits that name a record outside the house without telling how many there are."""

import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread


def public_code() -> str:
    """Return 26 characters of Crockford base 32 that carry 128 random bits."""
    number = secrets.randbits(128)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))
