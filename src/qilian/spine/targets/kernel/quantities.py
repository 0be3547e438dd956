"""Quantities as plans write them: a number, perhaps a range, a unit of measure or counting, a comparator behind."""

import re
from decimal import Decimal

from qilian.spine.language.api import integer

Value = Decimal | tuple[Decimal, ...] | None
NUMBER = (
    r"(?:\d+(?:，\d{3})*(?:\.\d+)?|半(?=个月|年)|[一二两三四五六七八九]成[一二三四五六七八九](?!立)|[一二两三四五六七八九十百千]{1,5}(?=[万亿]?[家名所座成人倍处户])"
    r"|(?:(?:[一二两三四五六七八九][十百千]|十)[一二三四五六七八九十百零]*|[百千](?=[万亿]元))(?=[万亿]?(?:个|项|条|亩|辆|台|套|场|公里|公顷|部|种|件|吨|元|支|张|间|栋|艘|架|头|只|口|米)))"
)
UNIT = (
    r"(?:[万亿千百]{0,3}(?:个百分点|百分点|标准箱|标准煤|平方公里|平方千米|平方米|平方公尺|立方米|千瓦时|兆瓦时|个工作日|工作日|个月|人次|人年|头只|项次|台次|台套|标箱|亩次|批次|例次|剂次|个基点|家次|户次|人天|场次|车次|辆次|架次|千瓦|兆瓦|吉瓦时|吉瓦|公里|千米"
    r"|/10万|/千|微克/立方米|毫克/升|公顷|公斤|小时|分钟|美元|吨标准煤|床位|张床|元|人(?!才|均|民|大|社|员|口)|户(?!籍|口|均|外)|家(?!庭|居|长|电)|个(?!性|人|体|案)|项(?!目)|种(?!业|植|子)|件|吨"
    r"|亩(?!均)|座(?!谈)|处(?!理|置|室|方)|所(?!有|在|得)|条(?!例|件|线)|辆|台(?!账|阶|风)|套(?!餐)|张|名(?!录|单|称|牌|优)|位(?!置|于)|分(?!钟|之|别|类|局|析|期|级|成|布)|倍(?!增)|成(?!立|为|果|员|效|熟|功|本|人|品|交|长)|番|岁"
    r"|眼|栋|幢|株|棵|艘|盏|口(?!岸|径|号|碑|粮|袋)|间(?!隔|接|歇)|天(?!然)|年|次(?!日|要)|批(?!发|复|准)|届|场(?!所|景|馆|地)|只|头(?!部)|米|部(?!门|分|委|队|署)|支(?!持|付|部|行|队伍建)|款(?!项)|类别|类(?!型)|羽(?!毛)|尾(?![矿款气水])|人年|册|卷|列(?![入为出第车])|对(?![外口于象接标比策])|期(?![间末限满货内权刊房])|千克|斤|分贝|千伏安|课时|学时|机架|架(?!构|子|桥|空|线)|例(?!如|外|会|行)|单(?![位元个一])|封|起(?![来步于到源草点])|基点|片(?![区面])|份(?!额)|笔(?![试录])|宗(?!旨|教)|枚|顶(?![层尖级])|页(?![面岩码眉])|组(?![织建团成长])|级(?=[，。；、\n]|$)|具(?![体有备])|幅(?!度)|首(?!次|批|创|席|位|要|府)|集(?![中聚成团群体约资])|篇|桩|棚|箱|站(?!点)|PFLOPS|EFLOPS|[PEGT]B|P|MW|GW|%|‰)(?:/(?:10万|[百千万]人|立方米|平方米|平方公里|公顷|亩|人|日|天|年|月|小时|升|吨|户|千瓦时|万元|次|人次|秒))?|%|‰|[万亿][一-龥](?=[，。；、（）\n]|$)|[万亿](?![家名人户元吨亩个套台]))"
)
RANGE_MARK = r"(?:-{1,2}|~|至|到)"
AFTER = {"以上": ">=", "以内": "<=", "以下": "<=", "左右": "~", "上下": "~"}
TIMES = ("年", "天", "小时", "分钟", "次", "个月", "")
"""What is counted in time, or once, aims at nothing by itself."""
QUANTITY = re.compile(
    rf"(?<![\d.第A-Za-z-])(?P<value>{NUMBER})(?:{RANGE_MARK}(?P<upper>{NUMBER}))?(?P<unit>{UNIT})(?P<after>以上|以内|以下|左右|上下)?"
)
PAIR = re.compile(rf"({NUMBER})({UNIT})")


def value(first: str, upper: str | None) -> tuple[Value, bool]:
    """Return a value, or the two ends of a range, and whether it is one."""
    return ((decimal(first), decimal(upper)), True) if upper else (decimal(first), False)


def decimal(written: str) -> Decimal:
    """Return the value of a written number: 1,200, 半, 六百, 九成八 (in tenths)."""
    if written == "半":
        return Decimal("0.5")
    tenths, mark, more = written.partition("成")
    if mark:
        return Decimal(integer(tenths)) + Decimal(integer(more)) / 10
    return Decimal(written.replace("，", "")) if written[0].isdigit() else Decimal(integer(written))


def plain_unit(written: str) -> str:
    """Return a unit without the word that only counts it: 个百分点 is 百分点."""
    return written.removeprefix("个") if written.endswith(("百分点", "基点")) else written
