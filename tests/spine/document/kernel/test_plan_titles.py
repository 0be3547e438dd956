"""Titles of columns: what they hold, how surely a line is a row of titles; tables whose shape was lost on the way."""

import pytest

from qilian.spine.document.kernel.tables import find_tables
from qilian.spine.document.kernel.titles import ENOUGH, kind_of, weight


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("牵头单位及责任人", "lead"),
        ("市直责任单位", "responsible"),
        ("配合部门、联系电话", "support"),
        ("牵头及配合单位", "responsible"),
        ("责任分工", "responsible"),
        ("责任单位（列首位的牵头）", "responsible"),
        ("包抓领导", "person"),
        ("完 成 时 限", "when"),
        ("序号", "number"),
        ("备注", "note"),
        ("2026年目标", "text"),
        ("责任追究情况", "text"),
    ],
)
def test_what_a_column_holds(title: str, kind: str) -> None:
    assert kind_of(title, {}) == kind


def test_a_title_of_this_house_means_what_was_said() -> None:
    assert kind_of("谁来 办", {"谁来办": "lead"}) == "lead"
    text = "事项\t谁来办\n修路\t市甲局\n"
    assert find_tables(text) == []
    (table,) = find_tables(text, {"谁来办": "lead"})
    assert [kind for kind, _ in table.rows[0].roles] == ["lead"]


@pytest.mark.parametrize(
    ("titles", "enough"),
    [
        (["序号", "指标（亿元、%）", "2026年目标", "责任单位"], True),
        (["第2项", "责任单位"], False),
        (["市甲局", "责任单位"], False),
        (["修路、架桥", "牵头单位", "配合单位"], True),
        (["甲" * 17, "责任单位"], True),
    ],
)
def test_one_odd_title_does_not_kill_a_table(titles: list[str], enough: bool) -> None:
    kinds = [kind_of(title, {}) for title in titles]
    assert (weight(titles, kinds) >= ENOUGH) == enough


def rows(text: str) -> list[list[list[str]]]:
    return [[[text[slice(*cell)] for _, cell in row.roles] for row in table.rows] for table in find_tables(text)]


def test_two_rows_of_titles() -> None:
    beside = "任务\t责任分工\t\t时限\n\t牵头单位\t配合单位\t\n修路\t市甲局\t市乙局\t2026年\n"
    assert rows(beside) == [[["市甲局", "市乙局", "2026年"]]]
    inside = "任务\t责任分工\t时限\n牵头单位\t配合单位\n修路\t市甲局\t市乙局\t2026年\n"
    assert rows(inside) == [[["市甲局", "市乙局", "2026年"]]]
    neither = "任务\t承办单位\t备注\n牵头单位\t配合单位\t时限\t完成时限\n修路\t市甲局\t无\n"
    assert rows(neither) == []


def test_cells_pasted_one_a_line() -> None:
    head = "序号\n任务\n责任单位\n"
    assert rows(f"{head}1\n修路\n市甲局\n2\n架桥\n市乙局\n") == [[["市甲局"], ["市乙局"]]]
    assert rows(f"{head}1\n修路\n市甲局\n结束的一行\n") == [[["市甲局"]]]
    for lost in (
        "1\n修路\n2\n架桥\n市乙局\n",
        "1\n修路\n市甲局\n架桥\n2\n市乙局\n",
        "2\n修路\n市甲局\n",
        "修路\n市甲局\n",
    ):
        assert rows(f"{head}{lost}") == [], lost
    assert rows("序号\n任务\n说明\n1\n修路\n无\n") == [] and rows("序号\n责任单位\n1\n市甲局\n") == []
    assert rows("序号\n第2项、甲\n第3项、乙\n责任单位\n1\n修路\n通车\n市甲局\n") == []
    assert rows(f"{head}1\n{'甲' * 401}\n市甲局\n") == []
    assert rows(f"{head}1\n修路\n市甲局\n甲\t乙\n") == [[["市甲局"]]]
    assert rows(f"{head}1\n修路\n市甲局\n\n2\n架桥\n市乙局\n") == [[["市甲局"]]]


def test_a_first_column_that_spans_rows_may_be_left_out() -> None:
    text = "类别\t任务\t责任单位\n民生\t修路\t市甲局\n架桥\t市乙局、各区政府\n说明\t没有\n"
    assert rows(text) == [[["市甲局"], ["市乙局、各区政府"]]]
    (table,) = find_tables(text)
    assert [[text[slice(*cell)] for cell in row.above] for row in table.rows] == [[], ["民生"]]
