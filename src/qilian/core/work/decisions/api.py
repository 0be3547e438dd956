"""Public interface of decisions."""

from .models import DecisionCase
from .queries import cases, decisions, table_at
from .services import add_case, define_decisions, remove_case

__all__ = [
    "DecisionCase",
    "add_case",
    "cases",
    "decisions",
    "define_decisions",
    "remove_case",
    "table_at",
]
