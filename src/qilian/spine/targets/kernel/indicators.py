"""What a figure measures: the words before it, the thing behind it, and which of several names a figure belongs to."""

import re

CUT = re.compile(r"[，。；：！？\n]|其中")
_LEADING = re.compile(
    r"(?:[、\s]|今年(?=.{2})|[一两三四五]年(?=累计)|年度(?=招引|引进|新增|完成)|其中|力争|确保|争取|预计|计划(?!用水|生育|免疫|单列)|要(?=基本|全面|力争|实现|达到|确保)|基本(?=实现|建成|完成|形成|消除|建立|达到)|全面|同时|促进|带动|每年|全年|累计|并(?![购联网])|使|将|把|推动|实现(?=[^，。；]{4})|到?“?十[一二三四五六]五”?(?:末|期末|期间)"
    r"|(?:到|至)?(?:19|20)\d\d年(?:年?底|年?末|\d{1,2}月底?)?(?:以?前|之前)?"
    r"|(?:到|至)?(?:年底|年末|上半年|年内|[一二三四]季度末?|\d{1,2}月底?)(?:以?前|之前)?(?=.{2}|$))+"
)
_TRAILING = re.compile(
    r"(?:力争|确保|要|均|分别|总体|稳步|平均|每年|年均|达|将|保持|基本|稳定|逐步|累计|已|不断|至少|[一两三四五]年(?=累计)|[一二三四]季度末?|以[^，。；]{1,6}为单位|每[周天日月年吨亩人户]|每千瓦时|每公里|每立方米|每学期|每季度|进一步|由现在的|(?:到|至)?年[底末]前?|各|共|同比|(?:到|至)(?:19|20)\d\d年(?:年?底|年?末)?(?:以?前)?|(?:压缩|缩短|减少|降低)一半|减半)+$"
)
_BASE = re.compile(
    r"(?:由|从)(?P<start>(?:[^，。；]{0,6}?(?:的|时的?)|每[人户亩]?每[年月]|(?:目前|现在|20\d\d年)的?)?\d[^，。；、]{0,9})$|(?:比|较)(?P<base>(?:(?:19|20)\d\d年|上年|去年|基期|同期|“?十[一二三四]五”?末?)[^，。；]{0,4}?)(?=增|提|下|降|减|翻|上|分别|$)"
)
_THING = re.compile(
    r"[县市区旗]（[^（）]{1,6}）|(?:[\d一二三四五六七八九十]+(?:周?岁|年)(?:及?以[上下])?)?(?:“[^”\n]{1,14}”|《[^》\n]{1,20}》|[^，。；：、\n（）“”《》\d]){1,18}"
)
LACKS = re.compile(r"[尚仍]?(?:未|不(?!锈)|没有|存在)")
"""What is said of what was counted, and is no thing: 积水点21处未消除."""
_MORE = re.compile(r"、(?:“[^”\n]{1,14}”|[^，。；：、\n（）“”\d]){1,12}(?=[，。；\n]|$)")
_AND_FIGURE = re.compile(r"(?:和|及|与|以及|并|同时)$")
_STRONG = re.compile(
    r"(?<=..)(?:免费|(?<=[人员生师士工户民者家])(?:安装|提供|发放|办理|享受|实现|完成|领取|使用|购买|解决|通过|加入|签约|配备|申请)|到(?!户|位|期)|进(?=校园|企业|社区|农村|园区|机关|村|站)|入(?=户|园|村|企)|赴|参加(?!单)|接受|从事(?!人)|前往|深入(?!性)|纳入|成为|获得|取得|入网|入园(?!率)|入库|进站|进园|进入|返乡|下沉|支教|支医|驻村|上岗|挂牌|达标(?!率)|投产|开工|竣工"
    r"|上市(?!公)|上云|上线|触网|轮训|复训|进修|脱贫|增收|持证|年内|年底前|全部|按期|如期|并(?!网|联)|开展(?!情)|给予)"
)
_WEAK = re.compile(
    r"(?<=..)(?:培训|经营|就业|创业|服务|学习|改造|运营|升级|转型|生产|落地|提升|更新|招工|用工|建设|发展)$"
)
_DERIVED = re.compile(r"(?:年均|平均)?(?:增幅|增速|增长率|增长|占比|比重|总量|降幅|年均增速)")
_PART_OF_THING = re.compile(r"(?:总|建筑|占地)?面积|(?:利用|入驻|出租|使用|开工)率")
_LONG_TAIL = re.compile(r"(?:重点工程|主要污染物)?[一-龥]{2}(?:化率|[量额率值])$")
"""What several names share at their end: 化学需氧量、氨氮、氮氧化物重点工程减排量."""
_AND = re.compile(r"、|和|及|与|以及")
_MEASURE = re.compile(
    r"(?:率|值|量|额|数|度|比重|占比|规模|收入|面积|产值|能力|总产|税收|利润|投资|增速|增幅|水平|强度|里程|人口|比例|指数|总数|年限|强度|成本|时间|耗|排放|费用|支出|用水|用电)$"
)


