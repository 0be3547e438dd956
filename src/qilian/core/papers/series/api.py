"""Public interface of series."""

from .services import next_number

__all__ = ["next_number"]
