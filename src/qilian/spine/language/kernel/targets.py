"""Quantified targets: indicator, operator, value as written, unit, base and deadline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .numerals import integer
from .shapes import Deadline, Span, Target

_Value = Decimal | tuple[Decimal, ...] | None
_NUMBER = r"(?:\d+(?:，\d{3})*(?:\.\d+)?|半(?=个月|年)|[一二两三四五六七八九十百千]{1,5}(?=[万亿]?[家名所座成人倍]))"
_UNIT = (
    r"(?:[万亿千百]{0,3}(?:个百分点|百分点|标准箱|标准煤|平方公里|平方千米|平方米|平方公尺|立方米|千瓦时|兆瓦时|个工作日|工作日|个月|人次|家次|户次|人天|场次|车次|架次|千瓦|兆瓦|公里|千米"
    r"|微克/立方米|毫克/升|公顷|公斤|小时|分钟|美元|吨标准煤|床位|张床|元|人|户|家|个|项|种|件|吨|亩|座|处|所|条|辆|台|套|张|名|位|分|倍|成|番|天|年|次|批|场|只|头|米|部|支|款|类|类别|%|‰)|%|‰|[万亿])"
)
_RANGE_MARK = r"(?:-{1,2}|~|至|到)"
_DOUBLED = {"翻一番": Decimal(1), "翻两番": Decimal(2)}
_RAISE = r"(?:提高|提升|增长|增加|上升|扩大|递增|新增)"
_LOWER = r"(?:下降|降低|减少|压减|压缩|缩短|缩减|削减)"
_LIMITS = {
    ">": r"(?:突破|超过|超|大于|多于|高于)",
    "<": r"(?:低于|小于|少于)",
    ">=": (
        rf"(?:不低于|不少于|不小于|至少|达到|达|{_RAISE}(?P<raised>[^，。；、\d值达提]{{2,12}}?)?(?:到|至)|增至|升至|扩大至)"
    ),
    "<=": (
        rf"(?:不高于|不超过|不多于|不大于|至多|{_LOWER}(?P<lowered>[^，。；、\d值达降]{{2,12}}?)?(?:到|至)|降至|降到|减至|减到"
        r"|控制在|压减至|压缩至)"
    ),
    "~": r"(?:稳定在|保持在|维持在|在)",
    "relative": r"(?:高于|低于|快于|优于|超过)(?P<base>[^，。；、\d]{2,16}?(?:平均水平|平均|增速|水平|增幅|目标))",
    "rank": r"(?:(?:上升|前移|提升|进位|前进)(?=\d+个?[位名])"
    r"|(?:进入[^，。；\d]{0,8}?前|居[^，。；\d]{0,8}?第|位居[^，。；\d]{0,8}?前)(?=\d))",
    "delta": rf"(?:{_RAISE}|{_LOWER})",
    "none": r"(?:建成|建设|培育|引进|新建|完成|实现|打造|创建|组建|形成|培养|认定|发展|设立|改造提升"
    r"|推动|推进|实施|为|约|等)",
}
_TIMES = ("年", "天", "小时", "分钟", "次", "个月", "")
_ORDER = ("relative", "rank", ">=", "<=", "<", ">", "~", "delta", "none")
_OPERATOR = "|".join(f"(?P<op_{number}>{_LIMITS[name]})" for number, name in enumerate(_ORDER))
_TARGET = re.compile(
    rf"(?:年均|均|分别|总体|平均|每年)?(?:{_OPERATOR})(?:了|约|近|到)?(?P<value>{_NUMBER})(?P<first>{_UNIT})?"
    rf"(?:{_RANGE_MARK}(?P<upper>{_NUMBER}))?(?P<unit>{_UNIT})?(?P<more>(?:(?:、|和|以及){_NUMBER}{_UNIT})*)(?P<after>以上|以内|以下|左右|上下)?"
    r"|(?P<words>翻[一两]番)"
    r"|(?:与|和|同)(?P<peer>[^，。；、\n]{2,14}?)(?:保持)?基本同步(?=[，。；\n]|$)"
    r"|(?P<place>(?:居|位居|位列|走在|进入|跻身|保持)(?:[^，。；、\d]{0,6}?)(?:前列|前茅|首位|第一方阵|第一梯队|先进行列))"
    r"|(?P<full>(?:实现)?(?:基本|全面)?全覆盖(?=[，。；\n]|$))"
)
_MADE = (
    rf"(?:{_LIMITS['none']}|开通|新增|举办|组织|开展|引育|孵化|新开通|改造|改扩建|新改建|招引|到位|争创|选派|招聘|制定|出台|修订|开放|服务|惠及|遴选|评选|转化|布设|签约"
    r"|完成投资)"
)
_THING = r"(?:[^，。；：、\d的（）\n]|\d(?=[A-Za-z])){2,16}?"
_EVENT = re.compile(r"举办|组织|开展")
_COUNT = re.compile(
    rf"(?:(?P<made>{_MADE}+)(?P<object>(?:[^，。；：\d（）\n]{{2,14}}等)?{_THING})|(?<=、)(?P<next>{_THING}|(?=\d))|(?<=[一-龥]))"
    rf"(?P<value>{_NUMBER})(?:{_RANGE_MARK}(?P<upper>{_NUMBER}))?(?P<unit>{_UNIT})(?P<after>以上|以内|以下|左右)?"
)
_SIGN = re.compile(
    r"\d|翻|半[个年]|[一二两三四五六七八九十百千][万亿]?[家名所座成人倍]|前列|前茅|首位|第一|先进行列|同步|全覆盖"
)
_AFTER = {"以上": ">=", "以内": "<=", "以下": "<=", "左右": "~", "上下": "~"}
_PAIR = re.compile(rf"({_NUMBER})({_UNIT})")
_ATTRIBUTE = re.compile(r"(?:以上|以下|以内|左右)?的(?!目标|任务|要求|水平)")
_CUT = re.compile(r"[，。；：！？\n]|其中")
_ENDED = re.compile(r"[。；！？\n]")
_BEHIND = re.compile(r"[^，。；：、\n（）“”\d和及与]{1,14}")
_COUNTED = re.compile(r"[万亿千]*(?:家|个|项|座|处|所|条|辆|台|套|名|位|批|场|只|头|部|支|款|种|件|类|人|户|张)")
_LISTED = re.compile(r"[^，。；：、\n\d（）]{0,14}、")
_PAST = re.compile(r"(?:已经?|业已)(?:累计|全部|基本|成功)?$")
_WAY = re.compile(
    r"(?:推动|推进|加快|加强|实施|开展|建设|完善|优化|坚持|围绕|通过|做好|打造|培育|支持|鼓励|引导|深化|强化|创新|健全)"
)
_LEADING = re.compile(
    r"(?:[、\s]|其中|力争|确保|争取|预计|基本|全面|同时|促进|带动|每年|全年|累计|并|使|将|把|推动|到?(?:19|20)\d\d年(?:年?底|年?末|\d{1,2}月底?)?(?:以?前|之前)?)+"
)
_TRAILING = re.compile(
    r"(?:力争|确保|要|均|分别|总体|稳步|平均|每年|年均|达|将|保持|基本|稳定|逐步|累计|已|不断|至少|进一步|由现在的)+$"
)
_BASE = re.compile(
    r"(?:由|从)(?P<start>(?:[^，。；]{0,6}?(?:的|时的?))?\d[^，。；、]{0,9})$|(?:比|较)(?P<base>(?:(?:19|20)\d\d年|上年|去年|基期|同期|“?十[一二三四]五”?末?)[^，。；]{0,4}?)(?=增|提|下|降|减|翻|上|$)"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The stretch in which targets are looked for."""

    folded: str
    raw: str
    span: Span
    deadlines: list[Deadline]

    def target(
        self, match: re.Match[str], indicator: tuple[str, str | None], op: str, value: _Value, unit: str
    ) -> Target:
        span = match.span()
        text = self.raw[span[0] : span[1]]
        return Target(text, indicator[0], op, value, unit, indicator[1], self._deadline(span[0]), span)

    def _deadline(self, place: int) -> str | None:
        """Return the date of the last deadline before a place in the same paragraph."""
        before = [own for own in self.deadlines if own.span[0] < place and "\n" not in self.folded[own.span[1] : place]]
        return before[-1].date if before else None

    def aims(self, match: re.Match[str]) -> bool:
        """Tell whether a figure is no condition (…以上的企业), stands in no bracket, and was not reached already."""
        start = max(self.span[0], match.start() - 80)
        aside = self.folded.rfind("（", start, match.start()) > self.folded.rfind("）", start, match.start())
        past = _PAST.search(self.folded[start : match.start()])
        return not (aside or past or _ATTRIBUTE.match(self.folded, match.end(), self.span[1]))


