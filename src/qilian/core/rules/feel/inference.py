"""The type of an expression as far as its text shows it: enough to say which function type a function has."""

from collections.abc import Mapping

from . import syntax
from .builtins import BUILTINS
from .syntax import Literal, Name, Node
from .types import ANY, BOOLEAN, NUMBER, STRING, ListOf, Type

_TRUTHS = (syntax.Between, syntax.Compare, syntax.In, syntax.InstanceOf, syntax.Logic, syntax.Quantified)


def infer(node: Node, names: Mapping[str, Type | None]) -> Type:
    """Return the type that a text must have; Any where the text does not tell."""
    match node:
        case Literal(value=bool()):
            return BOOLEAN
        case Literal(value=str()):
            return STRING
        case Literal(value=value) if value is not None:
            return NUMBER
        case Name(name=name):
            return names.get(name) or ANY
        case syntax.If():
            yes, no = infer(node.yes, names), infer(node.no, names)
            return yes if yes == no else ANY
        case syntax.Chain():
            return _common([node.first, *(operand for _, operand in node.rest)], names)
        case syntax.Negate():
            return infer(node.operand, names)
        case syntax.ListNode():
            return ListOf(_common(node.items, names))
        case syntax.Call(function=Name(name=name)) if name in BUILTINS and name not in names:
            result: Type = BUILTINS[name].result
            return result
    return BOOLEAN if isinstance(node, _TRUTHS) else ANY


def _common(nodes: "list[Node] | tuple[Node, ...]", names: Mapping[str, Type | None]) -> Type:
    found = {infer(node, names) for node in nodes}
    return found.pop() if len(found) == 1 else ANY
