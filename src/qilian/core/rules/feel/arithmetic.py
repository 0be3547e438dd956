"""The arithmetic operators, by the types of both sides (DMN 1.5, tables 56 to 62)."""

from collections.abc import Callable
from decimal import Decimal, DecimalException

from qilian.core.rules.moments.api import DAY, NANOS, Date, DateTime, Days, Months, TemporalError, Time

from .faults import Fault
from .types import type_name
from .values import DECIMAL128, Value

Operation = Callable[[Value, Value], Value]
_POWER_LIMIT = 999_999_999
_LONGEST = 10**33  # nanoseconds or months: more than a duration that is written, and short enough to be written


def add(left: Value, right: Value) -> Value:
    """Return left + right; Fault where the table has no such sum."""
    return _apply("+", _ADD, left, right)


def subtract(left: Value, right: Value) -> Value:
    """Return left - right; Fault where the table has no such difference."""
    return _apply("-", _SUBTRACT, left, right)


def multiply(left: Value, right: Value) -> Value:
    """Return left * right; Fault where the table has no such product."""
    return _apply("*", _MULTIPLY, left, right)


def divide(left: Value, right: Value) -> Value:
    """Return left / right; Fault on zero and where the table has no such quotient."""
    return _apply("/", _DIVIDE, left, right)


def power(left: Value, right: Value) -> Value:
    """Return left ** right; Fault outside the numbers of decimal128."""
    return _apply("**", _POWER, left, right)


def negate(value: Value) -> Value:
    """Return -value for numbers and durations; Fault otherwise."""
    match value:
        case Decimal():
            return DECIMAL128.minus(value)
        case Days(nanos):
            return Days(-nanos)
        case Months(months):
            return Months(-months)
    raise Fault("negate", type=type_name(value))


def nanos_of(seconds: Decimal) -> int:
    """Return a number of seconds as whole nanoseconds, rounded down towards zero."""
    return int(DECIMAL128.multiply(seconds, Decimal(NANOS)))


def seconds_of(duration: Days) -> Decimal:
    """Return a duration in seconds."""
    return DECIMAL128.divide(Decimal(duration.nanos), Decimal(NANOS))


def _apply(operator: str, table: dict[tuple[type, type], Operation], left: Value, right: Value) -> Value:
    operation = table.get((type(left), type(right)))
    if operation is None:
        raise Fault("operator", operator=operator, left=type_name(left), right=type_name(right))
    try:
        return operation(left, right)
    except DecimalException:
        if operator == "/" and not right:
            raise Fault("divide") from None
        raise Fault("range.number") from None
    except (TemporalError, OverflowError):
        raise Fault("range.number") from None


def _date_plus_days(date: Date, duration: Days) -> Date:
    return Date.at((date.ordinal * DAY + duration.nanos) // DAY)


def _between(left: Date | DateTime, right: Date | DateTime) -> Days:
    """Subtract moments: a date counts as its midnight in UTC, and a local moment has no distance to a zoned one."""
    one, two = (m if isinstance(m, DateTime) else DateTime(m, Time(0, 0)) for m in (left, right))
    if one.time.local != two.time.local:
        raise Fault("operator", operator="-", left=type_name(left), right=type_name(right))
    return Days(one.instant - two.instant)


def _between_times(left: Time, right: Time) -> Days:
    if left.local != right.local:
        raise Fault("operator", operator="-", left="local time", right="time with an offset")
    return Days(left.utc - right.utc)


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > _POWER_LIMIT:
        raise Fault("range.number")
    if not base and not exponent:
        return Decimal(1)
    result = DECIMAL128.power(base, exponent)
    if not result.is_finite():  # nought to a negative power
        raise Fault("range.number")
    return result


def _resized(operation: Callable[[Decimal, Decimal], Decimal]) -> Operation:
    def resized(duration: Months | Days, number: Decimal) -> Value:
        whole = duration.months if isinstance(duration, Months) else duration.nanos
        length = operation(Decimal(whole), number)
        if abs(length) > _LONGEST:
            raise Fault("range.number")
        return type(duration)(int(length))

    return resized


def _ratio(left: int, right: int) -> Decimal:
    if not right:
        raise Fault("divide")
    return DECIMAL128.divide(Decimal(left), Decimal(right))


def _both_ways(left: type, right: type, operation: Operation) -> dict[tuple[type, type], Operation]:
    return {(left, right): operation, (right, left): lambda a, b: operation(b, a)}


_ADD: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): DECIMAL128.add,
    (str, str): lambda a, b: a + b,
    (Months, Months): lambda a, b: Months(a.months + b.months),
    (Days, Days): lambda a, b: Days(a.nanos + b.nanos),
    **_both_ways(Date, Months, lambda a, b: a.plus_months(b.months)),
    **_both_ways(Date, Days, _date_plus_days),
    **_both_ways(DateTime, Months, lambda a, b: DateTime(a.date.plus_months(b.months), a.time)),
    **_both_ways(DateTime, Days, lambda a, b: a.plus(b.nanos)),
    **_both_ways(Time, Days, lambda a, b: a.plus(b.nanos)),
}
_SUBTRACT: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): DECIMAL128.subtract,
    (Months, Months): lambda a, b: Months(a.months - b.months),
    (Days, Days): lambda a, b: Days(a.nanos - b.nanos),
    (Date, Months): lambda a, b: a.plus_months(-b.months),
    (Date, Days): lambda a, b: _date_plus_days(a, Days(-b.nanos)),
    (DateTime, Months): lambda a, b: DateTime(a.date.plus_months(-b.months), a.time),
    (DateTime, Days): lambda a, b: a.plus(-b.nanos),
    (Time, Days): lambda a, b: a.plus(-b.nanos),
    (Time, Time): _between_times,
    **{(a, b): _between for a in (Date, DateTime) for b in (Date, DateTime)},
}
_MULTIPLY: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): DECIMAL128.multiply,
    **_both_ways(Months, Decimal, _resized(DECIMAL128.multiply)),
    **_both_ways(Days, Decimal, _resized(DECIMAL128.multiply)),
}
_DIVIDE: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): DECIMAL128.divide,
    (Months, Decimal): _resized(DECIMAL128.divide),
    (Days, Decimal): _resized(DECIMAL128.divide),
    (Months, Months): lambda a, b: _ratio(a.months, b.months),
    (Days, Days): lambda a, b: _ratio(a.nanos, b.nanos),
}
_POWER: dict[tuple[type, type], Operation] = {(Decimal, Decimal): _power}
