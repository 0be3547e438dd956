"""Public interface of the screen: task tables."""

from qilian.spine.screen.models import Export

from .services import request_export

__all__ = [
    "Export",
    "request_export",
]
