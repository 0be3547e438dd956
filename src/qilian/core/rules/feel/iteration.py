"""What `for`, `some` and `every` go through: lists, ranges of whole numbers and of days, up or down."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from qilian.core.rules.moments.api import Date

from .faults import Fault
from .scope import Scope
from .types import type_name
from .values import Range, Value, is_integer

_DIGITS = 34
Source = Callable[[Scope], Iterator[Value]]


def each_of(source: Callable[[Scope], Value], to: Callable[[Scope], Value] | None) -> Source:
    """Return what yields the items of `source`, or of `source..to`."""

    def items(scope: Scope) -> Iterator[Value]:
        value = source(scope)
        if to is not None:
            return steps(value, to(scope))
        if isinstance(value, Range):
            return within(value)
        if value is None:
            raise Fault("iterate", type="null")
        return iter(value if isinstance(value, list) else [value])

    return items


def rounds(scope: Scope, sources: list[tuple[str, Source]], weight: int = 0) -> Iterator[Scope]:
    """Yield a scope for every combination of items, the last source fastest; a round pays a step and its weight."""
    name, source = sources[0]
    for item in source(scope):
        scope.run.spend(1 + weight)
        inner = scope.inner({name: item})
        if len(sources) == 1:
            yield inner
        else:
            yield from rounds(inner, sources[1:], weight)


def steps(start: Value, end: Value) -> Iterator[Value]:
    """Yield whole numbers or days from one to another, in either direction."""
    if isinstance(start, Decimal) and isinstance(end, Decimal) and _counts(start) and _counts(end):
        return map(Decimal, _through(int(start), int(end)))
    if isinstance(start, Date) and isinstance(end, Date):
        return map(Date.at, _through(start.ordinal, end.ordinal))
    raise Fault("iterate", type=f"{type_name(start)}..{type_name(end)}")


def _counts(number: Decimal) -> bool:
    """Whether a number is whole, and the next one another number of 34 digits."""
    return number.adjusted() < _DIGITS and is_integer(number)


def _through(first: int, last: int) -> range:
    return range(first, last + 1) or range(first, last - 1, -1)


def within(interval: Range) -> Iterator[Value]:
    """Yield the whole numbers or days of a range, without an end that is not included."""
    for item in steps(interval.start, interval.end):
        opens = item == interval.start and not interval.start_included
        if not opens and not (item == interval.end and not interval.end_included):
            yield item
