"""Public interface of FEEL: a text compiled once, evaluated often."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import DecimalException
from functools import lru_cache
from typing import NamedTuple

from .builtins import BUILTINS
from .compiler import Compiler
from .faults import Diagnostic, Fault, Limits
from .names import Names
from .parser import Parser
from .scope import Run, Scope
from .values import Value, to_feel

DEFAULT = Limits()


class Outcome(NamedTuple):
    """What an evaluation came to: a value, null where something failed, and what failed."""

    value: Value
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression."""

    text: str
    code: Callable[[Scope], Value]
    limits: Limits = DEFAULT

    def evaluate(self, context: Mapping[str, object] | None = None, *, now: datetime | None = None) -> Outcome:
        """Return the value in a context of names; Python numbers, dates, lists and mappings are taken as FEEL's.

        Never raises for what the expression does: an error is null with a diagnostic.
        """
        return guarded(Run(self.limits, now), self.code, context or {})


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """Compiled unary tests: what stands in an input cell of a decision table."""

    text: str
    code: Callable[[Scope, Value], bool | None]
    limits: Limits = DEFAULT

    def evaluate(
        self, value: object, context: Mapping[str, object] | None = None, *, now: datetime | None = None
    ) -> Outcome:
        """Say whether a value meets the tests: true, false, or null with a diagnostic."""
        names = {**(context or {}), "?": value}
        return guarded(Run(self.limits, now), lambda scope: self.code(scope, scope.names["?"]), names)


def guarded(run: Run, code: Callable[[Scope], Value], context: Mapping[str, object]) -> Outcome:
    """Run code on a context to an outcome: a limit that is passed is null with a diagnostic too."""
    try:
        value = code(Scope({name: to_feel(item) for name, item in context.items()}, run))
    except Fault as fault:
        run.note(fault)
        value = None
    except (DecimalException, OverflowError):
        run.note(Fault("range.number"))
        value = None
    except RecursionError:
        run.note(Fault("deep"))
        value = None
    return Outcome(value, tuple(run.diagnostics))


def reader(
    text: str,
    names: Iterable[str] = (),
    *,
    properties: Iterable[str] = (),
    types: Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> Parser:
    """Return what reads a text as an `expression()` or as `tests()`, with the built-in functions in scope."""
    return Parser(text, Names(BUILTINS, names), properties, types, limits)


@lru_cache(maxsize=4096)
def kept(text: str, names: frozenset[str], properties: frozenset[str], limits: Limits) -> Expression:
    """Return a compiled expression, kept for the next time it is asked for."""
    return compiled(text, names, properties, limits)


def compiled(text: str, names: frozenset[str], properties: frozenset[str], limits: Limits) -> Expression:
    """Return a compiled expression."""
    tree = reader(text, sorted(names), properties=sorted(properties), limits=limits).expression()
    return Expression(text, Compiler().compile(tree), limits)


@lru_cache(maxsize=4096)
def kept_tests(text: str, names: frozenset[str], properties: frozenset[str], limits: Limits) -> UnaryTests:
    """Return compiled unary tests, kept for the next time they are asked for."""
    return compiled_tests(text, names, properties, limits)


def compiled_tests(text: str, names: frozenset[str], properties: frozenset[str], limits: Limits) -> UnaryTests:
    """Return compiled unary tests."""
    tree = reader(text, sorted(names), properties=sorted(properties), limits=limits).tests()
    return UnaryTests(text, Compiler().tests(tree), limits)
