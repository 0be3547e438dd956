"""What the texts of a model are compiled against: names in scope, names of components, item definitions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from qilian.core.rules.feel.api import (
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


@dataclass(frozen=True, slots=True)
class Source:
    """The surroundings of an expression; `findings` collects what cannot be compiled, while reading."""

    names: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    types: Mapping[str, Type] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    limits: Limits = DEFAULT
    where: str = ""

    def with_names(self, *names: str) -> "Source":
        """Return the same surroundings with more names in scope."""
        return replace(self, names=(*self.names, *names))

    def expression(self, text: str, null: bool = True) -> Code:
        """Compile an expression; a text that is not FEEL is null with a diagnostic whenever it is evaluated."""
        if not text.strip() and null:
            return lambda _: None
        try:
            tree = self._reader(text).expression()
        except SyntaxFault as fault:
            return self.broken(fault, text)
        return Compiler(self.types).compile(tree)

    def tests(self, text: str) -> Callable[[Scope, Value], bool | None] | None:
        """Compile unary tests; None for no test at all."""
        if text.strip() in ("", "-"):
            return None
        try:
            tree = self._reader(text).tests()
        except SyntaxFault as fault:
            code = self.broken(fault, text)
            return lambda scope, _: code(scope)
        return Compiler(self.types).tests(tree)

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

    def broken(self, fault: SyntaxFault, text: str) -> Code:
        """Report a text that is not FEEL, and return code that reports it again when it is evaluated."""
        shown = Text(f"{fault.message.zh}（“{_short(text)}”）", f"{fault.message.en} (“{_short(text)}”)")
        self.findings.append(Diagnostic(fault.code, shown, fault.start, fault.end, self.where))

        def run(scope: Scope) -> Value:
            scope.run.note(fault, fault.start, fault.end)
            return None

        return run

    def type(self, name: str) -> Type | None:
        """Return the type that a typeRef names; None for none, Any or an unknown one, which is a finding."""
        plain = canonical(name.rpartition(":")[2])
        if plain in ("", "Any", "any"):
            return None
        found = self.types.get(plain) or SIMPLE.get(plain)
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
            return conform(value, kind)
        except Fault as fault:
            scope.run.note(fault)
            return None

    return run


def joined_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names each once, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
