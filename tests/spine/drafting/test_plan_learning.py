"""What is settled once is not asked again: names, strings that are no units, words, doubts, corrections."""

import pytest
from django.db import transaction

from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import units
from qilian.spine.drafting.api import Draft, ReviewItem, discard_draft, edit_clause, settle_item, upload_document
from qilian.spine.plan.api import register_plan

pytestmark = pytest.mark.django_db

DOCUMENT = """驿站建设任务
一、任务
（一）布设驿站。（牵头单位：省商务厅；配合单位：省冷链办、工作专班组）
（二）公布价格。由省商务厅牵头、有关部门参与的会议制度要用好。（责任单位：省统计局）
（三）统一标识。
主攻：省质监局
（四）培训站长。
"""
TABLE = """驿站任务表
事项\t谁来办\t何时办完
修站\t省商务厅\t2027年5月
通路\t省交通运输厅\t2027年6月
"""


def unit(slug):
    return units().get(slug=slug)


def item(draft: Draft, kind: str, words: str = "") -> ReviewItem:
    """The open item of a kind whose words hold some."""
    (found,) = [
        each
        for each in draft.items.filter(kind=kind, state="open")
        if words in draft.text[each.span_start : each.span_end]
    ]
    return found


def settle_everything(draft: Draft, cast) -> None:
    settle = {"actor": cast.planner}
    settle_item(**settle, item=item(draft, "unit", "省冷链办"), verdict="unit", unit=unit("qh-swt"))
    settle_item(**settle, item=item(draft, "unit", "工作专班组"), verdict="dismissed", reason="不是单位")
    settle_item(**settle, item=item(draft, "unknown_label"), verdict="word", word="主攻", means="lead")
    edit_clause(**settle, draft=draft, cid="1.4", duties=[("lead", "qh-tjj")])
    for left in draft.items.filter(state="open"):
        settle_item(**settle, item=left, verdict="dismissed", reason="已经看过")


def test_the_second_version_asks_nothing_again(plan, cast):
    first = upload_document(actor=cast.planner, plan=plan, text=DOCUMENT)
    asked = {each.kind for each in first.items.all()}
    assert {"unit", "unknown_label", "role_in_words", "no_annotation"} <= asked
    settle_everything(first, cast)
    discard_draft(actor=cast.planner, draft=first, reason="换一稿")
    second = upload_document(actor=cast.planner, plan=plan, text=DOCUMENT.replace("布设驿站", "布设冷链驿站"))
    assert list(second.items.filter(state="open")) == []
    kept = {(each.verdict, each.reason) for each in second.items.filter(kind="role_in_words")}
    assert kept == {("dismissed", "沿用草稿 1：已经看过")}
    clauses = {clause["id"]: clause for clause in second.compiled["clauses"]}
    assert [role["resolution"] for role in clauses["1.1"]["roles"]] == ["qh-swt", "qh-swt"]
    assert [(role["unit"], role["role"]) for role in clauses["1.3"]["roles"]] == [("省质监局", "lead")]
    assert [(role["resolution"], role["origin"]) for role in clauses["1.4"]["roles"]] == [("qh-tjj", "reviewed")]


def test_words_that_are_new_are_asked(plan, cast):
    first = upload_document(actor=cast.planner, plan=plan, text=DOCUMENT)
    settle_everything(first, cast)
    discard_draft(actor=cast.planner, draft=first, reason="换一稿")
    text = DOCUMENT.replace("（四）培训站长。", "（四）培训站长和司机。（责任单位：省人事专班组）")
    second = upload_document(actor=cast.planner, plan=plan, text=text)
    assert [each.key for each in second.items.filter(state="open")] == ["省人事专班组"]


def test_a_title_of_this_house_is_read_in_every_plan_of_the_region(plan, cast):
    first = upload_document(actor=cast.planner, plan=plan, text=TABLE)
    asked = item(first, "unread_table")
    settle_item(actor=cast.planner, item=asked, verdict="word", word="谁来办", means="responsible")
    other = register_plan(actor=cast.planner, slug="warm", title=Text("供暖方案", "Heating"), region="630000")
    draft = upload_document(actor=cast.planner, plan=other, text=TABLE)
    roles = [[role["unit"] for role in clause["roles"]] for clause in draft.compiled["clauses"]]
    assert roles == [["省商务厅"], ["省交通运输厅"]] and not draft.items.exists()
    away = register_plan(actor=cast.planner, slug="far", title=Text("外地方案", "Elsewhere"), region="110000")
    assert upload_document(actor=cast.planner, plan=away, text=TABLE).items.get().kind == "unread_table"


@pytest.mark.parametrize(
    ("word", "means", "code"),
    [("谁", "lead", "plan.item.word"), ("省商务厅", "lead", "plan.item.word"), ("谁来办", "boss", "plan.item.means")],
)
def test_a_word_is_taught_with_a_meaning(plan, cast, word, means, code):
    draft = upload_document(actor=cast.planner, plan=plan, text=TABLE)
    asked = item(draft, "unread_table")
    with pytest.raises(Refusal) as caught, transaction.atomic():
        settle_item(actor=cast.planner, item=asked, verdict="word", word=word, means=means)
    assert caught.value.code == code
    assert draft.items.get().state == "open"


def test_the_latest_word_on_a_name_holds(plan, cast):
    first = upload_document(actor=cast.planner, plan=plan, text=DOCUMENT)
    settle_item(actor=cast.planner, item=item(first, "unit", "省冷链办"), verdict="dismissed", reason="不是单位")
    discard_draft(actor=cast.planner, draft=first, reason="换一稿")
    other = register_plan(actor=cast.planner, slug="warm", title=Text("供暖方案", "Heating"), region="630000")
    assert not upload_document(actor=cast.planner, plan=other, text=DOCUMENT).items.filter(key="省冷链办").exists()


def test_a_doubt_shows_both_readings(plan, cast, client):
    text = "一、任务\n（一）布设驿站。（责任单位：省商务厅、冷链工作推进小分队）\n"
    draft = upload_document(actor=cast.planner, plan=plan, text=text)
    said = draft.items.get().message
    assert "也可读作" in said and "单位" in said and "说明文字" in said
