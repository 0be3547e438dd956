"""What a string may be, by its evidence: unit, collective, time, person or plain words; each with a weight.

No unit is known by name here: names that the register knows, and names that stand surely elsewhere in the document, are
handed in. A small margin between the best two readings is a doubt that names both.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import vocabulary as words
from .deadlines import WHEN_SEGMENT
from .shapes import NOTHING, Known

MARGIN = 2
"""Two readings whose weights differ by less are both shown."""
_SHORTEST = 3  # 政府, 部门, 公司: a kind of body, no body
_STRONG = re.compile(
    r".*(?:[^内外全东西南北中上下干局头腹]部|[^原各]委|[^结布格大全]局|[^客餐大歌舞]厅|[^举承主协]办|政府|部门|办公室|委员会|管委会|公司|集团"
    r"|[银分支]行|中心|研究院|检察院|法院|大学|学院|协会|联合会|总工会|[总支大中]队|海关|公署|行署|督查室|街道办|办事处|指挥部|专班|[残妇文侨社]联|工商联|科协|红十字会|供销社|联社|[^场]馆|[^平]台|气象站)(?:（[^（）]*）)?"
)
_MANY = re.compile(r"各[一-龥]{0,6}(?:园区|开发区|功能区|高校|院校|学校|医院|社区|街道|部门|单位)")
_LEVEL = re.compile(r"(?:国家|中央|省|自治区|市|州|盟|地区|县|区|旗|乡|镇|中国|国网|武警)(?=.{2})")
_BRANCH = re.compile(r".{2,}(?:..[分支]行|大学|学院|海关|研究院|医院|协会|商会|供电公司|..[总支大中]队)")
"""What names itself whole, whatever it begins with: a branch of a bank, a college, a customs house."""
_VERBS = re.compile(
    r"不再|完成|负责|牵头|配合|参与|按照|根据|按(?!摩)|进行|结合|确保|需要?|每[项个年月季]|另行|均|已|将(?!乐|军)|要(?!塞)|以[上下]|以及时|并(?!州)"
    r"|此|其中|其余|标[注有为*]|推进|开展|建立|加强|落实|实施|提出|报送|视情|为(?!民|农)|是|的|由|向|对(?!外)|从(?!江|化)|至|完善|强化|承担|列[入出]"
)
_FIGURE = re.compile(r"\d(?!\d{4}热线)|%")
_DEPARTMENTS = (
    r"发改|发展改革|工信|经信|经济和信息化|工业和信息化|教育|科技|科学技术|民宗|公安|民政|司法|财政|人社|人力社保|人力资源(?:和)?社会保障|自然资源|资规"
    r"|自规|国土|生态环境|环保|住建|住房城乡建设|住房和城乡建设|城建|交通|交通运输|水利|水务|农业|农业农村|农牧|畜牧|商务|文旅|文化|文广旅|文化和旅游|卫健|卫生|卫生健康"
    r"|退役军人|应急|应急管理|审计|外事|国资|市场监管|市监|统计|林草|林业|医保|医疗保障|金融|税务|气象|海关|消防|数据|大数据|行政审批|政务服务|政务|城管|城市管理"
    r"|园林|信访|机关事务|邮政|通信|通信管理|电力|残联|妇联|工会|团委|共青团|科协|工商联|宣传|组织|统战|政法|编办|网信|档案|体育|广电|粮食|粮储|供销|地震|口岸|乡村振兴"
    r"|扶贫|知识产权|药监|食药监|规划|物价|法院|检察|纪检|监察|招商|人防|烟草|银行|保险|证监|银保监|民航|铁路|公积金|老龄|文物|测绘|能源|渔业|海洋|水产"
)
SHORT = re.compile(rf"(?:省|市|州|县|区|旗)?(?:{_DEPARTMENTS})")
"""A department by its short name, as lists with 等部门 have them: 市发改、财政、卫健等部门."""
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁"
    "冉骆蓝路游辛靳管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄"
    "丛仲虞敖巩明佘池查麻苑迟邝扎格才多"
)
PERSON = re.compile(rf"(?:[{_SURNAMES}][一-龥·]{{1,2}}|[一-龥]{{1,4}}[某×]{{1,2}})")
_NO_PERSON = re.compile(r".*[局委办厅部院会室处心司行社站所队区县市镇乡等]")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a string may be, the best first: the kind, its weight, and the evidence in Chinese."""

    kind: str
    weight: int
    why: str


@lru_cache(maxsize=8192)
def weigh(text: str, known: Known = NOTHING, listed: bool = False) -> tuple[Weighed, Weighed]:
    """Return the two best readings of a string, as unit, time or words; `listed` when it stands among units."""
    unit = _as_unit(text, known, listed)
    rest = Weighed("time", 9, "像时间") if WHEN_SEGMENT.fullmatch(text) else _as_words(text)
    return (unit, rest) if unit.weight >= rest.weight else (rest, unit)


def _as_unit(text: str, known: Known, listed: bool) -> Weighed:
    if text in known.names:
        return Weighed("unit", 12, "名录或本文已有此名")
    if words.collective(text):
        return Weighed("unit", 6, "像一类单位的统称")
    if _STRONG.fullmatch(text):
        return Weighed("unit", 6 if _LEVEL.match(text) else 5, "词尾像单位")
    if words.unit_like(text):
        return Weighed("unit", 4 if _LEVEL.match(text) or listed else 3, "词尾近似单位")
    if SHORT.fullmatch(text):
        return Weighed("unit", 4 if listed else 2, "像部门简称")
    return Weighed("unit", 1 + listed, "与单位并列")


def _as_words(text: str) -> Weighed:
    found = _VERBS.search(text)
    weight = 1 + 3 * bool(found) + 2 * bool(_FIGURE.search(text)) + (len(text) > 16) + 2 * (len(text) > 24)
    return Weighed("words", weight, f"含“{found.group()}”，像说明文字" if found else "像说明文字")


def person(text: str) -> bool:
    """Tell whether a string is a person's name, by surname and length, and no unit."""
    return bool(PERSON.fullmatch(text)) and not _NO_PERSON.fullmatch(text) and not SHORT.fullmatch(text)


def surely(text: str, known: Known = NOTHING) -> bool:
    """Tell whether a string can be read as a unit without any role word beside it."""
    short = len(text) < _SHORTEST and not words.COLLECTION.fullmatch(text)
    if text in known.others or short or words.PRIVATE.fullmatch(text):
        return False
    return text in known.names or words.strictly_unit(text) or _whole(text)


def likely(text: str, known: Known = NOTHING) -> bool:
    """Tell whether a string is surely a unit, or ends like one and begins with its level (县公路站)."""
    return surely(text, known) or (bool(_LEVEL.match(text)) and words.unit_like(text) and not _VERBS.search(text))


def _whole(text: str) -> bool:
    return bool(words.COLLECTION.fullmatch(text) or _MANY.fullmatch(text)) or (
        bool(_STRONG.fullmatch(text) and (_LEVEL.match(text) or _BRANCH.fullmatch(text)))
        and len(text) <= 24
        and not _VERBS.search(text)
    )
