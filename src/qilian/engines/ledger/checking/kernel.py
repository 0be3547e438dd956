"""Whether the code of a row of the book belongs to its key, or to the moment it was made; pure."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # as public codes: Crockford's base 32
_EPOCH, _YEAR = datetime(1970, 1, 1, tzinfo=UTC), 366 * 24 * 3600 * 1000  # milliseconds
_MOMENT_LETTERS = 10


def fits(code: str, keyed: Collection[str], at: datetime) -> bool:
    """Whether a code is one of those that the key of its row gives; without any (no key), whether its moment fits.

    The row may be later than its code, by the clocks of accounts that are ahead; a year is more than any.
    """
    if keyed:
        return code in keyed
    head = code[:_MOMENT_LETTERS]
    if not set(head) <= set(_ALPHABET):
        return False
    made = 0
    for letter in head:
        made = made << 5 | _ALPHABET.index(letter)
    passed = (at - _EPOCH) // timedelta(milliseconds=1)
    return passed - _YEAR <= made <= passed
