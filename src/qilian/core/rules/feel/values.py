"""The values of FEEL in Python: Decimal, str, bool, None, list, dict, own dates and durations, Range and Function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, TypeAlias

from qilian.core.rules.moments.api import NANOS, Date, DateTime, Days, Months, Time

from .faults import Fault

Value: TypeAlias = Any
"""None, bool, Decimal, str, Date, Time, DateTime, Days, Months, Range, Function, or a list or dict of these."""

DECIMAL128 = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)
"""IEEE 754-2008 decimal128: the numbers of FEEL."""


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an end that is None is open to infinity."""

    start: Value
    end: Value
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function: its name and, where known, the type it must have."""

    name: str
    type: Any = None


class Function:
    """A function as a value: parameters, the type of its result, and how it is called with bound arguments.

    `call` takes the evaluation and the arguments in order; `arrange`, where there is one, puts them in order.
    `variants`, where there are several, are the types of parameters and whether the last may be repeated.
    """

    __slots__ = ("arrange", "call", "name", "parameters", "result", "variants")

    def __init__(
        self,
        name: str,
        parameters: Sequence[Parameter],
        call: Callable[..., Value],
        result: Any = None,
        arrange: Callable[..., list[Value]] | None = None,
    ) -> None:
        self.name, self.parameters, self.call = name, tuple(parameters), call
        self.result, self.arrange = result, arrange
        self.variants: list[tuple[tuple[Any, ...], bool]] = []

    def __repr__(self) -> str:
        return f"function({', '.join(parameter.name for parameter in self.parameters)})"


_NATIVE = frozenset({str, bool, type(None), Date, Time, DateTime, Days, Months, Range})


def to_feel(value: object) -> Value:
    """Return a Python value as a FEEL value: int, float, datetime, date, time, timedelta, sequences and mappings too.

    TypeError for anything else. A float is taken by its shortest text, so that 0.1 is 0.1. Fault for a number that
    decimal128 does not have: infinite, none, or too large.
    """
    if type(value) in _NATIVE or isinstance(value, Function):
        return value
    if isinstance(value, int | Decimal):
        return number_of(value)
    if isinstance(value, float):
        return number_of(Decimal(repr(value)))
    if isinstance(value, Mapping):
        return {str(key): to_feel(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_feel(item) for item in value]
    return _temporal(value)


def number_of(value: int | Decimal | str) -> Decimal:
    """Return a number rounded to decimal128; Fault for one that it does not have. A text must be a number's."""
    try:
        made = DECIMAL128.create_decimal(value)
    except Overflow:
        raise Fault("range.number") from None
    if not made.is_finite():
        raise Fault("range.number")
    return made


def _temporal(value: object) -> Value:
    if isinstance(value, datetime):
        return DateTime(Date(value.year, value.month, value.day), _time(value.time(), value.utcoffset()))
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, time):
        return _time(value, value.utcoffset())
    if isinstance(value, timedelta):
        return Days((value.days * 86_400 + value.seconds) * NANOS + value.microseconds * 1000)
    raise TypeError(f"no FEEL value: {type(value).__name__}")


def _time(value: time, offset: timedelta | None) -> Time:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return Time(seconds * NANOS + value.microsecond * 1000, int(offset.total_seconds()) if offset is not None else None)


def is_integer(value: Decimal) -> bool:
    """Whether a number has no fraction."""
    return value == value.to_integral_value()
