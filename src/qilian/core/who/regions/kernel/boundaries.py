"""Boundaries of divisions from GeoJSON (RFC 7946): nobody shows a map of China without its approval number (审图号).

《地图管理条例》 (State Council Order 664): a map that is shown to the public has been examined, and its approval number
stands on it. The number is a member of the file itself, so that it cannot get lost on the way.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qilian.core.values.text import Refusal, Text

from .divisions import prefix

BYTES_MAX = 8 * 1024 * 1024
NUMBER = "审图号"
_NUMBER = re.compile(r"[^\s(（]{1,10}[(（]\d{4}[)）]\d{1,6}号")
_FINE = 2000  # points nearer to each other than this share of the whole breadth are one

Point = tuple[float, float]
Outline = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The outlines of divisions by code, in degrees of longitude and latitude, and the number of their approval."""

    number: str
    outlines: Mapping[str, tuple[Outline, ...]]


def read_boundaries(content: bytes) -> Boundaries:
    """Read a FeatureCollection whose features have a `code` (or `adcode`) and a polygon or several.

    Enclaves are drawn upon what surrounds them: of each polygon the outer ring counts. Refusals: `regions.boundaries`
    for what is no such file, `regions.boundaries.number` without a 审图号, and `regions.boundaries.feature`.
    """
    found = _collection(content)
    number = str(found.get(NUMBER) or "").strip()
    if not _NUMBER.fullmatch(number):
        raise Refusal(
            "regions.boundaries.number",
            Text("边界文件没有写明审图号，不能用来画地图。", "The boundaries name no map approval number (审图号)."),
            where=NUMBER,
            remedy=Text(
                f'请使用经审核的标准地图数据，并在文件最外层写上 "{NUMBER}"，如 GS(2024)0650号。',
                f"Use approved map data, and write its number as the member “{NUMBER}” of the file: GS(2024)0650号.",
            ),
        )
    rings: dict[str, list[Outline]] = {}
    for place, feature in enumerate(found["features"], 1):
        rings.setdefault(_code(feature, place), []).extend(_rings(feature, place))
    return Boundaries(number, _fine(rings))


def _collection(content: bytes) -> Mapping[str, Any]:
    if len(content) > BYTES_MAX:
        most = BYTES_MAX // 1024 // 1024
        raise _unread(Text(f"边界文件超过 {most} MB。", f"The file of boundaries is larger than {most} MB."))
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _unread(Text("边界文件不是 JSON。", "The file of boundaries is no JSON.")) from None
    if not (
        isinstance(found, dict)
        and found.get("type") == "FeatureCollection"
        and isinstance(found.get("features"), list)
        and found["features"]
    ):
        raise _unread(Text("边界文件里没有任何图形。", "The file of boundaries has no features."))
    return found


def _unread(message: Text) -> Refusal:
    remedy = Text(
        "请放一份 GeoJSON（FeatureCollection），每个图形有 code 和多边形。",
        "Put a GeoJSON FeatureCollection there, each feature with a code and a polygon.",
    )
    return Refusal("regions.boundaries", message, remedy=remedy)


def _code(feature: Any, place: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    written = properties.get("code", properties.get("adcode", "")) if isinstance(properties, dict) else ""
    try:
        prefix(str(written))
    except Refusal:
        raise _wrong(place, Text("没有六位行政区划代码", "has no division code of six digits")) from None
    return str(written)


def _rings(feature: Any, place: int) -> Iterator[Outline]:
    match feature.get("geometry"):
        case {"type": "Polygon", "coordinates": [outer, *_]}:
            yield _ring(outer, place)
        case {"type": "MultiPolygon", "coordinates": [_, *_] as several}:
            for each in several:
                if not isinstance(each, list) or not each:
                    raise _wrong(place, Text("有空的多边形", "has an empty polygon"))
                yield _ring(each[0], place)
        case _:
            raise _wrong(place, Text("不是多边形", "is no polygon"))


def _ring(written: Any, place: int) -> Outline:
    points = written if isinstance(written, list) else []
    if len(points) < 4 or not all(map(_on_earth, points)):
        raise _wrong(place, Text("的坐标不是经纬度", "has coordinates that are no longitudes and latitudes"))
    return tuple((float(point[0]), float(point[1])) for point in points)


def _on_earth(point: Any) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    return all(
        isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each) and abs(each) <= most
        for each, most in zip(point, (180, 90), strict=False)
    )


def _wrong(place: int, what: Text) -> Refusal:
    message = Text(f"边界文件的第 {place} 个图形{what.zh}。", f"Feature {place} of the boundaries {what.en}.")
    remedy = Text("请改好文件后重新放入。", "Mend the file and put it there again.")
    return Refusal("regions.boundaries.feature", message, where=str(place), remedy=remedy)


def _fine(rings: Mapping[str, Sequence[Outline]]) -> Mapping[str, tuple[Outline, ...]]:
    """Outlines without the points that no screen could tell apart."""
    across = [x for each in rings.values() for ring in each for x, _ in ring]
    least = (max(across) - min(across)) / _FINE
    return {code: tuple(_thinned(ring, least) for ring in each) for code, each in rings.items()}


def _thinned(ring: Outline, least: float) -> Outline:
    kept = [ring[0]]
    for point in ring[1:-1]:
        if math.dist(point, kept[-1]) >= least:
            kept.append(point)
    return (*kept, ring[-1]) if len(kept) > 2 else ring