def find_targets(folded: str, raw: str, span: Span, deadlines: list[Deadline]) -> list[Target]:
    """Return the targets in a stretch of words, in order; a limit in a condition (…以上的企业) is none.

    A figure without a subject of its own (产值达到5亿元，年均增长8%) measures what the one before it measures.
    """
    if not _SIGN.search(folded, *span):
        return []
    words = _Words(folded, raw, span, deadlines)
    found: list[Target] = []
    for match in _TARGET.finditer(folded, *span):
        if words.aims(match):
            found.extend(_said(words, match, found))
    taken = [target.span for target in found]
    counted: list[Target] = []
    for match in _COUNT.finditer(folded, *span):
        if words.aims(match) and all(right <= match.start() or left >= match.end() for left, right in taken):
            counted.extend(_counted(words, match, [own for own in (*found, *counted) if own.span[1] < match.start()]))
    return sorted([*found, *counted], key=lambda target: target.span)


def _said(words: _Words, match: re.Match[str], before: list[Target]) -> Iterator[Target]:
    """Read a figure behind its operator: 达到70%, 提高3个百分点, 分别达到65%和55%."""
    indicator = _indicator(words, match, before)
    if match.group("value") is None:
        yield _unnumbered(words, match, indicator)
        return
    op = next(name for number, name in enumerate(_ORDER) if match.group(f"op_{number}"))
    unit = match.group("unit") or match.group("first") or ""
    moved = match.group("raised") or match.group("lowered")
    indicator = (moved, indicator[1]) if moved else indicator
    if op == "none" and _COUNTED.fullmatch(unit):
        indicator = (_behind(words, match) or indicator[0], indicator[1])
    if op not in ("relative", "rank", "delta"):
        op = _AFTER.get(match.group("after") or "", op)
    if op in ("none", "~") and unit in _TIMES:
        return
    if match.group("base"):
        indicator = (indicator[0], match.group("base"))
    value, ranged = _value(match)
    yield words.target(match, indicator, "range" if ranged else op, value, unit)
    for more, own in _PAIR.findall(match.group("more")):
        yield words.target(match, indicator, op, _decimal(more), own)


