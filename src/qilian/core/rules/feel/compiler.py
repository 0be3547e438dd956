"""From syntax tree to Python closures: compiled once, run many times; a fault becomes null and a diagnostic."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from qilian.core.rules.budget.api import Account, size_of
from qilian.core.rules.moments.api import DateTime, TemporalError, parse_temporal

from . import syntax
from .arithmetic import add, divide, multiply, negate, power, subtract
from .builtins import BUILTINS
from .faults import Exhausted, Fault, Limits
from .inference import infer
from .iteration import each_of, rounds
from .java import external
from .order import compare, contains, equal
from .properties import property_of
from .scope import Run, Scope, invoke
from .syntax import Literal, Name, Node, RangeNode, Tests, TypeNode, walk
from .types import SIMPLE, ContextOf, FunctionOf, ListOf, RangeOf, Type, instance_of, type_name
from .values import Function, Parameter, Range, Value, is_integer

Code: TypeAlias = Callable[[Scope], Value]
"""A compiled expression: a scope in, a value out."""

_DEAR, _POWER, _MOMENT = frozenset({str, DateTime}), 16, 4
_ROOMY = {syntax.ContextNode: 8, syntax.FunctionNode: 8, syntax.ListNode: 4}
_SIGNED = (syntax.UnaryNot, syntax.UnaryIs)
_ARITHMETIC = {"+": add, "-": subtract, "*": multiply, "/": divide, "**": power}
_ORDERS: Mapping[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def failing(node: Node, body: Code) -> Code:
    """Return code whose faults become null and a diagnostic; an exhausted limit ends the evaluation instead."""
    start, end = node.start, node.end

    def run(scope: Scope) -> Value:
        try:
            return body(scope)
        except Exhausted:
            raise
        except Fault as fault:
            scope.run.note(fault, start, end)
            return None

    return run


def weight(*nodes: Node | None) -> int:
    """Return the steps that nodes are worth each time that they run: one for four, two for one that makes room."""
    return sum(_ROOMY.get(type(one), 1) for node in nodes if node for one in walk(node)) >> 2


def _pay(run: Run, value: Value) -> None:
    """Pay for what an operator made, where that is more than a number: a text by its size, a power, a zone's moment."""
    if isinstance(value, str):
        run.made(value)
    else:
        run.spend(_POWER if isinstance(value, Decimal) else _MOMENT)


def _round(node: syntax.For | syntax.Quantified) -> int:
    """Return what a round is worth: its body, and the sources that are read in it."""
    return weight(node.body, *(part for each in node.iterators[1:] for part in (each.source, each.to)))


