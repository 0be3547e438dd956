"""The types of FEEL: which value has which, what conforms to what, and the implicit conversions (DMN 1.5, 10.3.2.9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from qilian.core.rules.budget.api import NOBODY, Account
from qilian.core.rules.moments.api import Date, DateTime, Days, Months, Time

from .values import Function, Range, Value


@dataclass(frozen=True, slots=True)
class Simple:
    """A type with a name and nothing inside: Any, Null, number, string, boolean, dates and durations."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListOf:  # list<T>
    item: "Type"

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class RangeOf:  # range<T>
    end: "Type"

    def __str__(self) -> str:
        return f"range<{self.end}>"


@dataclass(frozen=True, slots=True)
class ContextOf:  # context<k: T, …>
    entries: tuple[tuple[str, "Type"], ...]

    def __str__(self) -> str:
        return "context<" + ", ".join(f"{key}: {kind}" for key, kind in self.entries) + ">"


@dataclass(frozen=True, slots=True)
class FunctionOf:  # function<T, …> -> U
    parameters: tuple["Type", ...]
    result: "Type"

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}> -> {self.result}"


@dataclass(frozen=True, slots=True)
class Named:
    """A type of an item definition: another type with a name, and perhaps a constraint on its values.

    `base` is filled in after construction, so that definitions may refer to each other. `allowed` is asked at the
    expense of the run that needs the answer.
    """

    name: str
    allowed: Callable[[Value, Account], bool] | None = None
    allowed_text: str = ""
    hold: list["Type"] = field(default_factory=list, compare=False, repr=False)

    @property
    def base(self) -> "Type":
        """The type that it names; Any while a definition that contains itself is being read."""
        return self.hold[0] if self.hold else ANY

    def __str__(self) -> str:
        return self.name


Type: TypeAlias = Simple | ListOf | RangeOf | ContextOf | FunctionOf | Named

ANY, NULL, NUMBER, STRING, BOOLEAN = map(Simple, ("Any", "Null", "number", "string", "boolean"))
DATE, TIME, DATE_TIME = map(Simple, ("date", "time", "date and time"))
DAYS, MONTHS = map(Simple, ("days and time duration", "years and months duration"))
SIMPLE: Mapping[str, Simple] = {
    **{kind.name: kind for kind in (ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_TIME, DAYS, MONTHS)},
    "any": ANY,
    "dateTime": DATE_TIME,
    "day and time duration": DAYS,
    "dayTimeDuration": DAYS,
    "year and month duration": MONTHS,
    "yearMonthDuration": MONTHS,
}
_PYTHON: Mapping[type, Simple] = {
    Decimal: NUMBER,
    str: STRING,
    bool: BOOLEAN,
    type(None): NULL,
    Date: DATE,
    Time: TIME,
    DateTime: DATE_TIME,
    Days: DAYS,
    Months: MONTHS,
}


def type_name(value: Value) -> str:
    """Return the short name of a value's type, for sentences."""
    kind = _PYTHON.get(type(value))
    if kind:
        return "null" if kind is NULL else kind.name
    return {list: "list", dict: "context", Range: "range"}.get(type(value), "function")


def instance_of(value: Value, kind: Type, run: Account = NOBODY) -> bool:
    """Say whether a value's type conforms to another (table 61); null has only the type Null.

    Types lie in the lattice of 10.3.2.9, which knows no allowed values: they bind values, not types.
    """
    return kind == NULL if value is None else has_type(value, kind, run, binding=False)


def has_type(value: Value, kind: Type, run: Account = NOBODY, *, binding: bool = True) -> bool:
    """Say whether a value conforms to a type; null conforms to every type. Each item on the way pays.

    Where a value is bound to a name, allowed values are asked for, and a function is let in whose text leaves open
    what it returns.
    """
    if value is None or kind is ANY:
        return True
    run.spend()
    match kind:
        case Simple():
            return kind == ANY or _PYTHON.get(type(value)) == kind
        case ListOf(item):
            return isinstance(value, list) and all(has_type(one, item, run, binding=binding) for one in value)
        case RangeOf(end):
            return isinstance(value, Range) and has_type(value.start, end) and has_type(value.end, end)
        case ContextOf(entries):
            return isinstance(value, dict) and all(
                key in value and has_type(value[key], of, run, binding=binding) for key, of in entries
            )
        case FunctionOf():
            return isinstance(value, Function) and _is_function(value, kind, binding)
    asked = kind.allowed if binding else None
    return has_type(value, kind.base, run, binding=binding) and (asked is None or asked(value, run))


