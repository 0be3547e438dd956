"""Public interface of decisions."""

from .models import DecisionCase
from .queries import as_case, cases, decisions, declared, table_at, table_of, versions
from .services import add_case, define_decisions, remove_case

__all__ = [
    "DecisionCase",
    "add_case",
    "as_case",
    "cases",
    "decisions",
    "declared",
    "define_decisions",
    "remove_case",
    "table_at",
    "table_of",
    "versions",
]
