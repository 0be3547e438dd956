"""Tables in text, cell by cell: what heads a column, what frames a line, where a table ends."""

import pytest

from qilian.spine.document.kernel.tables import Table, find_tables

Read = list[tuple[str, list[str], str | None, list[tuple[str, str]]]]


def found(text: str) -> list[Read]:
    """Return each table's rows as words: the task, the cells beside it, its number, its roles."""
    return [
        [
            (
                text[slice(*row.words)],
                [text[slice(*cell)] for cell in row.context],
                row.number and text[slice(*row.number)],
                [(kind, text[slice(*cell)]) for kind, cell in row.roles],
            )
            for row in table.rows
        ]
        for table in find_tables(text)
    ]


def one(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def test_every_column_says_by_its_title_what_its_cells_are() -> None:
    head = "序号\t项目\t工作任务\t牵头单位\t配合部门\t完成时限\t责任人\t备注"
    full = "1\t甲类\t建设统一的平台\t市甲局\t市乙局\t2025年底\t张三\t重要"
    bare = "\t\t建站点\t市丙局\t\t\t\t"
    text = f"{head}\n{full}\n{bare}\n"
    roles = [("lead", "市甲局"), ("support", "市乙局"), ("when", "2025年底"), ("person", "张三")]
    assert found(text) == [
        [("建设统一的平台", ["甲类"], "1", roles), ("建站点", [], None, [("lead", "市丙局")])],
    ]
    table = one(text)
    assert text[slice(*table.header)] == head and text[slice(*table.span)] == f"{head}\n{full}\n{bare}"
    assert [text[slice(*row.span)] for row in table.rows] == [full, bare]
    assert not table.first_leads


def test_the_longest_cell_is_the_task_wherever_it_stands() -> None:
    assert found("任务\t类别\t责任单位\n建设全市统一的数据平台\t平台\t市甲局\n") == [
        [("建设全市统一的数据平台", ["平台"], None, [("responsible", "市甲局")])]
    ]
    assert found("任务\t责任单位\n\t市甲局\n") == [[("", [], None, [("responsible", "市甲局")])]]


@pytest.mark.parametrize("title", ["序号", "编号", "项次"])
def test_numbers_are_told_from_notes(title: str) -> None:
    assert found(f"{title}\t任务\t牵头单位\t说明\n三\t建站\t市甲局\t无\n") == [
        [("建站", [], "三", [("lead", "市甲局")])]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "任务\t责任单位\n建站\t市甲局\n",
        "任务|责任单位\n建站|市甲局\n",
        "| 任务 | 责任单位 |\n|---|:--:|\n| 建站 | 市甲局 |\n",
        "|任务|责任单位|\n|建站|市甲局|\n",
        "  | 任务 | 责任单位\n | 建站 | 市甲局\n",
        "任务  责任单位\n建站   市甲局\n",
        "任务\t责 任 单 位\n=====\n 建站 \t 市甲局 \n",
    ],
)
def test_columns_are_divided_by_tabs_bars_or_gaps(text: str) -> None:
    assert found(text) == [[("建站", [], None, [("responsible", "市甲局")])]]


def test_only_a_bar_at_the_beginning_makes_the_last_one_a_frame() -> None:
    assert found("任务|责任单位|\n建站|市甲局|\n") == [[("建站", [], None, [("responsible", "市甲局")])]]
    assert found("|任务|责任单位|\n|建站||\n") == [[("建站", [], None, [])]]
    assert found("\t任务\t责任单位\n1\t建站\t市甲局\n") == [[("建站", ["1"], None, [("responsible", "市甲局")])]]


def test_a_table_may_begin_the_text_with_a_bare_role() -> None:
    assert found("牵头\t任务\n市甲局\t建站\n") == [[("建站", [], None, [("lead", "市甲局")])]]
    assert found("前言。\n牵头\t任务\n市甲局\t建站") == [[("建站", [], None, [("lead", "市甲局")])]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "责任单位\n市甲局\n",  # one column
        "责任单位\t牵头单位\n市甲局\t市乙局\n",  # no column of tasks
        "任务\t责任人\n建站\t张三\n",  # persons are no units
        "任务\t说明\n建站\t由单位办\n",  # no role at all
        "市甲局\t责任单位\n建站\t市乙局\n",  # a unit is no title
        "建平台、修路\t责任单位\n建站\t市乙局\n",  # a list is no title
        "第2项\t责任单位\n建站\t市乙局\n",  # a figure is no title
        "任务\t责任单位\n",  # no rows
        "任务\t责任单位\n一段文字。\n",
        "任务\t责任单位\n\n建站\t市甲局\n",  # a blank line ends it
        "任务\t责任单位\n责任单位\t市丙局\n",  # a form has labels at its left
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert find_tables(text) == []


def test_a_table_ends_where_its_columns_end_and_another_may_follow() -> None:
    text = "任务\t责任单位\n建站\t市甲局\n坏行\n任务\t牵头单位\n修路\t市乙局\n桥\t市丙局\t多\n"
    text += "任务\t配合单位\n挖井\t市丁局\n"
    assert found(text) == [
        [("建站", [], None, [("responsible", "市甲局")])],
        [("修路", [], None, [("lead", "市乙局")])],
        [("挖井", [], None, [("support", "市丁局")])],
    ]


def test_a_header_has_at_most_four_hundred_characters() -> None:
    def header(length: int) -> str:
        return "甲" * (length - len("\t责任单位")) + "\t责任单位"

    assert len(find_tables(f"前言\n{header(400)}\n建站\t市甲局\n")) == 1
    assert find_tables(f"前言\n{header(401)}\n建站\t市甲局\n") == []
    assert len(find_tables(f"{'前言。' * 200}\n任务\t责任单位\n建站\t市甲局\n")) == 1


def test_a_note_in_the_header_says_that_the_first_leads() -> None:
    assert one("任务\t责任单位（排在第一位的为牵头单位）\n建站\t市甲局、市乙局\n").first_leads


def test_headings_between_rows_divide_a_table_and_its_header_may_stand_again() -> None:
    text = (
        "任务\t牵头单位\n一、政务\n建站\t市甲局\n二、要素\n任务\t牵头单位\n修路\t市乙局\n任务\t牵头单位\n架桥\t市丙局\n"
    )
    tables = find_tables(text)
    assert [[text[slice(*row.words)] for row in table.rows] for table in tables] == [[], ["建站"], ["修路", "架桥"]]
    assert [text[slice(*table.header)] for table in tables] == ["任务\t牵头单位", "", "任务\t牵头单位"]
    assert [len(table.repeated) for table in tables] == [0, 0, 1]
    assert find_tables("任务\t牵头单位\n一、政务\n二、要素\n三、市场\n建站\t市甲局\n") == []


def test_a_cell_of_several_lines_belongs_to_its_row() -> None:
    text = "任务\t牵头单位\t时限\n建站\t市甲局\n市乙局\t2025年\n修路\t市丙局"
    assert found(text) == [[("建站", [], None, [("lead", "市甲局\n市乙局"), ("when", "2025年")])]]
    assert found("任务\t牵头单位\t时限\n建站\t市甲局\n市乙局\t2025年\t多\n") == []
