"""Quantified targets: indicator, operator, value as written, unit, base and deadline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .shapes import Deadline, Span, Target

_Value = Decimal | tuple[Decimal, ...]
_NUMBER = r"(?:\d+(?:，\d{3})*(?:\.\d+)?|半(?=个月|年))"
_UNIT = (
    r"(?:[万亿千百]{0,3}(?:个百分点|百分点|标准箱|标准煤|平方公里|平方千米|平方米|立方米|千瓦时|兆瓦时|个工作日|工作日|个月|人次|人天|车次|架次|千瓦|兆瓦|公里|千米"
    r"|微克/立方米|毫克/升|公顷|公斤|小时|分钟|美元|吨标准煤|床位|张床|元|人|户|家|个|项|种|件|吨|亩|座|处|所|条|辆|台|套|张|名|位|分|倍|番|天|年|次|批|场|只|头|米|部|支|款|类|类别|%|‰)|%|‰|[万亿])"
)
_RANGE_MARK = r"(?:-{1,2}|~|至|到)"
_DOUBLED = {"翻一番": Decimal(1), "翻两番": Decimal(2)}
_RAISE = r"(?:提高|提升|增长|增加|上升|扩大|递增|新增)"
_LOWER = r"(?:下降|降低|减少|压减|压缩|缩短|缩减|削减)"
_LIMITS = {
    ">": r"(?:突破|超过|超|大于|多于|高于)",
    "<": r"(?:低于|小于|少于)",
    ">=": rf"(?:不低于|不少于|不小于|至少|达到|达|{_RAISE}(?:到|至)|增至|升至|扩大至)",
    "<=": rf"(?:不高于|不超过|不多于|不大于|至多|{_LOWER}(?:到|至)|降至|降到|减至|减到|控制在|压减至|压缩至)",
    "~": r"(?:稳定在|保持在|维持在|在)",
    "relative": r"(?:高于|低于|快于|优于|超过)(?P<base>[^，。；、\d]{2,16}?(?:平均水平|平均|增速|水平|增幅|目标))",
    "rank": r"(?:上升|前移|提升|进位|前进|进入[^，。；\d]{0,8}?前|居[^，。；\d]{0,8}?第|位居[^，。；\d]{0,8}?前)",
    "delta": rf"(?:{_RAISE}|{_LOWER})",
    "none": r"(?:建成|建设|培育|引进|新建|完成|实现|打造|创建|组建|形成|培养|认定|发展|设立|推动|推进|实施|为|约|等)",
}
_TIMES = ("年", "天", "小时", "分钟", "次", "个月", "")
_ORDER = ("relative", "rank", ">=", "<=", "<", ">", "~", "delta", "none")
_OPERATOR = "|".join(f"(?P<op_{number}>{_LIMITS[name]})" for number, name in enumerate(_ORDER))
_TARGET = re.compile(
    rf"(?:年均|均|分别|总体|平均|每年)?(?:{_OPERATOR})(?:了|约|近|到)?(?P<value>{_NUMBER})(?P<first>{_UNIT})?"
    rf"(?:{_RANGE_MARK}(?P<upper>{_NUMBER}))?(?P<unit>{_UNIT})?(?P<more>(?:(?:、|和|以及){_NUMBER}{_UNIT})*)(?P<after>以上|以内|以下|左右|上下)?"
    r"|(?P<words>翻[一两]番)"
)
_COUNT = re.compile(
    rf"(?:(?P<made>{_LIMITS['none']}|开通|新增|举办|开展|引育|孵化|新开通|改造|改扩建|新改建|招引|到位|争创|选派|招聘|完成投资)(?P<object>[^，。；：、\d的（）\n]{{2,16}}?)|(?<=[一-龥]))"
    rf"(?P<value>{_NUMBER})(?:{_RANGE_MARK}(?P<upper>{_NUMBER}))?(?P<unit>{_UNIT})(?P<after>以上|以内|以下|左右)?"
)
_SIGN = re.compile(r"\d|翻|半[个年]")
_AFTER = {"以上": ">=", "以内": "<=", "以下": "<=", "左右": "~", "上下": "~"}
_PAIR = re.compile(rf"({_NUMBER})({_UNIT})")
_ATTRIBUTE = re.compile(r"(?:以上|以下|以内|左右)?的(?!目标|任务|要求|水平)")
_CUT = re.compile(r"[，。；：！？\n]|其中")
_LEADING = re.compile(
    r"(?:[、\s]|其中|力争|确保|争取|预计|基本|全面|同时|并|使|将|把|推动|到?(?:19|20)\d\d年(?:年?底|年?末|\d{1,2}月底?)?(?:以?前|之前)?)+"
)
_TRAILING = re.compile(
    r"(?:力争|确保|要|均|分别|总体|稳步|平均|每年|年均|达|将|保持|基本|稳定|逐步|累计|已|不断|至少|进一步|由现在的)+$"
)
_BASE = re.compile(
    r"(?:比|较)(?P<base>(?:(?:19|20)\d\d年|上年|去年|基期|同期|“?十[一二三四]五”?末?)[^，。；]{0,4}?)(?=增|提|下|降|减|翻|上|$)"
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
        """Tell whether a figure is neither a condition (…以上的企业) nor inside a bracket."""
        start = max(self.span[0], match.start() - 80)
        aside = self.folded.rfind("（", start, match.start()) > self.folded.rfind("）", start, match.start())
        return not aside and not _ATTRIBUTE.match(self.folded, match.end(), self.span[1])


def find_targets(folded: str, raw: str, span: Span, deadlines: list[Deadline]) -> list[Target]:
    """Return the targets in a stretch of words, in order; a limit in a condition (…以上的企业) is none."""
    if not _SIGN.search(folded, *span):
        return []
    words = _Words(folded, raw, span, deadlines)
    found = [target for match in _TARGET.finditer(folded, *span) if words.aims(match) for target in _said(words, match)]
    taken = [target.span for target in found]
    for match in _COUNT.finditer(folded, *span):
        if words.aims(match) and all(right <= match.start() or left >= match.end() for left, right in taken):
            found.extend(_counted(words, match))
    return sorted(found, key=lambda target: target.span)


def _said(words: _Words, match: re.Match[str]) -> Iterator[Target]:
    """Read a figure behind its operator: 达到70%, 提高3个百分点, 分别达到65%和55%."""
    indicator = _indicator(words, match)
    if match.group("words"):
        yield words.target(match, indicator, "delta", _DOUBLED[match.group("words")], "番")
        return
    op = next(name for number, name in enumerate(_ORDER) if match.group(f"op_{number}"))
    if op not in ("relative", "rank", "delta"):
        op = _AFTER.get(match.group("after") or "", op)
    unit = match.group("unit") or match.group("first") or ""
    if op in ("none", "~") and unit in _TIMES:
        return
    if match.group("base"):
        indicator = (indicator[0], match.group("base"))
    value, ranged = _value(match)
    yield words.target(match, indicator, "range" if ranged else op, value, unit)
    for more, own in _PAIR.findall(match.group("more")):
        yield words.target(match, indicator, op, _decimal(more), own)


def _counted(words: _Words, match: re.Match[str]) -> Iterator[Target]:
    """Read a count behind its object: 培育企业100家以上."""
    made, after = match.group("made"), match.group("after")
    if match.group("unit") in _TIMES or not (made or after):
        return
    indicator = (match.group("object"), None) if made else _indicator(words, match)
    value, ranged = _value(match)
    yield words.target(
        match, indicator, "range" if ranged else _AFTER.get(after or "", "none"), value, match.group("unit")
    )


def _value(match: re.Match[str]) -> tuple[_Value, bool]:
    first = _decimal(match.group("value"))
    return ((first, _decimal(match.group("upper"))), True) if match.group("upper") else (first, False)


def _decimal(written: str) -> Decimal:
    return Decimal("0.5") if written == "半" else Decimal(written.replace("，", ""))


def _indicator(words: _Words, match: re.Match[str]) -> tuple[str, str | None]:
    """Return what is measured, from the last break before the operator, and the base of the comparison."""
    folded, stop = words.folded, match.start()
    left = max(words.span[0], stop - 60)
    begin = max((cut.end() for cut in _CUT.finditer(folded, left, stop) if cut.end() < stop), default=left)
    base = _BASE.search(folded, begin, stop)
    end = base.start() if base else stop
    leading = _LEADING.match(folded, begin, end)
    begin = leading.end() if leading else begin
    trailing = _TRAILING.search(folded[begin:end])
    end = begin + trailing.start() if trailing else end
    name = words.raw[begin:end].strip("，；： \n")
    return name, words.raw[base.start("base") : base.end("base")] if base else None
