"""Merkle trees: the published vector, and random trees against an independent recursive implementation."""

import hashlib
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.merkle.api import (
    EMPTY_ROOT,
    TILE,
    Frontier,
    Node,
    Span,
    available,
    consistency_spans,
    extends,
    fold,
    frontier_at,
    grow,
    hashed,
    includes,
    inclusion_spans,
    leaf_hash,
    leaf_hashes,
    perfect_parts,
    root_over,
    surrounding_spans,
)

CERTIFICATE_TRANSPARENCY = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def naive_root(data: list[bytes], name: str = "sha256") -> bytes:
    """The definition of RFC 6962, 2.1, word for word."""
    if not data:
        return hashlib.new(name).digest()
    if len(data) == 1:
        return hashlib.new(name, b"\0" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.new(name, b"\1" + naive_root(data[:k], name) + naive_root(data[k:], name)).digest()


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
    assert root_over(leaf_hashes(CERTIFICATE_TRANSPARENCY)).hex() == ROOT_OF_EIGHT
    assert EMPTY_ROOT == Frontier().root() == root_over([]) == naive_root([])


@given(st.integers(0, 200), st.lists(st.integers(1, 50), max_size=5), st.integers(0, 9))
def test_a_tree_grown_in_batches_has_the_root_of_the_definition(first: int, batches: list[int], seed: int) -> None:
    data = words(first + sum(batches), seed)
    tree = tree_of(data[:first])
    for batch in batches:
        tree, _ = grow(tree, map(leaf_hash, data[tree.size : tree.size + batch]))
    assert tree.root() == root_over(leaf_hashes(data)) == naive_root(data)
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


@given(st.integers(1, 90), st.data())
def test_a_range_and_the_subtrees_around_it_give_the_root(size: int, draw: st.DataObject) -> None:
    data = [b"%d" % number for number in range(size)]
    start = draw.draw(st.integers(0, size - 1))
    stop = draw.draw(st.integers(start + 1, size))
    spans = surrounding_spans(start, stop, size)
    known = {span: naive_root(data[span.start : span.end]) for span in spans}
    known |= {Span(place, place + 1): naive_root(data[place : place + 1]) for place in range(start, stop)}
    assert stop - start > 1 or spans == inclusion_spans(start, size), "a single leaf has its path of inclusion"

    def root(first: int, end: int) -> bytes:
        if (first, end) in known:
            return known[Span(first, end)]
        k = 1
        while k * 2 < end - first:
            k *= 2
        return hashlib.sha256(b"\1" + root(first, first + k) + root(first + k, end)).digest()

    assert root(0, size) == naive_root(data)
    assert sorted([*(n for span in spans for n in range(*span)), *range(start, stop)]) == list(range(size))


def test_what_is_no_range() -> None:
    for start, stop, size in ((0, 0, 4), (3, 2, 4), (0, 5, 4), (-1, 2, 4)):
        with pytest.raises(ValueError, match="no range"):
            surrounding_spans(start, stop, size)


def test_sm3_has_the_vectors_of_its_standard() -> None:
    """GB/T 32905-2016, appendix A."""
    assert available("sha256") and available("sm3") and not available("md5")
    assert hashed(b"abc", "sm3").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashed(b"abcd" * 16, "sm3").hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@given(st.integers(1, 70), st.data())
def test_a_tree_of_sm3_is_the_same_tree_with_another_hash(size: int, draw: st.DataObject) -> None:
    data = [b"%d" % number for number in range(size)]
    tree, _ = grow(Frontier(algorithm="sm3"), map(partial(leaf_hash, algorithm="sm3"), data))
    assert tree.root() == naive_root(data, "sm3") != naive_root(data)
    assert Frontier(algorithm="sm3").root() == naive_root([], "sm3")
    index = draw.draw(st.integers(0, size - 1))
    path = [naive_root(data[span.start : span.end], "sm3") for span in inclusion_spans(index, size)]
    leaf = leaf_hash(data[index], "sm3")
    assert includes(tree.root(), leaf=leaf, index=index, size=size, path=path, algorithm="sm3")
    assert size == 1 or not includes(tree.root(), leaf=leaf, index=index, size=size, path=path)
    old = draw.draw(st.integers(1, size))
    grown = [naive_root(data[span.start : span.end], "sm3") for span in consistency_spans(old, size)]
    before = naive_root(data[:old], "sm3")
    assert extends(before, tree.root(), old=old, new=size, path=grown if old < size else [], algorithm="sm3")
    hashes = {
        part: naive_root(data[part.place << part.level : (part.place + 1) << part.level], "sm3")
        for part in perfect_parts(Span(0, size))
    }
    assert frontier_at(size, hashes, "sm3") == tree and fold(Span(0, size), hashes, "sm3") == tree.root()
