"""What the texts of a model are compiled against: names in scope, names of components, item definitions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qilian.core.rules.feel.api import (
    BUILTINS,
    DEFAULT,
    SIMPLE,
    Code,
    Compiler,
    Diagnostic,
    Fault,
    Limits,
    Parser,
    Scope,
    SyntaxFault,
    Type,
    Value,
    canonical,
    conform,
    reader,
    syntax,
)
from qilian.core.values.text import Text

from .index import Cell, Test, spans_of, turned
from .said import trouble


@dataclass(frozen=True, slots=True)
class Source:
    """The surroundings of an expression; `findings` collects what cannot be compiled, while reading."""

    names: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    types: Mapping[str, Type] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    limits: Limits = DEFAULT
    where: str = ""
    language: str = ""

    def with_names(self, *names: str) -> "Source":
        """Return the same surroundings with more names in scope."""
        return replace(self, names=(*self.names, *names))

    def expression(self, text: str, language: str = "") -> Code:
        """Compile an expression; a text that is not FEEL is null with a diagnostic whenever it is evaluated."""
        if not text.strip():
            return lambda _: None
        if foreign(language or self.language, text):
            return self.broken(trouble("language", name=language or self.language), text)
        try:
            tree = self._reader(text).expression()
        except SyntaxFault as fault:
            return self.broken(fault, text)
        return Compiler(self.types).compile(tree)

    def tests(self, text: str) -> Test | None:
        """Compile unary tests; None for no test at all."""
        return self.cell(text).test

    def cell(self, text: str) -> Cell:
        """Compile unary tests with what their text tells of the values that they let in."""
        if text.strip() in ("", "-"):
            return Cell()
        try:
            tree = self._reader(text).tests()
        except SyntaxFault as fault:
            code = self.broken(fault, text)
            return Cell(lambda scope, _: code(scope), None, fixed=False)
        return Cell(Compiler(self.types).tests(tree), spans_of(tree), turned(tree), self._fixed(tree))

    def is_fixed(self, text: str) -> bool:
        """Whether an expression names nothing, so that it comes to the same in every case."""
        try:
            return not text.strip() or self._fixed(self._reader(text).expression())
        except SyntaxFault:
            return False

    def _fixed(self, tree: syntax.Node) -> bool:
        found = {node.name for node in syntax.walk(tree) if isinstance(node, syntax.Name)} - {"?"}
        return found.isdisjoint(self.names) and found <= BUILTINS.keys() - _OF_THE_MOMENT

    def values(self, text: str) -> Code | None:
        """Compile the values that unary tests list, in their order; None when there are none."""
        if not text.strip():
            return None
        try:
            tree = self._reader(text).tests()
        except SyntaxFault:
            return None
        return Compiler(self.types).compile(syntax.ListNode(tree.start, tree.end, tree.tests))

    def _reader(self, text: str) -> Parser:
        return reader(text, self.names, properties=self.properties, types=self.types, limits=self.limits)

    def broken(self, fault: Fault, text: str) -> Code:
        """Report a text that is not FEEL, and return code that reports it again when it is evaluated."""
        shown = Text(f"{fault.message.zh}（“{_short(text)}”）", f"{fault.message.en} (“{_short(text)}”)")
        start, end = (fault.start, fault.end) if isinstance(fault, SyntaxFault) else (0, len(text))
        self.findings.append(Diagnostic(fault.code, shown, start, end, self.where))

        def run(scope: Scope) -> Value:
            scope.run.note(fault, start, end)
            return None

        return run

    def type(self, name: str) -> Type | None:
        """Return the type that a typeRef names; None for none, Any or an unknown one, which is a finding."""
        plain = canonical(name.rpartition(":")[2])
        if plain in ("", "Any", "any"):
            return None
        found = self.types.get(plain) or simple_type(plain)
        if found is None:
            self.findings.append(Diagnostic("type", Fault("type", name=plain).message, where=self.where))
        return found

    def typed(self, code: Code, name: str) -> Code:
        """Return code whose value is converted to a type; what does not conform is null with a diagnostic."""
        kind = self.type(name)
        return code if kind is None else converting(code, kind)


def converting(code: Code, kind: Type) -> Code:
    """Return code whose value is converted to a type."""

    def run(scope: Scope) -> Value:
        value = code(scope)
        try:
            return conform(value, kind, scope.run)
        except Fault as fault:
            scope.run.note(fault)
            return None

    return run


def simple_type(name: str) -> Type | None:
    """Return a type of FEEL by its name, or by what other makers and XML Schema call it; None for an unknown name."""
    return SIMPLE.get(name) or _ALIASES.get(name.lower())


def foreign(language: str, text: str) -> bool:
    """Whether a text is in a language that is not FEEL, and is none of the words that mean the same in all of them."""
    return bool(language.strip()) and "feel" not in language.lower() and not _COMMON.fullmatch(text.strip())


_COMMON = re.compile(r'-?\d+(?:\.\d+)?|"[^"\\\n]*"|[A-Za-z_]\w*|-?', re.ASCII)
"""A number, a string, a name, an empty cell."""
_NUMBERS = ("integer", "int", "long", "short", "byte", "double", "float", "decimal", "number")
_ALIASES: Mapping[str, Type] = {
    **dict.fromkeys(_NUMBERS, SIMPLE["number"]),
    **{name.lower(): kind for name, kind in SIMPLE.items()},
    "datetime": SIMPLE["date and time"],
}
"""Types as Camunda, Flowable, Drools, Signavio and XML Schema write them; they all compute with one kind of number."""
_OF_THE_MOMENT = frozenset({"today", "now"})


class Cells:
    """Reads the cells of one table: what stands in several is compiled once. `fixed` while no result names anything."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tests: dict[str, Cell] = {}
        self._results: dict[str, Code] = {}
        self.fixed = True

    def test(self, text: str) -> Cell:
        """Return an input cell."""
        if text not in self._tests:
            self._tests[text] = self._source.cell(text)
        return self._tests[text]

    def result(self, text: str) -> Code:
        """Return an output cell."""
        if text not in self._results:
            self._results[text] = self._source.expression(text, "FEEL")
            self.fixed = self.fixed and self._source.is_fixed(text)
        return self._results[text]


def joined_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names each once, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
