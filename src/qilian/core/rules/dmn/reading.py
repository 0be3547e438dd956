"""From DMN XML, versions 1.1 to 1.5, to a model."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qilian.core.rules.feel.api import DEFAULT, ContextOf, Diagnostic, Limits, ListOf, Named, Type, canonical, unnamed
from qilian.core.values.text import Refusal, Text

from .boxed import compile_box, expression_in
from .items import close_items, component_names, fill_items, open_items
from .model import Model, Node
from .said import trouble
from .source import Source, joined_names
from .xml import Element, parse

_KINDS = {
    "inputData": "input",
    "decision": "decision",
    "businessKnowledgeModel": "knowledge",
    "decisionService": "service",
}
_REQUIRED = ("requiredDecision", "requiredInput", "requiredKnowledge")
_DEEPEST = 3
Imports = Mapping[str, bytes | str] | Callable[[str], "bytes | str | None"]


def read_model(data: bytes | str, *, imports: Imports | None = None, limits: Limits = DEFAULT) -> Model:
    """Read a model; `imports` finds the text of another by its namespace, as a mapping or a function.

    Refusal for a file that is not DMN or an import that is not found; what is wrong inside is in `findings`.
    """
    return _Reader(imports or {}, limits).read(parse(data))


def definitions_of(data: bytes | str) -> Element:
    """Return the root of a DMN file; Refusal for a file that is none."""
    return _definitions(parse(data))


def namespace_of(data: bytes | str) -> str:
    """Return the namespace of a model without reading the rest; Refusal for a file that is not DMN."""
    return _definitions(parse(data)).get("namespace")


def _definitions(root: Element) -> Element:
    if root.tag != "definitions" or "dmn" not in root.namespace.lower():
        message = Text("文件不是 DMN 决策模型。", "The file is no DMN model.")
        raise Refusal("rules.model.form", message, where=f"<{root.tag}>")
    return root


@dataclass(slots=True)
class _Opened:
    """A model that is being read, with its text as a tree and the models it imports by the names they have in it."""

    model: Model
    root: Element
    own: dict[str, Named]
    imports: dict[str, Model] = field(default_factory=dict)


class _Reader:
    """Reads a model and those it imports, each once: first every one is opened, then its names are looked up.

    So models may import each other, as long as no decision depends on itself: that is a finding, and null.
    """

    def __init__(self, imports: Imports, limits: Limits) -> None:
        self._imports, self._limits = imports, limits
        self._opened: dict[str, _Opened] = {}

    def read(self, root: Element) -> Model:
        """Read one model and everything it imports."""
        model = self._open(root)
        for one in self._opened.values():
            one.model.types = self._types(one.model, [])
        for one in self._opened.values():
            fill_items(one.root, one.own, one.model.types, one.model.findings)
        for one in self._opened.values():
            close_items(one.own, one.model.findings)
        for one in self._opened.values():
            self._gather(one.root, one.model)
        listed = frozenset(node.name for one in self._opened.values() for node in one.model.nodes.values())
        for one in self._opened.values():
            one.model.listed = listed
            for node in one.model.nodes.values():
                self._require(node, one.imports)
        for node in _circular([node for one in self._opened.values() for node in one.model.nodes.values()]):
            node.model.findings.append(Diagnostic("cycle", trouble("cycle", name=node.name).message, where=node.name))
        for one in self._opened.values():
            properties = component_names(one.root).union(*(_names(each) for each in one.imports.values()))
            for node in one.model.nodes.values():
                _finish(node, properties)
        return model

    def _open(self, root: Element) -> Model:
        """Open a model, and before that all that it imports, in their order; other kinds of import are left alone."""
        definitions = _definitions(root)
        model = Model(definitions.get("name"), definitions.get("namespace"), limits=self._limits)
        model.language = definitions.get("expressionLanguage")
        opened = self._opened[model.namespace] = _Opened(model, definitions, open_items(definitions))
        for one in definitions.all("import"):
            if "dmn" not in one.get("importType").lower():
                continue
            namespace = one.get("namespace")
            if namespace not in self._opened:
                self._open(parse(self._text(namespace, one)))
            found = self._opened.get(namespace)
            if found is None:
                raise _missing(namespace, one)
            opened.imports[canonical(one.get("name"))] = found.model
        return model

    def _types(self, model: Model, above: list[Model]) -> dict[str, Type]:
        """Return all types that a model may name: its own, and imported ones as `alias.name`.

        An import without a name brings the bare names. A loop of imports ends where it comes back.
        """
        opened = self._opened[model.namespace]
        found: dict[str, Type] = {}
        for alias, imported in opened.imports.items():
            if imported is model or imported in above or len(above) > _DEEPEST:
                continue
            inner = self._types(imported, [*above, model])
            found.update({f"{alias}.{name}" if alias else name: kind for name, kind in inner.items()})
        return {**found, **opened.own}

    def _text(self, namespace: str, one: Element) -> bytes | str:
        text = self._imports(namespace) if callable(self._imports) else self._imports.get(namespace)
        if text is None:
            raise _missing(namespace, one)
        return text

    def _gather(self, definitions: Element, model: Model) -> None:
        for element in definitions.all(*_KINDS):
            variable = element.one("variable")
            source = Source(types=model.types, findings=model.findings, where=element.get("name"))
            kind = source.type(variable.get("typeRef")) if variable else None
            name = canonical(element.get("name"))
            identifier = element.get("id") or f"{element.tag}:{name}"
            model.nodes[identifier] = Node(_KINDS[element.tag], name, model, element, kind)

    def _require(self, node: Node, imported: Mapping[str, Model]) -> None:
        for group in node.element.all("informationRequirement", "knowledgeRequirement"):
            for required in group.all(*_REQUIRED):
                self._link(node, required.get("href"), imported)
        node.borrowed = list(_borrowed(node))
        if node.kind == "service":
            found = {
                tag: [self._target(node, one.get("href")) for one in node.element.all(tag)]
                for tag in ("outputDecision", "inputData", "inputDecision")
            }
            node.outputs = [one for one in found["outputDecision"] if one]
            node.parameters = [one for tag in ("inputData", "inputDecision") for one in found[tag] if one]

    def _link(self, node: Node, href: str, imported: Mapping[str, Model]) -> None:
        target = self._target(node, href)
        if target is None:
            return
        alias = ""
        if target.model is not node.model:
            alias = next((name for name, model in imported.items() if model is target.model), target.model.name)
        node.requires.append((target.name, alias, target))

    def _target(self, node: Node, href: str) -> Node | None:
        """Return the node that a reference names: `#id` here, `namespace#id` there."""
        namespace, _, identifier = href.rpartition("#")
        opened = self._opened.get(namespace) if namespace else None
        model = opened.model if opened else None if namespace else node.model
        found = model.nodes.get(identifier) if model else None
        if found is None:
            message = Text("引用不存在：{href}。", "The reference leads nowhere: {href}.").filled(href=href)
            node.model.findings.append(Diagnostic("reference", message, where=node.name))
        return found


def _circular(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the decisions at which a chain of required decisions comes back; functions may call themselves."""
    done: set[int] = set()
    above: set[int] = set()
    for first in nodes:
        way: list[tuple[Node, Iterator[Node]]] = []
        ahead: Iterator[Node] = iter([first])
        while True:
            after = next(ahead, None)
            if after is None:
                if not way:
                    break
                node, ahead = way.pop()
                done.add(id(node))
                above.discard(id(node))
            elif id(after) in above:
                yield after
            elif after.kind == "decision" and id(after) not in done:
                above.add(id(after))
                way.append((after, ahead))
                ahead = iter([target for _, _, target in after.requires])


