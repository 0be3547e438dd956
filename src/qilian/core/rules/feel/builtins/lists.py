"""Lists and sorting (DMN 1.5, tables 75 and 80)."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cmp_to_key

from qilian.core.rules.feel.faults import Fault
from qilian.core.rules.feel.order import compare, equal
from qilian.core.rules.feel.scope import Run, invoke
from qilian.core.rules.feel.values import DECIMAL128, Function, Value

from .declare import builtin

_NUMBERS = "(list: list<number>) -> number"
_EACH_NUMBER = "(n...: number) -> number"
_ANY_ITEM = "(c...: Any) -> Any"


def _spread(arguments: tuple[Value, ...]) -> list[Value]:
    """Return the items of a single list argument, or the arguments themselves."""
    return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else list(arguments)


def _extreme(name: str, sign: int) -> None:
    def extreme(run: Run, *arguments: Value) -> Value:
        best: Value = None
        for index, item in enumerate(_spread(arguments)):
            order = compare(item, best if index else item, run)
            if order is None:
                raise Fault("domain", name=name)
            best = item if index == 0 or order == sign else best
        return best

    builtin(f"{name}(list: list) -> Any", f"{name}{_ANY_ITEM}", run=True)(extreme)


_extreme("min", -1)
_extreme("max", 1)


def _numeric(name: str) -> Callable[[Callable[[list[Decimal]], Value]], None]:
    """Declare a function of a list of numbers, or of numbers one by one; null for none."""

    def declare(of: Callable[[list[Decimal]], Value]) -> None:
        builtin(name + _NUMBERS, name + _EACH_NUMBER)(lambda *arguments: of(_spread(arguments)))

    return declare


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Add numbers in the precision of FEEL."""
    result = Decimal(0)
    for number in numbers:
        result = DECIMAL128.add(result, number)
    return result


@_numeric("sum")
def _sum(numbers: list[Decimal]) -> Value:
    return total(numbers) if numbers else None


@_numeric("mean")
def _mean(numbers: list[Decimal]) -> Value:
    return DECIMAL128.divide(total(numbers), Decimal(len(numbers))) if numbers else None


@_numeric("product")
def _product(numbers: list[Decimal]) -> Value:
    result = Decimal(1)
    for number in numbers:
        result = DECIMAL128.multiply(result, number)
    return result if numbers else None


