"""Inclusion and consistency proofs: the subtrees they name (RFC 6962, 2.1) and their verification (RFC 9162, 2.1)."""

from collections.abc import Sequence

from .hashing import Algorithm
from .tree import Span, halves, node_hash


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the subtrees whose roots prove that a leaf is in a tree, nearest first; ValueError when it is not."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[Span] = []
    span = Span(0, size)
    while span.end - span.start > 1:
        left, right = halves(span)
        span, sibling = (left, right) if index < left.end else (right, left)
        path.append(sibling)
    return path[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Return the subtrees whose roots prove that a tree of `old` leaves is the beginning of one of `new`.

    ValueError unless 0 < old ≤ new; equal sizes need no proof.
    """
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} does not begin one of {new}")
    path: list[Span] = []
    span, known = Span(0, new), True  # known: the verifier holds the root of this span as the old root
    while span.end != old:
        left, right = halves(span)
        if old <= left.end:
            span = left
            path.append(right)
        else:
            span, known = right, False
            path.append(left)
    return path[::-1] if known else [span, *path[::-1]]


def surrounding_spans(start: int, stop: int, size: int) -> list[Span]:
    """Return the largest subtrees outside a range of leaves: with the range they give the root.

    They stand in the order of a path, the outermost last, so that those of a single leaf are its path of inclusion.
    ValueError unless 0 ≤ start < stop ≤ size.
    """
    if not 0 <= start < stop <= size:
        raise ValueError(f"leaves {start} to {stop} are no range of a tree of {size}")
    found: list[Span] = []
    waiting = [Span(0, size)]
    while waiting:
        span = waiting.pop()
        if span.end <= start or span.start >= stop:
            found.append(span)
        elif not (start <= span.start and span.end <= stop):
            left, right = halves(span)
            waiting += [left, right] if right.start >= stop else [right, left]
    return found[::-1]


def includes(
    root: bytes, *, leaf: bytes, index: int, size: int, path: Sequence[bytes], algorithm: Algorithm = "sha256"
) -> bool:
    """Whether a path proves that a leaf hash stands at an index of the tree with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found, algorithm)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling, algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def extends(
    old_root: bytes, new_root: bytes, *, old: int, new: int, path: Sequence[bytes], algorithm: Algorithm = "sha256"
) -> bool:
    """Whether a path proves that the old tree is the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    given = [old_root, *path] if old.bit_count() == 1 else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not given:
        return False
    before = after = given[0]
    for sibling in given[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before, algorithm), node_hash(sibling, after, algorithm)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling, algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root
