"""A procedure file that has a bit of everything, and what is refused of one that differs a little."""

from typing import Final

from qilian.core.values.text import Refusal
from qilian.engines.casework.procedures.api import read_procedure

WHOLE: Final = """
procedure: 补助
en: Grant
kind: 扶持
level: 省级
target: [法人, 非法人组织]
public: 否
limit: {statutory: 30 工作日, promised: 20 工作日, extend: 2 个月}
basis: [{title: 预算法, clause: 第五十七条, checked: 是}, {title: 办法}]
conditions: [在本省登记]
materials: [申请书, {name: 营业执照, source: 证照, required: 否, note: 免提交}]
fees: [{name: 工本费, amount: 10 元, basis: 收费清单}]
results: 决定书
keywords: [补助, 资金]
check: pack.table
form:
  - {name: 项目, en: Project, length: 40, hint: [写全称, The full name]}
  - {name: 金额, en: Amount, kind: money, low: "1", high: "1000", unit: [元, yuan]}
  - {name: 类别, en: Class, kind: choice, choices: [甲类, [乙类, Second]]}
  - {name: 说明, en: Why, required: 否, when: [类别, 乙类]}
  - {name: 日期, en: Day, kind: date, low: "2026-01-01"}
samples:
  - {项目: 演示, 金额: "5", 类别: 甲类, 日期: "2026-11-24"}
steps:
  受理:
    {en: Acceptance, by: 窗口@承办, limit: 5 工作日, extend: 2 工作日, basis: 第三条, next: {受理: 分级, 补正: 补正}}
  补正: {by: 申请人, pause: [等待申请人, Waits for the applicant], next: 受理}
  分级: {decide: pack.table, next: {大: 并联, 小: 择办}, else: 择办}
  并联: {fork: [财务, 技术], join: 会签}
  财务: {by: 经办@czt, next: 会签}
  技术: {by: =金额, quorum: 任一, next: 会签}
  择办: {choose: [{when: 金额 > 10, to: 复核}], else: 会签, join: 会签}
  复核: {by: 经办@承办, copy: 办公室@承办, form: [{name: 分数, kind: integer}], next: 会签}
  会签:
    by: [处长@承办, 处长@czt, 法制@承办]
    quorum: {need: 2/3, order: 顺序, on_reject: 等待, veto: 法制, weights: {处长: "2"}, agree: 同意, reject: 不同意}
    next: {同意: 去向, 不同意: 驳回, 弃权: 驳回}
  去向: {route: [{when: 金额 > 100, to: 另办}], else: 公示}
  另办: {call: 另一事项, waits: 否, next: 公示}
  公示: {wait: {time: 5 工作日}, pause: 公示, next: 到账}
  到账: {wait: {message: 到账}, next: 达标}
  达标: {wait: {until: 金额 > 0}, next: 办结}
  办结: {en: Granted, end: 准予, granted: 是, document: 决定书}
  驳回: {end: 不予}
"""


def wrong(text: str) -> list[tuple[str, str]]:
    """The code, without its part, and the element of everything that is refused of a file."""
    try:
        read_procedure(text)
    except Refusal as refusal:
        return [(each.code.removeprefix("procedures."), each.where) for each in refusal.every]
    return []


def changed(old: str, new: str) -> list[tuple[str, str]]:
    """What is refused of the whole file when one piece of it is written otherwise."""
    assert WHOLE.count(old) == 1, old
    return wrong(WHOLE.replace(old, new))
