"""The syntax tree of FEEL: one frozen node per construct, each with its span in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from .values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """Anything in the tree; `start` and `end` are offsets into the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):  # A value that stands in the text
    value: Value


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):  # @"2019-03-31": a date, time or duration; null when the text is none
    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):  # A name, as the scope writes it
    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):  # source.name
    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):  # source[condition]
    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):  # function(arguments), by position or by name
    function: Node
    positional: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Chain(Node):  # first (operator operand)…, from left to right: all of one precedence
    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negate(Node):  # -operand
    operand: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):  # left operator right, for = != < <= > >=
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):  # operands joined by `and` or by `or`
    conjunction: bool
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):  # value between low and high
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):  # value in (tests)
    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):  # value instance of type
    value: Node
    type: "TypeNode"


@dataclass(frozen=True, slots=True)
class If(Node):  # if condition then yes else no
    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Each(Node):  # name in source, or name in source..to
    name: str
    source: Node
    to: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):  # for iterators return body
    iterators: tuple[Each, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):  # some or every iterators satisfies body
    every: bool
    iterators: tuple[Each, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class ListNode(Node):  # [items]
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextNode(Node):  # {key: value, …}
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeNode(Node):  # [low..high], (low..high), <high, >=low …
    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class UnaryNot(Node):  # != operand, as a test
    operand: Node


@dataclass(frozen=True, slots=True)
class UnaryIs(Node):  # = operand, as a test
    operand: Node


@dataclass(frozen=True, slots=True)
class FunctionNode(Node):  # function(parameters) body; an external one has its mapping as body
    parameters: tuple[tuple[str, "TypeNode | None"], ...]
    body: Node
    external: bool


@dataclass(frozen=True, slots=True)
class TypeNode(Node):  # A type as written: a name, or list, range, context, function with what they hold
    name: str
    items: tuple["TypeNode", ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tests(Node):  # Unary tests: any of them holds, none of them (`not(…)`), or no test at all (`-`)
    tests: tuple[Node, ...]
    negated: bool = False
    anything: bool = False


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it."""
    yield node
    for part in fields(node):
        yield from _inside(getattr(node, part.name))


def _inside(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield from walk(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)
