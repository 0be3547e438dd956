"""Public interface of rules: expressions, models, tables, and what they say of themselves."""

from qilian.core.rules.feel.api import (
    Diagnostic,
    Expression,
    Limits,
    Outcome,
    SyntaxFault,
    UnaryTests,
    compile_expression,
    literal,
    source,
    to_feel,
    unary_tests,
)

from .analysis import Finding, findings
from .columns import Columns
from .command import command
from .comparing import Answer, Case, Line, RuleChange, answer, compare, rule_changes
from .declared import Declared, Trial, Version
from .entered import Wanted, readings, wanted
from .explain import POLICIES, Miss, RuleTrace, Trace
from .files import ENDINGS, LARGEST, table_in
from .grid import Grid
from .model import Model, Result
from .reading import namespace_of, read_model
from .shape import InputColumn, OutputColumn, Rule, TableShape
from .tables import Decision, Table

__all__ = [
    "ENDINGS",
    "LARGEST",
    "POLICIES",
    "Answer",
    "Case",
    "Columns",
    "Decision",
    "Declared",
    "Diagnostic",
    "Expression",
    "Finding",
    "Grid",
    "InputColumn",
    "Limits",
    "Line",
    "Miss",
    "Model",
    "Outcome",
    "OutputColumn",
    "Result",
    "Rule",
    "RuleChange",
    "RuleTrace",
    "SyntaxFault",
    "Table",
    "TableShape",
    "Trace",
    "Trial",
    "UnaryTests",
    "Version",
    "Wanted",
    "answer",
    "command",
    "compare",
    "compile_expression",
    "findings",
    "literal",
    "namespace_of",
    "read_model",
    "readings",
    "rule_changes",
    "source",
    "table_in",
    "to_feel",
    "unary_tests",
    "wanted",
]
