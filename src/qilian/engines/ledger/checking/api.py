"""Public interface of checking: replay the book, and say what differs."""

from .events import BookReconciled
from .services import Difference, Reconciliation, reconcile

__all__ = ["BookReconciled", "Difference", "Reconciliation", "reconcile"]
