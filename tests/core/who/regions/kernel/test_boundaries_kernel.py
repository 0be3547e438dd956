"""Boundaries are read from GeoJSON, and never without the number of their approval."""

import json
from typing import Any

import pytest

from qilian.core.values.text import Refusal
from qilian.core.who.regions.kernel import read_boundaries
from qilian.core.who.regions.kernel.boundaries import BYTES_MAX

SQUARE = [[90, 32], [94, 32], [94, 36], [90, 36], [90, 32]]
HOLE = [[91, 33], [92, 33], [92, 34], [91, 33]]


def feature(shape: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": shape}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def collection(*features: Any, number: Any = "GS(2024)0650号") -> bytes:
    return json.dumps({"type": "FeatureCollection", "审图号": number, "features": list(features)}).encode()


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        read_boundaries(content)
    return caught.value.code, caught.value.where


def test_outer_rings_are_read_by_code_with_the_number() -> None:
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [HOLE]]}
    found = read_boundaries(
        collection(feature(polygon(SQUARE, HOLE), code="630100"), feature(several, adcode=632800),
                   feature(polygon(HOLE), code="630100"), number=" 青S（2022）031号 ")
    )  # fmt: skip
    assert found.number == "青S（2022）031号" and list(found.outlines) == ["630100", "632800"]
    square = tuple((float(x), float(y)) for x, y in SQUARE)
    assert found.outlines["630100"][0] == found.outlines["632800"][0] == square
    assert len(found.outlines["630100"]) == len(found.outlines["632800"]) == 2


def test_points_that_no_screen_tells_apart_are_one() -> None:
    """Of a hundredth of a degree beside four degrees five points remain: one for each two thousandth."""
    dense = [[90, 32], *([90 + n / 100_000, 32] for n in range(1, 1_000)), [94, 32], [94, 36], [90, 32]]
    ((outline,),) = read_boundaries(collection(feature(polygon(dense), code="630100"))).outlines.values()
    assert outline[0] == outline[-1] == (90.0, 32.0) and len(outline) == 8


@pytest.mark.parametrize("number", [None, "", "有的", "GS2024", 2024])
def test_without_an_approval_number_nothing_is_read(number: Any) -> None:
    with pytest.raises(Refusal) as caught:
        read_boundaries(collection(feature(polygon(SQUARE), code="630100"), number=number))
    assert caught.value.code == "regions.boundaries.number"
    assert "审图号" in caught.value.message.zh and caught.value.remedy is not None


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[" * 100_000, b"[]", b'{"type":"Feature"}', collection(), b'{"type":"FeatureCollection"}',
     b" " * (BYTES_MAX + 1)],
    ids=["empty", "bytes", "deep", "list", "feature", "none", "bare", "large"],
)  # fmt: skip
def test_what_is_no_collection_is_refused(content: bytes) -> None:
    assert refused(content) == ("regions.boundaries", "")


@pytest.mark.parametrize(
    "wrong",
    [
        "text",
        {"type": "Feature", "geometry": polygon(SQUARE)},
        feature(polygon(SQUARE)),
        feature(polygon(SQUARE), code="63"),
        feature(None, code="630100"),
        feature({"type": "Point", "coordinates": [90, 32]}, code="630100"),
        feature(polygon(), code="630100"),
        feature({"type": "MultiPolygon", "coordinates": [[]]}, code="630100"),
        feature({"type": "MultiPolygon", "coordinates": ["x"]}, code="630100"),
        feature(polygon("x"), code="630100"),
        feature(polygon(SQUARE[:3]), code="630100"),
        feature(polygon([*SQUARE, [190, 0]]), code="630100"),
        feature(polygon([*SQUARE, [0, -91]]), code="630100"),
        feature(polygon([*SQUARE, [True, 1]]), code="630100"),
        feature(polygon([*SQUARE, ["90", 1]]), code="630100"),
        feature(polygon([*SQUARE, [90]]), code="630100"),
        feature(polygon([*SQUARE, 90]), code="630100"),
        feature(polygon([*SQUARE, [float("nan"), 1]]), code="630100"),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_refused_with_its_number(wrong: Any) -> None:
    assert refused(collection(feature(polygon(SQUARE), code="630100"), wrong)) == ("regions.boundaries.feature", "2")
