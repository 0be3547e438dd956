"""Public codes: 26 letters that name a record outside the house without telling how many there are."""

import secrets
from datetime import UTC, datetime, timedelta

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
_LETTERS = (_ALPHABET * 8).encode()  # of each byte the letter of its last five bits
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT, _CHANCE = 10, 16  # letters


def public_code() -> str:
    """Return 26 characters of Crockford base 32 that carry 128 random bits."""
    number = secrets.randbits(128)
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))


def codes_in_order(count: int, moment: datetime) -> list[str]:
    """Return so many new codes in ascending order: ten letters of the moment in milliseconds, sixteen of chance.

    For rows that come by the thousand and show their moment anyway: an index of them grows at its end, where one of
    random codes takes a page of its own for each row. 80 random bits: nobody guesses one from another.
    """
    passed = (moment - _EPOCH) // timedelta(milliseconds=1)
    head = "".join(_ALPHABET[(passed >> shift) & 31] for shift in range(5 * (_MOMENT - 1), -5, -5))
    chance = secrets.token_bytes(_CHANCE * count).translate(_LETTERS).decode()
    return sorted([head + chance[start : start + _CHANCE] for start in range(0, _CHANCE * count, _CHANCE)])
