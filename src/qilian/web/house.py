"""The house is furnished once at start: every part that lies in the tree presents itself, every pack is handed in.

A part is a module `part.py` that says PART, a pack a module `pack.py` that says PACK; deleting its folder is enough to
take it out of the house.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TypeVar

from django.conf import settings

from qilian.core.packs.api import Pack, Part, install, register

Declared = TypeVar("Declared")


def furnish() -> None:
    """Register all parts in the order of the floors, and install the packs in the order of the plan."""
    for part in _found("part", "PART", Part):
        register(part)
    install(sorted(_found("pack", "PACK", Pack), key=_plan_order))


def _plan_order(pack: Pack) -> tuple[int, ...]:
    return tuple(int(step) for step in pack.section.split("."))


def _found(stem: str, name: str, kind: type[Declared]) -> Iterator[Declared]:
    for floor in ("core", "engines", "spine", "domains", "web"):
        for path in sorted((settings.SOURCE / floor).rglob(f"{stem}.py")):
            module = ".".join(("qilian", *path.relative_to(settings.SOURCE).with_suffix("").parts))
            declared = getattr(import_module(module), name, None)
            if isinstance(declared, kind):
                yield declared
