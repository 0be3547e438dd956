"""Public interface of proofs."""

from .checking import Verdict, verify
from .coverage import Wrong, cover, covered, one_moment
from .proving import (
    checkpoint_proof,
    consistency_path,
    export_head,
    exported,
    growth,
    inclusion_path,
    latest_checkpoint,
    receipt,
)
from .swearing import RowsSworn, swear, sworn_differences
from .trust import house_keys

__all__ = [
    "RowsSworn",
    "Verdict",
    "Wrong",
    "checkpoint_proof",
    "consistency_path",
    "cover",
    "covered",
    "export_head",
    "exported",
    "growth",
    "house_keys",
    "inclusion_path",
    "latest_checkpoint",
    "one_moment",
    "receipt",
    "swear",
    "sworn_differences",
    "verify",
]
