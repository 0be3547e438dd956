"""The Merkle tree of RFC 6962 with SHA-256 or SM3, grown leaf by leaf in O(log n) from its frontier."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .hashing import Algorithm, hashed, hasher

TILE = 8
"""Perfect subtrees are stored at every eighth level: a proof reads at most 256 hashes of each, never all leaves."""

EMPTY_ROOT = hashed(b"")
"""The root of the empty tree of SHA-256."""


class Node(NamedTuple):
    """A perfect subtree: `level` 0 is a leaf; `place` counts the subtrees of its level from the left."""

    level: int
    place: int


class Span(NamedTuple):
    """The leaves from `start` up to `end`, `end` not included; `start` is a multiple of the tree they would fill."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frontier:
    """The least that a tree needs to grow: its size, the roots of its perfect subtrees, largest first, and its hash."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()
    algorithm: Algorithm = "sha256"

    def root(self) -> bytes:
        """Return the root of the tree (RFC 6962, 2.1)."""
        return _joined(self.hashes, self.algorithm)


def leaf_hash(data: bytes, algorithm: Algorithm = "sha256") -> bytes:
    """Return the hash of a leaf: over a zero byte and its data."""
    return hashed(b"\x00" + data, algorithm)


def leaf_hashes(data: Iterable[bytes], algorithm: Algorithm = "sha256") -> list[bytes]:
    """Return the hashes of many leaves."""
    digest = hasher(algorithm)
    return [digest(b"\x00" + each) for each in data]


def node_hash(left: bytes, right: bytes, algorithm: Algorithm = "sha256") -> bytes:
    """Return the hash of an inner node: over a one byte and its two children."""
    return hashed(b"\x01" + left + right, algorithm)


def grow(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, dict[Node, bytes]]:
    """Append leaf hashes; return the new frontier and the perfect subtrees of the stored levels that were completed."""
    hashes, size = list(frontier.hashes), frontier.size
    completed: dict[Node, bytes] = {}
    for leaf in leaves:
        node, level, place = leaf, 0, size
        while place & 1:
            node, level, place = node_hash(hashes.pop(), node, frontier.algorithm), level + 1, place >> 1
            if level % TILE == 0:
                completed[Node(level, place)] = node
        hashes.append(node)
        size += 1
    assert len(hashes) == size.bit_count()
    return Frontier(size, tuple(hashes), frontier.algorithm), completed


def root_over(leaves: Sequence[bytes], algorithm: Algorithm = "sha256") -> bytes:
    """Return the root of the tree over leaf hashes that are all at hand; the same as that of a tree grown from them.

    Level by level, where an odd last hash goes up as it is: less than half the cost of growing.
    """
    level, digest = list(leaves), hasher(algorithm)
    if not level:
        return digest(b"")
    while len(level) > 1:
        odd = level[-1:] if len(level) & 1 else []
        level = [digest(b"\x01" + left + right) for left, right in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]


def perfect_parts(span: Span) -> list[Node]:
    """Return the perfect subtrees that fill a span, from left to right and so from large to small."""
    parts: list[Node] = []
    start, end = span
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(Node(level, start >> level))
        start += 1 << level
    return parts


def frontier_at(size: int, hashes: Mapping[Node, bytes], algorithm: Algorithm = "sha256") -> Frontier:
    """Return the frontier of the first `size` leaves from the hashes of its perfect parts."""
    return Frontier(size, tuple(hashes[part] for part in perfect_parts(Span(0, size))), algorithm)


def fold(span: Span, hashes: Mapping[Node, bytes], algorithm: Algorithm = "sha256") -> bytes:
    """Return the root over a span from the hashes of its perfect parts."""
    return _joined([hashes[part] for part in perfect_parts(span)], algorithm)


def _joined(parts: Sequence[bytes], algorithm: Algorithm) -> bytes:
    """Join the roots of perfect subtrees, largest first, from the right."""
    if not parts:
        return hashed(b"", algorithm)
    *before, root = parts
    for left in reversed(before):
        root = node_hash(left, root, algorithm)
    return root


def halves(span: Span) -> tuple[Span, Span]:
    """Return the two sides of a span of two leaves or more: the left is the largest power of two below its length."""
    middle = span.start + (1 << (span.end - span.start - 1).bit_length() - 1)
    return Span(span.start, middle), Span(middle, span.end)
