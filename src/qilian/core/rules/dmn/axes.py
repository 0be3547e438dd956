"""One input of a table cut into pieces on which no test changes its answer: points, gaps between, words, the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qilian.core.rules.feel.api import (
    BUILTINS,
    Compiler,
    Date,
    DateTime,
    Days,
    Limits,
    Months,
    Range,
    Run,
    Scope,
    SyntaxFault,
    Time,
    Value,
    compare,
    literal,
    reader,
    source,
    syntax,
    to_feel,
)
from qilian.core.values.text import Text

from .table import CompiledTable

_OTHER = Text("其他", "anything else")
_ANYTHING = Text("任意", "anything")
_SAMPLES: dict[str, Value] = {
    "number": Decimal(0),
    "string": "",
    "boolean": True,
    "date": to_feel(date(2026, 1, 1)),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an input's values: one value that stands for it, and its ends; None is open."""

    sample: Value
    low: Value = None
    high: Value = None
    point: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """One input: which rules hold on each piece, as bits, and which rules cannot be told from their text."""

    title: str
    columns: tuple[int, ...]
    pieces: tuple[Piece, ...]
    masks: tuple[int, ...]
    """For each rule the pieces on which its tests hold, one bit a piece; all bits where they cannot be told."""
    holding: tuple[int, ...]
    """The same the other way round: for each piece the rules that hold on it, one bit a rule."""
    unclear: int
    ordered: bool

    def describe(self, bits: int) -> Text:
        """Say a set of pieces: ranges for ordered values, words for others."""
        chosen = [index for index in range(len(self.pieces)) if bits >> index & 1]
        if len(chosen) == len(self.pieces):
            return _ANYTHING
        if not self.ordered:
            words = [self._word(index) for index in chosen]
            return Text("、".join(word.zh for word in words), ", ".join(word.en for word in words))
        said = ", ".join(_range(self.pieces[first], self.pieces[last]) for first, last in _runs(chosen))
        return Text(said, said)

    def _word(self, index: int) -> Text:
        piece = self.pieces[index]
        return Text(literal(piece.sample), literal(piece.sample)) if piece.point else _OTHER


def lowest(count: int) -> int:
    """Return so many bits, the lowest: all rules of a table, or all pieces of an axis."""
    return (1 << count) - 1


def axes(table: CompiledTable) -> list[Axis]:
    """Cut every input of a table; columns that test the same expression make one axis."""
    groups: dict[str, list[int]] = {}
    for index, column in enumerate(table.shape.inputs):
        groups.setdefault(column.expression.strip(), []).append(index)
    return [_axis(table, tuple(columns)) for columns in groups.values()]


def _axis(table: CompiledTable, columns: tuple[int, ...]) -> Axis:
    shape = table.shape
    marks: list[Value] = []
    unclear = 0
    for column in columns:
        for text in (shape.inputs[column].allowed, *(rule.inputs[column] for rule in shape.rules)):
            marks += _marks(text) or []
        for index, rule in enumerate(shape.rules):
            unclear |= (_marks(rule.inputs[column]) is None) << index
    first = shape.inputs[columns[0]]
    pieces, ordered = _pieces(marks, first.type)
    pieces = _allowed(table, columns[0], pieces)
    masks = [
        lowest(len(pieces)) if unclear >> rule & 1 else _mask(table, columns, rule, pieces)
        for rule in range(len(shape.rules))
    ]
    holding = tuple(
        sum(1 << rule for rule, mask in enumerate(masks) if mask >> piece & 1) for piece in range(len(pieces))
    )
    return Axis(first.title, columns, pieces, tuple(masks), holding, unclear, ordered)


def _mask(table: CompiledTable, columns: tuple[int, ...], rule: int, pieces: Sequence[Piece]) -> int:
    bits = 0
    tests = [test for column in columns if (test := table.rows[rule].tests[column]) is not None]
    scope = Scope({}, Run(Limits()))
    for index, piece in enumerate(pieces):
        bits |= all(test(scope, piece.sample) is True for test in tests) << index
    return bits


