"""The table of all operations of the house: `./qilian operations`, and `docs/reference/operations.md`."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from qilian.core.house.forms.api import Form

from .registry import resources
from .shapes import Operation, Resource

_HEAD = """# Operations

Every thing that can be done, said once by its resource: on a page at `/<address>/`, for programs by a POST to
`/api/v1/<address>` (a creation posts to its list). `./qilian operations` prints this page; a test holds it to the
resources.

| thing | operation | address | right | asks for |
|---|---|---|---|---|
"""


def main(_arguments: Sequence[str]) -> int:
    """Print the table."""
    sys.stdout.write(table())
    return 0


def table() -> str:
    """The whole page."""
    return _HEAD + "".join(f"| {' | '.join(row)} |\n" for each in resources() for row in _rows(each))


def _rows(thing: Resource[Any]) -> Iterator[tuple[str, ...]]:
    under = f"<{thing.kind}>" if thing.kind else thing.under
    if thing.creation is not None:
        yield _row(thing, thing.creation, f"{under}/{thing.creation.noun}")
    for whole in thing.together:
        yield _row(thing, whole, f"{under}/{whole.noun}")
    for each in thing.operations:
        yield _row(thing, each, f"{under}/{thing.trunk}<{thing.key}>/{each.noun}")


def _row(thing: Resource[Any], operation: Operation[Any], address: str) -> tuple[str, ...]:
    own = [operation.whose.en] if operation.own is not None else []
    who = [f"`{operation.right}`"] if operation.right else [] if own else ["signed in"]
    return (thing.noun.en, operation.title.en, f"`{address}`", " or ".join((*who, *own)), _asked(operation.form))


def _asked(form: object) -> str:
    if not isinstance(form, Form):
        return "as the record needs"
    return ", ".join(f"`{each.name}`" for each in form.fields) or "nothing"
