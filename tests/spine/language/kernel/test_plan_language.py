"""The language alone: numerals, deadlines, targets, systems, folding, resolving."""

from decimal import Decimal

import pytest

from qilian.spine.annotation.api import read
from qilian.spine.compiled.api import Assignment, UnitString
from qilian.spine.language.api import (
    KnownUnit,
    Resolver,
    find_deadlines,
    find_systems,
    find_targets,
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


def targets(text: str) -> list[tuple[str, str, object, str, str | None, str | None]]:
    folded, span = fold(text), (0, len(text))
    found = find_targets(folded, text, span, find_deadlines(folded, text, span))
    return [(own.indicator, own.op, own.value, own.unit, own.base, own.deadline) for own in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率达到70%。", ("覆盖率", ">=", Decimal(70), "%", None, None)),
        ("总量超过1,200万千瓦", ("总量", ">", Decimal(1200), "万千瓦", None, None)),
        ("能耗控制在0.5吨标准煤以内", ("能耗", "<=", Decimal("0.5"), "吨标准煤", None, None)),
        ("规模稳定在11亿元左右", ("规模", "~", Decimal(11), "亿元", None, None)),
        ("增速保持在6.5%—7%", ("增速", "range", (Decimal("6.5"), Decimal(7)), "%", None, None)),
        ("占比比2020年提高3个百分点", ("占比", "delta", Decimal(3), "百分点", "2020年", None)),
        ("增速高于全国平均水平2个百分点", ("增速", "relative", Decimal(2), "百分点", "全国平均水平", None)),
        ("排名上升3位", ("排名", "rank", Decimal(3), "位", None, None)),
        ("失业率低于5%", ("失业率", "<", Decimal(5), "%", None, None)),
        ("到2026年，产值翻两番", ("产值", "delta", Decimal(2), "番", None, "2026-12-31")),
        ("培育企业100家以上", ("企业", ">=", Decimal(100), "家", None, None)),
        ("引育企业10~20家", ("企业", "range", (Decimal(10), Decimal(20)), "家", None, None)),
        ("建成5个园区", ("园区", "none", Decimal(5), "个", None, None)),
        ("全市活动10场以上", ("全市活动", ">=", Decimal(10), "场", None, None)),
        ("时限减至半个月", ("时限", "<=", Decimal("0.5"), "个月", None, None)),
        ("年均增长8%", ("", "delta", Decimal(8), "%", None, None)),
        ("产值翻一番", ("产值", "delta", Decimal(1), "番", None, None)),
        ("产值达到5亿元左右", ("产值", "~", Decimal(5), "亿元", None, None)),
        ("产值增长5%以上", ("产值", "delta", Decimal(5), "%", None, None)),
        ("排名上升3位以上", ("排名", "rank", Decimal(3), "位", None, None)),
        ("全市产值稳步达到5亿元", ("全市产值", ">=", Decimal(5), "亿元", None, None)),
    ],
)
def test_targets(text: str, expected: tuple[object, ...]) -> None:
    assert targets(text) == [expected]


def test_a_count_stands_beside_a_target_and_is_no_second_one() -> None:
    assert [own[2] for own in targets("税收增长10%以上，建成3个园区。")] == [Decimal(10), Decimal(3)]
    assert [own[2] for own in targets("培育企业100家以上，新增20家。")] == [Decimal(100), Decimal(20)]


def test_distributed_figures_and_figures_that_are_no_targets() -> None:
    assert [own[2] for own in targets("其中甲、乙比重分别达到65%和55%")] == [Decimal(65), Decimal(55)]
    assert targets("对超过100人的企业（达到15%）给予补助，推动3年，活动10场，参保1年以上。") == []
    text = "到2025年，建好。\n产值达到5亿元"
    assert targets(text)[0][5] is None


def test_a_figure_takes_the_date_before_it_in_its_paragraph() -> None:
    assert [own[5] for own in targets("产值达到5亿元，到2025年")] == [None]
    assert [own[5] for own in targets("到2025年产值达到5亿元，到2030年达到9亿元")] == ["2025-12-31", "2030-12-31"]
    assert [own[5] for own in targets("2025年底前达到5亿元")] == ["2025-12-31"]


def test_texts_of_targets_and_what_is_measured() -> None:
    text = "要求：其中，全市产值达到5亿元，企业、达到3家"
    found = find_targets(fold(text), text, (0, len(text)), [])
    assert [(own.text, text[slice(*own.span)], own.indicator) for own in found] == [
        ("达到5亿元", "达到5亿元", "全市产值"),
        ("达到3家", "达到3家", "企业、"),
    ]


def test_counts_beside_figures_are_each_told_once() -> None:
    assert [(own[1], own[2]) for own in targets("建成5个园区，培育企业100家以上，产值达到5亿元，引进人才3名")] == [
        ("none", Decimal(5)),
        (">=", Decimal(100)),
        (">=", Decimal(5)),
        ("none", Decimal(3)),
    ]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("税收增长10%以上，建成3个园区", [("税收", "delta"), ("园区", "none")]),
        ("产值达到5亿元，占全市比重提高到5%，年均增长8%", [("产值", ">="), ("占全市比重", ">="), ("产值", "delta")]),
        ("产值达到5亿元。年均增长8%", [("产值", ">="), ("", "delta")]),
        ("推动产业升级，达到30%", [("", ">=")]),
        ("中水回用率，达到30%", [("中水回用率", ">=")]),
        ("竞争力居全省前列", [("竞争力", "rank")]),
        ("服务实现全覆盖", [("服务", "none")]),
        ("收入与经济增长基本同步", [("收入", "relative")]),
        ("培育会计、税务等机构20家、中心3个", [("会计、税务等机构", "none"), ("中心", "none")]),
        ("培育100家龙头企业、50个品牌", [("龙头企业", "none"), ("品牌", "none")]),
        ("产值达到5亿元，园区、50个企业", [("产值", ">=")]),
        ("压缩开办时间至3个工作日", [("开办时间", "<=")]),
        ("全市已建成园区30个，已达到20%", []),
        ("组织招商活动10次以上，开展同城24小时配送", [("招商活动", ">=")]),
        ("床位占比达到六成以上，培育五十家企业", [("床位占比", ">="), ("企业", "none")]),
    ],
)
def test_what_a_figure_measures(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(own[0], own[1]) for own in targets(text)] == expected


def test_an_aim_in_words_has_no_value() -> None:
    text = "服务实现全覆盖"
    (own,) = find_targets(fold(text), text, (0, len(text)), [])
    assert own.as_json()["value"] is None and own.value is None


def test_a_stop_of_half_width_ends_a_sentence() -> None:
    assert fold("建站.修路. (市甲局)\n一.总则 1.5 a.b 3.建桥") == "建站。修路。 （市甲局）\n一.总则 1.5 a.b 3.建桥"


def test_lasting_work_is_a_deadline_without_a_date() -> None:
    text = "提升热线质量，长期坚持。坚持长期主义。"
    found = find_deadlines(text, text, (0, len(text)))
    assert [(own.text, own.date) for own in found] == [("长期坚持", None)]