def _unnumbered(words: _Words, match: re.Match[str], indicator: tuple[str, str | None]) -> Target:
    """Read an aim in words: 翻一番, 与…基本同步, 居全国前列, 全覆盖; only the first has a number."""
    if match.group("words"):
        return words.target(match, indicator, "delta", _DOUBLED[match.group("words")], "番")
    if match.group("peer"):
        return words.target(match, (indicator[0], match.group("peer")), "relative", None, "")
    return words.target(match, indicator, "rank" if match.group("place") else "none", None, "")


def _behind(words: _Words, match: re.Match[str]) -> str:
    """Return the thing counted, which stands behind its number: 建成3个园区."""
    thing = _BEHIND.match(words.folded, match.end(), words.span[1])
    return words.raw[slice(*thing.span())].strip() if thing else ""


def _counted(words: _Words, match: re.Match[str], before: list[Target]) -> Iterator[Target]:
    """Read a count behind its object: 培育企业100家以上; the next of a list needs no verb: …5家、中心3个."""
    made, after = match.group("made"), match.group("after")
    last = max(before, key=lambda target: target.span) if before else None
    listed = bool(
        last and match.group("next") is not None and _LISTED.fullmatch(words.folded, last.span[1], match.start())
    )
    occasion = match.group("unit") == "次" and made and _EVENT.search(made)
    if (match.group("unit") in _TIMES and not occasion) or not (made or after or listed):
        return
    thing = match.group("object") or (match.group("next") or _behind(words, match) if listed else None)
    indicator = (thing, None) if thing else _indicator(words, match, before)
    value, ranged = _value(match)
    yield words.target(
        match, indicator, "range" if ranged else _AFTER.get(after or "", "none"), value, match.group("unit")
    )


def _value(match: re.Match[str]) -> tuple[_Value, bool]:
    first = _decimal(match.group("value"))
    return ((first, _decimal(match.group("upper"))), True) if match.group("upper") else (first, False)


def _decimal(written: str) -> Decimal:
    if written == "半":
        return Decimal("0.5")
    return Decimal(written.replace("，", "")) if written[0].isdigit() else Decimal(integer(written))


def _indicator(words: _Words, match: re.Match[str], before: list[Target]) -> tuple[str, str | None]:
    """Return what is measured, from the last break before the operator, and the base of the comparison."""
    folded, stop = words.folded, match.start()
    left = max(words.span[0], stop - 60)
    cuts = [cut.end() for cut in _CUT.finditer(folded, left, stop)]
    begin = cuts[-1] if cuts else left
    name, base = _named(words, begin, stop)
    if name or not cuts or _ENDED.match(folded, begin - 1):
        return name, base
    last = next((own for own in reversed(before) if not own.indicator.startswith("占")), None)
    if last and not _ENDED.search(folded, last.span[1], stop):
        return last.indicator, base
    begin, end = (cuts[-2] if len(cuts) > 1 else left), begin - 1
    above = "" if _WAY.match(folded, begin, end) else _named(words, begin, end)[0]
    return above, base


def _named(words: _Words, begin: int, stop: int) -> tuple[str, str | None]:
    """Return the words of a stretch without what only leads to them or from them, and the base they name."""
    folded = words.folded
    base = _BASE.search(folded, begin, stop)
    end = base.start() if base else stop
    leading = _LEADING.match(folded, begin, end)
    begin = leading.end() if leading else begin
    trailing = _TRAILING.search(folded[begin:end])
    end = begin + trailing.start() if trailing else end
    name = words.raw[begin:end].strip("，,：:； \n")
    if not base:
        return name, None
    place = base.span("start") if base.group("start") else base.span("base")
    return name, words.raw[slice(*place)]
