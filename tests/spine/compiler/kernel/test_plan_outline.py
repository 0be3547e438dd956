"""Outlines: levels in the order of GB/T 9704 and of the rules for drafting laws, sequence, ordinals inside lines."""

from itertools import combinations

import pytest

from qilian.spine.compiler.kernel import compile_plan
from qilian.spine.compiler.kernel.outline import outline

LEVELS = (
    ("第一章 ", "第二章 "),
    ("第一节 ", "第二节 "),
    ("一、", "二、"),
    ("第一条 ", "第二条 "),
    ("（一）", "（二）"),
    ("1.", "2."),
    ("1.1 ", "1.2 "),
    ("（1）", "（2）"),
    ("①", "②"),
    ("一是", "二是"),
)
"""Highest first: 章、节、条 of laws; 一、（一）1.（1） of GB/T 9704-2012 7.3.3; what stands below them by custom."""
ALIKE = (
    (("1.", "2."), ("1、", "2、"), ("⒈", "⒉")),
    (("（1）", "（2）"), ("⑴", "⑵"), ("1）", "2）")),
    (("第一章 ", "第二章 "), ("第一编 ", "第二编 "), ("第一部分 ", "第二部分 "), ("第一篇 ", "第二篇 ")),
)


def drawn(text: str, *, carrying: str = "@") -> list[tuple[str, str, str]]:
    """Return each item as its path, its marker and its own words; `@` stands where annotations begin."""
    items, _ = outline(text, [], [place for place, sign in enumerate(text) if sign == carrying])
    return [
        (".".join(map(str, item.path())), text[slice(*item.marker)], text[slice(*item.own)].strip()) for item in items
    ]


def paths(text: str) -> list[str]:
    return [path for path, _, _ in drawn(text)[1:]]


@pytest.mark.parametrize(("outer", "inner"), list(combinations(LEVELS, 2)))
def test_every_level_stands_below_those_above_it(outer: tuple[str, str], inner: tuple[str, str]) -> None:
    text = f"{outer[0]}甲\n{inner[0]}乙@\n{inner[1]}丙@\n{outer[1]}丁\n{inner[0]}戊@\n{inner[1]}己@\n"
    assert paths(text) == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


@pytest.mark.parametrize("styles", ALIKE)
def test_styles_of_one_level_are_siblings(styles: tuple[tuple[str, str], ...]) -> None:
    for first, second in ((a[0], b[1]) for a in styles for b in styles):
        assert paths(f"{first}甲@\n{second}乙@\n") == ["1", "2"]


def test_markers_and_words_are_those_of_the_text() -> None:
    text = "题目\n一、 总则\n一、二、三产业。\n（一） 范围。甲。\n1. 做事\n⒉、做人\n二、附则"
    assert drawn(text) == [
        ("", "", "题目"),
        ("1", "一、 ", "总则\n一、二、三产业。"),
        ("1.1", "（一） ", "范围。甲。"),
        ("1.1.1", "1. ", "做事"),
        ("1.1.2", "⒉、", "做人"),
        ("2", "二、", "附则"),
    ]


@pytest.mark.parametrize("lead", ["", " ", "\t", "## ", "* ", "· ", "> 　".replace("　", " ")])
def test_what_may_stand_before_an_ordinal_that_begins_a_line(lead: str) -> None:
    assert paths(f"{lead}三、做事\n") == ["3"]
    assert paths(f"前言\n{lead}三、做事\n") == ["3"]


@pytest.mark.parametrize("lead", ["甲", "甲 ", "第", "，"])
def test_what_else_stands_before_it_makes_it_part_of_the_sentence(lead: str) -> None:
    assert paths(f"{lead}三、做事\n") == []


@pytest.mark.parametrize("stop", list("。；：！？）］】…”"))
def test_inside_a_line_an_ordinal_stands_behind_a_stop_and_in_sequence(stop: str) -> None:
    assert paths(f"甲{stop}（一）乙@{stop} （二）丙@{stop}（四）丁@{stop}（三）戊@") == ["1", "2", "3"]
    assert paths(f"甲{stop}{' ' * 19}（一）乙@") == ["1"]


@pytest.mark.parametrize(
    "text",
    [
        "落实“双创”一、二级标准@",
        "用好“智造”1、三期工程@",
        "一、二、三产业@",
        "第一、二季度@",
        "（一）至（三）项@",
        "（一）、（二）@",
        "达到1.5万元@",
        "增长1.2.3倍@",
        "共3.0版@",
        "唯一是平台@",
        "单位十一是指@",
        "（2015）年@",
        "1234.做事@",
        "（1）款@",
    ],
)
def test_what_only_looks_like_an_ordinal(text: str) -> None:
    assert paths(f"甲乙丙{text}") == []