def _allowed(table: CompiledTable, column: int, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Keep the pieces that the column's allowed values let in."""
    test = table.inputs[column].allowed
    if test is None:
        return pieces
    scope = Scope({}, Run(Limits()))
    return tuple(piece for piece in pieces if test(scope, piece.sample) is True) or pieces


def _marks(text: str) -> list[Value] | None:
    """Return the values at which the answer of tests may change; None for tests that no list of values describes."""
    if text.strip() in ("", "-"):
        return []
    try:
        tree = reader(text).tests()
    except SyntaxFault:
        return None
    found: list[Value] = []
    for test in tree.tests:
        parts = _parts(test)
        if parts is None or any(
            isinstance(node, syntax.Name) and node.name not in BUILTINS for part in parts for node in syntax.walk(part)
        ):
            return None
        values = [Compiler().compile(part)(Scope({}, Run(Limits()))) for part in parts]
        if any(isinstance(value, list | dict | Range) for value in values):
            return None
        found += [value for value in values if value is not None]
    return found


def _parts(test: syntax.Node) -> list[syntax.Node] | None:
    match test:
        case syntax.RangeNode(low=low, high=high):
            return [end for end in (low, high) if end is not None]
        case syntax.UnaryNot(operand=operand) | syntax.UnaryIs(operand=operand):
            return [operand]
        case syntax.ListNode(items=items):
            parts = [_parts(item) for item in items]
            return None if None in parts else [one for part in parts for one in part or []]
        case syntax.Literal() | syntax.AtLiteral() | syntax.Negate() | syntax.Call():
            return [test]
    return None


def _pieces(marks: Sequence[Value], kind: str) -> tuple[tuple[Piece, ...], bool]:
    """Return the pieces between marks, and whether they are ordered."""
    if kind == "boolean" or any(isinstance(mark, bool) for mark in marks):
        return (Piece(True, point=True), Piece(False, point=True)), False
    if not marks:
        return (Piece(_SAMPLES.get(kind)),), False
    points = None if isinstance(marks[0], str) else _sorted(marks)
    if points is None:  # words, or values of several types: each for itself, and the rest
        words = list(dict.fromkeys(marks))
        return (*(Piece(word, point=True) for word in words), Piece(_other(words))), False
    made: list[Piece] = [Piece(_beside(points[0], -1), None, points[0])]
    for index, point in enumerate(points):
        made.append(Piece(point, point, point, point=True))
        after = points[index + 1] if index + 1 < len(points) else None
        made.append(Piece(_beside(point, 1) if after is None else _between(point, after), point, after))
    return tuple(piece for piece in made if piece.sample is not None), True


def _sorted(marks: Sequence[Value]) -> list[Value] | None:
    points: list[Value] = []
    for mark in marks:
        orders = [compare(mark, point) for point in points]
        if None in orders or compare(mark, mark) is None:
            return None
        if 0 not in orders:
            points.insert(sum(order == 1 for order in orders), mark)
    return points


def _other(words: Sequence[Value]) -> str:
    sample = "…"
    while sample in words:
        sample += "…"
    return sample


def _beside(value: Value, step: int) -> Value:
    """Return a value a little before or after another."""
    match value:
        case Decimal():
            return value + step
        case Date():
            return Date.at(value.ordinal + step)
        case DateTime():
            return value.plus(step * 10**9)
        case Time():
            return Time(value.nanos + step * 10**9, value.offset, value.zone)
        case Days(nanos):
            return Days(nanos + step * 10**9)
    return Months(value.months + step)


def _between(low: Value, high: Value) -> Value:
    """Return a value strictly between two, a round one where there is one; None where nothing lies between."""
    match low:
        case Decimal():
            middle = (low + high) / 2
            whole = middle.to_integral_value()
            return whole if low < whole < high else middle
        case Date():
            return Date.at((low.ordinal + high.ordinal) // 2) if high.ordinal - low.ordinal > 1 else None
        case Days(nanos):
            return Days((nanos + high.nanos) // 2) if high.nanos - nanos > 1 else None
        case Months(months):
            return Months((months + high.months) // 2) if high.months - months > 1 else None
    after = _beside(low, 1)
    return after if compare(after, high) == -1 else None


def _runs(chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of every unbroken run."""
    first = last = chosen[0]
    for index in chosen[1:]:
        if index != last + 1:
            yield first, last
            first = index
        last = index
    yield first, last


def _range(first: Piece, last: Piece) -> str:
    """Write the range from the beginning of one piece to the end of another."""
    if first is last and first.point:
        return source(first.sample)
    if first.low is None:
        return f"{'<=' if last.point else '<'} {source(last.high)}"
    if last.high is None:
        return f"{'>=' if first.point else '>'} {source(first.low)}"
    opened, closed = "[" if first.point else "(", "]" if last.point else ")"
    return f"{opened}{source(first.low)}..{source(last.high)}{closed}"
