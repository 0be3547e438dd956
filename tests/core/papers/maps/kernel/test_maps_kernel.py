"""Maps: any outlines, at both widths; named within or told below; the shape that places have on the ground."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.papers.pictures.kernel.geometry import SHORT, WIDTHS, holds

from qilian.core.papers.maps.kernel import Area, areas
from qilian.core.papers.pictures.kernel import Dot, Line, Link, Words, extent, flat

FILLS = ("full", "half", "open", "wait", "warn", "pale")
RINGS = st.lists(st.tuples(st.floats(89, 104), st.floats(31, 40)), min_size=4, max_size=9).map(tuple)
AREAS = st.builds(
    Area,
    st.lists(RINGS, min_size=1, max_size=3).map(tuple),
    st.sampled_from(["西宁", "海西", "Huangnan Tibetan Autonomous Prefecture"]),
    SHORT,
    st.sampled_from(FILLS),
    st.sampled_from(["", "?region=630100"]),
)


@given(WIDTHS, st.lists(AREAS, min_size=1, max_size=8))
def test_maps(width: float, places: list[Area]) -> None:
    drawn = areas(width, places, title="t", desc="d", key=[("wait", "没有"), ("full", "最多")])
    holds(drawn, *(place.name for place in places))


def square(west: float, south: float, size: float) -> tuple[tuple[float, float], ...]:
    return ((west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south))


def test_a_place_is_named_within_its_outline_or_by_a_number_that_is_told_below() -> None:
    wide, small = (
        Area((square(90, 32, 4),), "海西", "7", "full", "/x"),
        Area((square(95, 33, 0.2),), "西宁", "3", "pale"),
    )
    drawn = areas(340, [small, wide], title="t", desc="d")
    larger, *rest = drawn.marks
    assert isinstance(larger, Link) and larger.url == "/x" and isinstance(rest[0], Line)
    words = {mark.text: mark for mark in flat(drawn.marks) if isinstance(mark, Words)}
    left, top, right, bottom = extent(larger.marks[0])
    assert left < words["海西"].x < right and top < words["海西"].y < bottom
    assert words["1"].y < bottom < words["1  西宁 3"].y


def test_a_map_keeps_the_shape_that_places_have_on_the_ground() -> None:
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    outline = ((10.0, 59.0), (14.0, 59.0), (14.0, 61.0), (10.0, 61.0), (10.0, 59.0))
    (shape,) = [mark for mark in flat(areas(960, [Area((outline,), "x", "1", "pale")], title="t", desc="d").marks)
                if isinstance(mark, Line)]  # fmt: skip
    left, top, right, bottom = extent(shape)
    assert right - left == pytest.approx(bottom - top, abs=2)


def test_islands_that_are_smaller_than_a_point_are_left_out() -> None:
    speck = ((95.0, 33.0), (95.00001, 33.0), (95.00001, 33.00001), (95.0, 33.0))
    drawn = areas(340, [Area((speck, square(90, 32, 4)), "海西", "7", "full")], title="t", desc="d")
    assert len([mark for mark in flat(drawn.marks) if isinstance(mark, Line)]) == 1


def test_where_there_is_no_room_for_its_number_a_place_is_told_below_alone() -> None:
    many = [Area((square(95, 33, 0.001),), f"第{n}处", "1", "pale") for n in range(200)]
    drawn = areas(340, [Area((square(90, 32, 4),), "海西", "7", "full"), *many], title="t", desc="d")
    holds(drawn, *(each.name for each in many))
    assert len([mark for mark in flat(drawn.marks) if isinstance(mark, Dot)]) < len(many)
