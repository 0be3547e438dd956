"""Where an expression runs: names and values, innermost first, and the account of one evaluation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

from qilian.core.rules.budget.api import NOBODY, Account, Budget
from qilian.core.values import clock

from .faults import Diagnostic, Exhausted, Fault, Limits
from .text import shown
from .types import Mismatch, Type, convert, type_name
from .values import Function, Value

_DIAGNOSTICS = 100


class Run(Budget):
    """One evaluation: its limits, what is used of them, its moment, and the diagnostics it leaves."""

    __slots__ = ("_now", "calls", "diagnostics", "limits", "trace", "where")

    def __init__(self, limits: Limits, now: datetime | None = None) -> None:
        super().__init__(limits.steps, limits.size)
        self.limits = limits
        self._now = now
        self.calls, self.where = 0, ""
        self.diagnostics: list[Diagnostic] = []
        self.trace: list[Any] = []  # where decision tables leave what they decided

    def over(self, code: str, limit: int) -> NoReturn:
        """End the evaluation with a sentence."""
        raise Exhausted(code, limit=limit)

    @property
    def now(self) -> datetime:
        """The moment of this evaluation: one for all its parts."""
        if self._now is None:
            self._now = clock.now()
        return self._now

    def note(self, fault: Fault, start: int = 0, end: int = 0) -> None:
        """Leave a diagnostic of a fault, with its span in the text where it has one; why all ended is always said."""
        if isinstance(fault, Exhausted):
            del self.diagnostics[_DIAGNOSTICS - 1 :]
        if len(self.diagnostics) < _DIAGNOSTICS:
            self.diagnostics.append(Diagnostic(fault.code, fault.message, start, end, self.where))

    def enter(self) -> None:
        """Enter a function; Exhausted when calls are nested too deeply. Whoever enters takes one from `calls` after."""
        self.calls += 1
        self.spend()
        if self.calls > self.limits.calls:
            raise Exhausted("deep")


class Scope:
    """A frame of names with the one around it."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, names: Mapping[str, Value], run: Run, parent: "Scope | None" = None) -> None:
        self.names, self.run, self.parent = names, run, parent

    def inner(self, names: Mapping[str, Value]) -> "Scope":
        """Return a scope with a frame of names in front."""
        return Scope(names, self.run, self)


def invoke(function: Value, positional: Sequence[Value], named: Mapping[str, Value] | None, run: Run) -> Value:
    """Call a function value; Fault when it is none or does not take the arguments."""
    if not isinstance(function, Function):
        raise Fault("call", type=type_name(function))
    run.enter()
    try:
        bound = function.arrange(positional, named) if function.arrange else bind(function, positional, named, run)
        return function.call(run, *bound)
    finally:
        run.calls -= 1


def bind(
    function: Function, positional: Sequence[Value], named: Mapping[str, Value] | None, run: Account
) -> list[Value]:
    """Return the arguments in the order of the parameters, converted to their types; Fault when they do not fit."""
    parameters = function.parameters
    if named is not None:
        if set(named) != {parameter.name for parameter in parameters}:
            raise refused(function.name, positional, named)
        positional = [named[parameter.name] for parameter in parameters]
    if len(positional) != len(parameters):
        raise refused(function.name, positional, named)
    return [
        conform(value, parameter.type, run) if parameter.type else value
        for value, parameter in zip(positional, parameters, strict=True)
    ]


def conform(value: Value, kind: Type, run: Account = NOBODY) -> Value:
    """Return a value converted to a type; Fault when it does not conform."""
    try:
        return convert(value, kind, run)
    except Mismatch as mismatch:
        said = shown(mismatch.value)
        if mismatch.allowed:
            raise Fault("allowed", value=said, allowed=mismatch.allowed) from None
        raise Fault("conform", value=said, type=kind) from None


def refused(name: str, positional: Sequence[Value], named: Mapping[str, Value] | None) -> Fault:
    """Return the fault of arguments that a function does not take."""
    given = [f"{key}: {type_name(value)}" for key, value in named.items()] if named else map(type_name, positional)
    return Fault("arguments", name=name, given=", ".join(given) or "()")
