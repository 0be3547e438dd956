"""Equality and order of values: three-valued, defined within one type only (DMN 1.5, tables 52 to 54)."""

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal

from qilian.core.rules.budget.api import NOBODY, Account
from qilian.core.rules.moments.api import Date, DateTime, Days, Months, Time

from .values import Function, Range, Value

_LONG = 8  # as a power of two: texts of so many characters are compared in one step


def equal(left: Value, right: Value, run: Account = NOBODY) -> bool | None:
    """Say whether two values are equal; None when their types differ and neither is null. Each list on the way pays."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _COMPOSED:
        return _COMPOSED[kind](left, right, run)
    return bool(left == right)


def compare(left: Value, right: Value, run: Account = NOBODY) -> int | None:
    """Return -1, 0 or 1; None when the values have no order. A local time takes the offset of the other."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return int(left > right) - int(left < right)
    if kind is str:
        run.spend(min(len(left), len(right)) >> _LONG)
        return int(left > right) - int(left < right)
    if kind is Date:
        one, two = (left.year, left.month, left.day), (right.year, right.month, right.day)
        return (one > two) - (one < two)
    if kind is Time:
        local = left.local or right.local
        first, second = (left.nanos, right.nanos) if local else (left.utc, right.utc)
        return int(first > second) - int(first < second)
    if kind is DateTime:
        local = left.time.local or right.time.local
        first, second = (left.naive, right.naive) if local else (left.instant, right.instant)
        return int(first > second) - int(first < second)
    return None


def contains(item: Value, interval: Range, run: Account = NOBODY) -> bool | None:
    """Say whether a value lies within a range; None when it cannot be compared with an end."""
    if interval.start is not None:
        low = compare(item, interval.start, run)
        if low is None or low < 0 or (low == 0 and not interval.start_included):
            return None if low is None else False
    if interval.end is not None:
        high = compare(item, interval.end, run)
        if high is None:
            return None
        return high < 0 or (high == 0 and interval.end_included)
    return True


def same(left: Value, right: Value, run: Account = NOBODY) -> bool:
    """Say whether two values are one element of the semantic domain: equal, and written at the same offset or zone."""
    if isinstance(left, list) and isinstance(right, list):
        run.spend()
        return len(left) == len(right) and all(same(one, two, run) for one, two in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        run.spend()
        return left.keys() == right.keys() and all(same(left[key], right[key], run) for key in left)
    return type(left) is type(right) and bool(left == right)


def _texts(left: str, right: str, run: Account) -> bool | None:
    run.spend(min(len(left), len(right)) >> _LONG)
    return left == right


def _lists(left: list[Value], right: list[Value], run: Account) -> bool | None:
    run.spend()
    if len(left) != len(right):
        return False
    run.spend(len(left))
    return _all(equal(one, two, run) for one, two in zip(left, right, strict=True))


def _contexts(left: dict[str, Value], right: dict[str, Value], run: Account) -> bool | None:
    run.spend(1 + len(left))
    return _all(equal(left[key], right[key], run) for key in left) if left.keys() == right.keys() else False


def _ranges(left: Range, right: Range, run: Account) -> bool | None:
    flags = (left.start_included, left.end_included) == (right.start_included, right.end_included)
    return _all([equal(left.start, right.start, run), equal(left.end, right.end, run)]) if flags else False


def _times(left: Time, right: Time, _: Account) -> bool | None:
    return bool(left.local == right.local and left.utc == right.utc)


def _moments(left: DateTime, right: DateTime, _: Account) -> bool | None:
    return bool(left.time.local == right.time.local and left.instant == right.instant)


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return False if False in found else None if None in found else True


_COMPOSED: dict[type, Callable[[Value, Value, Account], bool | None]] = {
    str: _texts,
    list: _lists,
    dict: _contexts,
    Range: _ranges,
    Time: _times,
    DateTime: _moments,
    Function: lambda left, right, _: operator.is_(left, right),
}
_ORDERED = frozenset({Decimal, Days, Months})
