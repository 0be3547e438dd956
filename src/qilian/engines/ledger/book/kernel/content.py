"""The exact bytes of a transfer: what its idempotency hash covers, and the leaf by which the log covers the row."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from qilian.core.values.merkle.api import leaf_hashes, root_over

from .values import Kind, Row, Span

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # as public codes: Crockford's base 32
_EPOCH, _YEAR = datetime(1970, 1, 1, tzinfo=UTC), 366 * 24 * 3600 * 1000  # milliseconds
_MOMENT_LETTERS = 10
_PAIRS = [left + right for left in _ALPHABET for right in _ALPHABET]


class Leaves(NamedTuple):
    """The leaves of rows, and the two texts of each that its line in the table needs as well."""

    hashes: list[bytes]
    digests: list[str]  # in hexadecimal
    totals: list[str]  # of both sides after the row, eight joined by commas


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
    return hashlib.sha256(content_text(content).encode()).digest()


def content_text(content: Content) -> str:
    """Return the text that the hash of a content covers: what a transfer says, word for word."""
    kind, debit, credit, amount, pending, due, serials, cause, words = content
    day = due.isoformat() if due else ""
    span = f"{serials.first}-{serials.last}" if serials else ""
    return f"{kind}\x1f{debit}\x1f{credit}\x1f{amount}\x1f{pending}\x1f{day}\x1f{span}\x1f{cause}\x1f{words}"


def code_of(key: str, space: str) -> str:
    """Return the public code of a transfer from its key: 128 bits of SHA-256, written like every public code.

    A key counts within its space: the paying account or the hold of a caller, the name of an engine of the house; so
    nobody can take a key of the house or of another account. Base 32 (RFC 4648), two characters a step.

    >>> code_of("invoice 7", "ledger.banking") == code_of("invoice 7", "5yw5yw5yw5yw5yw5yw5yw5yw5y")
    False
    """
    number = int.from_bytes(hashlib.sha256(f"{space}\x1f{key}".encode()).digest()[:16]) << 2
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -10, -10)])


def fits(code: str, key: str, at: datetime, spaces: Iterable[str]) -> bool:
    """Whether a code belongs to a key in one of the spaces it may count in; without a key, to when it was made.

    The row may be later than its code, by the clocks of accounts that are ahead; a year is more than any.
    """
    if key:
        return any(code == code_of(key, space) for space in spaces)
    head = code[:_MOMENT_LETTERS]
    if not set(head) <= set(_ALPHABET):
        return False
    made = 0
    for letter in head:
        made = made << 5 | _ALPHABET.index(letter)
    passed = (at - _EPOCH) // timedelta(milliseconds=1)
    return passed - _YEAR <= made <= passed


def mark_of(codes: Sequence[str], values: Sequence[str]) -> str:
    """Return the hash of one column of a batch, by which a change in it is told from one beside it.

    It covers the codes, which nobody guesses, with the values; it is empty where the column is.
    """
    if not any(values):
        return ""
    lines = [f"{code}\x1f{value}" for code, value in zip(codes, values, strict=True)]
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def leaf_of(row: Row, at: datetime, actor: str) -> bytes:
    """Return the leaf (RFC 6962) of a row in its batch's tree; it covers content, moment, actor and totals."""
    return leaves_of([row], at, [actor]).hashes[0]


def leaves_of(rows: Sequence[Row], at: datetime, actors: Sequence[str]) -> Leaves:
    """Return the leaves of rows that were written at one moment, each by its actor."""
    moment = at.isoformat()
    digests = [row.command.digest.hex() for row in rows]
    totals = [f"{a[0]},{a[1]},{a[2]},{a[3]},{b[0]},{b[1]},{b[2]},{b[3]}" for _, _, _, _, _, _, a, b, _ in rows]
    texts = [
        leaf_text(row.command.key, digest, moment, actor, row.released, after).encode()
        for row, digest, actor, after in zip(rows, digests, actors, totals, strict=True)
    ]
    return Leaves(leaf_hashes(texts), digests, totals)


def leaf_text(code: str, digest: str, moment: str, actor: str, released: int, after: str) -> str:
    """Return the text whose RFC 6962 leaf stands for a row: fields joined by the unit separator, totals by commas.

    `digest` is in hexadecimal, `moment` in ISO 8601.
    """
    return f"{code}\x1f{digest}\x1f{moment}\x1f{actor}\x1f{released}\x1f{after}"


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root of a batch's tree, which the batch's event carries into the audit log."""
    return root_over(leaves)
