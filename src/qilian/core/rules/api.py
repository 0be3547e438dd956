"""The face of rules: expressions, models, tables, and what they say of themselves."""

from qilian.core.feel.api import (
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

from .model import Model, Result
from .reading import namespace_of, read_model

__all__ = [
    "Diagnostic",
    "Expression",
    "Limits",
    "Model",
    "Outcome",
    "Result",
    "SyntaxFault",
    "UnaryTests",
    "compile_expression",
    "literal",
    "namespace_of",
    "read_model",
    "source",
    "to_feel",
    "unary_tests",
]
