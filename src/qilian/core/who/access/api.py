"""Public interface of access."""

from .models import Emergency
from .queries import Why, emergencies, rights_of
from .services import break_glass, give_back, review

__all__ = ["Emergency", "Why", "break_glass", "emergencies", "give_back", "review", "rights_of"]