class Compiler:
    """Compiles trees; `types` are the item definitions that a type name may mean."""

    def __init__(self, types: Mapping[str, Type] | None = None) -> None:
        self._types = types or {}

    def compile(self, node: Node) -> Code:
        """Return the code of a tree."""
        return self._NODES[type(node)](self, node)

    def _literal(self, node: Literal) -> Code:
        value = node.value
        return lambda _: value

    def _at(self, node: syntax.AtLiteral) -> Code:
        try:
            value = parse_temporal(node.text)
        except TemporalError:
            return failing(node, _raising("temporal", text=node.text))
        return lambda _: value

    def _name(self, node: Name) -> Code:
        name, builtin = node.name, BUILTINS.get(node.name)

        def read(scope: Scope) -> Value:
            frame: Scope | None = scope
            while frame is not None:
                names = frame.names
                if name in names:
                    return names[name]
                frame = frame.parent
            if builtin is None:
                scope.run.note(Fault("name", name=name), node.start, node.end)
            return builtin

        return read

    def _path(self, node: syntax.Path) -> Code:
        source, name = self.compile(node.source), node.name
        return failing(node, lambda scope: property_of(source(scope), name, scope.run))

    def _chain(self, node: syntax.Chain) -> Code:
        first = self.compile(node.first)
        rest = [(_ARITHMETIC[operator], self.compile(operand)) for operator, operand in node.rest]
        if len(rest) == 1:
            operation, second = rest[0]

            def once(scope: Scope) -> Value:
                value = operation(first(scope), second(scope))
                if operation is power or type(value) in _DEAR:
                    _pay(scope.run, value)
                return value

            return failing(node, once)

        def run(scope: Scope) -> Value:
            value = first(scope)
            for operation, operand in rest:
                value = operation(value, operand(scope))
                if operation is power or type(value) in _DEAR:
                    _pay(scope.run, value)
            return value

        return failing(node, run)

    def _negate(self, node: syntax.Negate) -> Code:
        operand = self.compile(node.operand)
        if isinstance(node.operand, Literal) and not isinstance(node.operand.value, str | bool | type(None)):
            value = negate(node.operand.value)
            return lambda _: value
        return failing(node, lambda scope: negate(operand(scope)))

    def _compare(self, node: syntax.Compare) -> Code:
        left, right = self.compile(node.left), self.compile(node.right)
        if node.operator in ("=", "!="):
            wanted = node.operator == "="

            def same(scope: Scope) -> Value:
                one, other = left(scope), right(scope)
                answer = equal(one, other, scope.run)
                if answer is None:
                    raise Fault("compare", left=type_name(one), right=type_name(other))
                return answer is wanted

            return failing(node, same)
        holds = _ORDERS[node.operator]

        def ordered(scope: Scope) -> Value:
            return holds(_order(left(scope), right(scope), scope.run))

        return failing(node, ordered)

    def _logic(self, node: syntax.Logic) -> Code:
        operands, decisive = [self.compile(operand) for operand in node.operands], not node.conjunction

        def run(scope: Scope) -> Value:
            unknown = None
            for operand in operands:
                value = operand(scope)
                if value is decisive:
                    return decisive
                if value is not (not decisive):
                    unknown = unknown or type_name(value)
            if unknown is None:
                return not decisive
            if unknown != "null":
                raise Fault("boolean", type=unknown)
            return None

        return failing(node, run)

    def _between(self, node: syntax.Between) -> Code:
        value, low, high = map(self.compile, (node.value, node.low, node.high))

        def run(scope: Scope) -> Value:
            tested, run = value(scope), scope.run
            return _order(tested, low(scope), run) >= 0 and _order(tested, high(scope), run) <= 0

        return failing(node, run)

    def _in(self, node: syntax.In) -> Code:
        value, tests = self.compile(node.value), [self.test(test) for test in node.tests]

        def run(scope: Scope) -> Value:
            tested = value(scope)
            inner = scope.inner({"?": tested})
            answers = [test(inner, tested) for test in tests]
            if True not in answers and None in answers:
                raise Fault("compare", left=type_name(tested), right="test")
            return True in answers

        return failing(node, run)

    def tests(self, node: Tests) -> Callable[[Scope, Value], bool | None]:
        """Return the code of unary tests: a scope and the value that is tested in, true, false or null out."""
        if node.anything:
            return lambda _, __: True
        codes, negated = [self.test(test) for test in node.tests], node.negated
        asked = any(map(_asks, node.tests))
        if len(codes) == 1 and not negated and not asked:
            return codes[0]

        def run(scope: Scope, value: Value) -> bool | None:
            answer: bool | None = False
            inner = scope.inner({"?": value}) if asked else scope
            for code in codes:
                one = code(inner, value)
                if one is True:
                    return not negated
                answer = None if one is None else answer
            return answer if answer is None else negated

        return run

    def test(self, node: Node) -> Callable[[Scope, Value], bool | None]:
        """Return the code of one unary test."""
        if isinstance(node, syntax.UnaryNot):
            other = self.compile(node.operand)
            return lambda scope, value: _other_than(value, other(scope), scope.run)
        if isinstance(node, syntax.UnaryIs):
            alike = self.compile(node.operand)
            return lambda scope, value: equal(value, alike(scope), scope.run)
        if isinstance(node, RangeNode):
            return self._range_test(node)
        if isinstance(node, Literal):
            return _literal_test(node.value)
        if isinstance(node, syntax.ListNode) and any(isinstance(item, _SIGNED) or _asks(item) for item in node.items):
            return self._any_test(node)
        code = self.compile(node)
        if _asks(node):
            return lambda scope, value: _asked(code(scope), value, scope.run)
        return lambda scope, value: satisfies(value, code(scope), scope.run)

    def _any_test(self, node: syntax.ListNode) -> Callable[[Scope, Value], bool | None]:
        """Return the test of a list that holds tests such as `!= 5`: one of them (table 55, `e1 in [e2, e3, …]`)."""
        tests = [self.test(item) for item in node.items]
        return lambda scope, value: any(test(scope, value) is True for test in tests)

    def _range_test(self, node: RangeNode) -> Callable[[Scope, Value], bool | None]:
        code = self.compile(node)
        ends = [end for end in (node.low, node.high) if end is not None]
        if all(isinstance(end, Literal) for end in ends):
            return _interval_test(code(Scope({}, Run(Limits()))))

        def test(scope: Scope, value: Value) -> bool | None:
            interval = code(scope)
            return contains(value, interval, scope.run) if interval is not None else None

        return test

    def _instance(self, node: syntax.InstanceOf) -> Code:
        value, kind = self.compile(node.value), self.type_of(node.type)
        if kind is None:
            return failing(node, _raising("type", name=node.type.name))
        return failing(node, lambda scope: instance_of(value(scope), kind, scope.run))

    def type_of(self, node: TypeNode) -> Type | None:
        """Return the type that is written; None for an unknown name."""
        if not node.items:
            return self._types.get(node.name) or SIMPLE.get(node.name)
        items = [self.type_of(item) for item in node.items]
        known = [item for item in items if item is not None]
        if len(known) < len(items):
            return None
        match node.name:
            case "list":
                return ListOf(known[0])
            case "range":
                return RangeOf(known[0])
            case "context":
                return ContextOf(tuple(zip(node.keys, known, strict=True)))
        return FunctionOf(tuple(known[:-1]), known[-1])

    def _if(self, node: syntax.If) -> Code:
        condition, yes, no = map(self.compile, (node.condition, node.yes, node.no))

        def run(scope: Scope) -> Value:
            answer = condition(scope)
            if answer is True:
                return yes(scope)
            if answer is not False and answer is not None:
                scope.run.note(Fault("boolean", type=type_name(answer)), node.condition.start, node.condition.end)
            return no(scope)

        return run

    def _for(self, node: syntax.For) -> Code:
        body, sources = self.compile(node.body), self._sources(node.iterators)
        asks, cost = any(isinstance(one, Name) and one.name == "partial" for one in walk(node.body)), _round(node)

        def run(scope: Scope) -> Value:
            made: list[Value] = []
            outer: dict[str, Value] = {"partial": []} if asks else {}
            for inner in rounds(scope.inner(outer), sources, cost):
                made.append(body(inner))
                inner.run.room(len(made))
                if asks:
                    outer["partial"] = list(made)
                    inner.run.spend(len(made) >> 4)
            return made

        return failing(node, run)

    def _quantified(self, node: syntax.Quantified) -> Code:
        body, sources, every = self.compile(node.body), self._sources(node.iterators), node.every
        cost = _round(node)

        def run(scope: Scope) -> Value:
            answers = []
            for inner in rounds(scope, sources, cost):
                answer = body(inner)
                if answer is not None and not isinstance(answer, bool):
                    raise Fault("boolean", type=type_name(answer))
                answers.append(answer)
            decisive = not every
            return decisive if decisive in answers else None if None in answers else every

        return failing(node, run)

    def _sources(self, iterators: tuple[syntax.Each, ...]) -> list[tuple[str, Callable[[Scope], Iterator[Value]]]]:
        made = []
        for each in iterators:
            source, to = self.compile(each.source), self.compile(each.to) if each.to else None
            made.append((each.name, each_of(source, to)))
        return made

    def _list(self, node: syntax.ListNode) -> Code:
        items = [self.compile(item) for item in node.items]
        return lambda scope: [item(scope) for item in items]

    def _context(self, node: syntax.ContextNode) -> Code:
        keys = [key for key, _ in node.entries]
        twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
        if twice is not None:
            return failing(node, _raising("key", name=twice))
        entries = [(key, self.compile(value)) for key, value in node.entries]

        def run(scope: Scope) -> Value:
            made: dict[str, Value] = {}
            inner = scope.inner(made)
            for key, code in entries:
                made[key] = code(inner)
            return made

        return run

    def _range(self, node: RangeNode) -> Code:
        low = self.compile(node.low) if node.low else None
        high = self.compile(node.high) if node.high else None

        def run(scope: Scope) -> Value:
            start, end = low(scope) if low else None, high(scope) if high else None
            return interval(start, end, node)

        return failing(node, run)

    def _function(self, node: syntax.FunctionNode) -> Code:
        types = [(name, self.type_of(kind) if kind else None) for name, kind in node.parameters]
        parameters = [Parameter(name, kind) for name, kind in types]
        unknown = [name for name, kind in node.parameters if kind and self.type_of(kind) is None]
        if unknown:
            return failing(node, _raising("type", name=unknown[0]))
        body = self.compile(node.body)
        if node.external:
            return lambda scope: external(parameters, body(scope))
        names, result, cost = [name for name, _ in types], infer(node.body, dict(types)), weight(node.body)

        def make(scope: Scope) -> Value:
            def call(run: Run, *arguments: Value) -> Value:
                run.spend(cost)
                return body(scope.inner(dict(zip(names, arguments, strict=True))))

            return Function("function", parameters, call, result)

        return make

    def _call(self, node: syntax.Call) -> Code:
        function = self.compile(node.function)
        positional = [self.compile(argument) for argument in node.positional]
        named = [(name, self.compile(argument)) for name, argument in node.named]
        twice = len({name for name, _ in named}) < len(named)

        def run(scope: Scope) -> Value:
            by_name = {name: code(scope) for name, code in named} if named else None
            target = function(scope)
            if twice:
                raise Fault("arguments", name=repr(target), given=", ".join(name for name, _ in named))
            return invoke(target, [code(scope) for code in positional], by_name, scope.run)

        return failing(node, run)

    def _filter(self, node: syntax.Filter) -> Code:
        source, condition, cost = self.compile(node.source), self.compile(node.condition), weight(node.condition)
        return failing(node, lambda scope: filtered(source(scope), condition, scope, cost))

    def _unary_not(self, node: syntax.UnaryNot) -> Code:
        tested = Name(node.start, node.end, "?")
        return self.compile(syntax.Compare(node.start, node.end, "!=", tested, node.operand))

    def _unary_is(self, node: syntax.UnaryIs) -> Code:
        return self.compile(RangeNode(node.start, node.end, node.operand, node.operand, True, True))

    _NODES: dict[type, Callable[..., Code]] = {
        Literal: _literal,
        syntax.AtLiteral: _at,
        Name: _name,
        syntax.Path: _path,
        syntax.Chain: _chain,
        syntax.Negate: _negate,
        syntax.Compare: _compare,
        syntax.Logic: _logic,
        syntax.Between: _between,
        syntax.In: _in,
        syntax.InstanceOf: _instance,
        syntax.If: _if,
        syntax.For: _for,
        syntax.Quantified: _quantified,
        syntax.ListNode: _list,
        syntax.ContextNode: _context,
        RangeNode: _range,
        syntax.FunctionNode: _function,
        syntax.Call: _call,
        syntax.Filter: _filter,
        syntax.UnaryNot: _unary_not,
        syntax.UnaryIs: _unary_is,
    }


