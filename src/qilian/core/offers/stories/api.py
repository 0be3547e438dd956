"""Public interface of stories."""

from .kernel import Scene, Story, Teller, later
from .services import Cast, tell, tell_once, told_stories

__all__ = ["Cast", "Scene", "Story", "Teller", "later", "tell", "tell_once", "told_stories"]