@_numeric("median")
def _median(numbers: list[Decimal]) -> Value:
    ordered, middle = sorted(numbers), len(numbers) // 2
    if not ordered or len(ordered) % 2:
        return ordered[middle] if ordered else None
    return DECIMAL128.divide(DECIMAL128.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@_numeric("stddev")
def _stddev(numbers: list[Decimal]) -> Value:
    if len(numbers) < 2:
        raise Fault("domain", name="stddev")
    mean = DECIMAL128.divide(total(numbers), Decimal(len(numbers)))
    squares = (DECIMAL128.power(DECIMAL128.subtract(number, mean), Decimal(2)) for number in numbers)
    return DECIMAL128.sqrt(DECIMAL128.divide(total(squares), Decimal(len(numbers) - 1)))


@_numeric("mode")
def _mode(numbers: list[Decimal]) -> Value:
    counted = Counter(numbers)
    most = max(counted.values(), default=0)
    return sorted(number for number, times in counted.items() if times == most)


def _quantifier(name: str, decisive: bool) -> None:
    """Declare `all` or `any`: one decisive item decides, and without it every item must be the other truth value."""

    def quantified(*arguments: Value) -> Value:
        items = _spread(arguments)
        if any(item is decisive for item in items):
            return decisive
        if any(item is not (not decisive) for item in items):
            raise Fault("domain", name=name)
        return not decisive

    builtin(f"{name}(list: list) -> boolean", f"{name}(b...: Any) -> boolean")(quantified)


_quantifier("all", False)
_quantifier("any", True)


@builtin("sublist(list: list, start position: number, length?: number) -> list", share=3)
def sublist(items: list[Value], position: Decimal, length: Decimal | None = None) -> Value:
    """Return a part of a list."""
    begin = _index("sublist", items, position)
    if length is not None and not 1 <= length < len(items) - begin + 1:
        raise Fault("domain", name="sublist")
    return items[begin:] if length is None else items[begin : begin + int(length)]


@builtin("concatenate(list...: list) -> list", run=True, share=3)
def concatenate(run: Run, *lists: list[Value]) -> Value:
    """Return one list of the items of several."""
    run.room(sum(map(len, lists)))
    return [item for items in lists for item in items]


@builtin("insert before(list: list, position: number, newItem: Any) -> list", share=3)
def insert_before(items: list[Value], position: Decimal, new: Value) -> Value:
    """Return a list with an item put before a position."""
    at = _index("insert before", items, position)
    return [*items[:at], new, *items[at:]]


@builtin("remove(list: list, position: number) -> list", share=3)
def remove(items: list[Value], position: Decimal) -> Value:
    """Return a list without the item at a position."""
    at = _index("remove", items, position)
    return items[:at] + items[at + 1 :]


@builtin("list replace(list: list, position: number, newItem: Any) -> list", share=3)
def replace_at(items: list[Value], position: Decimal, new: Value) -> Value:
    """Return a list with another item at a position."""
    at = _index("list replace", items, position)
    return [*items[:at], new, *items[at + 1 :]]


@builtin("list replace(list: list, match: function, newItem: Any) -> list", run=True)
def replace_where(run: Run, items: list[Value], match: Function, new: Value) -> Value:
    """Return a list with another item wherever a function of item and new item says true."""
    return [new if _truth(run, "list replace", match, item, new) else item for item in items]


@builtin("union(list...: list) -> list", run=True)
def union(run: Run, *lists: list[Value]) -> Value:
    """Return the items of several lists, each once."""
    return _distinct(run, [item for items in lists for item in items])


@builtin("distinct values(list: list) -> list", run=True)
def distinct_values(run: Run, items: list[Value]) -> Value:
    """Return the items of a list, each once."""
    return _distinct(run, items)


@builtin("flatten(list: list) -> list", run=True)
def flatten(run: Run, items: list[Value]) -> Value:
    """Return the items of a list and of the lists in it, at any depth."""
    flat: list[Value] = []
    for item in items:
        run.spend()
        flat.extend(flatten(run, item) if isinstance(item, list) else [item])
    run.room(len(flat))
    return flat


@builtin("sort(list: list, precedes: function) -> list", run=True)
def sort(run: Run, items: list[Value], precedes: Function) -> Value:
    """Return a list in the order that a function of two items gives."""

    def order(one: Value, other: Value) -> int:
        if _truth(run, "sort", precedes, one, other):
            return -1
        return 1 if _truth(run, "sort", precedes, other, one) else 0

    return sorted(items, key=cmp_to_key(order))


def _truth(run: Run, name: str, function: Function, *arguments: Value) -> bool:
    answer = invoke(function, arguments, None, run)
    if not isinstance(answer, bool):
        raise Fault("domain", name=name)
    return answer


def _distinct(run: Run, items: list[Value]) -> list[Value]:
    kept: list[Value] = []
    for item in items:
        run.spend(1 + len(kept) // 8)
        if not any(equal(item, one, run) for one in kept):
            kept.append(item)
    return kept


def _index(name: str, items: list[Value], position: Decimal) -> int:
    """Return the Python index of a position that counts from 1, or from -1 at the end."""
    if not 1 <= abs(position) < len(items) + 1:
        raise Fault("domain", name=name)
    place = int(position)
    return place - 1 if place > 0 else len(items) + place


builtin("count(list: list) -> number", share=12)(lambda items: Decimal(len(items)))
builtin("append(list: list, item...: Any) -> list", share=3)(lambda items, *more: [*items, *more])
builtin("reverse(list: list) -> list", share=3)(lambda items: items[::-1])


@builtin("list contains(list: list, element: Any) -> boolean", run=True, share=3)
def list_contains(run: Run, items: list[Value], element: Value) -> Value:
    """Say whether an item of a list is equal to a value."""
    return any(equal(item, element, run) for item in _paid(run, items))


@builtin("index of(list: list, match: Any) -> list", run=True, share=3)
def index_of(run: Run, items: list[Value], match: Value) -> Value:
    """Return the positions of the items that are equal to a value."""
    return [Decimal(place) for place, item in enumerate(_paid(run, items), 1) if equal(item, match, run)]


def _paid(run: Run, items: list[Value]) -> list[Value]:
    """Return items of which each will be looked at once."""
    run.spend(len(items) >> 2)
    return items
