"""Divisions as tiles: where they lie towards each other, not their borders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qilian.core.values.text import Text

_SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One division: its place in the grid, its number, and the shade that the number gives it (0 is none)."""

    name: Text
    number: int
    column: int
    row: int
    shade: int


def tiles(places: Sequence[tuple[str, Text, int]], known: Mapping[str, tuple[int, int]]) -> dict[str, object]:
    """What the template draws: a tile for each division; those without a known place follow in rows of four."""
    most = max((number for _, _, number in places), default=0)
    unplaced = [code for code, _, _ in places if code not in known]
    below = max((row for _, row in known.values()), default=0) + 1
    spots = {**known, **{code: (order % 4 + 1, order // 4 + below) for order, code in enumerate(unplaced)}}
    return {"tiles": [Tile(name, number, *spots[code], _shade(number, most)) for code, name, number in places]}


def _shade(number: int, most: int) -> int:
    return -(-number * _SHADES // most) if number else 0
