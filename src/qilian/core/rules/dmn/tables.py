"""A decision table by itself: read from CSV, YAML or DMN, decided one by one or in columns, explained, dated."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from qilian.core.rules.feel.api import (
    BUILTINS,
    DEFAULT,
    Diagnostic,
    Limits,
    Run,
    Scope,
    SyntaxFault,
    Value,
    canonical,
    guarded,
    reader,
    syntax,
)
from qilian.core.values.text import Refusal, Text

from .boxed import compile_table, table_shape
from .columns import Columns, decide_columns
from .csv_form import read_csv, write_csv
from .dmn_form import write_dmn
from .explain import Trace, trace
from .items import plainly
from .reading import definitions_of
from .said import trouble
from .shape import TableShape
from .source import Source
from .table import CompiledTable
from .yaml_form import read_yaml, write_yaml

_PLAIN = re.compile(r"[^\W\d]\w*(?:\s+\w+)*")


@dataclass(frozen=True)
class Decision:
    """What a table decided: the result, the numbers of the rules that matched, and what failed."""

    result: Value
    matched: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]
    explain: Callable[[], Trace] = field(repr=False, compare=False)

    @cached_property
    def trace(self) -> Trace:
        """Inputs, every rule with what it failed on, and the result, in both languages; made when asked for."""
        return self.explain()


@dataclass(frozen=True)
class Table:
    """A decision table: its written shape, and what is made of it once."""

    shape: TableShape
    limits: Limits = DEFAULT

    @classmethod
    def from_csv(cls, text: str) -> "Table":
        """Read the officials' form; Refusal with the row for what is not a table."""
        return cls(read_csv(text))

    @classmethod
    def from_yaml(cls, text: str) -> "Table":
        """Read the compact form of packs; Refusal for what is not a table."""
        return cls(read_yaml(text))

    @classmethod
    def from_dmn(cls, data: bytes | str, name: str = "") -> "Table":
        """Read the table of a decision in a DMN file, by its name or the first; Refusal when there is none."""
        definitions = definitions_of(data)
        for decision in definitions.all("decision"):
            table = decision.one("decisionTable")
            title = canonical(decision.get("name"))
            if table is not None and name in ("", title):
                return cls(plainly(table_shape(table, title, definitions.get("expressionLanguage")), definitions))
        raise Refusal("rules.table.none", Text("文件中没有这张决策表。", "The file has no such table."), where=name)

    @staticmethod
    def names_in(data: bytes | str) -> tuple[str, ...]:
        """Return the names of the decisions in a DMN file that are tables; Refusal for what is no DMN."""
        decisions = definitions_of(data).all("decision")
        return tuple(canonical(one.get("name")) for one in decisions if one.one("decisionTable"))

    def to_csv(self, language: str = "zh") -> str:
        """Return the officials' form, headed in `zh` or `en`; reading it gives this table back.

        Refusal for a table that cannot decide, in this form and the others: its rules do not fit its columns.
        """
        self._whole()
        return write_csv(self.shape, language)

    def to_yaml(self) -> str:
        """Return the compact form; reading it gives this table back."""
        self._whole()
        return write_yaml(self.shape)

    def to_dmn(self) -> str:
        """Return a DMN 1.5 file with this table as its decision."""
        self._whole()
        return write_dmn(self.shape, self.names)

    def _whole(self) -> None:
        for problem in self.shape.problems:
            message = trouble(problem.code, **problem.values).message
            raise Refusal(f"rules.table.{problem.code}", message, where=self.shape.name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The inputs that a decision needs: the names in its input expressions and cells, in their order."""
        shape = self.shape
        texts = [column.expression for column in shape.inputs]
        whole = [canonical(text) for text in texts if is_plain_name(text)]
        found = dict.fromkeys(whole)
        texts += [column.allowed for column in shape.inputs]
        texts += [text for output in shape.outputs for text in (output.allowed, output.default)]
        texts += [cell for rule in shape.rules for cell in (*rule.inputs, *rule.outputs)]
        for text in dict.fromkeys(texts):
            found.update(dict.fromkeys(self._free(text, whole)))
        return tuple(found)

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What cannot be read in the table's cells; each says which cell."""
        source = self._source
        assert self.compiled
        return tuple(source.findings)

    def read(self, text: str, *, result: bool) -> tuple[Diagnostic, ...]:
        """What cannot be read of one cell's text: a condition, or a result."""
        source = Source(names=self.names, limits=self.limits, where=self.shape.name)
        source.expression(text) if result else source.cell(text)
        return tuple(source.findings)

    @cached_property
    def compiled(self) -> CompiledTable:
        """The table ready to decide."""
        return compile_table(self.shape, self._source)

    @cached_property
    def _source(self) -> Source:
        return Source(names=self.names, findings=[], limits=self.limits, where=self.shape.name)

    def _free(self, text: str, known: Sequence[str]) -> list[str]:
        try:
            tree = reader(text, known, limits=self.limits).tests()
        except SyntaxFault:
            return []
        return free_names(tree)

    def decide(self, inputs: Mapping[str, object], *, now: datetime | None = None) -> Decision:
        """Decide one case; an input that is missing is null. Never raises for what the table says."""
        table, run = self.compiled, Run(self.limits, now)
        scope, values, matched = Scope({}, run), [None] * len(table.inputs), list[int]()

        def decide(found: Scope) -> Value:
            nonlocal scope, values
            scope = found
            table.check()
            values = table.values(scope)
            matched.extend(table.matching(scope, values))
            return table.answer(scope, matched)

        outcome = guarded(run, decide, {name: inputs.get(name) for name in self.names})
        numbers = tuple(index + 1 for index in matched)
        return Decision(outcome.value, numbers, outcome.diagnostics, lambda: trace(table, scope, values, outcome.value))

    def decide_columns(self, columns: Mapping[str, Sequence[object]]) -> Columns:
        """Decide many cases given as columns by the names of the inputs; Refusal when they differ in length."""
        return decide_columns(self.compiled, self.names, self.limits, columns)


def is_plain_name(text: str) -> bool:
    """Whether an input expression is nothing but a name: words without signs, such as 年综合能源消费量."""
    return bool(_PLAIN.fullmatch(text.strip()))


def free_names(tree: syntax.Node) -> list[str]:
    """Return the names in a tree that neither it nor the built-in functions define."""
    bound = {"?", "item", "partial", *BUILTINS}
    for node in syntax.walk(tree):
        if isinstance(node, syntax.Each):
            bound.add(node.name)
        elif isinstance(node, syntax.FunctionNode):
            bound.update(name for name, _ in node.parameters)
        elif isinstance(node, syntax.ContextNode):
            bound.update(key for key, _ in node.entries)
    return [node.name for node in syntax.walk(tree) if isinstance(node, syntax.Name) and node.name not in bound]
