"""Which rules of a table may match, found without asking each: points and ranges of a column, sorted once.

A column's values fall into pieces between the points that its cells name; for each piece the rules that hold on it are
kept as bits. A case is looked up in every column, and what all of them let through has matched, apart from cells that
name something or ask a function: those are asked for these few rules alone.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qilian.core.rules.feel.api import Compiler, Date, Days, Limits, Months, Range, Run, Scope, Value, syntax

Test = Callable[[Scope, Value], bool | None]
BLOCK, LEAST, MOST = 2048, 12, 20_000
"""Rules in a block, whose bits are kept together; the fewest that are worth an index, the most that fit the memory."""

_CONSTRUCTORS = frozenset({"date", "duration"})
_KEYS: dict[type, Callable[[Any], Any]] = {
    Decimal: lambda number: number,
    str: lambda text: text,
    bool: lambda truth: truth,
    Days: lambda days: days.nanos,
    Months: lambda months: months.months,
    Date: lambda day: (day.year, day.month, day.day),
}
"""The types whose values have one order, and what they are sorted by; times may lack an offset, and are asked."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A compiled test: None where anything will do.

    `spans` are the values that it lets in, or None if it must be asked; `other` turns the spans round. `fixed` tells
    that it looks at nothing but the value.
    """

    test: Test | None = None
    spans: tuple[Range, ...] | None = ()
    other: bool = False
    fixed: bool = True

    @property
    def asked(self) -> bool:
        """Whether the test must be asked: its text does not show which values it lets in."""
        return self.test is not None and self.spans is None


def spans_of(tree: syntax.Tests) -> tuple[Range, ...] | None:
    """Return the values that unary tests list, as ranges of one type each; None where they must be asked."""
    found = [_span(test) for test in tree.tests]
    spans = tuple(span for span in found if span is not None)
    kinds = {_kind(span) for span in spans}
    mixed = (tree.negated or len(found) > 1) and any(isinstance(test, syntax.UnaryNot) for test in tree.tests)
    if len(spans) < len(found) or mixed or (tree.negated and len(kinds) > 1):
        return None
    return spans


def turned(tree: syntax.Tests) -> bool:
    """Whether tests let in everything but what they list: `not(1, 2)`, or one `!= 1`."""
    return tree.negated != (len(tree.tests) == 1 and isinstance(tree.tests[0], syntax.UnaryNot))


def _span(test: syntax.Node) -> Range | None:
    match test:
        case syntax.RangeNode(low=low, high=high, low_included=opens, high_included=closes):
            ends = [None if end is None else _constant(end) for end in (low, high)]
            known = [end for end in ends if end is not None]
            if len(known) < sum(end is not None for end in (low, high)) or len({type(end) for end in known}) != 1:
                return None
            if len(known) == 2 and _key(known[0]) >= _key(known[1]):
                return None  # reversed, or a point written as a range, which unlike a point has no answer on null
            return Range(ends[0], ends[1], opens, closes)
        case syntax.UnaryIs(operand=operand) | syntax.UnaryNot(operand=operand):
            value = _constant(operand)
        case _:
            value = _constant(test)
    return None if value is None else Range(value, value, True, True)


def _constant(node: syntax.Node) -> Value:
    """Return the value of a literal of a type that is sorted; None for anything else."""
    match node:
        case syntax.Literal() | syntax.AtLiteral() | syntax.Negate(operand=syntax.Literal()):
            pass
        case syntax.Call(function=syntax.Name(name=name), positional=(syntax.Literal(),)) if name in _CONSTRUCTORS:
            pass
        case _:
            return None
    value = Compiler().compile(node)(Scope({}, Run(Limits())))
    return value if type(value) in _KEYS else None


def _key(value: Value) -> Any:
    return _KEYS[type(value)](value)


def _kind(span: Range) -> type:
    return type(span.end if span.start is None else span.start)


class Index:
    """The columns of a table, sorted."""

    def __init__(self, rows: Sequence[Sequence[Cell]], width: int) -> None:
        self.asked = [
            tuple((place, cell.test) for place, cell in enumerate(row) if cell.test and cell.asked) for row in rows
        ]
        self._blocks = [
            [_Column([row[place] for row in rows[start : start + BLOCK]]) for place in range(width)]
            for start in range(0, len(rows), BLOCK)
        ]
        self._sizes = [min(BLOCK, len(rows) - start) for start in range(0, len(rows), BLOCK)]

    def rows(self, values: Sequence[Value]) -> Iterator[int]:
        """Yield the rules, in their order, that every column lets through; cells that must be asked let through all."""
        start = 0
        for columns, size in zip(self._blocks, self._sizes, strict=True):
            bits = (1 << size) - 1
            for column, value in zip(columns, values, strict=True):
                bits &= column.holding(value)
                if not bits:
                    break
            while bits:
                lowest = bits & -bits
                yield start + lowest.bit_length() - 1
                bits ^= lowest
            start += size


class _Column:
    """One column of a block."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._always, self._null = 0, 0
        spans: dict[type, list[tuple[int, list[Range], bool]]] = {}
        for row, cell in enumerate(cells):
            if cell.test is None or cell.spans is None:
                self._always |= 1 << row
                continue
            self._null |= (cell.other and all(span.start == span.end for span in cell.spans)) << row
            by_kind: dict[type, list[Range]] = {}
            for span in cell.spans:
                by_kind.setdefault(_kind(span), []).append(span)
            for kind, ranges in by_kind.items():
                spans.setdefault(kind, []).append((row, ranges, cell.other))
        self._families = {kind: _Family(kind, found) for kind, found in spans.items()}

    def holding(self, value: Value) -> int:
        """Return the rules that hold on a value, as bits."""
        if value is None:
            return self._always | self._null
        family = self._families.get(type(value))
        return self._always | family.holding(value) if family else self._always