def named(folded: str, raw: str, begin: int, stop: int) -> tuple[str, str | None]:
    """Return the words of a stretch without what only leads to them or from them, and the base they name."""
    base = _BASE.search(folded, begin, stop)
    end = base.start() if base else stop
    leading = _LEADING.match(folded, begin, end)
    begin = leading.end() if leading else begin
    trailing = _TRAILING.search(folded[begin:end])
    end = begin + trailing.start() if trailing else end
    name = raw[begin:end].strip("，,：:； \n").lstrip("—－–-·•●■◆▲○ ")  # a bullet is no word of a name
    if not base:
        return name, None
    place = base.span("start") if base.group("start") else base.span("base")
    return name, raw[slice(*place)]


def thing_behind(folded: str, raw: str, place: int, end: int, keeps: bool) -> str:
    """Return the thing counted, which stands behind its number: 60处老年人“家门口”助浴点.

    A verb behind it (到三甲医院进修) is no part of it; `keeps` where the count is of deeds (完成60个小区改造).
    """
    match = _THING.match(folded, place, end)
    if not match:
        return ""
    stop = match.end()
    joined = _AND_FIGURE.search(folded, match.start(), stop)
    if joined and folded[stop : stop + 1].isdigit():
        stop = joined.start()
    elif more := _MORE.match(folded, stop, end):
        stop = more.end()
    strong = _STRONG.search(folded, place, stop)
    stop = strong.start() if strong else stop
    weak = None if keeps else _WEAK.search(folded[place:stop])
    if weak and strong is None and _runs_on(folded[place:stop], weak.start()):
        stop = place + weak.start()
    return raw[place:stop].strip()


def _runs_on(phrase: str, place: int) -> bool:
    """Tell whether a phrase has a thing before the verb that ends it, of a kind that somebody is or runs."""
    return bool(re.search(r"(?:人|员|生|师|士|医|工|户|家|企业|农场|合作社|机构|民|者|队)$", phrase[:place]))


def derived(name: str, above: str) -> str:
    """Return the whole name of a figure that says only how what was named before moves: 增幅 behind 演艺收入."""
    of_thing = _PART_OF_THING.fullmatch(name) and not _MEASURE.search(above)
    return above + name if above and (of_thing or _DERIVED.fullmatch(name)) else name


def shared(name: str, count: int) -> list[str] | None:
    """Return the names among which figures are distributed (南港、北港吞吐能力), or None where they do not match."""
    marked = [part for part in name.split("、") if part]
    names = marked if len(marked) == count else [part for part in _AND.split(name) if part]
    if len(names) != count or count < 2:
        return None
    if all(map(_MEASURE.search, names)):
        return names
    long = _LONG_TAIL.search(names[-1])
    if long and len(names) > 2 and (_MEASURE.search(names[0]) or names[0][-1] not in names[-1]):
        return [each if each.endswith(long.group()) else each + long.group() for each in names]
    if names[0][-2:] == names[-1][-2:]:
        return names
    head, tail = _head_and_tail(names[0], names[-1])
    middle = [each if _MEASURE.search(each) else each + tail for each in names[:-1]]
    return [*middle, head + names[-1]]


def _head_and_tail(first: str, last: str) -> tuple[str, str]:
    """Return what the last name shares with the first: words before it (花生) and behind it (机械化率).

    The tail begins behind the character on which the first name ends (南港、北港吞吐能力), else where the first name
    would end in the last; where that is no whole word, both share their first words and differ in two characters.
    """
    if first[-1] + last[0] in _OPPOSITES:
        return first[:-1], last[1:]
    place = last.find(first[-1])
    if place >= 0:
        return "", last[place + 1 :]
    tail = last[len(first) :]
    if len(tail) > _SHORT_TAIL or len(first) <= _PAIR:
        return "", tail
    return first[:-_PAIR], last[_PAIR:]


_PAIR, _SHORT_TAIL = 2, 2
_OPPOSITES = ("进出", "上下", "南北", "东西", "内外", "男女")
