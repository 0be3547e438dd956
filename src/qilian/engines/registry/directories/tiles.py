"""Divisions on a map, or as tiles while none is approved: how many entries each has, and the way to them."""

from collections.abc import Callable, Mapping, Sequence

from qilian.core.house.pages import Section
from qilian.core.papers.maps.api import Area, areas
from qilian.core.papers.pictures.api import Look, Tile, pictured, shades, tiles
from qilian.core.values.text import Refusal, Text
from qilian.core.who.regions.api import Boundaries, boundaries

_ACROSS = 4
_TITLE = Text("各市州的条目数", "Entries by prefecture")
_HONEST = Text(
    "方块只表示相对位置，不是地图：没有导入带审图号的边界数据。点方块看该地区的条目。",
    "Tiles show how divisions lie towards each other. This is no map: no boundaries with a map approval number (审图号)"
    " are imported. A tile leads to the entries of its division.",
)
_REFUSED = Text(
    "方块只表示相对位置，不是地图。已放入的边界文件不能使用：{why}",
    "Tiles show how divisions lie towards each other. This is no map. The boundaries that were brought in cannot be "
    "used: {why}",
)
_APPROVED = Text(
    "审图号：{number}。点一个地区看它的条目。",
    "Map approval number (审图号): {number}. A division leads to its entries.",
)
Place = tuple[str, Text, int]


def tile_section(
    places: Sequence[Place], known: Mapping[str, tuple[int, int]], address: Callable[[str], str]
) -> Section:
    """The picture of divisions (code, name, number): a map where there are approved boundaries of all, else tiles."""
    steps = shades(max((number for _, _, number in places), default=0))
    key = [(look, str(low) if low == high else f"{low}–{high}") for look, low, high in steps]
    desc = str(Text("{places}。", "{places}.").filled(places="，".join(f"{name} {n}" for _, name, n in places)))

    def look(number: int) -> Look:
        return next(look for look, low, high in steps if low <= number <= high)

    try:
        found = boundaries()
        if found is not None:
            return _map(found, places, look, address, desc, key)
        note = _HONEST
    except Refusal as refusal:
        note = Text(_REFUSED.zh.format(why=refusal.message.zh), _REFUSED.en.format(why=refusal.message.en))
    unplaced = [code for code, _, _ in places if code not in known]
    below = max((row for _, row in known.values()), default=0) + 1
    spots = {**known, **{code: (n % _ACROSS + 1, n // _ACROSS + below) for n, code in enumerate(unplaced)}}
    drawn = [
        Tile(*spots[code], str(name), str(number), look(number), address(code) if number else "")
        for code, name, number in places
    ]
    return pictured("", "tiles", lambda width: tiles(width, drawn, title=str(_TITLE), desc=desc, key=key), note=note)


def _map(
    found: Boundaries,
    places: Sequence[Place],
    look: Callable[[int], Look],
    address: Callable[[str], str],
    desc: str,
    key: Sequence[tuple[Look, str]],
) -> Section:
    """The map with its number. Refusal `regions.boundaries.missing` where a division has no outline."""
    missing = [name for code, name, _ in places if code not in found.outlines]
    if missing:
        names = Text("、".join(each.zh for each in missing), ", ".join(each.en for each in missing))
        message = Text(f"缺少{names.zh}的边界。", f"the outlines of {names.en} are missing.")
        raise Refusal("regions.boundaries.missing", message)
    drawn = [
        Area(found.outlines[code], str(name), str(number), look(number), address(code) if number else "")
        for code, name, number in places
    ]
    note = _APPROVED.filled(number=found.number)
    return pictured("", "map", lambda width: areas(width, drawn, title=str(_TITLE), desc=desc, key=key), note=note)
