"""Public interface of proofs."""

from .checking import Verdict, verify
from .coverage import Wrong, cover, covered, one_moment
from .proving import (
    consistency_path,
    export_head,
    exported,
    growth,
    latest_checkpoint,
    receipt,
)
from .swearing import changed_columns, refuse_changed, swear, sworn_differences
from .trust import house_keys

__all__ = [
    "Verdict",
    "Wrong",
    "changed_columns",
    "consistency_path",
    "cover",
    "covered",
    "export_head",
    "exported",
    "growth",
    "house_keys",
    "latest_checkpoint",
    "one_moment",
    "receipt",
    "refuse_changed",
    "swear",
    "sworn_differences",
    "verify",
]
