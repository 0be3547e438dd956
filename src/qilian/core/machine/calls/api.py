"""Public interface of calls."""

from .calling import call
from .kernel import Inside, inside, is_open

__all__ = ["Inside", "call", "inside", "is_open"]
