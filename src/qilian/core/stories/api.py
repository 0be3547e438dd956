"""The face of stories."""

from .kernel import Scene, Story, Teller, Told, later
from .services import Cast, tell

__all__ = ["Cast", "Scene", "Story", "Teller", "Told", "later", "tell"]
