"""Item definitions: types with a name, components, collections, allowed values and constraints (DMN 1.5, 7.3.3)."""

from collections.abc import Callable, Mapping

from qilian.core.rules.feel.api import (
    ANY,
    DEFAULT,
    SIMPLE,
    Compiler,
    ContextOf,
    Diagnostic,
    Fault,
    FunctionOf,
    ListOf,
    Named,
    Run,
    Scope,
    SyntaxFault,
    Type,
    Value,
    canonical,
    reader,
)

from .said import trouble
from .xml import Element


def read_items(root: Element, imported: Mapping[str, Type], findings: list[Diagnostic]) -> dict[str, Type]:
    """Return the types that a model defines, by name; they may refer to each other and to imported ones."""
    definitions = list(root.all("itemDefinition"))
    types: dict[str, Type] = {**imported, **{canonical(one.get("name")): _opened(one) for one in definitions}}
    for one in definitions:
        named = types[canonical(one.get("name"))]
        assert isinstance(named, Named)
        named.hold.append(_body(one, types, findings))
    for one in definitions:
        if _endless(types[canonical(one.get("name"))], ()):
            name = one.get("name")
            findings.append(Diagnostic("cycle", trouble("cycle", name=name).message, where=name))
            types[canonical(name)] = ANY
    return types


def component_names(root: Element) -> set[str]:
    """Return the names of all components, at any depth: what may stand after a dot."""
    found = set()
    for item in root.all("itemDefinition", "itemComponent"):
        found |= {canonical(component.get("name")) for component in item.all("itemComponent")}
        found |= component_names(item)
    return found


def _opened(item: Element) -> Named:
    """Return the named type before it is known what it names; a collection's values constrain its items."""
    texts = [item.words("typeConstraint")]
    if item.get("isCollection") != "true":
        texts.append(item.words("allowedValues"))
    checks = [_constraint(text) for text in texts if text]
    allowed = (lambda value: all(check(value) for check in checks)) if checks else None
    return Named(canonical(item.get("name")), allowed, "; ".join(filter(None, texts)))


def _body(item: Element, types: Mapping[str, Type], findings: list[Diagnostic]) -> Type:
    body = _single(item, types, findings)
    if item.get("isCollection") != "true":
        return body
    text = item.words("allowedValues")
    if text:
        body = Named(canonical(item.get("name")), _constraint(text), text, [body])
    return ListOf(body)


def _single(item: Element, types: Mapping[str, Type], findings: list[Diagnostic]) -> Type:
    components = list(item.all("itemComponent"))
    if components:
        return ContextOf(tuple((canonical(one.get("name")), _component(one, types, findings)) for one in components))
    function = item.one("functionItem")
    if function:
        kinds = [_ref(one.get("typeRef"), types, findings) for one in function.all("parameters")]
        return FunctionOf(tuple(kinds), _ref(function.get("outputTypeRef"), types, findings))
    return _ref(item.words("typeRef"), types, findings)


def _component(item: Element, types: Mapping[str, Type], findings: list[Diagnostic]) -> Type:
    opened = _opened(item)
    body = _body(item, types, findings)
    return Named(opened.name, opened.allowed, opened.allowed_text, [body]) if opened.allowed else body


def _ref(name: str, types: Mapping[str, Type], findings: list[Diagnostic]) -> Type:
    plain = canonical(name.strip().removeprefix("feel:"))
    found = types.get(plain) or SIMPLE.get(plain) or SIMPLE.get(plain.rpartition(":")[2])
    if found is None and plain:
        findings.append(Diagnostic("type", Fault("type", name=plain).message, where=plain))
    return found or ANY


def _constraint(text: str) -> Callable[[Value], bool]:
    """Return the check of unary tests on a value; a text that is not FEEL forbids nothing."""
    try:
        test = Compiler().tests(reader(text).tests())
    except SyntaxFault:
        return lambda _: True

    def check(value: Value) -> bool:
        return test(Scope({"?": value}, Run(DEFAULT)), value) is True

    return check


def _endless(kind: Type, seen: tuple[str, ...]) -> bool:
    """Whether a type is nothing but itself: only lists and contexts may contain their own type."""
    if not isinstance(kind, Named):
        return False
    return kind.name in seen or _endless(kind.base, (*seen, kind.name))
