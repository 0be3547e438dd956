"""Public interface of clocks."""

from .kernel import Limit
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
    "Limit",
    "Place",
    "Rule",
    "clocks_of",
    "due_before",
    "extend",
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
