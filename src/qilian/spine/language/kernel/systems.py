"""Named systems: platforms, markets, networks, mechanisms … that a clause tells somebody to make or run."""

import re
from collections.abc import Iterator

from .shapes import Span

_HEADS = (
    r"(?:平台|系统|体系|市场|网络|机制|制度|基金|资金|园区?|示范区|集聚区|聚集区|试验区|开发区|繁荣区|优质区|运行安全区|中心|工程|基地|联盟|标准"
    r"|考核办法|资源库|信息库|数据库|名录库|战略|城市|融资|租赁|交易|集合债|票据|信托产品|清单|计划|热线|窗口|孵化器|实验室|信贷政策|信息共享)"
)
_HEAD = re.compile(
    _HEADS + r"(?=[，。；、：！？\n（）\s”]|以及|和|与|及|等|或|建设|发展|上市|改造|试点|的|为|供给|服务[，。；、]|$)"
)
_STOP = re.compile(
    r"[，。；：！？\n（）\s《》“”、]|以及|和(?!谐)|与|及|或(?!有)|(?<!同)等(?!级)|的|"
    r"加快|推进|建设|建立|完善|健全|搭建|打造|构建|建成|促进|推动|支持|鼓励|引导(?!基|资)|形成|实施|推行|推广(?!中)|开展|探索|深化|扩大|拓展|强化|加强"
    r"|培育|创建|设立|组建|利用|运用|依托|通过|采用|纳入|进入|充分|积极|努力|全面|逐步|进一步|继续|着力|大力|不断|统筹|引进|创设|制定|修订|编制|发行|按照"
    r"|围绕|结合|争取|督促|简化|降低|组织对|引入|充实|没有|授权|入驻|成立|兴建|建置|划定|科学|适当|提高|以下[^，。；）]{0,3}称|包括|含|整治|发挥|精简|严控|放宽|各类|一批|必要|现有|相关|有关|做好|办好|用好|管好|实现|达到|取消|接入|解决|我省|我市|我县|全省(?!统)|全市(?!场)"
)
_LEADING = re.compile(
    r"(?:发展|创新|优化|提升|提高|整合|改革|规范|研究|应用|改造|升级|对接|参与|向|将|把|使|由|从|以|对|在|为|并|了)+(?=[^机创区体]{2})"
)
_NO_NAME = re.compile(r"(?:[一二三四五六七八九十]+五)(?:规划|时期)?|.*[、，；：。].*|[^区园台统]{0,4}式")
"""Quoted words that name nothing: a five-year plan, a slogan of several parts, a manner (一站式)."""
_AMOUNT = re.compile(r"\d+[个家项座处条批]")
_QUOTED = re.compile(r"[“「『]([^“”「」『』\n]{3,14})[”」』]")
_WEAK = re.compile(
    rf"(?:本|该|此|其|我|全|这|各|重点|相应|配套|基础|一定|工作|有效|主要|具体|专业|支柱|国内|国际|整个|上述|两个|劳动力|长效|补贴|收费|奖励|奖补|重大|改造|多种|项目|示范|系统|市场|发展|建设|资金|投入|国家)*{_HEADS}"
)


def find_systems(folded: str, raw: str, span: Span) -> list[str]:
    """Return the named systems of a stretch of words, each once, in order, as written."""
    found = sorted([*_quoted(folded, raw, span), *_headed(folded, raw, span)])
    return list(dict.fromkeys(name for _, name in found))


def _quoted(folded: str, raw: str, span: Span) -> Iterator[tuple[int, str]]:
    for match in _QUOTED.finditer(folded, *span):
        if _NO_NAME.fullmatch(match.group(1)):
            continue
        yield match.start(), raw[match.start(1) : match.end(1)]


def _headed(folded: str, raw: str, span: Span) -> Iterator[tuple[int, str]]:
    """Yield noun phrases that end with a head word; they begin behind the last verb, particle or mark."""
    for match in _HEAD.finditer(folded, *span):
        left = max(span[0], match.start() - 26)
        begin = max((stop.end() for stop in _STOP.finditer(folded, left, match.start())), default=left)
        amount = _AMOUNT.match(folded, begin, match.start())
        begin = amount.end() if amount else begin
        leading = _LEADING.match(folded, begin, match.start())
        begin = leading.end() if leading else begin
        if match.end() - begin > 3 and not _WEAK.fullmatch(folded, begin, match.end()):
            yield begin, raw[begin : match.end()]
