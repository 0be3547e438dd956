"""What is written is well-formed, escaped, and says what it is; words are measured and broken without loss."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.papers.pictures.kernel.geometry import LABELS

from qilian.core.papers.pictures.kernel import (
    Bar,
    Box,
    Dot,
    Drawing,
    Line,
    Link,
    Words,
    bars,
    breadth,
    extent,
    svg,
    ticks,
    wrap,
)

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert("1")</script>&\'<a href="javascript:1">'


def test_every_text_is_escaped_and_comes_back_as_it_was() -> None:
    drawing = Drawing(100, 50, HOSTILE, HOSTILE, (Link(f"/x?a={HOSTILE}", (Words(0, 10, HOSTILE),)),))
    root = ElementTree.fromstring(svg(drawing, HOSTILE))
    assert [each.tag.removeprefix(SVG) for each in root.iter()] == ["svg", "title", "desc", "a", "text"]
    title, desc, link = root
    assert (title.text, desc.text, link[0].text, link.get("href")) == (HOSTILE, HOSTILE, HOSTILE, f"/x?a={HOSTILE}")
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), desc.get("id"))


@pytest.mark.parametrize(("linked", "role"), [(True, "group"), (False, "img")])
def test_a_picture_with_links_is_no_single_image(linked: bool, role: str) -> None:
    rows = [Bar("甲", (("half", 1), ("warn", 1), ("bad", 1), ("full", 1)), url="/a" if linked else "")]
    root = ElementTree.fromstring(svg(bars(340, rows, title="t", desc="d"), "p"))
    assert root.get("role") == role
    patterns = {each.get("id") for each in root.iter(f"{SVG}pattern")}
    fills = {each.get("fill") for each in root.iter(f"{SVG}rect")} - {None}
    assert fills == {f"url(#{each})" for each in patterns} == {"url(#p-half)", "url(#p-warn)", "url(#p-bad)"}


def test_each_mark_is_written_where_it_lies() -> None:
    marks = (
        Box(1, 2, 3.25, 4, "open"),
        Line(((0, 0), (5, 5)), "axis"),
        Line(((0, 0), (5, 0), (5, 5)), "pale", closed=True),
        Dot(4, 4, "ink"),
        Dot(9, 9, "full", diamond=True, radius=2),
        Words(3, 3, "a", strong=True),
    )
    written = [each.attrib for each in ElementTree.fromstring(svg(Drawing(10, 10, "t", "d", marks), "p"))[2:]]
    assert written[0] == {"x": "1", "y": "2", "width": "3.2", "height": "4", "class": "fill-open"}
    assert written[1] == {"points": "0,0 5,5", "class": "stroke-axis", "fill": "none"}
    assert written[2] == {"points": "0,0 5,0 5,5", "class": "fill-pale"}
    assert written[3] == {"cx": "4", "cy": "4", "r": "5", "class": "fill-ink"}
    assert written[4] == {"points": "9,7 11,9 9,11 7,9", "class": "fill-full"}
    assert written[5]["font-weight"] == "600"
    assert extent(marks[5])[2] == 3 + breadth("a")


@given(LABELS, st.floats(40, 400))
def test_lines_fit_and_lose_nothing(said: str, room: float) -> None:
    lines = wrap(said, room)
    assert all(breadth(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(said.split())


def test_marks_that_close_do_not_begin_a_line() -> None:
    assert wrap("各市、州", 30) == ("各", "市、", "州")
    assert wrap("a" * 40, 100)[0] == "a" * 11


def test_round_numbers_lie_within_their_ends() -> None:
    assert ticks(0, 0.4, 4) == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])
    assert ticks(-50, 120, 4) == [-50, 0, 50, 100]
