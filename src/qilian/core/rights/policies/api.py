"""Public interface of row policies."""

from .kernel import addressed, patterns, readable_by

__all__ = ["addressed", "patterns", "readable_by"]
