"""Public interface of compiled plans: their clauses and assignments, and their JSON, written and read."""

from .kernel.result import Assignment, CompiledClause, CompiledPlan, Node, Origin, UnitString
from .kernel.stored import from_json

__all__ = ["Assignment", "CompiledClause", "CompiledPlan", "Node", "Origin", "UnitString", "from_json"]
