"""Public interface of clocks."""

from .kernel import Clock, Limit, Pause, describe, due_day, light
from .queries import (
    clocks_of,
    due_before,
    light_of,
    open_clock,
    overdue_by_unit,
    ready,
    value_of,
    words_of,
)
from .services import Place, Rule, extend, pause, recompute, resume, start, stop

__all__ = [
    "Clock",
    "Limit",
    "Pause",
    "Place",
    "Rule",
    "clocks_of",
    "describe",
    "due_before",
    "due_day",
    "extend",
    "light",
    "light_of",
    "open_clock",
    "overdue_by_unit",
    "pause",
    "ready",
    "recompute",
    "resume",
    "start",
    "stop",
    "value_of",
    "words_of",
]
