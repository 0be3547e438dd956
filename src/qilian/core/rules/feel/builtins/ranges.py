"""How points and ranges lie to each other (DMN 1.5, table 78): the words of Allen's interval algebra."""

from collections.abc import Callable
from decimal import Decimal

from qilian.core.rules.feel.faults import Fault, Limits, SyntaxFault
from qilian.core.rules.feel.names import Names
from qilian.core.rules.feel.order import compare
from qilian.core.rules.feel.parser import Parser
from qilian.core.rules.feel.scope import Run
from qilian.core.rules.feel.syntax import AtLiteral, Call, Literal, Name, Negate, Node, RangeNode
from qilian.core.rules.feel.values import Range, Value
from qilian.core.rules.moments.api import parse_temporal

from .declare import BUILTINS, builtin

Relation = Callable[[Range, Range], bool]


def _order(one: Value, other: Value) -> int:
    """Compare two ends; a missing start lies before, a missing end after everything."""
    found = compare(one, other)
    if found is None:
        raise Fault("domain", name="range")
    return found


def _starts(one: Range, other: Range) -> int:
    """Compare where two ranges begin: -1 when the first begins earlier."""
    if one.start is None or other.start is None:
        return (other.start is None) - (one.start is None)
    return _order(one.start, other.start) or other.start_included - one.start_included


def _ends(one: Range, other: Range) -> int:
    """Compare where two ranges end: -1 when the first ends earlier."""
    if one.end is None or other.end is None:
        return (one.end is None) - (other.end is None)
    return _order(one.end, other.end) or one.end_included - other.end_included


def _before(one: Range, other: Range) -> bool:
    """Whether one range ends before another begins."""
    if one.end is None or other.start is None:
        return False
    found = _order(one.end, other.start)
    return found < 0 or (found == 0 and not (one.end_included and other.start_included))


def _touch(one: Range, other: Range) -> bool:
    """Whether one range ends with the very point that another begins with."""
    if one.end is None or other.start is None:
        return False
    return one.end_included and other.start_included and _order(one.end, other.start) == 0


def _overlap(one: Range, other: Range) -> bool:
    return not _before(one, other) and not _before(other, one)


def _within(one: Range, other: Range) -> bool:
    return _starts(other, one) <= 0 and _ends(one, other) <= 0


def _same_end(one: Range, other: Range) -> bool:
    return _ends(one, other) == 0 and _starts(other, one) <= 0


def _same_start(one: Range, other: Range) -> bool:
    return _starts(one, other) == 0 and _ends(one, other) <= 0


def _overlap_before(one: Range, other: Range) -> bool:
    return _starts(one, other) < 0 and _overlap(one, other) and _ends(one, other) <= 0


def _coincide(one: Range, other: Range) -> bool:
    return _starts(one, other) == 0 and _ends(one, other) == 0


def _turned(relation: Relation) -> Relation:
    return lambda one, other: relation(other, one)


def _as_range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, value, True, True)


def _relation(name: str, kinds: str, relation: Relation) -> None:
    """Declare a relation; each letter of a kind says what an argument is: p a point, r a range."""
    allowed = {tuple(letter == "r" for letter in kind) for kind in kinds.split()}

    def related(one: Value, other: Value) -> Value:
        if (isinstance(one, Range), isinstance(other, Range)) not in allowed or None in (one, other):
            raise Fault("domain", name=name)
        return relation(_as_range(one), _as_range(other))

    names = {"pp": ("point1", "point2"), "pr": ("point", "range"), "rp": ("range", "point"), "rr": ("range1", "range2")}
    signatures = [f"{name}({names[kind][0]}: Any, {names[kind][1]}: Any) -> boolean" for kind in kinds.split()]
    builtin(*signatures)(related)


_LITERAL_FUNCTIONS = ("date", "time", "date and time", "duration")


@builtin("range(from: string) -> range", run=True)
def range_from(run: Run, text: str) -> Value:
    """Read a range whose ends are literals, such as `[18..21)`; an open end may be missing."""
    run.spend(len(text))
    try:
        node = Parser(text, Names(_LITERAL_FUNCTIONS), (), (), Limits()).expression()
    except SyntaxFault:
        node = None
    if not isinstance(node, RangeNode) or text.strip()[0] not in "([]":
        raise Fault("domain", name="range")
    low, high = (None if end is None else _literal(end) for end in (node.low, node.high))
    order = compare(low, high) if low is not None and high is not None else 0
    if order is None or order > 0:
        raise Fault("domain", name="range")
    return Range(low, high, node.low_included, node.high_included)


def _literal(node: Node) -> Value:
    """Return the value of an end that is written as a literal; Fault for anything else."""
    match node:
        case Literal(value=value) if value is not None and not isinstance(value, bool):
            return value
        case Negate(operand=Literal(value=Decimal() as value)):
            return -value
        case AtLiteral(text=text):
            return parse_temporal(text)
        case Call(function=Name(name=name), positional=arguments) if name in _LITERAL_FUNCTIONS:
            signature, bound = BUILTINS[name].choose([_literal(one) for one in arguments], None)
            return signature.implementation(*bound)
    raise Fault("domain", name="range")


_relation("before", "pp pr rp rr", _before)
_relation("after", "pp pr rp rr", _turned(_before))
_relation("meets", "rr", _touch)
_relation("met by", "rr", _turned(_touch))
_relation("overlaps", "rr", _overlap)
_relation("overlaps before", "rr", _overlap_before)
_relation("overlaps after", "rr", _turned(_overlap_before))
_relation("finishes", "pr rr", _same_end)
_relation("finished by", "rp rr", _turned(_same_end))
_relation("includes", "rp rr", _turned(_within))
_relation("during", "pr rr", _within)
_relation("starts", "pr rr", _same_start)
_relation("started by", "rp rr", _turned(_same_start))
_relation("coincides", "pp rr", _coincide)
