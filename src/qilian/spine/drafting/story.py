"""An ordinary month of a plan office: an invented plan is uploaded, reviewed, published, amended and compared."""

from dataclasses import dataclass
from random import Random

from qilian.core import clock
from qilian.core.principal import Principal
from qilian.core.text import Refusal, Text
from qilian.core.units.api import units
from qilian.spine.plan.api import (
    Decided,
    Difference,
    Duty,
    Plan,
    PlanVersion,
    add_duty,
    compare_versions,
    register_plan,
)

from .api import Draft, edit_clause, publish_version, settle_item, upload_document

SLUG = "cold-chain"
UNKNOWN = "冷链专班"
_TEXT = """冷链驿站三年行动计划

　　为让牧区的肉奶果蔬运得出、存得住，制定本计划。

　　一、重点任务

　　（一）驿站布局。让每个县都有能存能转的冷库。一是新建冷链驿站{stations}个，{year}年底前完成。（牵头单位：省商务厅；配合单位：省交通运输厅，各市、州人民政府）二是把驿站的库容和空位每天公布到网上。（牵头单位：{keeper}；配合单位：省商务厅）

　　（二）温度记录。让每一车货的温度都有据可查。一是统一温度记录的格式和保存年限。（牵头单位：省市场监管局；配合单位：省工业和信息化厅）二是对超温的货物当日通知货主。（牵头单位：省市场监管局；配合单位：省商务厅，省交通运输厅）

　　二、保障措施

　　（一）资金。对新建驿站给予补助，补助比例不超过{share}%。（牵头单位：省财政厅；配合单位：省商务厅）
"""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts: a planner who drafts, a director who publishes and records decisions, a reader without rights."""

    planner: Principal
    director: Principal
    reader: Principal


@dataclass(frozen=True, slots=True)
class Month:
    """What came of the month."""

    plan: Plan
    first: PlanVersion
    second: PlanVersion
    duty: Duty
    difference: Difference
    refusals: tuple[str, ...]


def month(cast: Cast, *, seed: int) -> Month:
    """Live through the month; equal seeds give equal plans. Two refusals belong to it."""
    chance = Random(seed)
    text = _text(chance, keeper=UNKNOWN)
    plan = _registered(cast)
    refusals = [_refused_upload(cast, plan, text)]
    draft = upload_document(actor=cast.planner, plan=plan, text=text, note="送审稿")
    refusals.append(_refused_publication(cast, draft))
    _settle(cast, draft)
    edit_clause(actor=cast.planner, draft=draft, cid=_clause_of(draft, "对超温的货物"), duties=_CORRECTED)
    first = publish_version(actor=cast.director, draft=draft, note="第一版")
    amended = text.replace(UNKNOWN, "省商务厅").replace("每天公布到网上", "每小时公布到网上")
    second_draft = upload_document(actor=cast.planner, plan=plan, text=amended, note="按专题会意见修改")
    duty = _decided(cast, plan, first)
    second = publish_version(actor=cast.director, draft=second_draft, note="公布频次改为每小时")
    return Month(plan, first, second, duty, compare_versions(first, second), tuple(refusals))


_CORRECTED = (("lead", "qh-scjgj"), ("support", "qh-swt"))


def _text(chance: Random, *, keeper: str) -> str:
    year = clock.today().year + 2
    return _TEXT.format(stations=chance.randrange(20, 60), year=year, share=chance.choice((20, 30, 40)), keeper=keeper)


def _registered(cast: Cast) -> Plan:
    return register_plan(
        actor=cast.planner,
        slug=SLUG,
        title=Text("冷链驿站三年行动计划（演示）", "Three-year plan for cold-chain stations (demonstration)"),
        region="630000",
        issuer="省服务业发展领导小组",
        issued_on=clock.today(),
    )


def _refused_upload(cast: Cast, plan: Plan, text: str) -> str:
    """Somebody without a grant cannot hand in a document."""
    try:
        upload_document(actor=cast.reader, plan=plan, text=text)
    except Refusal as refusal:
        return refusal.code
    raise AssertionError("a reader handed in a plan")


def _refused_publication(cast: Cast, draft: Draft) -> str:
    """A draft with open items is not published: nobody knows yet who the unknown unit is."""
    try:
        publish_version(actor=cast.director, draft=draft)
    except Refusal as refusal:
        return refusal.code
    raise AssertionError("a draft with open items was published")


def _settle(cast: Cast, draft: Draft) -> None:
    """The unknown string is the leading group; every other doubt was looked at and needs nothing."""
    group = units().get(slug="qh-fwyldxz")
    for item in draft.items.filter(state="open"):
        if item.kind == "unit":
            settle_item(actor=cast.planner, item=item, verdict="unit", unit=group)
        else:
            settle_item(actor=cast.planner, item=item, verdict="dismissed", reason="已核对，不影响分工")


def _decided(cast: Cast, plan: Plan, version: PlanVersion) -> Duty:
    clause = version.clauses.order_by("order")[0]
    decided = Decided("meeting", "冷链工作专题会纪要", clock.today(), "〔演示〕第1号")
    post_office = units().get(slug="qh-yzj")
    return add_duty(actor=cast.director, plan=plan, cid=clause.cid, unit=post_office, role="support", decided=decided)


def _clause_of(draft: Draft, words: str) -> str:
    return next(str(row["id"]) for row in draft.ledger["clauses"] if words in row["text"])
