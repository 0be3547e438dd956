"""How values are said on screen and written to CSV."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qilian.core.house.pages import Column, Head, Status
from qilian.core.values.money import Money
from qilian.core.values.quantity import Quantity
from qilian.core.values.text import Text
from qilian.web.components import tags
from qilian.web.components.sheets import csv_response, csv_text
from qilian.web.components.tables import cells
from qilian.web.components.values import disarmed, drawn, said, written

NIGHT = datetime(2015, 2, 28, 17, 5, tzinfo=UTC)  # already 1 March in Xining


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (1234567, "1,234,567"),
        (Decimal("1234.50"), "1,234.50"),
        (True, "是"),
        (False, "否"),
        (Money.yuan("1234.5"), "1,234.50 元"),
        (Money(100, "USD"), "USD 1.00"),
        (Quantity.of("12500", "平方米"), "12,500 平方米"),
        (Text("检验", "Testing"), "检验"),
        (["甲", Text("乙", "B")], "甲、乙"),
        ([], "—"),
        (date(2015, 3, 1), "2015年3月1日"),
    ],
)
def test_values_are_said_in_plain_chinese(value: object, zh: str) -> None:
    assert said(value) == zh


def test_values_are_said_in_english(english: None) -> None:
    assert [said(True), said(False)] == ["yes", "no"]
    assert said(Money.yuan("1234.5")) == "CNY 1,234.50"
    assert said(Quantity.of("12500", "平方米")) == "12,500 m²"
    assert said(Quantity.of("3", "个")) == "3 个"  # no English form: it stays as it is
    assert said(["a", "b"]) == "a, b"
    assert drawn(NIGHT).text == "1 March 2015 01:05"


def test_moments_are_drawn_in_shanghai_with_their_machine_form() -> None:
    shown = drawn(NIGHT)
    assert (shown.text, shown.moment) == ("2015年3月1日 01:05", "2015-03-01T01:05+08:00")
    assert tags.day(NIGHT) == "2015年3月1日"
    assert drawn(date(2015, 3, 1)).moment == "2015-03-01"


def test_states_keep_their_word_beside_the_colour() -> None:
    html = tags.status(Status(Text("逾期 <b>", "Overdue"), "red"))
    assert html == '<span class="status status-red">逾期 &lt;b&gt;</span>'
    assert tags.value(Status(Text("逾期", "Overdue"), "red")) == '<span class="status status-red">逾期</span>'


@pytest.mark.parametrize(("fen", "said_as"), [(0, "0.00"), (5, "0.05"), (123456789, "1,234,567.89"), (-105, "-1.05")])
def test_money_of_fen(fen: int, said_as: str) -> None:
    assert tags.money(fen) == said_as


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "\n="])
def test_words_that_a_spreadsheet_would_run_are_disarmed(start: str) -> None:
    assert disarmed(f"{start}HYPERLINK()").startswith("'")


def test_what_csv_holds_is_exact_and_plain() -> None:
    assert written(-5) == -5  # a number is no formula
    assert written(Money.yuan("1234.5")) == Decimal("1234.5")
    assert written(Quantity.of("1.5", "吨")) == Decimal("1.5")
    assert written(NIGHT) == "2015-03-01 01:05"
    assert written(date(2015, 3, 1)) == "2015-03-01"
    assert written(Status(Text("逾期", "Overdue"), "red")) == "逾期"
    assert written(None) == written("") == ""
    assert written(True) == "是"


def test_a_csv_file_opens_in_a_spreadsheet() -> None:
    columns = [
        Column("name", Text("名称", "Name"), lambda row: row[0]),
        Column("amount", Text("金额", "Amount"), lambda row: row[1], "number", unit=Text("万元", "10,000 CNY")),
    ]
    rows = [("=1+1", Money.yuan(123_400)), ('引"号,逗号', None)]
    assert csv_text(columns, rows).splitlines() == ["\ufeff名称,金额（万元）", "'=1+1,12.34", '"引""号,逗号",']
    answer = csv_response(Head(Text("名/单", "List")), columns, rows)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "filename*=UTF-8''%E5%90%8D%2F%E5%8D%95-" in answer["Content-Disposition"]


def test_cells_know_alignment_room_and_links() -> None:
    columns = [
        Column("text", Text("文", "Text"), lambda row: row),
        Column("long", Text("长", "Long"), lambda _row: "长" * 30),
        Column("short", Text("短", "Short"), lambda _row: "l" * 30),
        Column("count", Text("数", "Count"), lambda _row: 7),
        Column("money", Text("钱", "Money"), lambda _row: Money.yuan("5"), "number", unit=Text("元", "CNY")),
        Column("none", Text("无", "None"), lambda _row: None, url=lambda _row: "/nowhere/"),
        Column("linked", Text("链", "Link"), lambda _row: "x", "code", url=lambda _row: "/x/"),
    ]
    drawn_cells = cells(columns, "甲")
    assert [cell.kind for cell in drawn_cells] == ["text", "text long", "text", "number", "number", "text", "code"]
    assert [cell.text for cell in drawn_cells][4:6] == ["5.00", "—"]
    assert [cell.url for cell in drawn_cells][5:] == ["", "/x/"]
