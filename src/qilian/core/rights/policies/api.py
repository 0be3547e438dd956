"""Public interface of row policies."""

from .kernel import addressed, addressed_or_entitled, patterns, readable_by

__all__ = ["addressed", "addressed_or_entitled", "patterns", "readable_by"]
