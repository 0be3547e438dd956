"""Public interface of choices."""

from .sources import Choice, Source, source_named, sources

__all__ = ["Choice", "Source", "source_named", "sources"]
