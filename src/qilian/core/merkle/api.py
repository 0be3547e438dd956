"""The face of Merkle trees."""

from .kernel.proofs import consistency_spans, extends, includes, inclusion_spans
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
    node_hash,
    perfect_parts,
)

__all__ = [
    "EMPTY_ROOT",
    "TILE",
    "Frontier",
    "Node",
    "Span",
    "consistency_spans",
    "extends",
    "fold",
    "frontier_at",
    "grow",
    "includes",
    "inclusion_spans",
    "leaf_hash",
    "node_hash",
    "perfect_parts",
]
