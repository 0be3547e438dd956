"""Equality and order of values: three-valued, defined within one type only (DMN 1.5, tables 52 to 54)."""

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal

from .temporal import Date, DateTime, Days, Months, Time
from .values import Function, Range, Value


def equal(left: Value, right: Value) -> bool | None:
    """Say whether two values are equal; None when their types differ and neither is null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _COMPOSED:
        return _COMPOSED[kind](left, right)
    return bool(left == right)


def compare(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1; None when the values have no order. A local time takes the offset of the other."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
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


def contains(item: Value, interval: Range) -> bool | None:
    """Say whether a value lies within a range; None when it cannot be compared with an end."""
    if interval.start is not None:
        low = compare(item, interval.start)
        if low is None or low < 0 or (low == 0 and not interval.start_included):
            return None if low is None else False
    if interval.end is not None:
        high = compare(item, interval.end)
        if high is None:
            return None
        return high < 0 or (high == 0 and interval.end_included)
    return True


def same(left: Value, right: Value) -> bool:
    """Say whether two values are one element of the semantic domain: equal, and written at the same offset or zone."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return type(left) is type(right) and bool(left == right)


def _lists(left: Value, right: Value) -> bool | None:
    return _all(map(equal, left, right)) if len(left) == len(right) else False


def _contexts(left: Value, right: Value) -> bool | None:
    return _all(equal(left[key], right[key]) for key in left) if left.keys() == right.keys() else False


def _ranges(left: Value, right: Value) -> bool | None:
    flags = (left.start_included, left.end_included) == (right.start_included, right.end_included)
    return _all([equal(left.start, right.start), equal(left.end, right.end)]) if flags else False


def _times(left: Value, right: Value) -> bool | None:
    return bool(left.local == right.local and left.utc == right.utc)


def _moments(left: Value, right: Value) -> bool | None:
    return bool(left.time.local == right.time.local and left.instant == right.instant)


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return False if False in found else None if None in found else True


_COMPOSED: dict[type, Callable[[Value, Value], bool | None]] = {
    list: _lists,
    dict: _contexts,
    Range: _ranges,
    Time: _times,
    DateTime: _moments,
    Function: operator.is_,
}
_ORDERED = frozenset({Decimal, str, Days, Months})