def _literal_test(constant: Value) -> Callable[[Scope, Value], bool | None]:
    """Return the test for one value; it runs most often of all, and most often on a value of the same type."""
    kind = type(constant)
    return lambda _, value: value == constant if type(value) is kind else equal(value, constant)


def _interval_test(interval: Range | None) -> Callable[[Scope, Value], bool | None]:
    """Return the test for one range; numbers take the short way."""
    if interval is None:
        return lambda _, __: None
    if {type(interval.start), type(interval.end)} - {Decimal, type(None)}:
        return lambda _, value: contains(value, interval)
    low = Decimal("-Infinity") if interval.start is None else interval.start
    high = Decimal("Infinity") if interval.end is None else interval.end
    return _WITHIN[interval.start_included, interval.end_included](low, high)


_WITHIN: dict[tuple[bool, bool], Callable[[Decimal, Decimal], Callable[[Scope, Value], bool | None]]] = {
    (True, True): lambda low, high: lambda _, value: low <= value <= high if type(value) is Decimal else None,
    (True, False): lambda low, high: lambda _, value: low <= value < high if type(value) is Decimal else None,
    (False, True): lambda low, high: lambda _, value: low < value <= high if type(value) is Decimal else None,
    (False, False): lambda low, high: lambda _, value: low < value < high if type(value) is Decimal else None,
}


