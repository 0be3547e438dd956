"""A decision table compiled: every hit policy and aggregation of DMN 1.5, clauses 8.2.8 to 8.2.11."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from qilian.core.rules.feel.api import Code, Scope, Type, Value, compare, conform, equal, shown, to_feel, total

from .index import LEAST, MOST, Cell, Index, Test
from .said import trouble
from .shape import TableShape


@dataclass(frozen=True, slots=True)
class Input:
    """A compiled input column."""

    title: str
    code: Code
    type: Type | None
    allowed: Test | None


@dataclass(frozen=True, slots=True)
class Output:
    """A compiled output column; `order` is the list of allowed values, for priorities."""

    name: str
    type: Type | None
    allowed: Test | None
    order: Code | None
    default: Code | None


@dataclass(frozen=True, slots=True)
class Row:
    """A compiled rule; a test that always holds is None."""

    tests: tuple[Test | None, ...]
    outputs: tuple[Code, ...]
    checks: tuple[tuple[int, Test], ...]
    """The tests that may fail, with their places."""
    cells: tuple[Cell, ...] = field(repr=False)
    """The tests again, with the values that they let in."""


@dataclass(frozen=True)
class CompiledTable:
    """A table ready to decide; `fixed` tells that no cell looks at anything but the value that it tests."""

    shape: TableShape
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    fixed: bool = False

    @cached_property
    def index(self) -> Index | None:
        """The columns sorted; None for a table so small that asking every rule is quicker, or too large to sort."""
        if not LEAST <= len(self.rows) <= MOST:
            return None
        return Index([row.cells for row in self.rows], len(self.inputs))

    def decide(self, scope: Scope) -> Value:
        """Return what the table says in a scope; Fault when it has no answer."""
        self.check()
        values = self.values(scope)
        result = self.answer(scope, self.matching(scope, values))
        scope.run.trace.append((self, scope, values, result, scope.run.where))
        return result

    def check(self) -> None:
        """Fault for a table that cannot decide anything: its rules are ragged, or nobody knows how they are hit."""
        for problem in self.shape.problems:
            raise trouble(problem.code, **problem.values)

    def values(self, scope: Scope) -> list[Value]:
        """Return the values of the inputs; Fault for one that is not allowed."""
        return [self.value(place, scope) for place in range(len(self.inputs))]

    def value(self, place: int, scope: Scope) -> Value:
        """Return the value of one input; Fault when it is not allowed."""
        column = self.inputs[place]
        value = column.code(scope)
        if column.type is not None:
            value = conform(value, column.type, scope.run)
        if column.allowed is not None and column.allowed(scope, value) is not True:
            raise trouble("input", name=column.title, value=shown(value))
        return value

    def matching(self, scope: Scope, values: Sequence[Value]) -> list[int]:
        """Return the indices of the rules that match; under FIRST, of the first alone."""
        found = []
        first = self.shape.hit_policy == "FIRST"
        if self.index:
            scope.run.spend(len(values))
            for number in self.index.rows(values):
                if all(test(scope, values[place]) is True for place, test in self.index.asked[number]):
                    found.append(number)
                    if first:
                        break
            return found
        scope.run.spend(len(self.rows))
        for index, row in enumerate(self.rows):
            for place, test in row.checks:
                if test(scope, values[place]) is not True:
                    break
            else:
                found.append(index)
                if first:
                    break
        return found

    def answer(self, scope: Scope, matched: Sequence[int]) -> Value:
        """Return the result of the rules that matched, by the hit policy."""
        if not matched:
            return self._default(scope)
        policy = self.shape.hit_policy
        if policy == "UNIQUE" and len(matched) > 1:
            raise trouble("overlap", rules=_numbers(matched))
        results = [self._output(scope, index) for index in matched]
        if policy == "ANY" and not all(equal(results[0], result, scope.run) for result in results[1:]):
            raise trouble("differ", rules=_numbers(matched))
        if policy in ("PRIORITY", "OUTPUT ORDER"):
            results = self._by_priority(scope, results)
        if policy in ("UNIQUE", "ANY", "FIRST", "PRIORITY"):
            return results[0]
        return self._aggregate(scope, results) if policy == "COLLECT" else results

    def _default(self, scope: Scope) -> Value:
        if len(self.outputs) == 1:
            default = self.outputs[0].default
            return default(scope) if default else None
        if not any(output.default for output in self.outputs):
            return None
        return {output.name: output.default(scope) if output.default else None for output in self.outputs}

    def _output(self, scope: Scope, index: int) -> Value:
        values = []
        for column, code in zip(self.outputs, self.rows[index].outputs, strict=True):
            value = code(scope)
            if column.type is not None:
                value = conform(value, column.type, scope.run)
            if column.allowed is not None and value is not None and column.allowed(scope, value) is not True:
                scope.run.note(trouble("output", name=column.name, value=shown(value)))
            values.append(value)
        if len(self.outputs) == 1:
            return values[0]
        return {column.name: value for column, value in zip(self.outputs, values, strict=True)}

    def _by_priority(self, scope: Scope, results: list[Value]) -> list[Value]:
        orders = [output.order(scope) if output.order else [] for output in self.outputs]

        def rank(result: Value) -> list[int]:
            values = list(result.values()) if len(self.outputs) > 1 else [result]
            return [_place(value, order) for value, order in zip(values, orders, strict=True)]

        return sorted(results, key=rank)

    def _aggregate(self, scope: Scope, results: list[Value]) -> Value:
        how = self.shape.aggregation
        if not how:
            return results
        if how == "COUNT":
            return to_feel(len(results))
        if any(compare(results[0], result, scope.run) is None for result in results):
            raise trouble("aggregate", how=how)
        if how == "SUM":
            if not all(isinstance(result, Decimal) for result in results):
                raise trouble("aggregate", how=how)
            return total(results)
        wanted = -1 if how == "MIN" else 1
        best = results[0]
        for result in results[1:]:
            best = result if compare(result, best, scope.run) == wanted else best
        return best


def _place(value: Value, order: list[Value]) -> int:
    return next((place for place, one in enumerate(order) if equal(value, one)), len(order))


def _numbers(indices: Sequence[int]) -> str:
    return ", ".join(str(index + 1) for index in indices)
