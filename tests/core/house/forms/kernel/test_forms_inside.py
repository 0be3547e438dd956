"""Forms within forms, rows of them, files, moments and what a text names: read whole, or told place by place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from qilian.core.house.forms.kernel import FieldSpec, Form, check, plain, read
from qilian.core.house.forms.kernel.schema import Upload, is_empty, rewritten
from qilian.core.values.text import Refusal, Text, refuse_all

NAME = FieldSpec("name", Text("名称", "Name"))
SHARE = FieldSpec("share", Text("份额", "Share"), "decimal", low="0", high="1")
INSIDE = Form("part", Text("部分", "Part"), (NAME, SHARE))
PARTS = FieldSpec("parts", Text("各部分", "Parts"), "rows", row=INSIDE)
PAYEE = FieldSpec("payee", Text("收款人", "Payee"), "group", row=INSIDE)
PAPER = FieldSpec("paper", Text("文件", "Paper"), "file")


def said(field: FieldSpec, written: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as caught:
        read(field, written)
    return [(each.where, each.code.rpartition(".")[2]) for each in caught.value.every]


def test_a_group_is_read_as_the_form_inside_it() -> None:
    assert read(PAYEE, {"name": "甲", "share": "0.5"}) == {"name": "甲", "share": Decimal("0.5")}
    assert said(PAYEE, {"share": "2"}) == [("payee-name", "required"), ("payee-share", "bounds")]
    assert said(PAYEE, "甲") == [("payee-name", "required"), ("payee-share", "required")]
    flat = FieldSpec("payee", PAYEE.label, "group", row=INSIDE, flat=True)
    assert said(flat, {"name": "甲"}) == [("share", "required")], "names in a flat group are the form's own"


def test_a_group_that_may_be_left_out_is_nothing_or_whole() -> None:
    spare = FieldSpec("payee", PAYEE.label, "group", required=False, row=INSIDE)
    assert read(spare, {"name": " ", "share": ""}) is None and read(spare, "") is None
    assert said(spare, {"name": "甲"}) == [("payee-share", "required")]


def test_rows_keep_their_places_and_empty_ones_are_passed_over() -> None:
    rows = [{"name": "", "share": ""}, {"name": "甲", "share": "0.5"}, {"name": "乙", "share": "0.25"}]
    assert read(PARTS, rows) == (
        {"name": "甲", "share": Decimal("0.5")},
        {"name": "乙", "share": Decimal("0.25")},
    )
    assert said(PARTS, [rows[0], {"name": "甲", "share": "x"}, {"share": "1"}]) == [
        ("parts-2-share", "number"),
        ("parts-3-name", "required"),
    ]


@pytest.mark.parametrize("written", ["", [], [{"name": ""}], {"name": "甲"}, Upload("a.csv", b"1"), ["甲"]])
def test_rows_that_are_required_are_missed(written: Any) -> None:
    assert said(PARTS, written) == [("parts", "required")]
    spare = FieldSpec("parts", PARTS.label, "rows", required=False, row=INSIDE)
    assert read(spare, written) == ()


def test_what_is_wrong_inside_is_told_once_and_named_as_it_stands_on_the_page() -> None:
    form = Form("all", Text("全部", "All"), (PAYEE, PARTS))
    sent = {"payee": {"name": "甲", "share": "x"}, "parts": [{"name": "甲", "share": "x"}, {"share": "1"}]}
    assert [(each.where, each.message.zh) for each in check(form, sent).refusals] == [
        ("payee-share", "收款人：份额不是数字。"),
        ("parts-1-share", "各部分（1）：份额不是数字。"),
        ("parts-2-name", "请填写各部分（2）：名称。"),
    ]
    with pytest.raises(Refusal) as caught:
        refuse_all(check(form, sent).refusals)
    assert len(caught.value.every) == 3, "gathered again, none is doubled"


def test_more_rows_than_are_taken_are_counted_in_words() -> None:
    with pytest.raises(Refusal, match="各部分最多 3 行，现有 4 行。") as caught:
        read(PARTS, [{"name": "甲", "share": "0.1"}] * 4)
    assert caught.value.where == "parts"


def test_a_file_is_taken_where_a_file_is_asked() -> None:
    paper = Upload("a.pdf", b"%PDF")
    assert read(PAPER, paper) is paper
    assert said(PAPER, "") == [("paper", "required")]
    assert said(NAME, paper) == [("name", "type")] and said(NAME, {"zh": "甲"}) == [("name", "type")]
    assert said(PAPER, {"name": "a.pdf"}) == [("paper", "type")]


def test_a_moment_is_read_where_we_are() -> None:
    moment = FieldSpec("at", Text("时间", "At"), "moment")
    assert read(moment, "2026-11-22 9:30") == datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert said(moment, "tomorrow") == [("at", "moment")]


def test_what_a_text_names_is_looked_up_and_what_is_wrong_stands_at_the_field() -> None:
    def found(code: str) -> int:
        if code != "7":
            raise Refusal("things.unknown", Text("没有这一项。", "There is none."), where="code")
        return 7

    form = Form("find", Text("查找", "Find"), (FieldSpec("thing", Text("东西", "Thing"), required=False, finds=found),))
    assert check(form, {"thing": "7"}).values == {"thing": 7}
    assert check(form, {}).values == {"thing": None}
    assert [(each.where, each.code) for each in check(form, {"thing": "8"}).refusals] == [("thing", "things.unknown")]


@pytest.mark.parametrize(
    ("written", "empty"),
    [
        ("", True),
        (" ", True),
        ("甲", False),
        ([], True),
        (["", " "], True),
        ({"name": "", "rows": [{"share": ""}]}, True),
        ({"name": "", "rows": [{"share": "1"}]}, False),
        (Upload("a", b""), False),
    ],
)
def test_nothing_written_is_empty(written: str | Sequence[str] | Mapping[str, Any] | Upload, empty: bool) -> None:
    assert is_empty(written) is empty


def test_a_form_needs_its_form_inside_and_that_one_is_judged_too() -> None:
    bare = Form("bare", Text("无", "None"), (FieldSpec("parts", PARTS.label, "rows"),))
    assert bare.problems() == ["parts: no form inside"]
    twice = Form(
        "twice", Text("重", "Twice"), (FieldSpec("p", PAYEE.label, "group", row=Form("t", NAME.label, (NAME,) * 2)),)
    )
    assert twice.problems() == ["p: name stands twice"]


def test_values_are_written_back_but_for_what_no_text_can_hold() -> None:
    assert plain({"name": "甲"}) == "" and plain(({"name": "甲"}, "乙")) == "乙"
    assert rewritten({"a": "甲", "b": None, "c": ("x", "y"), "d": ()}) == {"a": "甲", "c": ("x", "y")}