def test_quotation_marks_may_end_what_goes_before_other_levels() -> None:
    assert paths("做好“甲”（一）乙@。“丙”（二）丁@") == ["1", "2"]
    assert paths("做好“甲”①乙@。“丙”②丁@") == ["1", "2"]


def test_a_date_at_the_beginning_of_a_line_is_a_number_and_a_year() -> None:
    assert paths("1.2020年做甲\n2.2021年做乙\n") == ["1", "2"]
    assert paths("1.20 甲\n1.21 乙\n") == ["20", "21"]


def test_where_breaks_are_lost_the_first_group_follows_its_title() -> None:
    assert paths("一、任务（一）做甲@。（二）做乙@。二、保障（一）做丙@。") == ["1", "1.1", "1.2", "2", "2.1"]
    assert paths("一、任务很多。（一）做甲@") == ["1", "1.1"]
    assert paths("一、任务；要求（一）做甲@") == ["1"]
    assert paths("为了发展（一）做甲@") == []
    assert paths("一、任务1.做甲@") == ["1"]
    assert paths("一、" + "甲" * 79 + "（一）乙@") == ["1", "1.1"]
    assert paths("一、" + "甲" * 80 + "（一）乙@") == ["1"]
    assert paths("（一）任务。\n甲（二）乙@") == ["1"]
    assert paths("一、甲。（一）乙（二）丙@") == ["1", "1.1"]


def test_numbers_begin_again_below_each_heading_only() -> None:
    assert paths("一、甲。1.乙@。2.丙@。二、丁。1.戊@。1.己@。2.庚@") == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_what_is_said_may_skip_a_number_but_not_go_back() -> None:
    assert paths("甲。一是乙@。三是丙@。二是丁@。四是戊@") == ["1", "3", "4"]
    assert paths("甲。二是乙@") == []
    assert paths("甲。一是乙@。二是丙@。二是丁@") == ["1", "2"]


def test_nothing_counts_where_it_is_blocked() -> None:
    text = "1.甲\n2.乙\n3.丙\n"
    items, _ = outline(text, [(4, 7)], [])
    assert [item.ordinal for item in items[1:]] == [1, 3]
    items, _ = outline(text, [(0, 3), (4, 7)], [])
    assert [item.ordinal for item in items[1:]] == [3]


def test_a_list_inside_a_paragraph_divides_it_only_where_its_items_carry_annotations() -> None:
    assert paths("（一）甲。一是乙。二是丙。三是丁@。") == ["1"]
    assert paths("（一）甲。一是乙@。二是丙。三是丁@。") == ["1", "1.1", "1.2", "1.3"]
    assert paths("（一）甲。\n一是乙。\n二是丙。@") == ["1"]
    assert paths("（一）甲。\n1.乙。\n2.丙。\n") == ["1", "1.1", "1.2"]
    assert paths("（一）甲。1.乙。2.丙。@") == ["1"]
    assert paths("（一）甲。1.乙。@") == ["1", "1.1"]
    assert paths("（一）甲。1.乙。（1）丁@。（2）戊@。2.丙。@") == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]
    assert paths("一、甲。（一）乙。（二）丙。@") == ["1", "1.1", "1.2"]


def breaks(text: str) -> list[tuple[str, str]]:
    _, found = outline(text, [], [])
    assert {doubt.kind for doubt in found} <= {"sequence"}
    return [(text[slice(*doubt.span)], doubt.message) for doubt in found]


def test_gaps_in_a_sequence_are_told_where_they_are() -> None:
    assert breaks("一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊\n三、己\n（二）庚\n") == []
    assert breaks("一、甲\n三、乙\n") == [("三、", "序号不连续：上一项为第1项，此处为第3项")]
    assert breaks("二、甲\n") == [("二、", "序号不连续：上一项为第0项，此处为第2项")]
    assert breaks("一、甲\n1.乙\n2.丙\n二、丁\n3.戊\n4.己\n") == []
    assert breaks("一、甲\n1.乙\n1.丙\n") == [("1.", "序号不连续：上一项为第1项，此处为第1项")]
    assert breaks("一、甲\n1.乙\n二、丙\n3.丁\n") == [("3.", "序号不连续：上一项为第1项，此处为第3项")]


def test_the_root_holds_what_stands_before_the_first_ordinal() -> None:
    assert drawn("") == [("", "", "")]
    assert drawn("只有一段。") == [("", "", "只有一段。")]
    assert compile_plan("一、甲\n二、乙\n").clauses[1].id == "2"
