"""A decision model: nodes with requirements, evaluated once each; knowledge models and services are functions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import DecimalException
from functools import cached_property

from qilian.core.rules.feel.api import (
    DEFAULT,
    Code,
    Diagnostic,
    Fault,
    Function,
    Limits,
    Parameter,
    Run,
    Scope,
    Type,
    Value,
    completed,
    conform,
    invoke,
    to_feel,
)
from qilian.core.values.text import Refusal, Text

from .boxed import result_type
from .explain import Recorded, Trace, trace
from .said import trouble
from .xml import Element

Inputs = Mapping[str, object]


@dataclass(slots=True, eq=False)
class Node:
    """An input, decision, knowledge model or service; `requires` are (name in scope, alias of its import, node)."""

    kind: str
    name: str
    model: "Model"
    element: Element
    type: Type | None = None
    code: Code | None = None
    requires: list[tuple[str, str, "Node"]] = field(default_factory=list)
    borrowed: list[tuple[str, "Node", str]] = field(default_factory=list)
    """Other names of what is required, as other makers mean them: (name in scope, node, entry of its value)."""
    outputs: list["Node"] = field(default_factory=list)
    parameters: list["Node"] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name that is unique among models."""
        return f"{self.model.namespace}#{self.name}"


@dataclass(frozen=True)
class Result:
    """What an evaluation came to: the value asked for, the values of all nodes on the way, and what failed."""

    value: Value
    values: Mapping[str, Value]
    diagnostics: tuple[Diagnostic, ...]
    recorded: Sequence[Recorded] = field(default=(), repr=False, compare=False)

    @cached_property
    def trace(self) -> tuple[Trace, ...]:
        """The traces of the decision tables on the way, in the order they decided; made when asked for."""
        return tuple(trace(*one) for one in self.recorded)


@dataclass(slots=True, eq=False)
class Model:
    """A model as it was read; `findings` are what is wrong with it before anything is evaluated."""

    name: str
    namespace: str
    types: dict[str, Type] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    limits: Limits = DEFAULT
    language: str = ""
    listed: frozenset[str] = frozenset()
    """The names of all nodes of the models that were read together."""

    def named(self, name: str, *kinds: str) -> Node:
        """Return the node with a name; Refusal when the model has none."""
        for node in self.nodes.values():
            if node.name == name and (not kinds or node.kind in kinds):
                return node
        message = Text("模型“{model}”中没有“{name}”。", "The model “{model}” has no “{name}”.")
        raise Refusal("rules.model.node", message.filled(model=self.name, name=name), where=name)

    def of_kind(self, kind: str) -> Iterator[Node]:
        """Yield the nodes of a kind: input, decision, knowledge or service."""
        return (node for node in self.nodes.values() if node.kind == kind)

    def evaluate(self, name: str, inputs: Inputs, *, now: datetime | None = None) -> Result:
        """Evaluate a decision by its name, with the values of inputs by theirs (`namespace#name` for imported ones).

        A name of an input that is a decision replaces its logic. Refusal for a name the model does not have.
        """
        evaluation = Evaluation(Run(self.limits, now), inputs)
        return evaluation.result(self.named(name, "decision", "knowledge", "input"))

    def call(self, name: str, arguments: Inputs, *, now: datetime | None = None) -> Result:
        """Call a business knowledge model by its name, with its arguments by theirs."""
        run = Run(self.limits, now)
        evaluation = Evaluation(run, {})
        node = self.named(name, "knowledge")
        given = {key: to_feel(value) for key, value in arguments.items()}
        return evaluation.result(node, lambda: invoke(evaluation.value(node), (), given, run))

    def evaluate_service(self, name: str, inputs: Inputs, *, now: datetime | None = None) -> Result:
        """Evaluate a decision service by its name; inputs that are not given are null."""
        node = self.named(name, "service")
        run = Run(self.limits, now)
        evaluation = Evaluation(run, inputs)
        given = {parameter.name: to_feel(inputs.get(parameter.name)) for parameter in node.parameters}
        return evaluation.result(node, lambda: _serve(node, run, [given[one.name] for one in node.parameters]))


