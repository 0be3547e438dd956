"""An ordinary month of a plan office: an invented plan is uploaded, reviewed, published, amended and compared."""

from functools import partial
from random import Random

from qilian.core.house.principal import Principal
from qilian.core.offers.stories.api import Scene, Story
from qilian.core.values import clock
from qilian.core.values.text import Text
from qilian.core.who.units.api import Unit, units
from qilian.spine.plan.api import Decided, add_duty, compare_versions, register_plan

from .api import Draft, ReviewItem, edit_clause, publish_version, settle_item, upload_document

SLUG = "cold-chain"
UNKNOWN = "冷链专班"
_TITLE = Text("冷链驿站三年行动计划（演示）", "Three-year plan for cold-chain stations (demonstration)")
_TEXT = """冷链驿站三年行动计划

　　为让牧区的肉奶果蔬运得出、存得住，制定本计划。

　　一、重点任务

　　（一）驿站布局。让每个县都有能存能转的冷库。一是新建冷链驿站{stations}个，{year}年底前完成。（牵头单位：省商务厅；配合单位：省交通运输厅，各市、州人民政府）二是把驿站的库容和空位每天公布到网上。（牵头单位：{keeper}；配合单位：省商务厅）

　　（二）温度记录。让每一车货的温度都有据可查。一是统一温度记录的格式和保存年限。（牵头单位：省市场监管局；配合单位：省工业和信息化厅）二是对超温的货物当日通知货主。（牵头单位：省市场监管局；配合单位：省商务厅，省交通运输厅）

　　二、保障措施

　　（一）资金。对新建驿站给予补助，补助比例不超过{share}%。（牵头单位：省财政厅；配合单位：省商务厅）
"""


_CORRECTED = (("lead", "qh-scjgj"), ("support", "qh-swt"))


def month(chance: Random) -> Story:
    """Live through the month as planner, director and reader; equal seeds give equal plans.

    Two refusals belong to it: a reader without a grant hands in a text, and a draft with open items is not published.
    """
    text = _text(chance)
    plan = yield Scene(
        "planner",
        lambda me: register_plan(
            actor=me, slug=SLUG, title=_TITLE, region="630000", issuer="省服务业发展领导小组", issued_on=clock.today()
        ),
    )
    yield Scene("reader", lambda me: upload_document(actor=me, plan=plan, text=text), refused="grants.denied")
    draft = yield Scene("planner", lambda me: upload_document(actor=me, plan=plan, text=text, note="送审稿"), hours=3)
    yield Scene("director", lambda me: publish_version(actor=me, draft=draft), hours=6, refused="plan.items.open")
    yield from _settled(draft)
    cid = _clause_of(draft, "对超温的货物")
    yield Scene("planner", lambda me: edit_clause(actor=me, draft=draft, cid=cid, duties=_CORRECTED))
    first = yield Scene("director", lambda me: publish_version(actor=me, draft=draft, note="第一版"), hours=20)
    amended = text.replace(UNKNOWN, "省商务厅").replace("每天公布到网上", "每小时公布到网上")
    again = yield Scene(
        "planner", lambda me: upload_document(actor=me, plan=plan, text=amended, note="按专题会意见修改"), hours=60
    )
    place = first.clauses.order_by("order")[0].cid
    post_office = units().get(slug="qh-yzj")
    yield Scene(
        "director",
        lambda me: add_duty(
            actor=me,
            plan=plan,
            cid=place,
            unit=post_office,
            role="support",
            decided=Decided("meeting", "冷链工作专题会纪要", clock.today(), "〔演示〕第1号"),
        ),
        hours=4,
    )
    second = yield Scene(
        "director", lambda me: publish_version(actor=me, draft=again, note="公布频次改为每小时"), hours=10
    )
    yield Scene("reader", lambda _me: compare_versions(first, second), hours=2)


def _settled(draft: Draft) -> Story:
    """The unknown string is the leading group; every other doubt was looked at and needs nothing."""
    group = units().get(slug="qh-fwyldxz")
    for item in draft.items.filter(state="open"):
        yield Scene("planner", partial(_settle, item=item, group=group))


def _settle(me: Principal, *, item: ReviewItem, group: Unit) -> None:
    if item.kind == "unit":
        settle_item(actor=me, item=item, verdict="unit", unit=group)
    else:
        settle_item(actor=me, item=item, verdict="dismissed", reason="已核对，不影响分工")


def _text(chance: Random) -> str:
    year = clock.today().year + 2
    return _TEXT.format(stations=chance.randrange(20, 60), year=year, share=chance.choice((20, 30, 40)), keeper=UNKNOWN)


def _clause_of(draft: Draft, words: str) -> str:
    return next(str(row["id"]) for row in draft.compiled["clauses"] if words in row["text"])
