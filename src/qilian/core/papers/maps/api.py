"""Public interface of maps."""

from .kernel import Area, areas

__all__ = ["Area", "areas"]
