"""Names over time, successors through reforms, and lists of units."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.kernel import Heir, Name, Succession, heirs, name_at, read_units, refuse_cycle

D2010, D2018, D2020, D2024 = (date(year, 6, 1) for year in (2010, 2018, 2020, 2024))
DAY = timedelta(days=1)


def test_a_name_is_that_of_its_day() -> None:
    names = [
        Name("full", "甲委员会", "Commission A", None, D2018 - DAY),
        Name("short", "甲委", "", None, D2018 - DAY),
        Name("short", "甲厅", "Department A", D2018),
        Name("alias", "老甲", "", None, D2010),
    ]
    assert name_at(names, D2010) == Text("甲委", "甲委")
    assert name_at(names, D2010, "full") == Text("甲委员会", "Commission A")
    assert name_at(names, D2018) == Text("甲厅", "Department A")
    assert name_at(names, D2018, "full") == Text("甲厅", "Department A"), "another kind of the day goes first"
    assert name_at(names, D2018, "alias") == Text("甲厅", "Department A")


def test_a_body_that_is_no_more_keeps_its_last_name() -> None:
    gone = [
        Name("short", "乙局", "", None, D2010),
        Name("short", "丙局", "", D2010 + DAY, D2018),
        Name("full", "丙局全称", "", D2010 + DAY, D2018),
    ]
    assert name_at(gone, D2024) == Text("丙局", "丙局")
    later = [Name("short", "丁", "", D2020), Name("short", "戊", "", D2024)]
    assert name_at(later, D2010) == Text("丁", "丁")
    assert name_at([], D2010) is None


def test_a_name_is_borne_on_its_first_and_its_last_day() -> None:
    name = Name("short", "甲", "", D2010, D2018)
    days = (D2010 - DAY, D2010, D2018, D2018 + DAY)
    assert [name.held_on(day) for day in days] == [False, True, True, False]


MERGE = [Succession("工商", "市场监管", D2018), Succession("质监", "市场监管", D2018, verified=False)]
SPLIT = [Succession("经信", "工信", D2018, "工业"), Succession("经信", "大数据", D2018, "信息化")]


def test_merge_and_chain() -> None:
    chain = [*MERGE, Succession("市场监管", "新局", D2024)]
    assert heirs("工商", D2018 - DAY, chain, {}) == (Heir("工商"),)
    assert heirs("工商", D2018, chain, {}) == (Heir("市场监管", (), ("工商",)),)
    assert heirs("质监", D2024, chain, {}) == (Heir("新局", (), ("质监", "市场监管"), verified=False),)
    assert heirs("不变", D2024, chain, {}) == (Heir("不变"),)


def test_split_with_scope() -> None:
    both = (Heir("工信", ("工业",), ("经信",)), Heir("大数据", ("信息化",), ("经信",)))
    assert heirs("经信", D2020, SPLIT, {"经信": D2018 - DAY}) == both
    assert heirs("经信", D2020, SPLIT, {}) == (Heir("经信"), *both), "it lives and keeps the rest"
    assert heirs("经信", D2020, SPLIT, {"经信": D2024}) == (Heir("经信"), *both)


def test_two_ways_to_one_heir_join() -> None:
    again = [*SPLIT, Succession("工信", "厅", D2020), Succession("大数据", "厅", D2020, verified=False)]
    ended = {"经信": D2018 - DAY}
    assert heirs("经信", D2024, again, ended) == (Heir("厅", ("工业", "信息化"), ("经信", "工信"), verified=False),)
    whole = [Succession("甲", "乙", D2018), Succession("甲", "丙", D2018, "一部分"), Succession("丙", "乙", D2020)]
    assert heirs("甲", D2024, whole, {}) == (Heir("乙", (), ("甲",)),)


def test_who_ends_without_successor_has_no_heir() -> None:
    assert heirs("撤销", D2024, [], {"撤销": D2018}) == ()


def test_circles_are_refused() -> None:
    refuse_cycle(
        [*MERGE, *SPLIT, Succession("a", "c", D2010), Succession("b", "c", D2010), Succession("c", "d", D2010)]
    )
    with pytest.raises(Refusal) as told:
        refuse_cycle([Succession("z", "a", D2010), Succession("a", "b", D2018), Succession("b", "a", D2024)])
    assert told.value.code == "units.succession.cycle" and "a → b → a" in told.value.message.zh


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(2000, 2030)), max_size=20), st.integers(0, 9)
)
def test_duties_are_never_lost_while_all_pass_on(edges: list[tuple[int, int, int]], unit: int) -> None:
    steps = [Succession(str(a), str(b), date(year, 1, 1)) for a, b, year in edges if a < b]
    refuse_cycle(steps)
    found = heirs(str(unit), date(2031, 1, 1), steps, {})
    assert found and all(heir.verified and not heir.scopes for heir in found)
    assert not {heir.unit for heir in found} & {step.predecessor for step in steps}


LIST = """
[[unit]]
code = "old"
kind = "department"
order = 1
to = 2018-11-01
names = [{ zh = "省经济委", form = "short", to = 2018-11-01, recalled = true }]
[[unit]]
code = "all"
kind = "collective"
order = 2
region = "630000"
resolver = "listed"
members = ["old"]
of = "old"
names = []
[[succession]]
from = "old"
to = "all"
on = 2018-11-01
source = "s"
precision = "month"
"""


def test_a_list_is_read() -> None:
    listed = read_units(LIST)
    old, all_of_them = listed.units
    assert old.valid_to == date(2018, 10, 31) == old.names[0].valid_to and not old.names[0].verified
    assert (all_of_them.members, all_of_them.body, all_of_them.resolver) == (("old",), "old", "listed")
    assert listed.successions[0].verified and listed.successions[0].precision == "month"
    assert read_units("").units == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('code = "old"', "code = ", "toml"),
        ('code = "old"', 'code = ""', "value"),
        ('code = "old"', "code = 7", "value"),
        ('kind = "department"', 'kind = "club"', "value"),
        ("order = 1", 'order = "1"', "value"),
        ("order = 1", "order = true", "value"),
        ("to = 2018-11-01\nnames", "to = 2018\nnames", "value"),
        ("to = 2018-11-01\nnames", "to = 2018-11-01T00:00:00\nnames", "value"),
        ('members = ["old"]', 'members = "old"', "value"),
        ('members = ["old"]', 'members = ["new"]', "unknown"),
        ('of = "old"', 'of = "new"', "unknown"),
        ('to = "all"', 'to = "none"', "unknown"),
        ("on = 2018-11-01\n", "", "value"),
        ('code = "all"', 'code = "old"', "twice"),
        ("names = []", "names = 3", "value"),
        ("names = []", "names = [3]", "value"),
        ('form = "short"', 'form = "long"', "value"),
    ],
)
def test_wrong_lists_are_refused(old: str, new: str, code: str) -> None:
    assert old in LIST
    with pytest.raises(Refusal) as told:
        read_units(LIST.replace(old, new, 1))
    assert told.value.code == f"units.list.{code}"


def test_the_list_of_the_province(root: Path) -> None:
    listed = read_units((root / "plan/qinghai-2015/units.toml").read_text(encoding="utf-8"))
    successions = [Succession(each.predecessor, each.successor, each.on) for each in listed.successions]
    ended = {unit.slug: unit.valid_to for unit in listed.units}
    today = date(2026, 1, 1)
    for unit in listed.units:
        assert unit.names and heirs(unit.slug, today, successions, ended), unit.slug
    assert [heir.unit for heir in heirs("qh-yjj", today, successions, ended)] == ["qh-jrjgj"]


@pytest.mark.parametrize("asked", ["short", "full", "alias"])
def test_of_several_names_the_kind_that_is_asked_for_goes_first_then_short_full_and_alias(asked: str) -> None:
    spans = {"held": (D2010, D2024), "gone": (None, D2010), "to come": (D2024, None)}
    order = [asked, *(kind for kind in ("short", "full", "alias") if kind != asked)]
    for first, last in spans.values():
        every = [Name(kind, kind, "", first, last) for kind in ("alias", "short", "full")]
        for kinds in (order, order[1:], order[2:]):
            for names in (every, every[::-1]):
                found = name_at([name for name in names if name.kind in kinds], D2018, asked)
                assert found == Text(kinds[0], kinds[0])


def test_a_name_that_ended_last_or_begins_first_is_taken_whatever_its_kind() -> None:
    gone = [Name("short", "早", "", None, D2010), Name("alias", "晚", "", None, D2010 + DAY)]
    assert name_at(gone, D2020) == name_at(gone[::-1], D2020) == Text("晚", "晚")
    coming = [Name("short", "晚", "", D2024 + DAY), Name("alias", "早", "", D2024)]
    assert name_at(coming, D2020) == name_at(coming[::-1], D2020) == Text("早", "早")
    ended = Name("short", "昨", "", None, D2020 - DAY)
    assert name_at([ended], D2020) == Text("昨", "昨")
