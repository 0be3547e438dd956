"""Addresses of offers: a path converter for each kind that matches the offers declared today and nothing else.

A part writes `<directory:directory>` in its addresses or `{directory:directory}` in its router; both read and reverse
the path of an offer, such as `testing/capabilities`. `pack` matches the slug of a pack, `offer` any declared offer.
"""

import re
from collections.abc import Iterable

from django.urls import register_converter

from qilian.core.house.parts.api import KINDS
from qilian.core.offers.packs.api import offers, packs

_NOTHING = "(?!)"


def register_addresses() -> None:
    """Make the converters known to Django; the web floor does it once, when the packs are installed."""
    by_kind = {kind: offers(kind) for kind in KINDS}
    _register("pack", (pack.slug for pack in packs()))
    _register("offer", (path for paths in by_kind.values() for path in paths))
    for kind, paths in by_kind.items():
        _register(kind, paths)


class _Words:
    """A converter of text that stays as it is."""

    def to_python(self, value: str) -> str:
        """The words of the address."""
        return value

    def to_url(self, value: str) -> str:
        """The words for the address."""
        return value


def _register(name: str, words: Iterable[str]) -> None:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    register_converter(type(f"{name.title()}Address", (_Words,), {"regex": pattern or _NOTHING}), name)
