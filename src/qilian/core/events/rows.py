"""A fact as a row, and a row as the fact that its digest covers: every column of one is a field of the other."""

from dataclasses import fields
from typing import Any

from .hashing import log_hash
from .kernel.canonical import Fact, digest
from .models import Event

_COLUMNS = tuple(item.name for item in fields(Fact))


def row_of(fact: Fact) -> Event:
    """Return the row of a fact with its digest, not yet saved."""
    values: dict[str, Any] = {name: getattr(fact, name) for name in _COLUMNS}
    return Event(**values, digest=digest(fact, log_hash()))


def fact_of_row(event: Event) -> Fact:
    """Return the fact that a row states today; its digest equals the stored one unless somebody changed the row."""
    values: dict[str, Any] = {name: getattr(event, name) for name in _COLUMNS}
    return Fact(**values)
