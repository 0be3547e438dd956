"""Public interface of FEEL: compile once, evaluate often; and the parts that decision models are built of."""

from collections.abc import Iterable

from qilian.core.rules.budget.api import Account
from qilian.core.rules.moments.api import (
    Date,
    DateTime,
    Days,
    Months,
    TemporalError,
    Time,
    parse_temporal,
)

from . import syntax
from .builtins import BUILTINS
from .builtins.lists import total
from .compiler import Code, Compiler, filtered
from .expression import (
    DEFAULT,
    Expression,
    Outcome,
    UnaryTests,
    compiled,
    compiled_tests,
    guarded,
    kept,
    kept_tests,
    reader,
)
from .faults import Diagnostic, Exhausted, Fault, Limits, SyntaxFault
from .iteration import each_of, rounds
from .java import external
from .literals import literal_value
from .names import canonical
from .order import compare, equal, same
from .parser import Parser
from .scope import Run, Scope, conform, invoke
from .text import literal, shown, source
from .types import ANY, SIMPLE, ContextOf, FunctionOf, ListOf, Named, Type, completed, type_name, unnamed
from .values import DECIMAL128, Function, Parameter, Range, Value, to_feel

_KEPT = 1000  # characters of a text whose compiled form is kept: longer ones would fill the memory


def compile_expression(
    text: str, *, names: Iterable[str] = (), properties: Iterable[str] = (), limits: Limits = DEFAULT
) -> Expression:
    """Return a compiled expression; the same text and names are compiled once.

    `names` are the names in scope, needed where they hold spaces or signs; `properties` those of components that may
    stand after a dot. SyntaxFault (with `start`, `end` and a `message` in both languages) for what is not FEEL.
    """
    find = kept if len(text) <= _KEPT else compiled
    return find(text, frozenset(names), frozenset(properties), limits)


def unary_tests(
    text: str, *, names: Iterable[str] = (), properties: Iterable[str] = (), limits: Limits = DEFAULT
) -> UnaryTests:
    """Return compiled unary tests, as they stand in an input cell; SyntaxFault for what is not FEEL."""
    find = kept_tests if len(text) <= _KEPT else compiled_tests
    return find(text, frozenset(names), frozenset(properties), limits)


__all__ = [
    "ANY",
    "BUILTINS",
    "DECIMAL128",
    "DEFAULT",
    "SIMPLE",
    "Account",
    "Code",
    "Compiler",
    "ContextOf",
    "Date",
    "DateTime",
    "Days",
    "Diagnostic",
    "Exhausted",
    "Fault",
    "Function",
    "FunctionOf",
    "Limits",
    "ListOf",
    "Months",
    "Named",
    "Outcome",
    "Parameter",
    "Parser",
    "Range",
    "Run",
    "Scope",
    "SyntaxFault",
    "TemporalError",
    "Time",
    "Type",
    "Value",
    "canonical",
    "compare",
    "compile_expression",
    "completed",
    "conform",
    "each_of",
    "equal",
    "external",
    "filtered",
    "guarded",
    "invoke",
    "literal",
    "literal_value",
    "parse_temporal",
    "reader",
    "rounds",
    "same",
    "shown",
    "source",
    "syntax",
    "to_feel",
    "total",
    "type_name",
    "unary_tests",
    "unnamed",
]