class Evaluation:
    """One evaluation of a model: every node's value is found once."""

    def __init__(self, run: Run, inputs: Inputs) -> None:
        self._run, self._inputs = run, inputs
        self._values: dict[int, Value] = {}
        self._names: dict[str, Value] = {}
        self._open: set[int] = set()

    def result(self, node: Node, compute: object = None) -> Result:
        """Return the value of a node with everything that was found on the way."""
        value: Value = None
        try:
            value = compute() if callable(compute) else self.value(node)
        except RecursionError:
            self._run.note(Fault("deep"))
        except (DecimalException, OverflowError):
            self._run.note(Fault("range.number"))
        except Fault as fault:
            self._run.note(fault)
        return Result(value, self._names, tuple(self._run.diagnostics), self._run.trace)

    def give(self, node: Node, value: Value) -> None:
        """Set the value of a node in advance."""
        self._values[id(node)] = value

    def value(self, node: Node) -> Value:
        """Return the value of a node; Fault when it depends on itself."""
        key = id(node)
        if key not in self._values:
            if key in self._open:
                raise trouble("cycle", name=node.name)
            self._open.add(key)
            outer, self._run.where = self._run.where, node.name
            self._values[key] = self._names[node.name] = self._find(node)
            self._run.where = outer
            self._open.discard(key)
        return self._values[key]

    def _find(self, node: Node) -> Value:
        given = node.key if node.key in self._inputs else node.name
        if node.kind in ("input", "decision") and given in self._inputs:
            value = to_feel(self._inputs[given])
            return self._conformed(node, completed(value, node.type) if node.type else value)
        if node.kind == "input":
            self._run.note(trouble("missing", name=node.name))
            return None
        if node.kind == "service":
            return service_function(node)
        if node.code is None:
            self._run.note(trouble("empty", name=node.name))
            return None
        names: dict[str, Value] = {}
        scope = Scope(names, self._run, self._undeclared(node.model))
        if node.kind == "knowledge":
            function = node.code(scope)
            self._values[id(node)] = function  # it may call itself, directly or through others
            names.update({node.name: function} | self._required(node))
            return function
        names.update(self._required(node))
        return self._conformed(node, node.code(scope))

    def _undeclared(self, model: "Model") -> Scope | None:
        """Return the inputs that no node is called after: other makers name what their model does not list."""
        given = self._inputs.items()
        found = {name: to_feel(value) for name, value in given if name not in model.listed and "#" not in name}
        return Scope(found, self._run) if found else None

    def _required(self, node: Node) -> dict[str, Value]:
        names: dict[str, Value] = {}
        for name, alias, required in node.requires:
            value = self.value(required)
            if alias:
                names.setdefault(alias, {})[name] = value
            else:
                names[name] = value
        for name, required, part in node.borrowed:
            value = self.value(required)
            names[name] = value.get(part) if part and isinstance(value, dict) else value
        return names

    def _conformed(self, node: Node, value: Value) -> Value:
        if node.type is None:
            return value
        try:
            return conform(value, node.type, self._run)
        except Fault as fault:
            self._run.note(fault)
            return None


def service_function(node: Node) -> Function:
    """Return a decision service as a function: its input data come first, then its input decisions."""
    parameters = [Parameter(one.name, one.type) for one in node.parameters]

    def call(run: Run, *arguments: Value) -> Value:
        return _serve(node, run, list(arguments))

    return Function(node.name, parameters, call, result_type(node.type))


def _serve(node: Node, run: Run, arguments: list[Value]) -> Value:
    """Evaluate the output decisions of a service with its parameters as the only inputs."""
    inner = Evaluation(run, {})
    for parameter, value in zip(node.parameters, arguments, strict=True):
        inner.give(parameter, conform(value, parameter.type, run) if parameter.type else value)
    values = {output.name: inner.value(output) for output in node.outputs}
    made = next(iter(values.values())) if len(values) == 1 else values
    kind = result_type(node.type)
    return conform(made, kind, run) if kind else made
