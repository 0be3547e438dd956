"""Quantified targets: every quantity first, then what it is — a target, a condition, the document itself, the past.

A figure behind an operator (达到, 提高, 突破 …) is measured by the words before it; a count (建成60处) by the rest.
Work in a stretch grows with its length: each sentence is read once, and only what stands before in it is looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .indicators import CUT, LACKS, derived, named, shared, thing_behind
from .quantities import AFTER, NUMBER, PAIR, QUANTITY, RANGE_MARK, TIMES, UNIT, Value, decimal, plain_unit, value
from .shapes import Deadline, Direction, Span, Target

_DOUBLED = {"翻一番": Decimal(1), "翻两番": Decimal(2)}
_RAISE = r"(?:提高|提升|扩容(?=[到至])|增长|增加|上升|扩大|递增|新增)"
_LOWER = r"(?:下降|降低|减少|压减|压缩|缩短|缩减|削减|缩小)"
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
    "~": r"(?:稳定在|保持在|维持在|保持(?=\d)|在)",
    "relative": r"(?:高于|低于|快于|优于|超过)(?P<base>[^，。；、\d]{2,16}?(?:平均水平|平均|增速|水平|增幅|目标))",
    "rank": r"(?:(?:上升|前移|提升|进位|前进)(?=\d+个?[位名])"
    r"|(?:进入[^，。；\d]{0,8}?前|居[^，。；\d]{0,8}?第|位居[^，。；\d]{0,8}?前)(?=\d))",
    "delta": rf"(?P<moves>{_RAISE}|{_LOWER})",
    "none": r"(?:建成|建设|培育|引进|新建|完成|实现|打造|创建|组建|形成|培养|认定|发展|设立|改造提升"
    r"|推动|推进|实施|为|约|等(?![级待候]))",
}
_ORDER = ("relative", "rank", ">=", "<=", "<", ">", "~", "delta", "none")
_OPERATOR = "|".join(f"(?P<op_{number}>{_LIMITS[name]})" for number, name in enumerate(_ORDER))
_TARGET = re.compile(
    rf"(?:年均|均|分别|总体|平均|每年)*(?:{_OPERATOR})(?:了|约|近|到)?(?P<per>每[百千万亿]*[一-龥]{{1,3}})?(?P<value>{NUMBER})(?P<first>{UNIT})?"
    rf"(?:{RANGE_MARK}(?P<upper>{NUMBER})(?P<unit>{UNIT})?)?(?P<more>(?:(?:以上|以内|以下|左右)?(?:、|和|以及|与){NUMBER}{UNIT})*)(?P<after>以上|以内|以下|左右|上下)?"
    r"|(?P<words>翻[一两]番)"
    r"|(?:与|和|同)(?P<peer>[^，。；、\n]{2,14}?)(?:保持)?(?:基本)?同步(?=[，。；\n]|$)"
    r"|(?P<place>(?:居|位居|位列|走在|进入|跻身|保持)(?:[^，。；、\d]{0,6}?)(?:前列|前茅|首位|第一方阵|第一梯队|先进行列))"
    r"|(?P<full>(?:实现)?(?:基本|全面)?全覆盖(?=[，。；\n]|$))"
)
_MADE = (
    rf"(?:{_LIMITS['none']}|开通|新增(?!就业)|增设|举办|组织(?!活动|部|生活|体系|机构|场)|开展|引育|孵化|新开通|改造|改扩建|新改建|改建|续建|整修|维修|迁建|重建|扩建|修建|修复|硬化|绿化(?!苗|面积|带|率)|治理|疏浚|加装|安装|铺设|招引|争创|选派|招聘|制定|出台|修订|开放"
    r"|(?<!政务)(?<!公共)(?<!民生)(?<!便民)(?<!社会)服务|惠及|遴选|评选|转化|布设|签约|完成投资|接待|带动|培训|认证|评定|登记|推介|淘汰|关停|整治|建立)"
)
_OBJECT = re.compile(
    rf"(?:{_MADE}(?!活动|行动)(?:和|并(?!网|购|联)|及)?)+(?P<object>(?:[^，。；：\d（）\n]{{2,14}}等|(?:[^，。；：、\d的（）\n]{{2,12}}、){{1,3}}|[^，。；：、（）\n的]{{2,16}}的)?(?:[^，。；：、\d的（）\n]|\d(?=[A-Za-z])){{2,16}}?)(?<![了过])$"
)
_VERBS_BEFORE = re.compile(rf"(?:{_MADE})+(?=..)")
_DIRECTLY = re.compile(rf"(?P<verb>{_MADE})$")
_EVENT = re.compile(r"举办|组织|开展")
_DEED = re.compile(r"(?:实现|完成|推动|推进|实施|开展|新增|办好|办理)")
_DEEDS = re.compile(r"(?:完成|实施|启动|开展|推进|新开工)(?:约|近)?$")
_DO = (
    r"(?:育成|选育|募集|交付|推出|发行|攻克|研发|安排|投入|扩容|统筹|拨付|归集|汇聚|上线|更换|新装|开发|扶持|支持|资助|救助|帮助|帮扶|发放|投放|采购|购置|配备|配置|增配|更新|拆除|清理|检修|排查|提升|升级|盘活|化解|处置|招收|招募|选聘|聘用|吸纳|吸引|成立|设置"
    r"|布局|投运|投用|接入|走访|慰问|调解|壮大|动员|奖励|表彰|命名|建档|签订|储备|谋划|拍摄|创作|出版|修编|编制|健全|打通|新辟|开辟|增开|加密|续建|建造|架设|敷设|修缮|保护|种植|栽植"
    r"|补植|抚育|养殖|收储|供应|保障|筹集|筹措|争取|减免|新开工|开工|竣工|改造|推广|应用|引入|派驻|选送|评聘|承办|创办|兴办|领办|培植|扩大|扩种|播种|复垦|整理|检测|抽检|监测)"
)
_DONE_DIRECTLY = re.compile(rf"{_DO}$")
_DOES = re.compile(rf"(?:(?:{_DO}|{_MADE})(?:和|并(?!网|购|联)|及)?)+(?=..)")
_OPEN_UNIT = re.compile(
    r"[万亿千百]*(?:名|人|家|户|座|处|所|条|辆|台|套|张|头|支|部|公里|亩|个|项|场|款|种|批|件|位|对|艘|架|床|只|羽|尾|届|眼|栋|幢|株|棵|盏|口|间)"
)
_PER = re.compile(r"[^\d、]{0,6}(?:人均|户均|亩均|每[百千万][^\d、]{0,8}).+")
"""What is so much a head, whatever it is counted in."""
_WHO_DOES = re.compile(rf"[^，。；、\d的]{{2,8}}?(?:每年|全年|累计|共)(?:{_DO})")
_MUCH = re.compile(r"[万亿]*亿美?元")
"""So much money is no grant: what stands before it is an aim, whatever its verb."""
_AMOUNT = re.compile(r"[万亿千百]*(?:元|美元|吨|平方米|立方米|公顷|千瓦|兆瓦|人次|场次|羽|尾|P)")
"""What is weighed or paid, rather than counted, is a target behind a verb that is known."""
_LOOSE_UNIT = re.compile(r"[个项种批件款位只对]$")
_NO_VERB = re.compile(
    r"(?:[的了第等每前这该此其各另对按占比约近至达于在从由以及和与或、]|上述|针对|所有|现有|共有|共|分为|不足|不到|超|总计|有|全长|总长)$|^(?:对|针对|按|凡|每|各|如|例如|比如)"
)
_SIGN = re.compile(
    r"\d|翻|半[个年]|[一二两三四五六七八九十百千][万亿]?[家名所座成人倍处户]|前列|前茅|首位|第一|先进行列|同步|全覆盖"
)
_ATTRIBUTE = re.compile(
    r"(?:以上|以下|以内|左右)?(?:(?:、|和|或者?|且)[^，。；、\d]{0,12}[\d.]+[^，。；、\d]{1,6}?(?:以上|以下|以内)){0,6}的(?!目标|任务|要求|水平)"
)
_SORT = re.compile(
    r"(?<=[元吨亩米岁瓦]以[上下])(?:企业|项目|工程|农场|村(?!镇)|住户|家庭|人口|人群|老年人|儿童|建筑|锅炉|医院|园区|集群|城市|住宅)"
)
"""A bound right before what it sorts: 年营业收入10亿元以上企业."""
_COUNTED = re.compile(r"[万亿千]*(?:家|个|项|座|处|所|条|辆|台|套|名|位|批|场|只|头|部|支|款|种|件|类|人|户|张)")
_LISTED = re.compile(
    r"[^，。；：、\n\d（）]{0,14}(?:、|和|及|与|以及)(?P<held>(?:[^，。；：、\n\d（）的]|\d(?=[A-Za-z])){0,16})"
)
_YEAR = re.compile(
    r"(?<![比较由从与于自至到\d~-])(?P<year>20\d\d)年(?:度)?"
    r"(?![的底末前起度内至到~一二三四第\d-]|以[来前]|之前|[上下]半)"
)
"""A year that dates what follows (2027年用水总量控制在…), and is no base of a comparison."""
_SENTENCE = re.compile(r"[^。；！？\n]+")
_CHUNK_START = re.compile(r"[，：]|其中")
_ENDED = "。；！？\n"
_PAST = re.compile(r"(?:已经?|业已|现已|累计已)(?:累计|全部|基本|成功)?$")
_PAST_SENTENCE = re.compile(r"(?<![不而])已(?!有)|现有|目前|去年|上年末|近年来|近[一二两三四五几\d]{1,2}年来?")
_COMPARED = re.compile(r"同比(?!下降|压减|压缩|减少|降低|下浮)|\d[^，。；]{1,6}，[^，。；]{0,6}同比")
"""What was compared with the year before is told of, unless it is to be lowered."""
_FUTURE = re.compile(r"到20\d\d年|力争|确保|计划|将(?!近)|年底前|目标|预计|推动|加快|再")
_WAY = re.compile(
    r"(?:推动|推进|加快|加强|实施|开展|建设|完善|优化|坚持|围绕|通过|做好|打造|培育|支持|鼓励|引导|深化|强化|创新|健全)"
)
_GRANT = re.compile(
    r"(?:给予|补助|补贴|奖补|奖励|资助|发放(?=$|\d|[^，。；\d]{0,6}[补奖贴助])|最高|单个|单户|单笔|一次性|罚款|处以|收取|每[人户家亩项个次][^，。；]{0,8})(?:[^，。；\d]{0,6})$"
)
_STRUCTURE = re.compile(
    r"(?:大|个)?(?:重点|主要|具体|核心|关键)?(?:主线|方面|部分|等级|级别|阶段|档次|步骤|专栏|板块|维度|层面|原则|附件|附录|章节?|节(?!目|点|能|水|日)|主题(?!事项|公园|活动|馆|展|教育|党|班|街|线路|酒店)|分)(?![区公])"
)
_WEAK_STRUCTURE = re.compile(
    r"(?:大|个)?(?:方面)?(?:重点|主要|具体|核心|关键|二级|一级|量化|细化|改革|创新|政策|工作|任务|落实|年度)*(?:任务|工作|措施|举措|内容|要求|数据|部门|单位|事项|领域|政策|指标|条款|清单|条|意见|环节|门类|类别|目标|行动|要点)"
)
_ABOUT = re.compile(
    r"(?:分为|划分为|细分为|共分|共|包括|包含|涵盖|提出|部署|明确|围绕|聚焦|等|按照?|细化为?|分解为?|梳理出?|从|设置?|安排|共计|谋划|列出|归纳|涉及|上述|以上|这|等共|\d[类章])(?:了|出)?$|^(?:围绕|按照?|对|落实|聚焦|从|依据|根据|测评|考核)"
)
_LONGEST_THING = 16
_UNLISTED_DEED = re.compile(r"(?:\d+[年岁](?:及?以[上下])?)?\D{4,}")
_DISCRETE = re.compile(
    r"[万亿千百]*(?:[名人家户座处所辆台套场艘架株棵盏亩吨条]|公里|[人家户场车]次)|[万亿千百]+[条头只羽尾件个项]"
)
"""What is counted in these behind four characters or more (归集数据120亿条) is something done with a thing."""
_LEADS = re.compile(
    r"(?:[\s、]|新(?=引进|签约|开工|发放|招引)|并|各|要|力争|每年|全年|累计|计划|预计|到?20\d\d年(?:年?底|年?末)?(?:以?前)?)+"
)
_STATED = re.compile(
    r"(?:[^，。；：、\n\d（）的]|\d(?=[A-Za-z])){1,14}(?:就业|总?量|总数|总?额|收入|产值|投资|面积|人数|规模|里程|[^概费利税汇效频速功]率|比例|占比|比重)"
)
_CHANGES = re.compile(rf"(?:{_RAISE}|{_LOWER})")
_LIMIT_OF_A_RULE = re.compile(r"(?:额度|限额|期限|标准|罚款|违约金)(?:最高|一般|原则上|应|应当)?$")
_FROM = re.compile(r"(?:由|从)(?:[^，。；]{0,6}的)?$")
_SCORE = re.compile(r"(?:满分|总分|得分|计|扣|加|评分|权重)(?:为|达)?$")
_NAME = re.compile(r"(?:[^，。；：、\d（）]|\d+(?=强)){2,14}")
_OCCASIONS = re.compile(r"(?:^|(?<=[要并]))(?:培训|轮训|服务|走访|救助|义诊|接待|检查|巡查)$")
_MOVES_THING = re.compile(rf"(?P<moves>{_RAISE}|{_LOWER})(?P<name>[^，。；：、\d（）的]{{2,12}})$")
"""A change before what it changes: 压减法人户数10%."""
_COMES = re.compile(r"(?:全部|基本|如期|主体)?(?:竣工|完工|投用|交付|开工|投产|建成|通车|挂牌|验收|达产|落户|入驻)")
"""What becomes of what was counted before: 标准厂房6栋竣工验收."""
_YEARLY = re.compile(r"年均|平均每年|每年")
_WHO = re.compile(r"(?:负责|牵头|配合|落实|实施)$")
_BY = re.compile(r"由[^，。；由]{2,24}(?:负责|牵头|承建|承担|组织|实施)")
_LAST_MADE = re.compile(rf"[^，。；]*(?:{_MADE})(?P<thing>[^，。；、的\d]{{2,14}})$")
_JOINED = re.compile(r"^(?:[、，]|和|及|与|以及|并)+(?=.)")
_SEVERALLY = re.compile(r"(?:预计|力争|确保)?分别")
_MOVES = re.compile(rf"(?P<up>{_RAISE})$|(?P<down>{_LOWER})$")
_UP = re.compile(_RAISE)


@dataclass(slots=True)
class _Sentence:
    """A sentence while it is read: its place, what was found in it so far, and whether it tells of the past."""

    folded: str
    raw: str
    span: Span
    starts: list[int]
    deadlines: list[Deadline]
    found: list[Target] = field(default_factory=list)
    named: Target | None = None

    def target(
        self, span: Span, indicator: tuple[str, str | None], op: str, number: Value, unit: str, moves: str = ""
    ) -> Target:
        """Return a target with the words between its places and the deadline before it."""
        text = self.raw[span[0] : span[1]]
        direction: Direction | None = None
        if moves:
            direction = "up" if _UP.match(moves) else "down"
        when = self._deadline(span[0])
        return Target(text, indicator[0], op, number, plain_unit(unit), indicator[1], when, span, direction)

    def _deadline(self, place: int) -> str | None:
        """Return the date of the last deadline before a place in the same paragraph."""
        before = bisect_left(self.starts, place)
        last = self.deadlines[before - 1] if before else None
        last = last if last and "\n" not in self.folded[last.span[1] : place] else None
        years = list(_YEAR.finditer(self.folded, max(self.span[0], last.span[1] if last else 0), place))
        return f"{years[-1].group('year')}-12-31" if years else last.date if last else None

    def keep(self, target: Target) -> None:
        """Take a target; later figures without a subject measure what it measures."""
        self.found.append(target)
        if not target.indicator.startswith("占"):
            self.named = target

    def aims(self, start: int, end: int) -> bool:
        """Tell whether a figure is no condition (…以上的企业), stands in no bracket, and was not reached already."""
        left = max(self.span[0], start - 80)
        aside = self.folded.rfind("（", left, start) > self.folded.rfind("）", left, start)
        past = _PAST.search(self.folded[left:start])
        behind = _ATTRIBUTE.match(self.folded, end, self.span[1]) or LACKS.match(self.folded, end)
        behind = behind or _SORT.match(self.folded, end)
        return not (aside or past or behind)

    def chunk(self, place: int) -> int:
        """Return where the words before a figure begin: behind the last comma, colon or figure."""
        left = max(self.span[0], place - 60)
        cuts = [cut.end() for cut in _CHUNK_START.finditer(self.folded, left, place)]
        return max(cuts[-1] if cuts else left, self.found[-1].span[1] if self.found else 0)


def find_targets(folded: str, raw: str, span: Span, deadlines: list[Deadline]) -> list[Target]:
    """Return the targets in a stretch of words, in order; a limit in a condition (…以上的企业) is none.

    A figure without a subject of its own (产值达到5亿元，年均增长8%) measures what the one before it measures.
    """
    if not _SIGN.search(folded, *span):
        return []
    starts = [own.span[0] for own in deadlines]
    found: list[Target] = []
    for part in _SENTENCE.finditer(folded, *span):
        if _SIGN.search(part.group()):
            sentence = _Sentence(folded, raw, part.span(), starts, deadlines)
            _read(sentence)
            found += sentence.found
    return found


def _read(words: _Sentence) -> None:
    """Read the figures of a sentence in their order: those behind an operator, and counts."""
    folded, (start, end) = words.folded, words.span
    operators = {match.start(): match for match in _TARGET.finditer(folded, start, end)}
    taken = sorted((match.start(), match.end()) for match in operators.values())
    for quantity in QUANTITY.finditer(folded, start, end):
        place = bisect_left(taken, (quantity.start() + 1, 0)) - 1
        if place < 0 or taken[place][1] <= quantity.start():
            operators[quantity.start()] = quantity
    past = bool(_COMPARED.search(folded, start, end)) and not _FUTURE.search(folded, start, end)
    reached = start
    for place in sorted(operators):
        match = operators[place]
        between = folded[reached:place]
        past = (past or bool(_PAST_SENTENCE.search(between))) and not _FUTURE.search(between)
        reached = match.end()
        if past or not words.aims(match.start(), match.end()) or _about_itself(words, match):
            continue
        for target in _said(words, match) if match.re is _TARGET else _counted(words, match):
            words.keep(target)


def _about_itself(words: _Sentence, match: re.Match[str]) -> bool:
    """Tell whether a figure counts parts of the document, scores, or what somebody gets (给予50万元)."""
    number = match.start("value")
    if number < 0:
        return False
    folded = words.folded
    unit = match.group("unit") or match.groupdict().get("first") or ""
    before = folded[words.chunk(number) : number].strip()
    end = match.end()
    if unit.endswith("分") and (_SCORE.search(before) or folded.startswith("分", end)):
        return True
    if (unit.endswith("元") and _GRANT.search(before)) or (
        unit == "%" and before.endswith(("给予", "返还", "按", "按照"))
    ):
        return True
    if (
        match.re is _TARGET
        and not (match.group("moves") or _CHANGES.match(match.group()))
        and _LIMIT_OF_A_RULE.search(folded, words.chunk(match.start()), match.start())
    ):
        return True
    if unit[-1:] not in ("个", "项", "条", "类", "部", "大", "章", "种", "分", "") or unit in TIMES[:-1]:
        return False
    if _STRUCTURE.match(folded, end) or folded[end : end + 1].isdigit():
        return True
    weak = _WEAK_STRUCTURE.match(folded, end)
    leading = _LEADS.match(before)
    deed = _DEED.match(before, leading.end() if leading else 0)
    return bool(weak and not deed and (not before or _ABOUT.search(before)) and not words.found)


def _said(words: _Sentence, match: re.Match[str]) -> Iterator[Target]:
    """Read a figure behind its operator: 达到70%, 提高3个百分点, 分别达到65%和55%."""
    indicator = _indicator(words, match)
    if match.group("value") is None:
        yield _unnumbered(words, match, indicator)
        return
    op = next(name for number, name in enumerate(_ORDER) if match.group(f"op_{number}"))
    unit = match.group("unit") or match.group("first") or ""
    moved = match.group("raised") or match.group("lowered")
    indicator = (moved, indicator[1]) if moved else indicator
    if op == "none":
        indicator = (_VERBS_BEFORE.sub("", indicator[0], count=1), indicator[1])
    if op == "none" and _COUNTED.fullmatch(unit):
        deeds = bool(_DEEDS.search(words.folded[words.span[0] : match.start("value")]))
        behind = thing_behind(words.folded, words.raw, match.end(), words.span[1], deeds)
        indicator = (behind or indicator[0], indicator[1])
    if op in ("none", "~") and unit in TIMES:
        return
    if match.group("per"):
        indicator = (match.group("per") + indicator[0], indicator[1])
    bound = AFTER.get(match.group("after") or "")
    if op not in ("relative", "rank", "delta") and bound:
        op, bound = bound, None
    if match.group("base"):
        indicator = (indicator[0], match.group("base"))
    number, ranged = value(match.group("value"), match.group("upper"))
    if op == "delta" and _COUNTED.fullmatch(unit):
        op, indicator = _made_more(words, match, indicator)
    op, moves, bound, indicator = _moving(op, match.group("moves") or "", bound, indicator, unit)
    first = words.target(match.span(), indicator, "range" if ranged else op, number, unit, moves)
    more = [(decimal(each), own) for each, own in PAIR.findall(match.group("more"))]
    above: list[str] = []
    if more and _SEVERALLY.match(words.folded, words.chunk(match.start())):
        above = [own.indicator for own in words.found[-1 - len(more) :]]
    yield from _distributed(replace(first, bound=bound), more, above)


def _made_more(
    words: _Sentence, match: re.Match[str], indicator: tuple[str, str | None]
) -> tuple[str, tuple[str, str | None]]:
    """Read a verb of change before a count: 提升50家 and 新增100个网点 are counts, 增加50家 is a change."""
    behind = thing_behind(words.folded, words.raw, match.end(), words.span[1], False)
    name = (behind if len(behind) > 1 else indicator[0], indicator[1])
    moves = match.group("moves")
    if moves == "提升":
        return "none", (f"{indicator[0]}提升", indicator[1])
    return ("none" if moves == "新增" else "delta"), name


def _moving(
    op: str, moves: str, bound: str | None, indicator: tuple[str, str | None], unit: str
) -> tuple[str, str, str | None, tuple[str, str | None]]:
    """Read a bound on a change (增长不低于6%) as a change with a bound."""
    verb = _MOVES.search(indicator[0])
    if (
        verb
        and op in (">", ">=", "<", "<=", "~")
        and unit.endswith(("%", "百分点"))
        and len(indicator[0]) > len(verb.group())
    ):
        return "delta", verb.group(), op, (indicator[0][: verb.start()], indicator[1])
    return op, moves if op == "delta" else "", bound, indicator


def _distributed(first: Target, more: list[tuple[Decimal, str]], above: list[str]) -> Iterator[Target]:
    """Yield the figures of a list, each with its own name where as many names, or figures, stand before them."""
    names = above if len(above) == 1 + len(more) else shared(first.indicator, 1 + len(more)) if more else None
    unit = first.unit if first.unit != "个" or not more else plain_unit(more[-1][1])
    yield replace(first, indicator=names[0] if names else first.indicator, unit=unit)
    for place, (number, own) in enumerate(more, start=1):
        yield replace(first, indicator=names[place] if names else first.indicator, value=number, unit=plain_unit(own))


def _unnumbered(words: _Sentence, match: re.Match[str], indicator: tuple[str, str | None]) -> Target:
    """Read an aim in words: 翻一番, 与…基本同步, 居全国前列, 全覆盖; only the first has a number."""
    if match.group("words"):
        return words.target(match.span(), indicator, "delta", _DOUBLED[match.group("words")], "番", "增长")
    if match.group("peer"):
        return words.target(match.span(), (indicator[0], match.group("peer")), "relative", None, "")
    return words.target(match.span(), indicator, "rank" if match.group("place") else "none", None, "")


def _counted(words: _Sentence, match: re.Match[str]) -> Iterator[Target]:
    """Read a count: 培育企业100家以上, 选送80名医生; the next of a list needs no verb: …5家、中心3个; 、200名护士."""
    folded, start, unit = words.folded, match.start(), match.group("unit")
    begin = words.chunk(start)
    before = folded[begin:start]
    made = _OBJECT.search(before)
    last = words.found[-1] if words.found else None
    listed = _LISTED.fullmatch(folded, last.span[1], start) if last else None
    if _FROM.search(before) or unit == "岁":
        return
    occasion = unit == "次" and bool(made) and bool(_EVENT.search(before))
    if unit in TIMES and not occasion:
        return
    moved = _MOVES_THING.search(before) if unit.endswith(("%", "百分点")) else None
    if moved:
        number, _ = value(match.group("value"), None)
        yield replace(
            words.target(match.span(), (moved.group("name"), None), "delta", number, unit, moved.group("moves")),
            bound=AFTER.get(match.group("after") or ""),
        )
        return
    thing = _thing(words, match, before, made, listed)
    if not thing and _COMES.match(folded, match.end()):
        thing = _plain(before)
    if not thing and unit.endswith("次") and (verb := _OCCASIONS.search(before)):
        thing = verb.group()
    if not thing and words.named and _YEARLY.fullmatch(before):
        thing = before + words.named.indicator
    if not thing and (not match.group("after") or not before.strip("、，")):
        return
    indicator = (thing, None) if thing else _indicator(words, match)
    number, ranged = value(match.group("value"), match.group("upper"))
    op = "range" if ranged else AFTER.get(match.group("after") or "", "none")
    place = match.start() - (len(before) - made.start() if made and not listed else 0)
    yield words.target((place, match.end()), indicator, op, number, unit)


def _plain(before: str) -> str:
    """Return the words before a number without what leads to them, where they can be a name; nothing else."""
    leading = _LEADS.match(before)
    name = before[leading.end() :] if leading else before
    return name if _NAME.fullmatch(name) and not _NO_VERB.search(name) else ""


def _thing(
    words: _Sentence, match: re.Match[str], before: str, made: re.Match[str] | None, listed: re.Match[str] | None
) -> str:
    """Return the thing that is counted: before its number behind a verb, else behind the number; nothing for none."""
    folded, unit = words.folded, match.group("unit")
    behind = thing_behind(folded, words.raw, match.end(), words.span[1], bool(_DEEDS.search(before)))
    if listed:
        held = _VERBS_BEFORE.sub("", listed.group("held"), count=1)
        return behind if not held or len(behind) > 1 else held
    if folded.endswith("其中", 0, match.start() - len(before)) and len(before) > 1 and len(behind) < 2:
        return before
    if made and not (len(behind) > 1 and _DIRECTLY.search(before)):
        start = match.start() - len(before) + made.start("object")
        last = folded.rfind("、", start, match.start()) + 1
        verbs = _VERBS_BEFORE.match(folded, last, match.start()) if last > start else None
        return words.raw[verbs.end() if verbs else start : match.start()].strip()
    if not behind and (stated := _stated(words, before, unit)):
        return stated
    open_class = _OPEN_UNIT.fullmatch(unit) and len(behind) > 1
    if open_class and _DONE_DIRECTLY.search(before):
        return behind
    verb = re.sub(
        r"^(?:[\s、“”]|并|各|要|力争|每年|全年|累计|共|分别|再|新|到?20\d\d年(?:年?底|年?末)?(?:前)?)+", "", before
    )
    if not open_class or _NO_VERB.search(verb) or len(verb) > 14:
        return ""
    return behind if verb or (words.found and not _LOOSE_UNIT.search(unit)) else ""


def _stated(words: _Sentence, before: str, unit: str) -> str:
    """Return the thing before its number where nothing stands behind: 更换老旧电梯200部, 公益性岗位600个."""
    leading = _LEADS.match(before)
    name = before[leading.end() :] if leading else before
    does = _DOES.match(name) or _WHO_DOES.match(name)
    thing = name[does.end() :] if does else name
    dated = bool(words.found) or bool(leading and "年" in leading.group())
    known = does is not None or (dated and bool(_STATED.fullmatch(thing) or not _LOOSE_UNIT.search(unit)))
    known = known or bool(_UNLISTED_DEED.fullmatch(thing) and _DISCRETE.fullmatch(unit))
    whole = (
        1 < len(thing) <= _LONGEST_THING
        and not _NO_VERB.search(name)
        and not re.match(r"[的（）、]|\d+(?![\d年岁.万亿元])", thing)
    )
    countable = _OPEN_UNIT.fullmatch(unit) or _DISCRETE.fullmatch(unit) or (does and _AMOUNT.fullmatch(unit))
    much = _MUCH.fullmatch(unit) and _UNLISTED_DEED.fullmatch(thing)
    counted = whole and ((known and countable) or much or _PER.fullmatch(thing))
    return thing if counted or (_STATED.fullmatch(thing) and (dated or whole)) else ""


def _indicator(words: _Sentence, match: re.Match[str]) -> tuple[str, str | None]:
    """Return what is measured, from the last break before the operator, and the base of the comparison."""
    folded, stop = words.folded, match.start()
    left = max(words.span[0], stop - 60)
    cuts = [cut.end() for cut in CUT.finditer(folded, left, stop)]
    begin = cuts[-1] if cuts else left
    if words.found and begin < words.found[-1].span[1] <= stop:
        begin = words.found[-1].span[1]
    name, base = named(folded, words.raw, begin, stop)
    name = _JOINED.sub("", name)
    above = words.named.indicator if words.named else ""
    if not name and above and words.found and begin == words.found[-1].span[1]:
        return above, base
    if name or not cuts:
        return derived(name, above), base
    if words.named:
        return above, base
    while len(cuts) > 1 and _WHO.search(folded, cuts[-2], begin - 1):
        begin = cuts[-2]
        cuts.pop()
    unit = match.group("unit") or match.groupdict().get("first") or ""
    return _above(words, (cuts[-2] if len(cuts) > 1 else left), begin - 1, bool(_OPEN_UNIT.fullmatch(unit))), base


def _above(words: _Sentence, begin: int, end: int, counts: bool) -> str:
    """Return what the words before a comma name: who does it is no part of it, nor what is done to it."""
    by = _BY.search(words.folded, begin, end)
    if by and by.start() > begin:
        end = by.start()
    if not _WAY.match(words.folded, begin, end):
        return named(words.folded, words.raw, begin, end)[0]
    made = _LAST_MADE.match(words.folded, begin, end) if counts else None
    return words.raw[made.start("thing") : end] if made else ""
