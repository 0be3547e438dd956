"""The dry run: headers in any order and language, every problem by row and column, keys, caps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.house.forms.api import FieldSpec, Form, When, check
from qilian.core.papers.sheets.kernel import (
    COLUMNS_MAX,
    PROBLEMS_KEPT,
    ROWS_MAX,
    Line,
    Problem,
    Report,
    Sheet,
    column_letter,
    columns_of,
    dry_run,
    match_header,
    refused,
    template,
)
from qilian.core.values.text import Refusal, Text

KINDS = (("lab", Text("检测", "Testing")), ("it", Text("信息", "IT")))
FORM = Form(
    "labs",
    Text("实验室", "Labs"),
    (
        FieldSpec("code", Text("编号", "Code"), length=8, hint=Text("铭牌上的。", "On the plate.")),
        FieldSpec("kind", Text("类别", "Kind"), "choice", choices=KINDS),
        FieldSpec("price", Text("价格", "Price"), "money", required=False, unit=Text("元", "CNY"), low="0", high="100"),
        FieldSpec("open", Text("对外开放", "Open"), "boolean", required=False),
        FieldSpec("hours", Text("机时", "Hours"), "integer", when=When("open", ("yes",))),
        FieldSpec("tags", Text("标签", "Tags"), "choices", choices=KINDS, required=False),
    ),
)
SHEET = Sheet("labs", Text("实验室", "Labs"), FORM, ("code",), "labs.edit")
HEADER = ("编号", "类别", "价格（元）", "对外开放", "机时", "标签")


def run(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, sheet: Sheet = SHEET) -> Report:
    return dry_run(sheet, [Line(number, cells) for number, cells in enumerate((header, *rows), 1)])


def said(report: Report) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.letter, problem.message.zh) for problem in report.problems]


def test_a_right_file_is_ready_row_by_row() -> None:
    report = run(("L1", "检测", "５0.25", "是", "8", "检测、it"), ("L2", "IT", "", "no", "ignored", ""))
    assert report.clean and report.read == 2 and report.total == 0
    assert [row.number for row in report.ready] == [2, 3]
    assert report.ready[0].written == {
        "code": "L1",
        "kind": "lab",
        "price": "50.25",
        "open": "yes",
        "hours": "8",
        "tags": ["lab", "it"],
    }
    assert report.ready[1].written == {"code": "L2", "kind": "it", "price": "", "open": "no", "tags": []}
    assert all(check(FORM, row.written).ok for row in report.ready)


@pytest.mark.parametrize(
    "header",
    [
        ("hours", "tags", "open", "kind", "price", "code"),
        ("HOURS ", "Tags", " Open", "Kind*", "Price (CNY)", "ｃｏｄｅ"),
        ("机时", "标签", "对外 开放", "* 类别", "价格（元）", "编号"),
    ],
)
def test_the_order_and_language_of_headers_are_free(header: tuple[str, ...]) -> None:
    report = run(("8", "lab", "yes", "it", "5", "L1"), header=header)
    assert report.clean and report.ready[0].written["code"] == "L1" and report.ready[0].written["price"] == "5"


def test_missing_unknown_and_double_headers_are_each_a_sentence() -> None:
    report = run(("L1", "x", "L2"), header=("编号", "颜色", "code"))
    assert said(report) == [
        (1, "B", "不认识“颜色”这一列。"),
        (1, "C", "“编号”列有两个：A 列和 C 列。"),
        (1, "", "缺少“类别”这一列。"),
    ]
    assert report.read == 1 and report.ready == () and not report.clean
    assert all(problem.message.en and problem.remedy.en for problem in report.problems)


def test_an_unknown_column_hides_no_other_problem() -> None:
    report = run(("L1", "lab", "x"), ("", "lab", "x"), header=("编号", "类别", "颜色"))
    assert [row.number for row in report.ready] == [2] and not report.clean
    assert said(report) == [(1, "C", "不认识“颜色”这一列。"), (3, "A", "请填写编号。")]


def test_without_any_known_header_the_wanted_one_is_named() -> None:
    report = run(("L1", "lab"), header=("甲", "乙"))
    last = report.problems[-1]
    assert report.total == 1 and last.message.zh == "没有找到表头。"
    assert last.remedy.zh == "第一行应为列名：编号、类别、价格（元）、对外开放、机时、标签。"
    assert "Price (CNY)" in last.remedy.en


def test_every_problem_is_told_by_row_and_column() -> None:
    report = run(
        ("toolongcode", "绿", "999", "maybe", "", "红"),
        (),
        ("L2", "lab", "0.001", "是", "x", ""),
        ("L2", "lab", "", "是", "", ""),
    )
    assert said(report) == [
        (2, "D", "对外开放要填“是”或“否”。"),
        (2, "A", "编号有 11 字，最多 8 字。"),
        (2, "B", "类别没有“绿”这个选项。"),
        (2, "C", "价格不能大于 100。"),
        (2, "F", "标签没有“红”这个选项。"),
        (4, "C", "价格最小到分。"),
        (4, "E", "机时不是数字。"),
        (5, "E", "请填写机时。"),
        (5, "", "与第 4 行重复：编号都是“L2”。"),
    ]
    assert report.read == 3 and report.total == 9 and report.ready == ()
    assert report.problems[-1].title == Text("编号", "Code")


def test_a_sound_row_beside_a_wrong_one_is_still_ready() -> None:
    report = run(("L1", "lab"), ("", "lab"))
    assert [row.number for row in report.ready] == [2] and not report.clean
    assert said(report) == [(3, "A", "请填写编号。")]


def test_a_conditional_column_that_is_missing_is_told_where_it_is_needed() -> None:
    report = run(("L1", "lab", "是"), ("L2", "lab", "否"), header=("编号", "类别", "对外开放"))
    assert said(report) == [(2, "", "请填写机时。")]


def test_cells_without_a_header_are_told_once_for_each_column() -> None:
    report = run(("L1", "lab", "x", "y"), ("L2", "lab", "x", "y"), header=("编号", "类别", ""))
    assert said(report) == [(2, "C", "这一列有内容，但没有列名。"), (2, "D", "这一列有内容，但没有列名。")]
    assert said(run(("L1", "x", "lab"), header=("编号", " ", "类别"))) == [(2, "B", "这一列有内容，但没有列名。")]
    assert run(("L1", "", "lab"), header=("编号", "", "类别")).clean


def test_rows_without_a_key_do_not_repeat_each_other() -> None:
    sheet = Sheet("s", Text("表", "S"), Form("s", Text("表", "S"), FORM.fields[2:4]), ("price",), "a")
    assert run(("", "是"), ("", "是"), ("1", ""), header=("价格", "对外开放"), sheet=sheet).clean
    assert run(("1.0", ""), ("1", ""), header=("价格", "对外开放"), sheet=sheet).problems[0].row == 3


@pytest.mark.parametrize(("rows", "row"), [([], 1), ([Line(1, ("", " "))], 1), ([Line(3, ("编号", "类别"))], 4)])
def test_a_file_without_rows_says_so(rows: list[Line], row: int) -> None:
    report = dry_run(SHEET, rows)
    assert said(report) == [(row, "", "文件里没有数据。")] and not report.clean


def test_only_the_first_thousand_problems_are_kept_but_all_are_counted() -> None:
    report = run(*[("", "绿")] * 700)
    assert report.total == 1400 and len(report.problems) == PROBLEMS_KEPT and report.read == 700


def test_more_rows_or_columns_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ROWS_MAX == 200_000
    monkeypatch.setattr("qilian.core.papers.sheets.kernel.trial.ROWS_MAX", 2)
    assert run(("L1", "lab"), ("L2", "lab")).clean
    with pytest.raises(Refusal) as refusal:
        run(("L1", "lab"), ("L2", "lab"), ("L3", "lab"))
    assert refusal.value.code == "sheets.rows"
    with pytest.raises(Refusal) as refusal:
        run(("x",) * (COLUMNS_MAX + 1))
    assert refusal.value.code == "sheets.columns" and "第 2 行" in refusal.value.message.zh
    assert run(("L1", "lab", *[""] * 500)).clean


def test_further_problems_join_a_report_in_the_order_of_rows() -> None:
    report = run(("L1", "lab"), ("", "lab"), ("L3", "lab"))
    more = Problem.of_refusal(Refusal("x", Text("不行", "no"), remedy=Text("改", "mend")), 2)
    joined = report.joined([more])
    assert [problem.row for problem in joined.problems] == [2, 3] and joined.total == 2
    assert [row.number for row in joined.ready] == [4]


def test_a_problem_comes_back_from_its_data() -> None:
    for problem in (*run(("", "绿")).problems, *refused(Refusal("x", Text("坏", "bad"))).problems):
        assert Problem.of_data(problem.as_data()) == problem


def test_a_wrong_sheet_names_its_problems() -> None:
    assert SHEET.problems() == []
    field = FieldSpec("paper", Text("附件", "Paper"), "file")
    bad = Sheet("bad", Text("坏", "Bad"), Form("bad", Text("坏", "Bad"), (field,)), ("day",), "a")
    assert bad.problems() == ["the key day is no field", "paper is a file"]
    assert Sheet("e", Text("空", "E"), Form("e", Text("空", "E"), ()), (), "a").problems() == [
        "the sheet has no fields"
    ]


def test_each_column_is_explained_in_both_languages() -> None:
    told = {spec.name: text for spec, text in columns_of(SHEET)}
    assert told["code"] == Text("文字。铭牌上的。", "Text. On the plate.")
    assert told["kind"] == Text("填其中一项：检测、信息。", "One of: Testing, IT.")
    assert told["price"] == Text(
        "金额，以元计，不小于 0，不大于 100。", "An amount in CNY, not below 0, not above 100."
    )
    assert told["hours"].zh == "整数。仅当“对外开放”为“是”时填写，否则不计入。"
    assert told["tags"].zh == "可填多项，用顿号隔开：检测、信息。"
    many = tuple((str(n), Text(f"项{n}", f"item {n}")) for n in range(13))
    sheet = Sheet(
        "m",
        Text("多", "M"),
        Form("m", Text("多", "M"), (FieldSpec("x", Text("项", "X"), "choice", choices=many),)),
        (),
        "a",
    )
    assert columns_of(sheet)[0][1].zh.endswith("项11 …。")


def test_the_template_matches_its_own_sheet() -> None:
    for english in (False, True):
        header = match_header(SHEET, Line(1, template(SHEET, english=english)))
        assert header.problems == () and len(header.places) == len(FORM.fields)


@given(st.integers(0, 20_000))
def test_letters_count_as_spreadsheets_do(position: int) -> None:
    number = 0
    for character in column_letter(position):
        number = number * 26 + ord(character) - ord("A") + 1
    assert number == position + 1


def test_titles_above_the_header_are_passed_over() -> None:
    report = run(("单位：市甲局", ""), HEADER, ("L1", "检测", "5", "", "", ""), header=("实验室清单",))
    assert report.clean and [row.number for row in report.ready] == [4]
    assert run(("编号",), ("L1", "lab"), header=("清单",)).problems[0].row == 1  # one word may be anything


def test_powers_of_ten_in_codes_and_amounts_are_refused() -> None:
    report = run(("6.2E+18", "lab", "1E+01", "", "", ""))
    assert said(report) == [
        (2, "A", "编号“6.2E+18”是科学计数法，末尾的数字已经丢失。"),
        (2, "C", "价格是科学计数法，末尾的数字已经丢失。"),
    ]
    assert all("文本" in problem.remedy.zh and "every digit" in problem.remedy.en for problem in report.problems)
