"""Public interface of checking: replay the book, and say what differs."""

from .services import reconcile

__all__ = ["reconcile"]
