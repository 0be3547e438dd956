"""From text to syntax tree: recursive descent that asks the scope where a name ends (DMN 1.5, 10.3.1.2)."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import TypeVar

from qilian.core.values.text import Text

from . import syntax
from .faults import Fault, Limits, SyntaxFault
from .names import KEYWORDS, SKIP, WORD, Names, joined, token, tokens
from .syntax import Literal, Name, Node, RangeNode, Tests, TypeNode
from .types import SIMPLE
from .values import number_of

_NUMBER = re.compile(r"(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d{1,9})?", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_COMPARISON = re.compile(r"<=|>=|!=|=(?!=)|<|>")
"""Two equal signs are of other languages: never read as a test for being equal to something."""
_LEVELS = (("+", "-"), ("*", "/"), ("**",))
PROPERTIES = ("time offset", "start included", "end included")
_WANTED = {
    "value": Text("一个值", "a value"),
    "name": Text("名称", "a name"),
    "type": Text("类型", "a type"),
    "text.end": Text("结尾", "the end"),
}
_CONSTANTS = {"true": True, "false": False, "null": None}

Parsed = TypeVar("Parsed")


class Parser:
    """One text on its way to a tree. `names` are in scope, `properties` may stand after a dot or inside a filter."""

    def __init__(self, text: str, names: Names, properties: Iterable[str], types: Iterable[str], limits: Limits):
        if len(text) > limits.text:
            raise SyntaxFault("long", 0, len(text), limit=limits.text)
        self.text, self._names, self._limits = text, names, limits
        self._properties = Names([*PROPERTIES, *properties])
        self._type_names = Names([*SIMPLE, *types])
        self._at, self._depth, self._ranges, self._work = 0, 0, 0, 0
        self._skip()

    def expression(self) -> Node:
        """Read the whole text as one expression."""
        return self._whole(self._expression)

    def tests(self) -> Tests:
        """Read the whole text as unary tests, with `?` for the value that is tested."""
        with self._frame(["?"]):
            return self._whole(self._unary_tests)

    def _whole(self, read: Callable[[], Parsed]) -> Parsed:
        try:
            node = read()
        except RecursionError:
            raise SyntaxFault("deep", self._at, self._at + 1) from None
        if self._at < len(self.text):
            raise self._expected("text.end")
        return node

    # -- characters ---------------------------------------------------------------------------------------------

    def _skip(self) -> None:
        found = SKIP.match(self.text, self._at)
        self._at = found.end() if found else self._at

    def _take(self, sign: str) -> bool:
        """Take a sign if it stands here."""
        if not self.text.startswith(sign, self._at):
            return False
        self._at += len(sign)
        self._skip()
        return True

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise self._expected(sign)

    def _keyword(self, word: str) -> bool:
        """Take a keyword if it stands here as a whole word."""
        found = WORD.match(self.text, self._at)
        if not found or found[0] != word:
            return False
        self._at = found.end()
        self._skip()
        return True

    def _need_keyword(self, word: str) -> None:
        if not self._keyword(word):
            raise self._expected(word)

    def _expected(self, wanted: str) -> SyntaxFault:
        found = token(self.text, self._at)
        end = found[1] if found else min(self._at + 1, len(self.text))
        shown = self.text[self._at : end].strip() or "…"
        return SyntaxFault("syntax", self._at, end, wanted=_WANTED.get(wanted, wanted), found=shown)

    @contextmanager
    def _frame(self, names: Iterable[str]) -> Iterator[None]:
        self._names.push(names)
        try:
            yield
        finally:
            self._names.pop()

    def _attempt(self, read: Callable[[], Parsed]) -> Parsed | None:
        """Read, or go back to where we were."""
        before = self._at, self._depth, self._ranges, self._names, self._names.depth
        try:
            return read()
        except SyntaxFault as fault:
            if fault.code == "deep":
                raise
            self._at, self._depth, self._ranges, self._names, self._names.depth = before
            return None

    # -- expressions, loosest first -----------------------------------------------------------------------------

    def _expression(self) -> Node:
        self._depth += 1
        self._work += 1  # bounded too: a text of many wrong turns would be read again and again
        if self._depth > self._limits.depth or self._work > 1000 + 2 * len(self.text):
            raise SyntaxFault("deep", self._at, self._at + 1)
        node = self._logic(False)
        self._depth -= 1
        return node

    def _logic(self, conjunction: bool) -> Node:
        start = self._at
        operands = [self._comparison() if conjunction else self._logic(True)]
        while self._keyword("and" if conjunction else "or"):
            operands.append(self._comparison() if conjunction else self._logic(True))
        return operands[0] if len(operands) == 1 else syntax.Logic(start, self._at, conjunction, tuple(operands))

    def _comparison(self) -> Node:
        start = self._at
        node = self._arithmetic(0)
        for _ in range(self._limits.depth):
            if found := _COMPARISON.match(self.text, self._at):
                self._take(found[0])
                node = syntax.Compare(start, self._at, found[0], node, self._arithmetic(0))
            elif self._keyword("between"):
                low = self._arithmetic(0)
                self._need_keyword("and")
                node = syntax.Between(start, self._at, node, low, self._arithmetic(0))
            elif self._keyword("in"):
                node = syntax.In(start, self._at, node, self._in_tests())
            else:
                return node
        raise SyntaxFault("deep", self._at, self._at + 1)

    def _in_tests(self) -> tuple[Node, ...]:
        return self._attempt(self._bracketed_tests) or (self._expression(),)

    def _bracketed_tests(self) -> tuple[Node, ...]:
        self._need("(")
        tests = self._separated(self._expression)
        self._need(")")
        return tests

    def _arithmetic(self, level: int) -> Node:
        """Read operands joined by operators of a level and tighter ones, the tightest first."""
        start = self._at
        node = self._unary()
        for tighter in range(len(_LEVELS) - 1, level - 1, -1):
            rest: list[tuple[str, Node]] = []
            while operator := self._operator(_LEVELS[tighter]):
                rest.append((operator, self._arithmetic(tighter + 1)))
            node = syntax.Chain(start, self._at, node, tuple(rest)) if rest else node
        return node

    def _operator(self, operators: tuple[str, ...]) -> str | None:
        for operator in operators:
            if self._take(operator):
                return operator
        return None

    def _unary(self) -> Node:
        start, signs = self._at, 0
        while self._take("-"):
            signs += 1
        if signs > self._limits.depth:
            raise SyntaxFault("deep", start, self._at)
        node = self._instance()
        test = node if isinstance(node, syntax.InstanceOf) else None
        operand = test.value if test else node  # a minus belongs to the value, not to the test
        for _ in range(signs):
            operand = syntax.Negate(start, self._at, operand)
        return syntax.InstanceOf(start, self._at, operand, test.type) if test else operand

    def _instance(self) -> Node:
        start = self._at
        node = self._postfix()
        while self._keyword("instance"):
            self._need_keyword("of")
            node = syntax.InstanceOf(start, self._at, node, self._type())
        return node

    def _postfix(self) -> Node:
        start = self._at
        node = self._primary()
        for _ in range(self._limits.depth):
            if self.text.startswith("..", self._at):
                return node
            if self._take("."):
                node = syntax.Path(start, self._at, node, self._property())
            elif self.text.startswith("[", self._at):
                filtered = (
                    self._filter(start, node) if not self._ranges else self._attempt(partial(self._filter, start, node))
                )
                if filtered is None:  # the bracket closes a range: ]1..2[
                    return node
                node = filtered
            elif self._take("("):
                positional, named = self._arguments()
                node = syntax.Call(start, self._at, node, positional, named)
            else:
                return node
        raise SyntaxFault("deep", self._at, self._at + 1)

    def _filter(self, start: int, node: Node) -> Node:
        self._need("[")
        with self._frame(["item"]):
            known, self._names = self._names, self._names.with_frame(self._properties)
            condition = self._expression()
            self._names = known
        self._need("]")
        return syntax.Filter(start, self._at, node, condition)

    # -- primaries ----------------------------------------------------------------------------------------------

    def _primary(self) -> Node:
        start = self._at
        char = self.text[start : start + 1]
        if char == '"':
            text = self._string()
            return Literal(start, self._at, text)
        if char == "@":
            self._take("@")
            return syntax.AtLiteral(start, self._at, self._string())
        if found := _NUMBER.match(self.text, start):
            self._at = found.end()
            self._skip()
            return Literal(start, self._at, self._number(start, found[0]))
        reader = self._SIGNS.get(char)
        if reader:
            return reader(self, start)
        return self._word(start)

    def _number(self, start: int, text: str) -> Decimal:
        try:
            return number_of(text)
        except Fault:
            raise SyntaxFault("range.number", start, start + len(text)) from None

    def _word(self, start: int) -> Node:
        known = self._names.longest(self.text, start)
        found = WORD.match(self.text, start)
        if not found:
            raise self._expected("value")
        word = found[0]
        if word in KEYWORDS and (not known or known[1] <= found.end()):
            if word in _CONSTANTS:
                self._keyword(word)
                return Literal(start, self._at, _CONSTANTS[word])
            reader = self._KEYWORDS.get(word)
            if not reader:
                raise self._expected("value")
            self._keyword(word)
            return reader(self, start)
        name, self._at = known or (word, found.end())
        self._skip()
        return Name(start, self._at, name)

    def _string(self) -> str:
        found = _STRING.match(self.text, self._at)
        if not found:
            raise self._expected('"')
        self._at = found.end()
        self._skip()
        text = _ESCAPE.sub(_unescaped, found[1])
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\u" in found[1] else text

    def _bracket(self, start: int) -> Node:
        """Read what opens with ( [ or ]: a list, a range or an expression in brackets."""
        opening = self.text[start]
        self._take(opening)
        if opening == "[" and self._take("]"):
            return syntax.ListNode(start, self._at, ())
        if opening != "[" and self._take(".."):
            return self._range(start, False, None)
        first = self._expression()
        if self._take(".."):
            return self._range(start, opening == "[", first)
        if opening == "(":
            self._need(")")
            return first
        if opening == "]":
            raise self._expected("..")
        items = [first]
        while self._take(","):
            items.append(self._expression())
        self._need("]")
        return syntax.ListNode(start, self._at, tuple(items))

    def _range(self, start: int, included: bool, low: Node | None) -> Node:
        """Read the rest of a range after its dots; an end may be missing where it is not included."""
        if low is not None and (self._take(")") or self._take("[")):
            return RangeNode(start, self._at, low, None, included, False)
        self._ranges += 1
        high = self._expression()
        self._ranges -= 1
        if self._take("]"):
            return RangeNode(start, self._at, low, high, included, True)
        if not (self._take(")") or self._take("[")):
            raise self._expected("]")
        return RangeNode(start, self._at, low, high, included, False)

    def _open_range(self, start: int) -> Node:
        """Read a test such as <= 5: a range with one end."""
        found = _COMPARISON.match(self.text, start)
        operator = found[0] if found else ""
        if not operator:
            raise self._expected("value")
        self._take(operator)
        end = self._arithmetic(0)
        if operator == "!=":
            return syntax.UnaryNot(start, self._at, end)
        if operator == "=":
            return syntax.UnaryIs(start, self._at, end)
        low, high = (end, None) if operator[0] == ">" else (None, end)
        closed = operator[1:] == "="
        return RangeNode(start, self._at, low, high, closed and low is not None, closed and high is not None)

    def _context(self, start: int) -> Node:
        self._take("{")
        entries: list[tuple[str, Node]] = []
        with self._frame([]):
            while not self._take("}"):
                if entries:
                    self._need(",")
                key = self._string() if self.text[self._at : self._at + 1] == '"' else self._label()
                self._need(":")
                entries.append((key, self._expression()))
                self._names.add(key)
                self._properties.add(key)
        return syntax.ContextNode(start, self._at, tuple(entries))

    def _if(self, start: int) -> Node:
        condition = self._expression()
        self._need_keyword("then")
        yes = self._expression()
        self._need_keyword("else")
        return syntax.If(start, self._at, condition, yes, self._expression())

    def _for(self, start: int) -> Node:
        iterators = self._iterators(["partial"])
        self._need_keyword("return")
        body = self._expression()
        self._names.pop()
        return syntax.For(start, self._at, iterators, body)

    def _quantified(self, start: int) -> Node:
        every = self.text.startswith("every", start)
        iterators = self._iterators([])
        self._need_keyword("satisfies")
        body = self._expression()
        self._names.pop()
        return syntax.Quantified(start, self._at, every, iterators, body)

    def _iterators(self, implied: list[str]) -> tuple[syntax.Each, ...]:
        """Read `name in source, …`; the frame of names stays open for the body."""
        self._names.push(implied)
        return self._separated(self._iterator)

    def _iterator(self) -> syntax.Each:
        start = self._at
        name = self._label("in")
        self._need_keyword("in")
        source = self._expression()
        to = self._expression() if self._take("..") else None
        self._names.add(name)
        return syntax.Each(start, self._at, name, source, to)

    def _function(self, start: int) -> Node:
        self._need("(")
        parameters = () if self._take(")") else self._separated(self._parameter)
        if parameters:
            self._need(")")
        external = self._keyword("external")
        with self._frame([name for name, _ in parameters]):
            body = self._expression()
        return syntax.FunctionNode(start, self._at, parameters, body, external)

    def _parameter(self) -> tuple[str, TypeNode | None]:
        name = self._label()
        return name, self._type() if self._take(":") else None

    # -- names, arguments, tests, types -------------------------------------------------------------------------

    def _label(self, keyword: str = "") -> str:
        """Read a name that is being made, up to the keyword, or to a sign that no name holds."""
        words: list[str] = []
        at = self._at
        for word, after in tokens(self.text, self._at):
            if word == keyword:
                break
            words.append(word)
            at = after
        if not words or not WORD.match(words[0]):
            raise self._expected("name")
        self._at = at
        self._skip()
        return joined(words)

    def _property(self) -> str:
        known = self._properties.longest(self.text, self._at)
        words: list[tuple[str, int]] = []
        for word, after in tokens(self.text, self._at):
            part = WORD.fullmatch(word) or (words and word[0].isalnum())
            if not part or (words and word in KEYWORDS):
                break
            words.append((word, after))
        if known:
            name, self._at = known
        elif words:
            name, self._at = joined(word for word, _ in words), words[-1][1]
        else:
            raise self._expected("name")
        self._skip()
        return name

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Node], ...]]:
        if self._take(")"):
            return (), ()
        named = self._attempt(self._named)
        positional = () if named else self._separated(self._expression)
        self._need(")")
        return positional, named or ()

    def _named(self) -> tuple[tuple[str, Node], ...]:
        return self._separated(self._named_argument)

    def _named_argument(self) -> tuple[str, Node]:
        name = self._label()
        self._need(":")
        return name, self._expression()

    def _separated(self, read: Callable[[], Parsed]) -> tuple[Parsed, ...]:
        found = [read()]
        while self._take(","):
            found.append(read())
        return tuple(found)

    def _unary_tests(self) -> Tests:
        start = self._at
        if self._take("-"):
            if self._at == len(self.text):
                return Tests(start, self._at, (), anything=True)
            self._at = start
        if negated := self._attempt(self._negated_tests):
            return Tests(start, self._at, negated, negated=True)
        tests = self._separated(self._expression)
        return Tests(start, self._at, tests)

    def _negated_tests(self) -> tuple[Node, ...]:
        self._need_keyword("not")
        tests = self._bracketed_tests()
        if self._at < len(self.text):
            raise self._expected("text.end")
        return tests

    def _type(self) -> TypeNode:
        start = self._at
        for holder in ("list", "range", "context", "function"):
            if self.text.startswith(holder, start) and self._attempt(partial(self._holder, holder)):
                return self._held(start, holder)
        known = self._type_names.longest(self.text, start)
        words = tokens(self.text, start)
        if not words:
            raise self._expected("type")
        if known:
            name, self._at = known
        else:
            name, self._at = words[0]
        self._skip()
        while self._take("."):  # an imported type: import.name
            name += "." + self._property()
        return TypeNode(start, self._at, name)

    def _holder(self, word: str) -> bool:
        self._need_keyword(word)
        self._need("<")
        return True

    def _held(self, start: int, holder: str) -> TypeNode:
        if holder == "context":
            entries = self._separated(self._typed_key)
            self._need(">")
            return TypeNode(
                start, self._at, holder, tuple(kind for _, kind in entries), tuple(key for key, _ in entries)
            )
        items = () if holder == "function" and self._take(">") else self._separated(self._type)
        if items or holder != "function":
            self._need(">")
        if holder == "function":
            self._need("->")
            items = (*items, self._type())
        return TypeNode(start, self._at, holder, items)

    def _typed_key(self) -> tuple[str, TypeNode]:
        key = self._string() if self.text[self._at : self._at + 1] == '"' else self._label()
        self._need(":")
        return key, self._type()

    _SIGNS: dict[str, Callable[["Parser", int], Node]] = {
        **dict.fromkeys("([]", _bracket),
        **dict.fromkeys("<>=!", _open_range),
        "{": _context,
    }
    _KEYWORDS: dict[str, Callable[["Parser", int], Node]] = {
        "if": _if,
        "for": _for,
        "some": _quantified,
        "every": _quantified,
        "function": _function,
    }


def _unescaped(found: re.Match[str]) -> str:
    short, long, other = found.groups()
    if other is not None:
        return _ESCAPES.get(other, found[0])
    code = int(short or long, 16)
    return chr(code) if code <= 0x10FFFF else found[0]
