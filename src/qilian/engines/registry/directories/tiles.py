"""Divisions as tiles: where they lie towards each other, not their borders."""

from collections.abc import Sequence
from dataclasses import dataclass

from qilian.core.values.text import Text

# Column and row of each prefecture, west to east and north to south: a sketch of neighbours, no map.
_PLACES = {
    "632800": (1, 1),
    "632200": (2, 1),
    "630100": (3, 1),
    "630200": (4, 1),
    "632500": (2, 2),
    "632300": (3, 2),
    "632700": (1, 3),
    "632600": (2, 3),
}
_SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """One division: its place in the grid, its number, and the shade that the number gives it (0 is none)."""

    name: Text
    number: int
    column: int
    row: int
    shade: int


def tiles(places: Sequence[tuple[str, Text, int]]) -> dict[str, object]:
    """What the template draws: a tile for each division; those without a known place follow in rows of four."""
    most = max((number for _, _, number in places), default=0)
    unplaced = [code for code, _, _ in places if code not in _PLACES]
    spots = {**_PLACES, **{code: (order % 4 + 1, order // 4 + 4) for order, code in enumerate(unplaced)}}
    return {"tiles": [Tile(name, number, *spots[code], _shade(number, most)) for code, name, number in places]}


def _shade(number: int, most: int) -> int:
    return -(-number * _SHADES // most) if number else 0
