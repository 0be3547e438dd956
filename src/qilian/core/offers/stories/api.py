"""Public interface of stories."""

from .kernel import Scene, Story, Teller, Told, later
from .services import Cast, StoryTold, tell, tell_once, told_stories

__all__ = ["Cast", "Scene", "Story", "StoryTold", "Teller", "Told", "later", "tell", "tell_once", "told_stories"]
