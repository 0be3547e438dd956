"""Targets alone: operators, counts, ranges, changes, what is measured, and what is none."""

from decimal import Decimal

import pytest

from qilian.spine.language.api import find_deadlines, fold
from qilian.spine.targets.api import find_targets


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
