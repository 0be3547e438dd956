"""Public interface of access."""

from .models import Emergency
from .queries import rights_of
from .services import break_glass, give_back, review

__all__ = ["Emergency", "break_glass", "give_back", "review", "rights_of"]
