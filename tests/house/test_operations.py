"""Every verb with an actor is an operation of a resource, on pages and for programs, or says why not."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import django
from tests.house.source import SRC, module_name

from qilian.core.house.principal import internal, internal_reason
from qilian.core.offers.resource.api import resources

django.setup()


def verbs() -> Iterator[Callable[..., Any]]:
    """The functions with a keyword `actor` that the services of rooms with resources show."""
    declared = {path.parent for path in (SRC / "qilian").rglob("resource.py")}
    for path in sorted((SRC / "qilian").rglob("*.py")):
        if "services" not in (*path.parts, path.stem) or not declared & set(path.parents):
            continue
        module = import_module(module_name(path))
        for name, each in vars(module).items():
            if inspect.isfunction(each) and each.__module__ == module.__name__ and not name.startswith("_"):
                found = inspect.signature(each).parameters.get("actor")
                if found is not None and found.kind is inspect.Parameter.KEYWORD_ONLY:
                    yield each


def said() -> set[Callable[..., Any]]:
    """The verbs of all operations."""
    made = {each.creation.verb for each in resources() if each.creation}
    return made | {each.verb for thing in resources() for each in (*thing.operations, *thing.together)}


def unsaid(found: Iterator[Callable[..., Any]]) -> list[str]:
    known = said()
    return [f"{each.__module__}.{each.__name__}" for each in found if each not in known and not internal_reason(each)]


def test_every_verb_is_an_operation_or_says_why_not() -> None:
    assert unsaid(verbs()) == []


def test_a_verb_that_nobody_can_call_is_caught() -> None:
    def planted(*, actor: object) -> object:
        return actor

    assert len(unsaid(iter([planted]))) == 1
    assert unsaid(iter([internal("the worker does it")(planted)])) == []


def test_addresses_of_operations_are_nouns_and_their_own() -> None:
    for each in resources():
        nouns = [operation.noun for operation in each.operations]
        assert len(nouns) == len(set(nouns)), each.plural
        assert all(noun == noun.lower() and noun.replace("-", "").isalpha() for noun in nouns), each.plural
