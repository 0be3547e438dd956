"""The exact bytes of a transfer: what its idempotency hash covers, and the leaf by which the log covers the row."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from qilian.core.merkle.api import Frontier, grow, leaf_hash

from .values import Kind, Row, Span

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # as public codes: Crockford's base 32
_PAIRS = [left + right for left in _ALPHABET for right in _ALPHABET]
SEPARATOR = "\x1f"


class Content(NamedTuple):
    """What a transfer says, by public codes: two with one key and equal content are one transfer, sent twice.

    The asset is that of the accounts. A resolution names its pending row and leaves both accounts empty.
    """

    kind: Kind
    debit: str
    credit: str
    amount: int
    pending: str
    due: datetime | None
    serials: Span | None
    cause: str
    words: str


def digest_of(content: Content) -> bytes:
    """Return the SHA-256 of the fields in order, joined by the unit separator, empty where there is nothing.

    A moment is written in ISO 8601 as given (UTC), serial numbers as `first-last`.
    """
    due = content.due.isoformat() if content.due else ""
    span = f"{content.serials.first}-{content.serials.last}" if content.serials else ""
    fields = (*content[:3], str(content.amount), content.pending, due, span, content.cause, content.words)
    return hashlib.sha256(SEPARATOR.join(fields).encode()).digest()


def code_of(key: str) -> str:
    """Return the public code of a transfer from its key: 128 bits of SHA-256, written like every public code.

    >>> code_of("invoice 7")
    'na6wzw18gcaq8yp9pbn50qxv3r'
    """
    return coded(hashlib.sha256(key.encode()).digest()[:16])


def coded(bits: bytes) -> str:
    """Write 16 bytes as 26 characters: base 32 (RFC 4648) in the alphabet of public codes, two characters a step."""
    number = int.from_bytes(bits) << 2
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -10, -10)])


def leaf_of(row: Row, at: datetime, actor: str) -> bytes:
    """Return the leaf (RFC 6962) of a row in its batch's tree; it covers content, moment, actor and totals."""
    a, b, command = row.debit_after, row.credit_after, row.command
    after = f"{a[0]},{a[1]},{a[2]},{a[3]},{b[0]},{b[1]},{b[2]},{b[3]}"
    return leaf_hash(leaf_text(command.key, command.digest, at, actor, row.released, after).encode())


def leaf_text(code: str, digest: bytes, at: datetime, actor: str, released: int, after: str) -> str:
    """Return the text whose RFC 6962 leaf stands for a row: fields joined by the unit separator, totals by commas."""
    return SEPARATOR.join((code, digest.hex(), at.isoformat(), actor, str(released), after))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a batch's tree, which the batch's event carries into the audit log."""
    return grow(Frontier(), leaves)[0].root()
