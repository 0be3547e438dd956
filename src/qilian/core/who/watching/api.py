"""Public interface of watching."""

from .pages import CLAUSE, watched_columns, watching
from .queries import watched
from .services import unwatch, watch

__all__ = ["CLAUSE", "unwatch", "watch", "watched", "watched_columns", "watching"]
