"""Notices as officials type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.time.calendar.kernel import HolidayRule, read_notice, write_notice
from qilian.core.values.text import Refusal


@pytest.mark.parametrize(
    "line",
    [
        "春节 2月15日至2月17日 上班 2月14日、2月28日",
        "春节：2-15 至 2-17，上班：2-14、2-28",
        "春节 2/15 2/16 2/17 上班 2/14 2/28",
        "春节: 2026年2月15日~2026年2月17日; 上班 2.14, 2.28",
        "\n春节 2月15日—2月17日。上班 2月14日，2月28日。\n\n",
    ],
)
def test_many_hands_one_meaning(line: str) -> None:
    rules = read_notice(line, 2026)
    assert [(each.day.day, each.is_workday) for each in rules] == [
        (14, True),
        (15, False),
        (16, False),
        (17, False),
        (28, True),
    ]
    assert {each.name for each in rules} == {"春节"} and {each.day.month for each in rules} == {2}


def test_work_alone_and_rest_alone() -> None:
    assert read_notice("春节 上班 2月14日", 2026) == (HolidayRule(date(2026, 2, 14), True, "春节"),)
    assert read_notice("清明节 4月5日", 2026) == (HolidayRule(date(2026, 4, 5), False, "清明节"),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("春节", "line"),
        ("春节 ", "line"),
        ("2月15日", "line"),
        ("春节 放假三天", "line"),
        ("春节 2月30日", "date"),
        ("春节 2月15日至17", "date"),
        ("春节 2月17日至2月15日", "range"),
        ("春节 1月1日至12月31日", "range"),
        ("春节 2月1日至2月2日至2月3日", "range"),
        ("春节 2月15日\n元旦 2月15日", "twice"),
    ],
)
def test_what_is_not_understood_is_refused_by_line(text: str, code: str) -> None:
    with pytest.raises(Refusal) as told:
        read_notice(text, 2026)
    assert told.value.code == f"calendar.notice.{code}"


@given(
    st.dictionaries(
        st.dates(date(2025, 12, 1), date(2027, 1, 31)),
        st.tuples(st.booleans(), st.sampled_from(["春节", "元旦", "国庆节", "", "第 3 班"])),
        min_size=1,
    )
)
def test_what_is_written_is_read_back(days: dict[date, tuple[bool, str]]) -> None:
    rules = [HolidayRule(day, works, name) for day, (works, name) in days.items()]
    again = read_notice(write_notice(rules), 2026)
    assert [(each.day, each.is_workday) for each in again] == sorted((day, works) for day, (works, _) in days.items())


def test_long_runs_are_cut() -> None:
    rules = [HolidayRule(date(2026, 1, 1) + timedelta(days=n), False, "停工") for n in range(70)]
    assert read_notice(write_notice(rules), 2026) == tuple(rules)
