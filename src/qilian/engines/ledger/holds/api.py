"""Public interface of holds: the day in law on which one goes back, and the sweep that gives back what is due."""

from .services import due_holds, expire_due, schedule_return, stuck_holds

__all__ = ["due_holds", "expire_due", "schedule_return", "stuck_holds"]
