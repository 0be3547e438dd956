"""The face of the coverage."""

from .queries import evidence, facts, report

__all__ = ["evidence", "facts", "report"]
