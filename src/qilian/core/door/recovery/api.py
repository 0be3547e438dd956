"""Public interface of recovery: two administrators let somebody into his account again."""

from .models import Recovery
from .services import ask, confirm, issue, take_back, turn_down

__all__ = ["Recovery", "ask", "confirm", "issue", "take_back", "turn_down"]
