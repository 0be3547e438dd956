"""Resolving unit strings against a list of known units: exact after folding, never by likeness."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .normalise import fold

_SILENT = re.compile(r"[\s（）、，·]")


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit as a list knows it: its code, every name under which it is written, whether it stands for many."""

    code: str
    names: tuple[str, ...]
    collective: bool = False


class Resolver:
    """An index of names; two units under one name resolve to neither."""

    def __init__(self, units: Sequence[KnownUnit], simplify: Mapping[int, int] | None = None) -> None:
        self._simplify = simplify
        self._asked: dict[str, KnownUnit | None] = {}
        self._known: dict[str, KnownUnit | None] = {}
        for unit in units:
            for name in unit.names:
                key = self._key(name)
                other = self._known.get(key, unit)
                self._known[key] = unit if other == unit else None

    def unit(self, written: str) -> KnownUnit | None:
        """Return the unit that bears exactly this name, or None."""
        if written not in self._asked:
            self._asked[written] = self._known.get(self._key(written))
        return self._asked[written]

    def _key(self, name: str) -> str:
        return _SILENT.sub("", fold(name, self._simplify))
