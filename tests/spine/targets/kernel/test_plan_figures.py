"""Figures: what is counted, what moves and by how much, whose figure it is; and reading that grows with the text."""

import sys
from decimal import Decimal

import pytest

from qilian.spine.language.api import find_deadlines, fold
from qilian.spine.targets.api import find_targets


def figures(text: str) -> list[tuple[str, str, object, str]]:
    folded, span = fold(text), (0, len(text))
    found = find_targets(folded, text, span, find_deadlines(folded, text, span))
    return [(own.indicator, own.op, own.value, own.unit) for own in found]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("组织200名护士轮训", "护士"),
        ("推动300户家庭农场入网经营", "家庭农场"),
        ("选派20名教师培训", "教师"),
        ("提供6个综合服务", "综合服务"),  # nobody who serves stands before the verb
        ("完成60个老旧小区改造", "老旧小区改造"),
        ("建设15个村级服务站", "村级服务站"),
        ("培训50名医生和30名护士", "医生"),
        ("建成20处“家门口”驿站", "“家门口”驿站"),
        ("打造9条乡村、滨海线路", "乡村、滨海线路"),
        ("培育10家以上专精特新企业", "专精特新企业"),
        ("新增市场主体2万户，其中企业5000户", "市场主体"),
    ],
)
def test_the_thing_that_is_counted(text: str, indicator: str) -> None:
    assert figures(text)[0][0] == indicator


@pytest.mark.parametrize(
    ("text", "direction", "bound"),
    [
        ("产值增长6%以上", "up", ">="),
        ("产值增长6%左右", "up", "~"),
        ("能耗下降3%以内", "down", "<="),
        ("产值增长不低于6%", "up", ">="),
        ("办理时限压缩50%", "down", None),
        ("产值翻一番", "up", None),
        ("产值达到6亿元以上", None, None),
    ],
)
def test_a_change_has_a_direction_and_perhaps_a_bound(text: str, direction: str | None, bound: str | None) -> None:
    (own,) = find_targets(fold(text), text, (0, len(text)), [])
    assert (own.direction, own.bound) == (direction, bound)
    assert (own.as_json()["direction"], own.as_json()["bound"]) == (direction, bound)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("南港、北港吞吐能力分别提升6%、9%", ["南港吞吐能力", "北港吞吐能力"]),
        ("花生种植、收获机械化率分别达到65%和55%", ["花生种植机械化率", "花生收获机械化率"]),
        ("高血压、糖尿病管理率分别达到65%和55%", ["高血压管理率", "糖尿病管理率"]),
        ("入园率、入学率分别达到96%、95%", ["入园率", "入学率"]),
        ("产值和税收分别达到12亿元、3亿元、1亿元", ["产值和税收"] * 3),
        ("学生、教师满意度分别达到90%、95%", ["学生满意度", "教师满意度"]),
        ("甲乙丙丁、戊己分别达到1%、2%", ["甲乙丙丁", "甲乙戊己"]),
    ],
)
def test_figures_are_distributed_among_names(text: str, names: list[str]) -> None:
    assert [own[0] for own in figures(text)] == names


@pytest.mark.parametrize("bullet", ["——", "－－", "-- ", "●", "·", "▲ "])
def test_a_bullet_is_no_word_of_a_name(bullet: str) -> None:
    """In lists of aims, each on a line of its own; found by texts that nobody here had written."""
    found = figures(
        f"{bullet}地区生产总值增长5.5%左右；\n{bullet}城镇新增就业20万人以上；\n"
        f"{bullet}城镇、农村居民人均可支配收入分别增长5%和7%。"
    )
    names = ["地区生产总值", "城镇新增就业", "城镇居民人均可支配收入", "农村居民人均可支配收入"]
    assert [own[0] for own in found] == names


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("截至2024年底，全省已建成通用机场9个。新建起降点500个以上。", [None]),
        ("（二）“十三五”期间，累计获得奖励17项。争创全国重点实验室3家。", [None]),
        ("到2027年，产值达到80亿元。培育企业20家。", ["2027-12-31", "2027-12-31"]),
        ("到2027年，产值达到80亿元。截至2024年底，已建成机场9个。培育企业20家。", ["2027-12-31", "2027-12-31"]),
    ],
)
def test_a_date_of_what_was_reached_dates_no_aim_behind_it(text: str, dates: list[str | None]) -> None:
    folded = fold(text)
    found = find_targets(folded, text, (0, len(text)), find_deadlines(folded, text, (0, len(text))))
    assert [own.deadline for own in found] == dates


def test_figures_of_growth_belong_to_the_figures_before_them() -> None:
    found = figures("实现产值300亿元、接待游客40万人次，分别增长12%、10%")
    assert [(own[0], own[2]) for own in found[2:]] == [("产值", Decimal(12)), ("游客", Decimal(10))]


@pytest.mark.parametrize(
    "text",
    [
        "正文分为6个部分，满分160分。",
        "围绕3条主线，部署31项工作。",
        "给予50万元补助，单个企业最高200万元。",
        "年收入1亿元以上、税收300万元以上的企业可以申报。",
        "现有企业420家，去年完成投资58亿元。",
        "第3次推进会听取了12个县区的汇报。",
        "对20家企业开展检查。",
        "围绕3类48项内容。",
    ],
)
def test_figures_that_aim_at_nothing(text: str) -> None:
    assert figures(text) == []


def calls(sentences: int) -> int:
    """Return how many calls reading of so many sentences takes."""
    text = "".join(f"到2027年，建成{number + 2}个园区，产值达到{number + 5}亿元。" for number in range(sentences))
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = figures(text)
    finally:
        sys.setprofile(before)
    assert len(found) == 2 * sentences
    return counted


def test_twice_the_sentences_take_twice_the_work() -> None:
    assert calls(800) <= 2.2 * calls(400)
