"""Public interface of Merkle trees."""

from .kernel.canonical import Plain, canonical_json
from .kernel.hashing import ALGORITHMS, Algorithm, available, hashed
from .kernel.proofs import consistency_spans, extends, includes, inclusion_spans, surrounding_spans
from .kernel.tree import (
    EMPTY_ROOT,
    TILE,
    Frontier,
    Node,
    Span,
    fold,
    frontier_at,
    grow,
    leaf_hash,
    leaf_hashes,
    node_hash,
    perfect_parts,
    root_over,
)

__all__ = [
    "ALGORITHMS",
    "EMPTY_ROOT",
    "TILE",
    "Algorithm",
    "Frontier",
    "Node",
    "Plain",
    "Span",
    "available",
    "canonical_json",
    "consistency_spans",
    "extends",
    "fold",
    "frontier_at",
    "grow",
    "hashed",
    "includes",
    "inclusion_spans",
    "leaf_hash",
    "leaf_hashes",
    "node_hash",
    "perfect_parts",
    "root_over",
    "surrounding_spans",
]