def _is_function(function: Function, kind: FunctionOf, open_results: bool) -> bool:
    """Whether one of the signatures of a function is of a type; one with variable arguments has as many as wanted."""
    count = len(kind.parameters)
    for parameters, variadic in function.variants or (((*(one.type for one in function.parameters),), False),):
        wanted = (*parameters, *parameters[-1:] * (count - len(parameters))) if variadic else parameters
        made = FunctionOf(tuple(one or ANY for one in wanted), function.result or ANY)
        if conforms(made, kind, open_results=open_results):
            return True
    return False


def conforms(one: Type, other: Type, *, open_results: bool = False) -> bool:
    """Say whether every value of one type is a value of the other.

    With `open_results` a function that returns Any, as far as anybody knows, may return what is wanted.
    """
    one, other = unnamed(one), unnamed(other)
    match one, other:
        case (_, Simple("Any")) | (Simple("Null"), _):
            return True
        case (ListOf(a), ListOf(b)) | (RangeOf(a), RangeOf(b)):
            return conforms(a, b, open_results=open_results)
        case ContextOf(), ContextOf():
            have = dict(one.entries)
            return all(
                key in have and conforms(have[key], kind, open_results=open_results) for key, kind in other.entries
            )
        case FunctionOf(), FunctionOf():
            if len(one.parameters) != len(other.parameters):
                return False
            if not all(conforms(a, b) for a, b in zip(other.parameters, one.parameters, strict=True)):
                return False
            unsaid = open_results and one.result == ANY
            return unsaid or conforms(one.result, other.result, open_results=open_results)
    return one == other


class Mismatch(Exception):
    """A value that does not conform to a type, even after the implicit conversions."""

    def __init__(self, value: Value, kind: Type, allowed: str = "") -> None:
        super().__init__()
        self.value, self.kind, self.allowed = value, kind, allowed


def convert(value: Value, kind: Type, run: Account = NOBODY) -> Value:
    """Return a value as a type wants it: as it is, wrapped into or out of a singleton list, a date as UTC midnight.

    Mismatch when none of these conforms.
    """
    if value is None or kind is ANY:
        return value
    match kind:
        case Simple():
            return _simple(value, kind)
        case ListOf() if not isinstance(value, list):
            value = [value]
        case Named():
            value = convert(value, kind.base, run)
            if kind.allowed and value is not None and not kind.allowed(value, run):
                raise Mismatch(value, kind, kind.allowed_text)
            return value
    value = value if isinstance(kind, ListOf) else _single(value)
    if not has_type(value, kind, run):
        raise Mismatch(value, kind)
    return value


def completed(value: Value, kind: Type) -> Value:
    """Return an input with the entries that its type has and it lacks set to null: forms leave out what is empty."""
    kind = unnamed(kind)
    match kind, value:
        case ContextOf(entries), dict():
            return {**value, **{key: completed(value.get(key), of) for key, of in entries}}
        case ListOf(item), list():
            return [completed(one, item) for one in value]
    return value


def _simple(value: Value, kind: Simple) -> Value:
    value = _single(value)
    if kind == DATE_TIME and isinstance(value, Date):
        return DateTime(value, Time(0, 0))
    if value is None or _PYTHON.get(type(value)) == kind:
        return value
    raise Mismatch(value, kind)


def _single(value: Value) -> Value:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def unnamed(kind: Type) -> Type:
    """Return what a named type names in the end."""
    while isinstance(kind, Named):
        kind = kind.base
    return kind
