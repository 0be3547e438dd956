"""Public interface of duplicates."""

from .events import DuplicateDismissed, PartyMerged
from .kernel.likeness import REASONS
from .models import Duplicate
from .queries import duplicates
from .services import dismiss, merge

__all__ = ["REASONS", "Duplicate", "DuplicateDismissed", "PartyMerged", "dismiss", "duplicates", "merge"]
