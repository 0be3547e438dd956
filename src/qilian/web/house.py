"""Register the parts of the house and hand in the packs, once at start: every part of the tree presents itself.

A part is a module `part.py` that says PART; the packs are the list that the contract tests run over, so that none is
live untested.
"""

from collections.abc import Iterator
from importlib import import_module

from django.conf import settings

from qilian.core.house.parts.api import Part, parts, register
from qilian.core.offers.packs.api import Pack, install


def register_parts() -> None:
    """Register all parts in the order of the floors, and install the packs in the order of the plan."""
    for part in _parts():
        register(part)
    packs = _packs()
    install(packs)
    import_module("qilian.web.linking").connect(packs, parts())  # the outbox has tables


def _packs() -> tuple[Pack, ...]:
    """The packs speak in the words of engines, so they are read when all tables are known, and not before."""
    packs = import_module("qilian.domains").PACKS
    assert all(isinstance(pack, Pack) for pack in packs)
    return tuple(packs)


def _parts() -> Iterator[Part]:
    for floor in ("core", "engines", "spine", "web"):
        for path in sorted((settings.SOURCE / floor).rglob("part.py")):
            module = ".".join(("qilian", *path.relative_to(settings.SOURCE).with_suffix("").parts))
            part = import_module(module).PART
            assert isinstance(part, Part), f"{module}.PART is no Part"
            yield part
