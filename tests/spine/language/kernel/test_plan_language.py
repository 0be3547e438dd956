"""The language alone: numerals, deadlines, targets, systems, folding, resolving."""

import pytest

from qilian.spine.annotation.api import read
from qilian.spine.compiled.api import Assignment, UnitString
from qilian.spine.language.api import (
    KnownUnit,
    Resolver,
    find_deadlines,
    find_systems,
    fold,
    integer,
    read_time,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("26", 26),
        ("二十六", 26),
        ("二〇一五", 2015),
        ("十", 10),
        ("百零三", 103),
        ("③", 3),
        ("⑴", 1),
        ("", 0),
        ("两", 2),
    ],
)
def test_numerals(written: str, value: int) -> None:
    assert integer(written) == value


def dates(text: str, start_year: int | None = 2019) -> list[tuple[str, str | None]]:
    folded = fold(text)
    return [(own.text, own.date) for own in find_deadlines(folded, text, (0, len(text)), start_year)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("到2027年，建成", "2027-12-31"),
        ("2015年底前完成", "2015-12-31"),
        ("2020年11月底前", "2020-11-30"),
        ("２０２０年２月底前", "2020-02-29"),
        ("二〇二五年底前", "2025-12-31"),
        ("5年内建成", "2024-12-31"),
        ("三到五年时间内", "2024-12-31"),
        ("“十三五”期间", "2020-12-31"),
        ("“十四五”末", "2025-12-31"),
        ("每月28日前", None),
        ("印发之日起30日内", None),
        ("年底前完成", "2019-12-31"),
        ("今年内完成", "2019-12-31"),
        ("2019年1月1日至12月31日", "2019-12-31"),
        ("2023—2025年", "2025-12-31"),
        ("2025年上半年前", "2025-06-30"),
        ("到2025年第三季度", "2025-09-30"),
        ("2025年3月上旬前", "2025-03-10"),
        ("2025年3月中旬前", "2025-03-20"),
        ("2025年3月初前", "2025-03-10"),
        ("2025年1月底前", "2025-01-31"),
        ("2025年2月底前", "2025-02-28"),
        ("2025年12月31日前", "2025-12-31"),
        ("2025年2月30日前", None),
    ],
)
def test_deadlines(text: str, date: str | None) -> None:
    assert [found for _, found in dates(text)] == [date]


def test_what_sets_no_deadline() -> None:
    assert dates("2020年9月11日，某人讲话。从2019年1月1日起实施。24小时服务，5个工作日以内办结。") == []
    assert dates("没有时间") == []


def test_a_date_without_a_year_takes_the_one_before() -> None:
    assert [date for _, date in dates("2021年6月底前出台，12月底前实现", None)] == ["2021-06-30", "2021-12-31"]
    assert dates("年底前完成，三年内建成", None) == [("年底前", None), ("三年内", None)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年", "2025-12-31"),
        ("2025.6", "2025-06-30"),
        ("2025-06-15", "2025-06-15"),
        ("2025.13", None),
        ("2025.1", "2025-01-31"),
        ("2025.12", "2025-12-31"),
        ("2025.0", None),
        ("长期坚持", None),
        ("看情况", None),
    ],
)
def test_times_behind_a_label(text: str, date: str | None) -> None:
    assert [own.date for own in read_time(fold(text), text, (0, len(text)))] == [date]


def test_words_behind_a_label_stay_as_they_are_written() -> None:
    text = "完成时限：看 情况。"
    (own,) = read_time(fold(text), text, (5, 9))
    assert (own.text, own.date, own.span) == ("看 情况", None, (5, 9))


def test_systems() -> None:
    text = "建设数据共享平台，完善“一网通办”和信用信息系统，发展要素交易市场，推进平台建设。"
    assert find_systems(fold(text), text, (0, len(text))) == [
        "数据共享平台",
        "一网通办",
        "信用信息系统",
        "要素交易市场",
    ]


def test_folding_and_resolving() -> None:
    assert fold("（Ａ：１）\r\n單\r") == "（A：1） \n单\n"
    assert fold("龍", {ord("龍"): ord("龙")}) == "龙"
    units = (
        KnownUnit("a", ("市甲局", "甲局")),
        KnownUnit("b", ("市乙 局", "同名局")),
        KnownUnit("c", ("各县、区政府",), collective=True),
        KnownUnit("d", ("同名局",)),
    )
    resolver = Resolver(units)
    assert [
        getattr(resolver.unit(name), "code", None)
        for name in ("甲局", "市乙局", "各县区政府", "同名局", "市丁局", "甲局")
    ] == [
        *("a", "b", "c", None, None, "a"),
    ]


def test_readings_are_honest_about_what_they_do_not_read() -> None:
    assert not read("牵头，负责").understood
    assert read("").mentions == ()
    assert read("下同").following


def test_json_of_small_things() -> None:
    assert Assignment("市甲局", "lead", "explicit", (0, 3)).as_json()["role"] == "lead"
    assert UnitString("市甲局", None, False, 1).as_json() == {
        "text": "市甲局",
        "resolution": None,
        "collective": False,
        "mentions": 1,
    }


def test_a_stop_of_half_width_ends_a_sentence() -> None:
    assert fold("建站.修路. (市甲局)\n一.总则 1.5 a.b 3.建桥") == "建站。修路。 （市甲局）\n一.总则 1.5 a.b 3.建桥"


def test_lasting_work_is_a_deadline_without_a_date() -> None:
    text = "提升热线质量，长期坚持。坚持长期主义。"
    found = find_deadlines(text, text, (0, len(text)))
    assert [(own.text, own.date) for own in found] == [("长期坚持", None)]
