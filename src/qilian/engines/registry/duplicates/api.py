"""Public interface of duplicates."""

from .models import Duplicate
from .queries import duplicates
from .services import dismiss, merge

__all__ = ["Duplicate", "dismiss", "duplicates", "merge"]
