"""Words at their limits: numerals of GB/T 15835, what is like a unit, names of systems, lists inside an annotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.spine.annotation.api import read
from qilian.spine.language.api import find_systems, fold, integer, words

_DIGITS, _PLACES = "零一二三四五六七八九", ("", "十", "百", "千")


def spelled(number: int) -> str:
    """Write a number below ten thousand as GB/T 15835-2011 does; an independent writer for the reader."""
    written, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if zero and written else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return written.removeprefix("一") if 10 <= number < 20 else written


@given(st.integers(1, 9999))
def test_what_is_spelled_out_is_read_back(number: int) -> None:
    assert integer(spelled(number)) == integer(str(number)) == number


@given(st.integers(1000, 9999))
def test_years_are_read_digit_by_digit(year: int) -> None:
    written = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    assert integer(written) == integer(written.replace("〇", "零")) == year


@pytest.mark.parametrize(("written", "value"), [("甲", 0), ("甲乙", 0), ("十甲", 10), ("⑳", 20), ("⒛", 20), ("〇", 0)])
def test_signs_that_are_numbers_and_signs_that_are_none(written: str, value: int) -> None:
    assert integer(written) == value


def test_what_is_like_a_unit_has_at_most_forty_characters() -> None:
    assert words.unit_like("市" + "甲" * 38 + "局") and not words.unit_like("市" + "甲" * 39 + "局")
    assert words.unit_like("各有关方") and not words.unit_like("甲乙丙")


def test_what_reads_as_a_unit_alone_has_at_most_twenty_four() -> None:
    assert words.strictly_unit("市" + "甲" * 22 + "局")
    assert words.strictly_unit("市" + "甲" * 19 + "局（乙）") and not words.strictly_unit("市" + "甲" * 20 + "局（乙）")
    assert not words.strictly_unit("全局") and not words.strictly_unit("市甲局的")


def test_a_line_that_is_only_what_its_label_waits_for() -> None:
    text = "责任单位：\n市甲局、各县政府。\n2027年底前；\n请认真落实\n市乙局"
    lines = [text.index(line) for line in ("市甲局", "2027", "请认真落实", "市乙局")]
    assert [words.only_value(text, "", place) for place in lines] == [True, True, False, True]
    assert not words.only_value(text, "市丙局", lines[0])
    assert not words.only_value(text, "", len(text) + 1)


def systems(text: str) -> list[str]:
    return find_systems(fold(text), text, (0, len(text)))


def test_a_system_has_a_name_before_its_kind() -> None:
    assert systems("建设甲平台。") == [] and systems("建设甲乙平台。") == ["甲乙平台"]
    assert systems("建设信息平台，完善服务体系，建设信息平台。") == ["信息平台", "服务体系"]
    assert systems("建设重点项目平台，推进项目建设工程。") == []
    assert systems("打造“甲乙通”和“甲”") == ["甲乙通"]


def units(inner: str) -> list[str]:
    return [inner[slice(*mention.span)] for mention in read(inner).mentions]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("由市甲局负责", ["市甲局"]),
        ("由市甲局和市乙局负责", ["市甲局", "市乙局"]),
        ("市甲局及市乙局负责", ["市甲局", "市乙局"]),
        ("市甲局以及市乙局负责", ["市甲局", "市乙局"]),
        ("市甲局会同县乙局负责", ["市甲局", "县乙局"]),
        ("市甲局和县乙局负责", ["市甲局和县乙局"]),
        ("市甲局和市乙办负责", ["市甲局", "市乙办"]),
        ("市甲局和市乙丙负责", ["市甲局和市乙丙"]),
        ("市甲局和各县负责", ["市甲局", "各县"]),
        ("市甲局和有关单位负责", ["市甲局", "有关单位"]),
        ("市甲局和相关部门负责", ["市甲局", "相关部门"]),
        ("市甲局和其他部门负责", ["市甲局", "其他部门"]),
        ("责任单位：和市甲局", ["市甲局"]),
        ("责任单位：市甲局和", ["市甲局和"]),
        ("责任单位：市甲局等单位和市乙局", ["市甲局", "市乙局"]),
        ("责任单位：文化和旅游局", ["文化和旅游局"]),
        ("责任单位：市甲局 市乙局", ["市甲局", "市乙局"]),
        ("责任单位：市甲局 市乙 丙", ["市甲局 市乙 丙"]),
        ("责任单位：市甲局 市乙局 市丙局", ["市甲局", "市乙局", "市丙局"]),
        ("责任单位：无", []),
        ("责任单位：、市甲局、、", ["市甲局"]),
        ("责任单位： · 市甲局 。", ["市甲局"]),
        ("责任单位：市甲局（含（乙）、丙）、市丁局", ["市甲局（含（乙）、丙）", "市丁局"]),
        ("责任单位：市甲局）、市乙局（丙、丁）、市戊局", ["市甲局", "市乙局（丙、丁）", "市戊局"]),
        ("责任单位：市甲局））、（乙、丙）局、市丁局", ["市甲局）", "（乙、丙）局", "市丁局"]),
    ],
)
def test_units_are_divided_where_both_sides_are_units(inner: str, expected: list[str]) -> None:
    assert units(inner) == expected


def test_marks_at_both_ends_belong_to_nobody() -> None:
    reading = read("完成时限： 2027年底 ；责任人：张三 ，市甲局负责")
    inner = "完成时限： 2027年底 ；责任人：张三 ，市甲局负责"
    assert [inner[slice(*span)] for span in reading.times] == ["2027年底"]
    assert [inner[slice(*span)] for span in reading.persons] == ["张三 ，市甲局负责"]
