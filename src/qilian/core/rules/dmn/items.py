"""Item definitions: types with a name, components, collections, allowed values and constraints (DMN 1.5, 7.3.3)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from qilian.core.rules.feel.api import (
    ANY,
    DEFAULT,
    Account,
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
from .shape import InputColumn, OutputColumn, TableShape
from .source import simple_type
from .xml import Element

_Column = TypeVar("_Column", InputColumn, OutputColumn)


def open_items(root: Element) -> dict[str, Named]:
    """Return the types that a model defines, by name, before it is known what they name."""
    return {canonical(one.get("name")): _opened(one) for one in root.all("itemDefinition")}


def fill_items(root: Element, own: Mapping[str, Named], types: Mapping[str, Type], findings: list[Diagnostic]) -> None:
    """Say what the types of a model name; `types` are all that may be named: its own, and imported ones."""
    for one in root.all("itemDefinition"):
        own[canonical(one.get("name"))].hold[:] = [_body(one, types, findings)]


def close_items(own: Mapping[str, Named], findings: list[Diagnostic]) -> None:
    """Open the types that are nothing but themselves: they are Any, which is a finding."""
    for name, named in own.items():
        if _endless(named, ()):
            findings.append(Diagnostic("cycle", trouble("cycle", name=name).message, where=name))
            named.hold[:] = [ANY]


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
    allowed = (lambda value, run: all(check(value, run) for check in checks)) if checks else None
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
    found = types.get(plain) or simple_type(plain) or simple_type(plain.rpartition(":")[2])
    if found is None and plain:
        findings.append(Diagnostic("type", Fault("type", name=plain).message, where=plain))
    return found or ANY


def _constraint(text: str) -> Callable[[Value, Account], bool]:
    """Return the check of unary tests on a value, paid for by who asks; a text that is not FEEL forbids nothing."""
    try:
        test = Compiler().tests(reader(text).tests())
    except SyntaxFault:
        return lambda _, __: True

    def check(value: Value, account: Account) -> bool:
        run = Run(DEFAULT)
        run.left = account.left
        answer = test(Scope({"?": value}, run), value) is True
        account.spend(account.left - run.left)
        return answer

    return check


def _endless(kind: Type, seen: tuple[int, ...]) -> bool:
    """Whether a type is nothing but itself: only lists and contexts may contain their own type."""
    if not isinstance(kind, Named):
        return False
    return id(kind) in seen or _endless(kind.base, (*seen, id(kind)))


def plainly(shape: TableShape, root: Element) -> TableShape:
    """Return a table with the types that its model defines as what they are: a type of FEEL and the values it allows.

    A table that leaves its model takes no item definitions along; one of several parts stays a name, and a finding.
    """
    items = {canonical(one.get("name")): one for one in root.all("itemDefinition")}

    def known(kind: str, allowed: str) -> tuple[str, str]:
        seen: set[str] = set()
        while (item := items.get(canonical(kind))) is not None and kind not in seen:
            if item.one("itemComponent") or item.get("isCollection") == "true":
                break
            seen.add(kind)
            kind, allowed = item.words("typeRef").strip().removeprefix("feel:"), allowed or item.words("allowedValues")
        return kind, allowed

    def column(of: _Column) -> _Column:
        kind, allowed = known(of.type, of.allowed)
        return replace(of, type=kind, allowed=allowed)

    return replace(shape, inputs=tuple(map(column, shape.inputs)), outputs=tuple(map(column, shape.outputs)))
