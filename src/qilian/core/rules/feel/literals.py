"""Literals alone: what may be typed at a door that is open to everybody, because nothing in it can run."""

from . import syntax
from .compiler import Compiler
from .expression import Outcome, guarded, reader
from .faults import Limits, SyntaxFault
from .scope import Run
from .syntax import Node

_DOOR = Limits(depth=12, calls=4, steps=2_000, size=2_000, text=2_000)
_MAKERS = frozenset({"date", "time", "date and time", "duration"})


def literal_value(text: str) -> Outcome:
    """Return the value of a literal: a number, text, truth, date or duration, a range, list or context of these.

    SyntaxFault for anything else, and for more than 2,000 characters.
    """
    tree = reader(text, limits=_DOOR).expression()
    if not is_literal(tree):
        raise SyntaxFault("literal", 0, len(text))
    return guarded(Run(_DOOR), Compiler().compile(tree), {})


def is_literal(node: Node) -> bool:
    """Whether a tree is nothing but literals."""
    match node:
        case syntax.Literal() | syntax.AtLiteral():
            return True
        case syntax.Negate(operand=operand):
            return is_literal(operand)
        case syntax.ListNode(items=items):
            return all(map(is_literal, items))
        case syntax.ContextNode(entries=entries):
            return all(is_literal(value) for _, value in entries)
        case syntax.RangeNode(low=low, high=high):
            return all(is_literal(end) for end in (low, high) if end is not None)
        case syntax.Call(function=syntax.Name(name=name), positional=(syntax.Literal(),)):
            return name in _MAKERS
    return False
