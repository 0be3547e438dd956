"""A form on the screen: what was written stays, what is wrong stands at its field, conditions are told."""

from datetime import date
from decimal import Decimal

from django.http import QueryDict

from qilian.core.house.forms.api import FieldSpec, Form, When, check, screen_fields, written_in
from qilian.core.house.pages import Head, StepForm
from qilian.core.values.money import Money
from qilian.core.values.text import Text
from qilian.web.components.fields import form_view

KINDS = (("lab", Text("检测", "Testing")), ("it", Text("信息", "IT")))
FORM = Form(
    "request",
    Text("需求", "Request"),
    (
        FieldSpec("kind", Text("类别", "Kind"), "choice", choices=KINDS),
        FieldSpec("also", Text("还需要", "Also"), "choices", choices=KINDS, required=False),
        FieldSpec("samples", Text("样品数", "Samples"), "integer", low="1", when=When("kind", ("lab",))),
        FieldSpec("note", Text("说明", "Note"), hint=Text("一句话。", "One sentence."), when=When("kind", ("it",))),
        FieldSpec("budget", Text("预算", "Budget"), "money", unit=Text("元", "CNY")),
        FieldSpec("paper", Text("附件", "Paper"), "file", required=False),
    ),
)


def posted(text: str) -> QueryDict:
    return QueryDict(text, encoding="utf-8")


def test_a_request_gives_lists_for_choices_and_the_last_value_for_others() -> None:
    written = written_in(FORM, posted("kind=it&kind=lab&also=lab&also=it&strange=1&paper=x"))
    assert written == {"kind": "lab", "also": ["lab", "it"], "samples": "", "note": "", "budget": ""}


def test_what_was_written_comes_back_with_the_first_sentence_of_what_is_wrong() -> None:
    written = written_in(FORM, posted("kind=lab&also=it&samples=0&budget=much"))
    checked = check(FORM, written)
    fields = {field.name: field for field in screen_fields(FORM, written, checked.refusals)}
    assert fields["samples"].value == "0" and str(fields["samples"].error) == "样品数不能小于 1。"
    assert fields["budget"].value == "much" and str(fields["budget"].error) == "预算不是数字。"
    assert list(fields["also"].value) == ["it"] and fields["also"].error == ""
    assert fields["kind"].value == "lab" and fields["budget"].unit == Text("元", "CNY")


def test_typed_values_are_written_as_a_person_would() -> None:
    form = Form(
        "typed",
        Text("表", "Form"),
        (
            FieldSpec("day", Text("日", "Day"), "date"),
            FieldSpec("sum", Text("额", "Sum"), "money"),
            FieldSpec("share", Text("率", "Share"), "decimal"),
            FieldSpec("sure", Text("确认", "Sure"), "boolean"),
            FieldSpec("none", Text("空", "None")),
        ),
    )
    values = {"day": date(2026, 1, 2), "sum": Money(5050), "share": Decimal("0.5"), "sure": True}
    assert [field.value for field in screen_fields(form, values)] == ["2026-01-02", "50.5", "0.5", "yes", ""]


def test_a_conditional_field_is_drawn_and_says_when_it_counts() -> None:
    """Without JavaScript nothing can appear later: all fields are drawn, and what is not asked is not taken."""
    fields = {field.name: field for field in screen_fields(FORM)}
    assert not fields["samples"].required and fields["kind"].required
    assert fields["samples"].hint == Text(
        "仅当“类别”为“检测”时填写，否则不计入。", "Only if “Kind” is “Testing”; otherwise it is ignored."
    )
    assert fields["note"].hint is not None and fields["note"].hint.zh.startswith("一句话。仅当")
    checked = check(FORM, written_in(FORM, posted("kind=it&samples=not+a+number&note=x&budget=1")))
    assert checked.ok and "samples" not in checked.values


def test_the_fields_become_controls_with_an_error_summary() -> None:
    written = written_in(FORM, posted("kind=lab&samples=x"))
    refusals = check(FORM, written).refusals
    form = StepForm(
        Head(FORM.title), screen_fields(FORM, written, refusals), Text("提交", "Send"), refusals=refusals, dense=True
    )
    view = form_view(form)
    assert view.multipart
    assert [problem.anchor for problem in view.problems] == ["field-samples", "field-budget"]
    assert {each.field.name: each.control for each in view.fields}["kind"] == "select"


def test_what_belongs_together_begins_a_line_and_so_does_what_follows() -> None:
    pair = Form("pair", Text("对", "Pair"), (FieldSpec("value", Text("值", "V")), FieldSpec("source", Text("源", "S"))))
    inside = Form(
        "inside", Text("内", "In"), tuple(FieldSpec(name, Text(name, name), "group", row=pair) for name in "ab")
    )
    form = Form(
        "form",
        Text("表", "Form"),
        (
            FieldSpec("party", Text("主体", "Party")),
            FieldSpec("all", Text("全部", "All"), "group", row=inside, flat=True),
            FieldSpec("rows", Text("行", "Rows"), "rows", row=pair, most=2),
            FieldSpec("note", Text("说明", "Note")),
            FieldSpec("day", Text("日", "Day"), "date"),
        ),
    )
    begins = [field.name for field in screen_fields(form) if field.begins]
    assert begins == ["a-value", "b-value", "rows-1-value", "rows-2-value", "note"]
