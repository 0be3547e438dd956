"""How a built-in function is declared: by the signatures that the standard prints, several where it is overloaded."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any, TypeVar

from qilian.core.rules.budget.api import size_of
from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.scope import Run, refused
from qilian.core.rules.feel.types import ANY, SIMPLE, ContextOf, ListOf, RangeOf, Type
from qilian.core.rules.feel.values import Function, Parameter, Range, Value
from qilian.core.rules.moments.api import Date, DateTime, Days, Months, TemporalError, Time

_KINDS: Mapping[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": Days,
    "years and months duration": Months,
    "list": list,
    "context": dict,
    "range": Range,
    "function": Function,
}
_TYPES: Mapping[str, Type] = {
    **SIMPLE,
    "list": ListOf(ANY),
    "context": ContextOf(()),
    "range": RangeOf(ANY),
}
_SIGNATURE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>.*)\) -> (?P<result>.+)")
_PARAMETER = re.compile(r"(?P<name>[^:?.]+)(?P<mark>\?|\.\.\.)?: (?P<type>[^<|]+(?:\|[^<|]+)*)(?:<(?P<items>[^>]+)>)?")
Implementation = TypeVar("Implementation", bound=Callable[..., Value])
BUILTINS: dict[str, "Builtin"] = {}


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter of a signature: the Python types it takes (None for any) and those of a list's items."""

    name: str
    kinds: frozenset[type] | None
    items: frozenset[type] | None
    optional: bool
    variadic: bool

    def take(self, value: Value) -> Value:
        """Return the value as the parameter wants it, into or out of a singleton list; Fault when it does not fit."""
        kinds = self.kinds
        if kinds is None:
            return value
        if type(value) not in kinds:
            if value is None and self.optional:
                return None
            value = self._converted(value, kinds)
        if self.items and not all(type(item) in self.items for item in value):
            raise Fault("domain", name=self.name)
        return value

    def _converted(self, value: Value, kinds: frozenset[type]) -> Value:
        if list in kinds and value is not None:
            return [value]
        if type(value) is list and len(value) == 1 and type(value[0]) in kinds:
            return value[0]
        if Function in kinds and isinstance(value, Function):
            return value
        raise Fault("domain", name=self.name)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in."""

    slots: tuple[Slot, ...]
    run: bool
    implementation: Callable[..., Value]
    cost: int
    share: int

    def price(self, arguments: Sequence[Value]) -> int:
        """Return the steps that a call is worth before it is made, by what is handed to it."""
        steps = self.cost
        for argument in arguments:
            if isinstance(argument, list | dict):
                steps += len(argument) >> self.share
            elif isinstance(argument, str):
                steps += size_of(argument)
        return steps

    def bind(self, positional: Sequence[Value], named: Mapping[str, Value] | None) -> list[Value] | None:
        """Return the arguments in order, or None when they do not fit this signature."""
        slots = self.slots
        if named is not None:
            if any(slot.variadic for slot in slots) or not named.keys() <= {slot.name for slot in slots}:
                return None
            positional = [named.get(slot.name) for slot in slots]
        elif slots and slots[-1].variadic:
            rest = len(positional) - len(slots) + 1
            if rest < 1:
                return None
            slots = (*slots[:-1], *(slots[-1],) * rest)
        try:
            return (
                [slot.take(value) for slot, value in zip(slots, positional, strict=False)]
                if (len(positional) == len(slots) or _short(slots, len(positional)))
                else None
            )
        except Fault:
            return None


class Builtin(Function):
    """A built-in function: the first signature that takes the arguments is called."""

    __slots__ = ("signatures",)

    def __init__(self, name: str, result: Type) -> None:
        super().__init__(name, (), self._call, result, self.choose)
        self.signatures: list[Signature] = []

    def choose(self, positional: Sequence[Value], named: Mapping[str, Value] | None) -> list[Value]:
        """Find the signature; what is returned is it and its arguments."""
        exact = (
            [s for s in self.signatures if _exact(s, positional)] if named is None and len(self.signatures) > 1 else []
        )
        for signature in [*exact, *self.signatures]:
            if (arguments := signature.bind(positional, named)) is not None:
                return [signature, arguments]
        raise refused(self.name, positional, named)

    def _call(self, run: Run, signature: Signature, arguments: list[Value]) -> Value:
        run.spend(signature.price(arguments))
        try:
            made = signature.implementation(run, *arguments) if signature.run else signature.implementation(*arguments)
            run.made(made)
            return made
        except (TemporalError, DecimalException, OverflowError, ValueError):
            raise Fault("domain", name=self.name) from None


def builtin(
    *signatures: str, run: bool = False, cost: int = 0, share: int = 0
) -> Callable[[Implementation], Implementation]:
    """Declare a function: `name(a: string, b?: number, c...: Any) -> string`, `|` between types, `list<number>`.

    `?` marks a parameter that may be left out or null; `run` passes the evaluation as first argument. A call
    is worth `cost` steps, and one for so many items (`share`, a power of two) as it looks at in one.
    """

    def declare(implementation: Implementation) -> Implementation:
        for text in signatures:
            found = _SIGNATURE.fullmatch(text)
            assert found, text
            slots = tuple(_slot(part) for part in found["parameters"].split(", ") if part)
            made = BUILTINS.setdefault(found["name"], Builtin(found["name"], _TYPES.get(found["result"], ANY)))
            made.signatures.append(Signature(slots, run, implementation, cost, share))
            made.variants.append((tuple(_types(found)), bool(slots) and slots[-1].variadic))
            if len(made.signatures) == 1:
                made.parameters = tuple(
                    Parameter(slot.name, kind) for slot, kind in zip(slots, _types(found), strict=True)
                )
        return implementation

    return declare


def _types(found: re.Match[str]) -> list[Any]:
    parts = [part for part in found["parameters"].split(", ") if part]
    return [_TYPES.get(part.partition(": ")[2].partition("<")[0], ANY) for part in parts]


def _slot(text: str) -> Slot:
    found = _PARAMETER.fullmatch(text)
    assert found, text
    kinds = None if found["type"] == "Any" else frozenset(_KINDS[kind] for kind in found["type"].split("|"))
    items = frozenset(_KINDS[kind] for kind in found["items"].split("|")) if found["items"] else None
    return Slot(found["name"], kinds, items, found["mark"] == "?", found["mark"] == "...")


def _exact(signature: Signature, positional: Sequence[Value]) -> bool:
    """Whether the arguments have the types of a signature without any conversion."""
    return len(positional) == len(signature.slots) and all(
        slot.kinds is None or type(value) in slot.kinds for slot, value in zip(signature.slots, positional, strict=True)
    )


def _short(slots: tuple[Slot, ...], count: int) -> bool:
    return count < len(slots) and all(slot.optional for slot in slots[count:])
