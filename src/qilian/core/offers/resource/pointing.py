"""How references to the rows of a resource are named and found, for events and whatever else holds a reference."""

from collections.abc import Callable
from functools import partial
from typing import Any

from qilian.core.house.principal import current_principal
from qilian.core.log.sentences.api import Pointed, Reference

from .shapes import Resource, Row


def reference(of: Resource[Row], find: Callable[[str], Row | None] | None = None) -> Reference:
    """A row by its code, for who may see it; `find` where a reference holds another key than the address does."""
    looked_up: Callable[[str], Any] = find or partial(of.find, "")

    def found(identifier: str) -> Pointed | None:
        row = looked_up(identifier)
        if row is None or not of.seen(current_principal(), row):
            return None
        return Pointed(of.named(row), of.url(row))

    return Reference(of.noun, found)
