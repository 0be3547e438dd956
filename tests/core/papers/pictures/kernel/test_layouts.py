"""Each picture, from any values, at both widths: all inside, nothing upon another, no label cut."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.papers.pictures.kernel.geometry import AMOUNTS, LABELS, SHORT, WIDTHS, holds

from qilian.core.papers.pictures.kernel import (
    Axis,
    Bar,
    Box,
    Day,
    Dot,
    End,
    Lane,
    Line,
    Look,
    Passage,
    Step,
    Tile,
    Tray,
    Words,
    bars,
    climb,
    curves,
    extent,
    flat,
    flow,
    regions,
    shades,
    tiles,
    timeline,
)

PARTS = st.lists(st.tuples(st.sampled_from(["full", "half", "open"]), AMOUNTS), max_size=3)
BARS = st.lists(st.builds(Bar, LABELS, PARTS, SHORT, AMOUNTS, st.sampled_from(["", "/x"]), st.booleans()), max_size=12)
DAYS = st.dates(date(2014, 1, 1), date(2031, 12, 31))
FILLS = ("full", "half", "open", "wait", "warn", "pale")


@given(WIDTHS, BARS, st.lists(st.tuples(st.integers(0, 100), SHORT), max_size=3), st.booleans())
def test_bars(width: float, rows: list[Bar], limits: list[tuple[float, str]], keyed: bool) -> None:
    key: list[tuple[Look, str]] = [
        ("full", "办到底"),
        ("half", "已开通，还没有办到底"),
        ("open", "declared, not open yet"),
    ]
    drawn = bars(width, rows, title="t", desc="d", key=key if keyed else (), most=100, limits=limits)
    holds(drawn, *(row.label for row in rows), *(said for _, said in limits))


def test_bars_lie_on_one_scale_and_begin_where_they_are_told() -> None:
    rows = [Bar("甲", (("full", 50), ("half", 25))), Bar("乙", (("open", 25),), start=50), Bar("丙", (("good", 0),))]
    boxes = [mark for mark in flat(bars(960, rows, title="t", desc="d").marks) if isinstance(mark, Box)]
    whole, quarter, last = boxes
    assert whole.width == pytest.approx(2 * quarter.width) and last.width == pytest.approx(quarter.width)
    assert quarter.x == pytest.approx(whole.x + whole.width) and last.x == pytest.approx(quarter.x)


def test_what_does_not_fit_beside_its_label_stands_below_it() -> None:
    rows = [Bar("省发展改革委会同有关部门", (("full", 1),), "十二个中有七个已经办到底"), Bar("短", (), "一")]
    drawn = bars(340, rows, title="t", desc="d")
    holds(drawn, rows[0].label, rows[0].said)
    label, said, short, beside = (mark for mark in flat(drawn.marks) if isinstance(mark, Words))
    assert said.y > label.y and said.x == label.x and short.y == beside.y


@given(
    WIDTHS,
    st.lists(
        st.builds(
            Tile,
            st.integers(1, 4),
            st.integers(1, 5),
            st.sampled_from(["西宁", "海西", "Huangnan Tibetan Autonomous Prefecture", "省直属"]),
            SHORT,
            st.sampled_from(FILLS),
            st.sampled_from(["", "?region=630100"]),
            st.booleans(),
        ),
        max_size=8,
        unique_by=lambda tile: (tile.column, tile.row),
    ),
)
def test_tiles(width: float, places: list[Tile]) -> None:
    key: list[tuple[Look, str]] = [("wait", "没有"), ("full", "最多")] if places else []
    drawn = tiles(width, places, title="t", desc="d", key=key)
    holds(drawn, *(place.name for place in places))
    frames = [extent(mark) for mark in flat(drawn.marks) if isinstance(mark, Box) and mark.look != "ground"]
    for (left, top, right, bottom), (x, y, end, low) in combinations(frames, 2):
        assert right <= x or end <= left or bottom <= y or low <= top


@given(st.integers(0, 500))
def test_every_number_has_one_shade(most: int) -> None:
    steps = shades(most)
    for number in range(most + 1):
        assert sum(low <= number <= high for _, low, high in steps) == 1
    assert len({look for look, _, _ in steps}) == len(steps) == min(most, 3) + 1


TERMS = st.tuples(DAYS, st.none() | st.integers(0, 3_000))


@st.composite
def lanes_of(draw: st.DrawFn) -> list[Lane]:
    terms = draw(st.lists(st.tuples(LABELS, TERMS, st.sampled_from(["", "/x"])), max_size=6))
    return [
        Lane(said, until, None if days is None else until - timedelta(days), url=url)
        for said, (until, days), url in terms
    ]


@given(
    WIDTHS,
    lanes_of(),
    DAYS,
    st.none() | st.builds(Tray, LABELS, st.lists(st.tuples(SHORT, st.sampled_from(["", "/x"])), max_size=20)),
)
def test_time_lines(width: float, lanes: list[Lane], today: date, tray: Tray | None) -> None:
    drawn = timeline(width, lanes, title="t", desc="d", today=(today, "今天"), tray=tray)
    holds(drawn, *(lane.label for lane in lanes), *([tray.words] if tray else []))


def test_today_stands_between_what_is_over_and_what_is_to_come() -> None:
    lanes = [Lane("先", date(2020, 6, 1)), Lane("后", date(2027, 6, 1), date(2026, 1, 1))]
    drawn = flat(timeline(960, lanes, title="t", desc="d", today=(date(2026, 11, 30), "今天")).marks)
    now = next(mark.x for mark in drawn if isinstance(mark, Words) and mark.text == "今天")
    over = next(mark.x for mark in drawn if isinstance(mark, Dot))
    coming = next(mark for mark in drawn if isinstance(mark, Box))
    assert over < now < coming.x + coming.width


@given(WIDTHS, st.lists(LABELS, min_size=1, max_size=6), st.lists(LABELS, min_size=1, max_size=6), st.data())
def test_flows(width: float, left: list[str], right: list[str], data: st.DataObject) -> None:
    pairs = st.tuples(st.integers(0, len(left) - 1), st.integers(0, len(right) - 1))
    passages = [Passage(f"l{a}", f"r{b}") for a, b in data.draw(st.lists(pairs, max_size=8))]
    before = [End(f"l{n}", said, "/units/x/" if n % 2 else "") for n, said in enumerate(left)]
    after = [End(f"r{n}", said, strong=n == 0) for n, said in enumerate(right)]
    drawn = flow(width, ("2015 年", before), ("今天", after), passages, title="t", desc="d")
    holds(drawn, *left, *right)
    assert sum(isinstance(mark, Line) for mark in flat(drawn.marks)) == len(passages)


@given(
    WIDTHS,
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9)),
        min_size=1,
        max_size=20,
    ),
)
def test_two_balances(width: float, steps: list[tuple[int, int, int]]) -> None:
    on, days = date(2026, 1, 1), []
    for later, first, second in steps:
        on += timedelta(later)
        days.append(Day(on, first, second))
    drawn = curves(width, days, title="t", desc="d", names=("银行", "账本", "差额"), said=lambda value: f"{value:,.0f}")
    holds(drawn, "银行", "账本", "差额")


def test_the_shaded_gap_has_no_area_where_both_agree() -> None:
    days = [Day(date(2026, 1, n), 100 * n, 100 * n) for n in (1, 2, 3)]
    drawn = curves(960, days, title="t", desc="d", names=("a", "b", "c"), said=str)
    (gap,) = [mark for mark in drawn.marks if isinstance(mark, Line) and mark.closed]
    half = len(gap.points) // 2
    assert gap.points[:half] == tuple(reversed(gap.points[half:]))


@given(
    WIDTHS,
    st.integers(0, 3),
    st.integers(0, 3),
    LABELS,
    LABELS,
    st.none() | st.tuples(st.integers(-50, 5000), st.integers(-50, 5000)),
)
def test_regions(width: float, across: int, up: int, one: str, other: str, mine: tuple[int, int] | None) -> None:
    first, second = (
        Axis(name, [(100 * n, f"{100 * n}") for n in range(1, count + 1)])
        for name, count in ((one, across), (other, up))
    )
    fill: list[Look] = ["full", "half", "open", "pale"]
    answers = [[(fill[(n + m) % 4], f"报告表 {n}") for m in range(across + 1)] for n in range(up + 1)]
    drawn = regions(width, first, second, answers, title="t", desc="d", mine=(*mine, "我的项目") if mine else None)
    holds(drawn, one, other)
    dots = [extent(mark) for mark in drawn.marks if isinstance(mark, Dot)]
    assert len(dots) == (2 if mine else 0)  # the case, and the same in the legend
    for x, y, end, low in dots:
        for left, top, right, bottom in (extent(mark) for mark in drawn.marks if isinstance(mark, Words)):
            assert end <= left + 1 or right <= x + 1 or low <= top + 1 or bottom <= y + 1


@pytest.mark.parametrize(("value", "stretch"), [(5, 0), (9.9, 0), (10, 1), (15, 1), (20, 2), (10_000, 2), (-3, 0)])
def test_a_case_lies_in_the_stretch_that_its_value_falls_into(value: float, stretch: int) -> None:
    axis = Axis("t", ((10, "10"), (20, "20")))
    assert int(axis.share(value)) == stretch
    assert Axis("t", ()).share(value) < 1


@given(
    WIDTHS,
    st.lists(st.builds(Step, st.text("0123456789abcdef", min_size=12, max_size=16), st.booleans()), max_size=12),
    st.booleans(),
)
def test_ways_up_a_tree(width: float, steps: list[Step], sure: bool) -> None:
    ends = (
        "Ed25519 0123456789abcdef…，2026 年 11 月 30 日 10:12 签名",
        "根 0123456789abcdef",
        "叶 fedcba9876543210（第 12 号）",
    )
    drawn = climb(width, ends, steps, title="t", desc="d", sure=sure)
    holds(drawn, *ends, *(step.hash for step in steps))
    middle = width / 2
    lefts = [
        mark.x < middle
        for mark in drawn.marks
        if isinstance(mark, Words) and mark.text in {step.hash for step in steps}
    ]
    assert sorted(lefts) == sorted(step.left for step in steps)
