"""Numbers and truth values (DMN 1.5, tables 73 and 76)."""

import decimal
from decimal import Context, Decimal

from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.values import DECIMAL128, Value, is_integer
from qilian.core.rules.moments.api import Days, Months

from .declare import builtin

_WIDE = Context(prec=6200, Emin=-999_999, Emax=999_999)
_LOWEST, _HIGHEST, _DIGITS = -6111, 6176, 34


def _rounding(name: str, mode: str, scale_may_lack: bool) -> None:
    """Declare one of the functions that round to a scale."""

    def rounded(number: Decimal, scale: Decimal = Decimal(0)) -> Value:
        if not _LOWEST <= scale <= _HIGHEST:
            raise Fault("domain", name=name)
        places = int(scale)
        if places > 34 - number.adjusted() and places >= -int(number.as_tuple().exponent):
            return number  # so many decimals would only be zeros beyond the precision of FEEL
        return DECIMAL128.plus(number.quantize(Decimal(1).scaleb(-places, _WIDE), rounding=mode, context=_WIDE))

    bare = [f"{name}(n: number) -> number"] if scale_may_lack else []
    builtin(*bare, f"{name}(n: number, scale: number) -> number", cost=2)(rounded)


for _name, _mode, _bare in (
    ("decimal", decimal.ROUND_HALF_EVEN, False),
    ("floor", decimal.ROUND_FLOOR, True),
    ("ceiling", decimal.ROUND_CEILING, True),
    ("round up", decimal.ROUND_UP, False),
    ("round down", decimal.ROUND_DOWN, False),
    ("round half up", decimal.ROUND_HALF_UP, False),
    ("round half down", decimal.ROUND_HALF_DOWN, False),
):
    _rounding(_name, _mode, _bare)


@builtin("abs(n: number|days and time duration|years and months duration) -> number")
def absolute(value: Value) -> Value:
    """Return a number or duration without its sign."""
    if isinstance(value, Days):
        return Days(abs(value.nanos))
    return Months(abs(value.months)) if isinstance(value, Months) else value.copy_abs()


@builtin("modulo(dividend: number, divisor: number) -> number", cost=8)
def modulo(dividend: Decimal, divisor: Decimal) -> Value:
    """Return the remainder with the sign of the divisor."""
    whole = _WIDE.divide(dividend, divisor).to_integral_value(decimal.ROUND_FLOOR)
    return DECIMAL128.plus(_WIDE.subtract(dividend, _WIDE.multiply(divisor, whole)))


builtin("sqrt(number: number) -> number", cost=4)(DECIMAL128.sqrt)
builtin("exp(number: number) -> number", cost=16)(DECIMAL128.exp)
builtin("not(negand: boolean) -> boolean")(lambda negand: not negand)


@builtin("log(number: number) -> number", cost=24)
def log(number: Decimal) -> Value:
    """Return the natural logarithm of a positive number."""
    if number <= 0:
        raise Fault("domain", name="log")
    return DECIMAL128.ln(number)


@builtin("even(number: number) -> boolean", cost=4)
def even(number: Decimal) -> bool:
    """Say whether a whole number is even; Fault for a fraction."""
    if not is_integer(number):
        raise Fault("domain", name="even")
    return number.adjusted() >= _DIGITS or int(number) % 2 == 0  # so large a number ends in a nought


builtin("odd(number: number) -> boolean", cost=4)(lambda number: not even(number))
