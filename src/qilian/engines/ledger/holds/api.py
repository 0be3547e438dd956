"""Public interface of holds: the day in law on which one goes back, and the sweep that gives back what is due."""

from .services import expire_due, schedule_return

__all__ = [
    "expire_due",
    "schedule_return",
]
