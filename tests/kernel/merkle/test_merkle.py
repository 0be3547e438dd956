"""Merkle trees: the published vector, and random trees against an independent recursive implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.merkle.api import (
    EMPTY_ROOT,
    TILE,
    Frontier,
    Node,
    Span,
    consistency_spans,
    extends,
    fold,
    frontier_at,
    grow,
    includes,
    inclusion_spans,
    leaf_hash,
    perfect_parts,
)

CERTIFICATE_TRANSPARENCY = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def naive_root(data: list[bytes]) -> bytes:
    """The definition of RFC 6962, 2.1, word for word."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\0" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\1" + naive_root(data[:k]) + naive_root(data[k:])).digest()


def naive_path(m: int, data: list[bytes]) -> list[bytes]:
    if len(data) == 1:
        return []
    k = 1
    while k * 2 < len(data):
        k *= 2
    if m < k:
        return [*naive_path(m, data[:k]), naive_root(data[k:])]
    return [*naive_path(m - k, data[k:]), naive_root(data[:k])]


def naive_consistency(m: int, data: list[bytes], known: bool = True) -> list[bytes]:
    if m == len(data):
        return [] if known else [naive_root(data)]
    k = 1
    while k * 2 < len(data):
        k *= 2
    if m <= k:
        return [*naive_consistency(m, data[:k], known), naive_root(data[k:])]
    return [*naive_consistency(m - k, data[k:], False), naive_root(data[:k])]


def words(count: int, seed: int = 0) -> list[bytes]:
    return [f"{seed}/{number}".encode() for number in range(count)]


def tree_of(data: list[bytes]) -> Frontier:
    return grow(Frontier(), map(leaf_hash, data))[0]


def perfect(data: list[bytes], part: Node) -> bytes:
    return naive_root(data[part.place << part.level : (part.place + 1) << part.level])


def folded(data: list[bytes], spans: list[Span]) -> list[bytes]:
    return [fold(span, {part: perfect(data, part) for part in perfect_parts(span)}) for span in spans]


def test_the_eight_leaves_of_certificate_transparency() -> None:
    assert tree_of(CERTIFICATE_TRANSPARENCY).root().hex() == ROOT_OF_EIGHT
    assert EMPTY_ROOT == Frontier().root() == naive_root([])


@given(st.integers(0, 200), st.lists(st.integers(1, 50), max_size=5), st.integers(0, 9))
def test_a_tree_grown_in_batches_has_the_root_of_the_definition(first: int, batches: list[int], seed: int) -> None:
    data = words(first + sum(batches), seed)
    tree = tree_of(data[:first])
    for batch in batches:
        tree, _ = grow(tree, map(leaf_hash, data[tree.size : tree.size + batch]))
    assert tree.root() == naive_root(data)
    assert tree == frontier_at(len(data), {p: perfect(data, p) for p in perfect_parts(Span(0, len(data)))})


def test_growing_completes_the_subtrees_of_every_eighth_level() -> None:
    data = words(1000)
    tree, early = grow(Frontier(), map(leaf_hash, data[:700]))
    _, late = grow(tree, map(leaf_hash, data[700:]))
    assert early | late == {Node(TILE, place): perfect(data, Node(TILE, place)) for place in range(1000 >> TILE)}


@given(st.integers(1, 130), st.data())
def test_paths_of_inclusion(size: int, draw: st.DataObject) -> None:
    data, index = words(size), draw.draw(st.integers(0, size - 1))
    path = folded(data, inclusion_spans(index, size))
    leaf, root = leaf_hash(data[index]), naive_root(data)
    assert path == naive_path(index, data)
    assert includes(root, leaf=leaf, index=index, size=size, path=path)
    assert not includes(root, leaf=leaf_hash(b"another"), index=index, size=size, path=path)
    assert not includes(root, leaf=leaf, index=index, size=size, path=[*path, root])
    assert not path or not includes(root, leaf=leaf, index=index, size=size, path=path[:-1])
    assert not includes(root, leaf=leaf, index=size, size=size, path=path)


@given(st.integers(1, 130), st.data())
def test_paths_of_consistency(new: int, draw: st.DataObject) -> None:
    data, old = words(new), draw.draw(st.integers(1, new))
    path = folded(data, consistency_spans(old, new))
    before, after = naive_root(data[:old]), naive_root(data)
    assert path == naive_consistency(old, data)
    assert extends(before, after, old=old, new=new, path=path)
    assert not extends(b"0" * 32, after, old=old, new=new, path=path)
    assert not extends(before, after, old=old, new=new, path=[*path, after])
    assert not path or not extends(before, after, old=old, new=new, path=path[:-1])


def test_what_is_not_a_beginning() -> None:
    assert not extends(b"", b"", old=0, new=3, path=[])
    assert not extends(b"", b"", old=4, new=3, path=[])
    assert not extends(b"", b"", old=3, new=5, path=[])
    with pytest.raises(ValueError, match="does not begin"):
        consistency_spans(4, 3)
    with pytest.raises(ValueError, match="is not in a tree"):
        inclusion_spans(3, 3)
