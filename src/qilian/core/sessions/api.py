"""The face of sessions."""

from .kernel import METHODS, voice
from .models import Session
from .pages import KEY
from .queries import running_of
from .services import begin, end, end_all, go_on, limits

__all__ = ["KEY", "METHODS", "Session", "begin", "end", "end_all", "go_on", "limits", "running_of", "voice"]