class _Family:
    """The cells of a column that name values of one type: the points, and for every piece between them the rules."""

    def __init__(self, kind: type, cells: Sequence[tuple[int, list[Range], bool]]) -> None:
        self._key = _KEYS[kind]
        ends = [end for _, spans, _ in cells for span in spans for end in (span.start, span.end) if end is not None]
        self._points = sorted({self._key(end) for end in ends})
        pieces = 2 * len(self._points) + 1
        changes = [0] * (pieces + 1)
        for row, spans, other in cells:
            for first, last in _united([self._pieces(span) for span in spans], pieces, other):
                changes[first] ^= 1 << row
                changes[last + 1] ^= 1 << row
        self._bits, bits = [], 0
        for change in changes[:pieces]:
            bits ^= change
            self._bits.append(bits)

    def holding(self, value: Value) -> int:
        """Return the rules that hold on a value, as bits."""
        key = self._key(value)
        place = bisect_left(self._points, key)
        at = place < len(self._points) and self._points[place] == key
        return self._bits[2 * place + at]

    def _pieces(self, span: Range) -> tuple[int, int]:
        """Return the first and the last piece of a range; the pieces of a point are odd, those beside it even."""
        low = (
            0 if span.start is None else 2 * bisect_left(self._points, self._key(span.start)) + 2 - span.start_included
        )
        last = 2 * len(self._points)
        high = last if span.end is None else 2 * bisect_left(self._points, self._key(span.end)) + span.end_included
        return low, high


def _united(found: Sequence[tuple[int, int]], pieces: int, other: bool) -> Iterator[tuple[int, int]]:
    """Yield the runs of pieces that are in one of the ranges, or in none of them."""
    at = 0
    united: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if united and low <= united[-1][1] + 1:
            united[-1] = (united[-1][0], max(high, united[-1][1]))
        else:
            united.append((low, high))
    if not other:
        yield from united
        return
    for low, high in united:
        if at < low:
            yield at, low - 1
        at = high + 1
    if at < pieces:
        yield at, pieces - 1
