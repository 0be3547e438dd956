"""Public interface of rules: expressions, models, tables, and what they say of themselves."""

from qilian.core.rules.feel.api import (
    compile_expression,
    literal,
)

from .analysis import Finding, findings
from .command import command
from .comparing import Answer, Case, Line, RuleChange, answer, compare, rule_changes
from .declared import Declared, Trial, Version
from .entered import Wanted, readings, wanted
from .explain import POLICIES, Trace
from .files import ENDINGS, LARGEST, table_in
from .grid import Grid
from .limits import numeric_limits
from .model import Model
from .reading import namespace_of, read_model
from .shape import InputColumn, OutputColumn, Rule, TableShape
from .tables import Table, free_names

__all__ = [
    "ENDINGS",
    "LARGEST",
    "POLICIES",
    "Answer",
    "Case",
    "Declared",
    "Finding",
    "Grid",
    "InputColumn",
    "Line",
    "Model",
    "OutputColumn",
    "Rule",
    "RuleChange",
    "Table",
    "TableShape",
    "Trace",
    "Trial",
    "Version",
    "Wanted",
    "answer",
    "command",
    "compare",
    "compile_expression",
    "findings",
    "free_names",
    "literal",
    "namespace_of",
    "numeric_limits",
    "read_model",
    "readings",
    "rule_changes",
    "table_in",
    "wanted",
]
