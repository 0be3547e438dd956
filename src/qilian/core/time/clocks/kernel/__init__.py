"""How legal limits run: pure values in, days and lights out."""

from .counting import due_at, due_day, remaining
from .lights import Light, describe, light
from .state import Clock, Days, Extension, Limit, Pause, Unit, extend, pause, resume, stop

__all__ = [
    "Clock",
    "Days",
    "Extension",
    "Light",
    "Limit",
    "Pause",
    "Unit",
    "describe",
    "due_at",
    "due_day",
    "extend",
    "light",
    "pause",
    "remaining",
    "resume",
    "stop",
]
