"""Public interface of proofs."""

from .checking import Verdict, verify
from .proving import consistency_path, export_head, exported, inclusion_path, receipt

__all__ = [
    "Verdict",
    "consistency_path",
    "export_head",
    "exported",
    "inclusion_path",
    "receipt",
    "verify",
]