def interval(start: Value, end: Value, node: RangeNode) -> Range:
    """Make a range; Fault when an end is missing, the ends differ in type, or they stand in the wrong order."""
    missing = (start is None and node.low is not None) or (end is None and node.high is not None)
    order = compare(start, end) if node.low and node.high else 0
    if missing or order is None or order > 0:
        raise Fault("interval")
    return Range(start, end, node.low_included, node.high_included)


def filtered(value: Value, condition: Code, scope: Scope, cost: int = 0) -> Value:
    """Return the item at a position, or the items for which a condition holds; a single value is a list of one."""
    if value is None:
        raise Fault("filter")
    items = value if isinstance(value, list) else [value]
    kept = []
    for place, item in enumerate(items or [None]):
        scope.run.spend(1 + cost + size_of(item) if isinstance(item, dict) else 1 + cost)
        answer = condition(scope.inner({"item": item, **item} if isinstance(item, dict) else {"item": item}))
        if answer is True:
            kept.append(item)
        elif answer is not None and answer is not False:
            if place == 0:
                return _at_position(items, answer)
            raise Fault("filter")
    return kept if items else []


def _at_position(items: list[Value], position: Value) -> Value:
    if type_name(position) != "number":
        raise Fault("filter")
    if abs(position) > len(items) or not is_integer(position) or not position:
        raise Fault("index", index=position)
    place = int(position)
    return items[place if position.is_signed() else place - 1]


