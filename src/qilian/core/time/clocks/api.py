"""Public interface of clocks."""

from .events import ClockExtended, ClockPaused, ClockRecomputed, ClockResumed, ClockStarted, ClockStopped
from .kernel import Clock, Extension, Light, Limit, Pause, describe, due_at, due_day, light, remaining
from .queries import (
    clocks_of,
    due_before,
    light_of,
    open_clock,
    overdue_by_unit,
    ready,
    stale,
    value_of,
    words_of,
)
from .services import Place, Rule, extend, pause, recompute, resume, start, stop

__all__ = [
    "Clock",
    "ClockExtended",
    "ClockPaused",
    "ClockRecomputed",
    "ClockResumed",
    "ClockStarted",
    "ClockStopped",
    "Extension",
    "Light",
    "Limit",
    "Pause",
    "Place",
    "Rule",
    "clocks_of",
    "describe",
    "due_at",
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
    "remaining",
    "resume",
    "stale",
    "start",
    "stop",
    "value_of",
    "words_of",
]