def _borrowed(node: Node) -> Iterator[tuple[str, Node, str]]:
    """Yield what else required nodes are called, if nothing is called so: the name of a variable that differs from its
    node's, and the outputs of a decision without a variable, as Camunda and Flowable write them.
    """
    taken = {alias or name for name, alias, _ in node.requires}
    for _, alias, target in node.requires:
        variable = target.element.one("variable")
        table = None if alias or variable else target.element.one("decisionTable")
        outputs = [canonical(one.get("name")) for one in table.all("output")] if table else []
        found = [(name, name if len(outputs) > 1 else "") for name in outputs]
        if variable and not alias:
            found.append((canonical(variable.get("name")), ""))
        for name, part in found:
            if name and name not in taken:
                taken.add(name)
                yield name, target, part


def _finish(node: Node, properties: set[str]) -> None:
    """Compile a node's logic, now that everything it may name is known."""
    scope = [alias or name for name, alias, _ in node.requires] + [name for name, _, _ in node.borrowed]
    source = Source(
        names=joined_names([*scope, node.name] if node.kind == "knowledge" else scope),
        properties=tuple(sorted(properties | {name for name, alias, _ in node.requires if alias})),
        types=node.model.types,
        findings=node.model.findings,
        limits=node.model.limits,
        where=node.name,
        language=node.model.language,
    )
    if node.kind == "knowledge":
        logic = node.element.one("encapsulatedLogic")
        if logic is not None:
            logic.tag = "functionDefinition"
            variable = node.element.one("variable")
            if variable is not None and not logic.get("typeRef"):
                logic.attributes["typeRef"] = variable.get("typeRef")
            node.code = compile_box(logic, source)
    elif node.kind == "decision" and (box := expression_in(node.element)):
        node.code = compile_box(box, source)


def _missing(namespace: str, one: Element) -> Refusal:
    message = Text("找不到被引用的模型：{namespace}。", "The imported model is missing: {namespace}.")
    return Refusal("rules.model.import", message.filled(namespace=namespace), where=f"line {one.line}")


def _names(model: Model) -> set[str]:
    """Return the names of a model's nodes and of the components that its types have."""
    found = {node.name for node in model.nodes.values()}
    return found.union(*map(_keys, model.types.values()))


def _keys(kind: Type) -> set[str]:
    """Return the keys of all contexts in a type, which may contain itself."""
    found: set[str] = set()
    seen: list[Type] = []
    ahead = [kind]
    while ahead:
        inner = unnamed(ahead.pop())
        if any(inner is one for one in seen):
            continue
        seen.append(inner)
        match inner:
            case ContextOf(entries):
                found |= {key for key, _ in entries}
                ahead += [one for _, one in entries]
            case ListOf(item):
                ahead.append(item)
    return found
