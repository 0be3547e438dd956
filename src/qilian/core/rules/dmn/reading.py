"""From DMN XML, versions 1.1 to 1.5, to a model."""

from collections.abc import Callable, Mapping

from qilian.core.rules.feel.api import DEFAULT, ContextOf, Diagnostic, Limits, ListOf, Type, canonical, unnamed
from qilian.core.values.text import Refusal, Text

from .boxed import compile_box, expression_in
from .items import component_names, read_items
from .model import Model, Node
from .source import Source, joined_names
from .xml import Element, parse

_KINDS = {
    "inputData": "input",
    "decision": "decision",
    "businessKnowledgeModel": "knowledge",
    "decisionService": "service",
}
_REQUIRED = ("requiredDecision", "requiredInput", "requiredKnowledge")
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


class _Reader:
    """Reads a model and those it imports, each once."""

    def __init__(self, imports: Imports, limits: Limits) -> None:
        self._imports, self._limits = imports, limits
        self._read: dict[str, Model] = {}
        self._opened: set[str] = set()

    def read(self, root: Element) -> Model:
        """Read one model and everything it imports."""
        definitions = _definitions(root)
        model = Model(definitions.get("name"), definitions.get("namespace"), limits=self._limits)
        self._opened.add(model.namespace)
        imported = self._imported(definitions)
        self._read[model.namespace] = model
        model.types = read_items(definitions, _imported_types(imported), model.findings)
        self._gather(definitions, model)
        properties = component_names(definitions) | {name for one in imported.values() for name in _names(one)}
        for node in model.nodes.values():
            self._require(node, imported)
        for node in model.nodes.values():
            _finish(node, properties)
        return model

    def _imported(self, definitions: Element) -> dict[str, Model]:
        """Return the imported models by the names that they have here; other kinds of import are left alone."""
        found: dict[str, Model] = {}
        for one in definitions.all("import"):
            namespace = one.get("namespace")
            if "dmn" not in one.get("importType").lower():
                continue
            if namespace not in self._read:
                found[canonical(one.get("name"))] = self.read(parse(self._text(namespace, one)))
            else:
                found[canonical(one.get("name"))] = self._read[namespace]
        return found

    def _text(self, namespace: str, one: Element) -> bytes | str:
        if namespace in self._opened:
            message = Text("模型互相引用：{namespace}。", "Models import each other: {namespace}.")
            raise Refusal("rules.model.cycle", message.filled(namespace=namespace), where=f"line {one.line}")
        text = self._imports(namespace) if callable(self._imports) else self._imports.get(namespace)
        if text is None:
            message = Text("找不到被引用的模型：{namespace}。", "The imported model is missing: {namespace}.")
            raise Refusal("rules.model.import", message.filled(namespace=namespace), where=f"line {one.line}")
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
        model = self._read.get(namespace) if namespace else node.model
        found = model.nodes.get(identifier) if model else None
        if found is None:
            message = Text("引用不存在：{href}。", "The reference leads nowhere: {href}.").filled(href=href)
            node.model.findings.append(Diagnostic("reference", message, where=node.name))
        return found


def _finish(node: Node, properties: set[str]) -> None:
    """Compile a node's logic, now that everything it may name is known."""
    scope = [alias or name for name, alias, _ in node.requires]
    source = Source(
        names=joined_names([*scope, node.name] if node.kind == "knowledge" else scope),
        properties=tuple(sorted(properties | {name for name, alias, _ in node.requires if alias})),
        types=node.model.types,
        findings=node.model.findings,
        limits=node.model.limits,
        where=node.name,
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


def _imported_types(imported: Mapping[str, Model]) -> dict[str, Type]:
    """Return imported types by the names they have here: `alias.name`, or the bare name of an import without one."""
    return {
        f"{alias}.{name}" if alias else name: kind
        for alias, model in imported.items()
        for name, kind in model.types.items()
    }


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