def satisfies(value: Value, test: Value, run: Account) -> bool | None:
    """Say whether a value meets what a test came to: a range, a list of tests, or a value to be equal to."""
    if isinstance(test, Range):
        return contains(value, test, run)
    if isinstance(test, list):
        run.spend(len(test))
        if equal(value, test, run):
            return True
        return any(
            equal(value, one, run) if isinstance(one, list) else satisfies(value, one, run) is True for one in test
        )
    return equal(value, test, run)


def _asks(node: Node) -> bool:
    """Whether a test names the value that is tested."""
    return any(isinstance(one, Name) and one.name == "?" for one in walk(node))


def _asked(answer: Value, value: Value, run: Account) -> bool | None:
    """Read the answer of a test that names `?`: its truth, or else a value to be equal to."""
    return answer if answer is None or isinstance(answer, bool) else satisfies(value, answer, run)


def _other_than(value: Value, other: Value, run: Account) -> bool | None:
    answer = equal(value, other, run)
    return None if answer is None else not answer


def _order(left: Value, right: Value, run: Account) -> int:
    order = compare(left, right, run)
    if order is None:
        raise Fault("compare", left=type_name(left), right=type_name(right))
    return order


def _raising(code: str, **values: object) -> Code:
    def run(_: Scope) -> Value:
        raise Fault(code, **values)

    return run
