"""Divisions as tiles: where they lie towards each other, how many entries each has, and the way to them."""

from collections.abc import Callable, Mapping, Sequence

from qilian.core.house.pages import Section
from qilian.core.papers.pictures.api import Tile, pictured, shades, tiles
from qilian.core.values.text import Text

_ACROSS = 4
_TITLE = Text("各市州的条目数", "Entries by prefecture")
_HONEST = Text(
    "方块只表示相对位置，不是地图：没有导入带审图号的边界数据。点方块看该地区的条目。",
    "Tiles show how divisions lie towards each other. This is no map: no boundaries with a map approval number (审图号)"
    " are imported. A tile leads to the entries of its division.",
)


def tile_section(
    places: Sequence[tuple[str, Text, int]], known: Mapping[str, tuple[int, int]], address: Callable[[str], str]
) -> Section:
    """The picture of divisions (code, name, number); those without a known place follow in rows of four."""
    steps = shades(max((number for _, _, number in places), default=0))
    unplaced = [code for code, _, _ in places if code not in known]
    below = max((row for _, row in known.values()), default=0) + 1
    spots = {**known, **{code: (n % _ACROSS + 1, n // _ACROSS + below) for n, code in enumerate(unplaced)}}
    drawn = [
        Tile(*spots[code], str(name), str(number), next(look for look, low, high in steps if low <= number <= high),
             address(code) if number else "")
        for code, name, number in places
    ]  # fmt: skip
    key = [(look, str(low) if low == high else f"{low}–{high}") for look, low, high in steps]
    desc = Text("{places}。", "{places}.").filled(places="，".join(f"{tile.name} {tile.said}" for tile in drawn))
    return pictured(
        "", "tiles", lambda width: tiles(width, drawn, title=str(_TITLE), desc=str(desc), key=key), note=_HONEST
    )
