"""Many cases at once: columns of inputs in, a column of results out; every test is asked once for a distinct value."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from qilian.core.rules.feel.api import (
    Date,
    DateTime,
    Days,
    Diagnostic,
    Fault,
    Limits,
    Months,
    Run,
    Scope,
    SyntaxFault,
    Time,
    Value,
    canonical,
    guarded,
    reader,
    syntax,
    to_feel,
)
from qilian.core.values.text import Refusal, Text

from .axes import lowest
from .table import CompiledTable

_Answer = tuple[Value, tuple[int, ...], tuple[Diagnostic, ...]]
_EXACT = frozenset({int, str, bool, type(None)})
_TOLD = (float, Decimal, date, time, Date, DateTime, Time, Days, Months)


@dataclass(frozen=True, slots=True)
class Columns:
    """The results in the order of the cases, the numbers of the rules that matched, and what failed, by case."""

    results: list[Value]
    matched: list[tuple[int, ...]]
    diagnostics: Mapping[int, tuple[Diagnostic, ...]]


def decide_columns(
    table: CompiledTable, names: Sequence[str], limits: Limits, columns: Mapping[str, Sequence[object]]
) -> Columns:
    """Decide every case of columns of one length; equal to deciding them one by one, and faster where values repeat.

    Refusal when the columns differ in length. A column that is missing is null.
    """
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise Refusal("rules.columns.length", Text("各列长度不同。", "The columns differ in length."))
    given = [columns[name] if name in columns else [None] * max(lengths, default=0) for name in names]
    batch = _Batch(table, names, limits)
    made = [batch.decide(case) for case in zip(*given, strict=True)]
    failures = {index: diagnostics for index, (_, _, diagnostics) in enumerate(made) if diagnostics}
    return Columns([result for result, _, _ in made], [matched for _, matched, _ in made], failures)


class _Batch:
    """Keeps for every input and value the rules that hold on it, as bits, and for every set of bits the answer.

    That is only possible where inputs are plain names and no cell names anything; other tables decide case by case.
    """

    def __init__(self, table: CompiledTable, names: Sequence[str], limits: Limits) -> None:
        self._table, self._names, self._limits = table, names, limits
        self._places = _places(table, names)
        self._known: list[dict[Hashable, int | None]] = [{} for _ in table.inputs]
        self._answers: dict[int, _Answer] = {}

    def decide(self, case: Sequence[object]) -> _Answer:
        """Decide one case."""
        bits = self._bits(case)
        if bits is None:
            return self._full(case)
        if bits not in self._answers:
            self._answers[bits] = self._full(case)
        return self._answers[bits]

    def _bits(self, case: Sequence[object]) -> int | None:
        """Return the rules that hold on a case; None where that cannot be told value by value."""
        if self._places is None:
            return None
        bits = lowest(len(self._table.rows))
        for known, (place, column) in zip(self._known, enumerate(self._places), strict=True):
            key = _key(case[column])
            if key is None:
                return None
            if key not in known:
                known[key] = self._mask(place, case)
            holding = known[key]
            if holding is None:
                return None
            bits &= holding
        return bits

    def _full(self, case: Sequence[object]) -> _Answer:
        run, matched, table = Run(self._limits), list[int](), self._table

        def decide(scope: Scope) -> Value:
            matched[:] = table.matching(scope, table.values(scope))
            return table.answer(scope, matched)

        outcome = guarded(run, decide, dict(zip(self._names, case, strict=True)))
        return outcome.value, tuple(index + 1 for index in matched), outcome.diagnostics

    def _mask(self, place: int, case: Sequence[object]) -> int | None:
        """Return the rules whose test holds on a value; None where the value or a test leaves a diagnostic."""
        names = dict(zip(self._names, map(to_feel, case), strict=True))
        scope = Scope(names, Run(self._limits))
        try:
            value = self._table.value(place, scope)
            tests = [row.tests[place] for row in self._table.rows]
            bits = sum(1 << index for index, test in enumerate(tests) if test is None or test(scope, value) is True)
        except Fault:
            return None
        return None if scope.run.diagnostics else bits


def _key(value: object) -> Hashable:
    """Return what tells a value from all others, 1 from 1.0 too; None for lists, contexts and the like."""
    kind = type(value)
    if kind in _EXACT:
        return (kind, value)
    return (kind, str(value)) if isinstance(value, _TOLD) else None


def _places(table: CompiledTable, names: Sequence[str]) -> list[int] | None:
    """Return which column each input reads, or None where an input is no plain name or a cell names something."""
    found = []
    for column in table.shape.inputs:
        name = canonical(column.expression)
        if name not in names or (column.allowed and not _constant(column.allowed)):
            return None
        found.append(names.index(name))
    cells = [cell for rule in table.shape.rules for cell in (*rule.inputs, *rule.outputs)]
    cells += [output.default for output in table.shape.outputs]
    return found if all(map(_constant, cells)) else None


def _constant(text: str) -> bool:
    """Whether a cell looks at nothing but the value it tests."""
    if not text.strip():
        return True
    try:
        tree = reader(text).tests()
    except SyntaxFault:
        return False
    return all(not isinstance(node, syntax.Name) or node.name == "?" for node in syntax.walk(tree))
