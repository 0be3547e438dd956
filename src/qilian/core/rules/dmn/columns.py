"""Many cases at once: columns of inputs in, a column of results out; every test is asked once for a distinct value."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import reduce
from operator import and_

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
    Time,
    Value,
    canonical,
    guarded,
    to_feel,
)
from qilian.core.values.text import Refusal, Text

from .axes import lowest
from .table import CompiledTable

_Answer = tuple[Value, tuple[int, ...], tuple[Diagnostic, ...]]
_NOTHING = object()
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
    """Keeps for every column what a value comes to, and for every set of rules that matched the answer.

    What a value comes to is the rules that hold on it, as bits; where the columns are sorted, the value as the column's
    type wants it. That is only possible where inputs are plain names and no cell names anything; other tables decide
    case by case.
    """

    def __init__(self, table: CompiledTable, names: Sequence[str], limits: Limits) -> None:
        self._table, self._names, self._limits = table, names, limits
        self._index = table.index
        asked = self._index is not None and any(self._index.asked)
        self._places = None if asked else _places(table, names)
        self._known: list[dict[Hashable, Value]] = [{} for _ in table.inputs]
        self._answers: dict[Hashable, _Answer] = {}

    def decide(self, case: Sequence[object]) -> _Answer:
        """Decide one case."""
        rules = self._rules(case)
        if rules is None:
            return self._full(case)
        if rules not in self._answers:
            self._answers[rules] = self._told(rules) if isinstance(rules, tuple) else self._full(case)
        return self._answers[rules]

    def _rules(self, case: Sequence[object]) -> Hashable:
        """Return the rules that hold on a case; None where that cannot be told value by value."""
        if self._places is None:
            return None
        found = []
        for known, (place, column) in zip(self._known, enumerate(self._places), strict=True):
            key = _key(case[column])
            if key is None:
                return None
            if key not in known:
                known[key] = self._comes_to(place, case)
            if known[key] is _NOTHING:
                return None
            found.append(known[key])
        if self._index:
            return tuple(self._index.rows(found))
        return reduce(and_, found, lowest(len(self._table.rows)))

    def _told(self, rules: tuple[int, ...]) -> _Answer:
        """Return the answer of rules that are known to match, in a table whose cells look at nothing else."""
        run, table = Run(self._limits), self._table
        matched = rules[:1] if table.shape.hit_policy == "FIRST" else rules
        outcome = guarded(run, lambda scope: table.answer(scope, matched), {})
        return outcome.value, tuple(index + 1 for index in matched), outcome.diagnostics

    def _full(self, case: Sequence[object]) -> _Answer:
        run, matched, table = Run(self._limits), list[int](), self._table

        def decide(scope: Scope) -> Value:
            table.check()
            matched[:] = table.matching(scope, table.values(scope))
            return table.answer(scope, matched)

        outcome = guarded(run, decide, dict(zip(self._names, case, strict=True)))
        return outcome.value, tuple(index + 1 for index in matched), outcome.diagnostics

    def _comes_to(self, place: int, case: Sequence[object]) -> Value:
        """Return what a value comes to in a column; nothing where the value or a test leaves a diagnostic."""
        scope = Scope({}, Run(self._limits))
        try:
            scope.names = dict(zip(self._names, map(to_feel, case), strict=True))
            value = self._table.value(place, scope)
            if self._index is None:
                tests = [row.tests[place] for row in self._table.rows]
                value = sum(1 << row for row, test in enumerate(tests) if test is None or test(scope, value) is True)
        except Fault:
            return _NOTHING
        return _NOTHING if scope.run.diagnostics else value


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
        if name not in names:
            return None
        found.append(names.index(name))
    return found if table.fixed else None
