"""Quantified targets: every quantity first, then what it is — a target, a condition, the document itself, the past.

A figure behind an operator (达到, 提高, 突破 …) is measured by the words before it; a count (建成60处) by the rest.
Work in a stretch grows with its length: each sentence is read once, and only what stands before in it is looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from qilian.spine.language.api import Deadline, Direction, Span, Target

from .deeds import DO, DOES, LIMITS, LOWER, MADE, MADE_AFTER, RAISE, measured, undone, won
from .indicators import CUT, LACKS, derived, named, shared, thing_behind
from .quantities import AFTER, NUMBER, PAIR, QUANTITY, RANGE_MARK, TIMES, UNIT, Value, decimal, plain_unit, value

_DOUBLED = {"翻一番": Decimal(1), "翻两番": Decimal(2)}
_ORDER = ("relative", "rank", ">=", "<=", "<", ">", "~", "delta", "none")
_OPERATOR = "|".join(f"(?P<op_{number}>{LIMITS[name]})" for number, name in enumerate(_ORDER))
_TARGET = re.compile(
    rf"(?:年均|均|分别|总体|平均|每年)*(?:{_OPERATOR})(?:了|约|近|到)?(?P<per>每[百千万亿]*[一-龥]{{1,3}})?(?P<value>{NUMBER})(?P<first>{UNIT})?"
    rf"(?:{RANGE_MARK}(?P<upper>{NUMBER})(?P<unit>{UNIT})?)?(?P<more>(?:(?:以上|以内|以下|左右)?(?:、|和|以及|与){NUMBER}{UNIT})*)(?P<after>以上|以内|以下|左右|上下)?"
    r"|(?P<words>翻[一两]番)"
    r"|(?:高于|快于|优于|不?低于)(?P<than>[^，。；、\d\n]{2,20}?(?:增速|增幅|平均水平|平均|水平))(?=[，。；\n]|$)"
    r"|(?:与|和|同)(?P<peer>[^，。；、\n]{2,14}?)(?:保持)?(?:基本)?同步(?=[，。；\n]|$)"
    r"|(?P<place>(?:居|位居|位列|走在|进入|跻身|保持)(?:[^，。；、\d]{0,6}?)(?:前列|前茅|首位|第一方阵|第一梯队|先进行列))"
    r"|(?P<full>(?:实现)?(?:基本|全面)?全覆盖(?=[，。；\n]|$))"
)
_OBJECT = re.compile(
    rf"{MADE}(?!活动|行动)(?:和|并(?!网|购|联)|及)?(?:{MADE_AFTER}(?!活动|行动)(?:和|并(?!网|购|联)|及)?)*(?P<object>(?:[^，。；：\d（）\n]{{2,14}}等|(?:[^，。；：、\d的（）\n]{{2,12}}、){{1,3}}|[^，。；：、（）\n的]{{2,16}}的)?(?:[^，。；：、\d的（）\n]|\d(?=[A-Za-z])|（[^（）\d]{{1,8}}）){{2,16}}?)(?<![了过])$"
)
_VERBS_BEFORE = re.compile(rf"(?:{MADE})+(?=..)")
_DIRECTLY = re.compile(rf"(?P<verb>{MADE})$")
_EVENT = re.compile(r"举办|组织|开展")
_DEED = re.compile(r"(?:实现|完成|推动|推进|实施|开展|新增|办好|办理)")
_DEEDS = re.compile(r"(?:完成|实施|启动|开展|推进|新开工)(?:约|近)?$")
_DONE_DIRECTLY = re.compile(rf"{DO}$")
_OPEN_UNIT = re.compile(
    r"[万亿千百]*(?:名|人|家|户|座|处|所|条|辆|台|套|张|头|支|部|公里|亩|个|项|场|款|种|批|件|位|对|艘|架|具|组|起|页|顶|床|册|卷|份|片|枚|宗|笔|只|羽|尾|届|眼|栋|幢|株|棵|盏|口|间)"
)
_REACHES = re.compile(r"实现|完成")
_PER = re.compile(r"[^\d、]{0,10}(?:人均|户均|亩均|每[百千万][^\d、]{0,8}).*")
"""What is so much a head, whatever it is counted in."""
_WHO_DOES = re.compile(rf"[^，。；、\d的]{{2,8}}?(?:每年|全年|累计|共)(?:{DO})")
_MUCH = re.compile(r"[万亿]*亿美?元")
"""So much money is no grant: what stands before it is an aim, whatever its verb."""
_AMOUNT = re.compile(
    r"[万亿千百]*(?:元|美元|吨|米|千瓦时?|兆瓦时?|吉瓦时?|平方米|标箱|公斤|立方米|公顷|千瓦|兆瓦|人次|场次|羽|尾|P)"
)
"""What is weighed or paid, rather than counted, is a target behind a verb that is known."""
_LOOSE_UNIT = re.compile(r"[个项种批件款位只对]$")
_NO_VERB = re.compile(
    r"(?:[的了第等每前这该此其各另对按占比约近至达于在从由以及和与或、]|上述|针对|所有|现有|共有|共|分为|不足|不到|超|总计|可容纳|有|全长|总长)$|^(?:对|针对|按|凡|每|各|如|例如|比如)"
)
_SIGN = re.compile(
    r"\d|翻|半[个年]|[一二两三四五六七八九十百千][万亿]?[家名所座成人倍处户]|[十百千]|前列|前茅|首位|第一|先进行列|同步|全覆盖"
)
_ATTRIBUTE = re.compile(
    r"(?:以上|以下|以内|左右)?(?:(?:、|和|或者?|且)[^，。；、\d]{0,12}[\d.]+[^，。；、\d]{1,6}?(?:以上|以下|以内)){0,6}的(?!目标|任务|要求|水平)"
)
_SORT = re.compile(
    r"(?:(?<=[元吨亩米岁瓦]以[上下])|(?<=元))(?:级[^，。；、\d]{0,6}?|规模|产业|特色产业|优势产业)?(?:企业|集群|项目|工程|农场|村(?!镇)|住户|家庭|人口|人群|老年人|儿童|建筑|锅炉|医院|园区|集群|城市|住宅)"
    r"|(?<=[元吨亩米瓦]以上)[^，。；、\d的]{1,8}(?=\d+[家个户座名])"
)
"""A bound right before what it sorts: 年营业收入10亿元以上企业."""
_COUNTED = re.compile(r"[万亿千]*(?:家|个|项|座|处|所|条|辆|台|套|名|位|批|场|只|头|部|支|款|种|件|类|人|户|张)")
_LISTED = re.compile(
    r"[^，。；：、\n\d（）]{0,14}(?:、|和|及|与|以及)"
    r"(?P<held>(?:超?\d+[万亿]?元(?:及?以上)?)?(?:[^，。；：、\n\d（）的]|\d(?=[A-Za-z])|（[^（）\d]{1,8}）){0,16})"
)
_YEAR = re.compile(
    r"(?<![比较由从与于自至到\d~-])(?P<year>20\d\d)年(?:度)?"
    r"(?![的底末前起度内至到~一二三四第\d-]|以[来前]|之前|[上下]半)"
)
"""A year that dates what follows (2027年用水总量控制在…), and is no base of a comparison."""
_SENTENCE = re.compile(r"[^。；！？\n]+")
_CHUNK_START = re.compile(r"[，：]|其中|(?m:^)[ ]*[—－–\-·•●■◆▲○]+[ ]*")  # a bullet is no word of a name
_ENDED = "。；！？\n"
_PAST = re.compile(r"(?:已经?|业已|现已|累计已)(?:累计|全部|基本|成功)?$")
_PAST_SENTENCE = re.compile(
    r"(?<![不而])已(?!有)|现有|目前|去年|上年末|近年来|五”以来|年以来|近[一二两三四五几\d]{1,2}年来?"
)
_COMPARED = re.compile(
    r"同比(?!下降|压减|压缩|减少|降低|下浮|[^，。；]{0,12}(?:以上|左右|以内))|\d[^，。；]{1,6}，[^，。；]{0,6}同比"
)
"""What was compared with the year before is told of, unless it is to be lowered."""
_FUTURE = re.compile(r"到20\d\d年|力争|确保|计划|将(?!近)|年底前|目标|预计|推动|加快|再")
_WAY = re.compile(
    r"(?:推动|推进|加快|加强|实施|开展|建设|完善|优化|坚持|围绕|通过|做好|打造|培育|支持|鼓励|引导|深化|强化|创新|健全)"
)
_GRANT = re.compile(
    r"(?:给予|补助|补贴|奖补|奖励|资助|发放(?=$|\d|[^，。；\d]{0,6}[补奖贴助])|最高|单个|单户|单笔|一次性|罚款|处以|收取|每[人户家亩项个次][^，。；]{0,8})(?:[^，。；\d]{0,6})$"
)
_TO_WHOM = re.compile(r"[对按每]")
_LEVEL = re.compile(rf"(?:{RAISE}|{LOWER})[到至]")
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
    r"[万亿千百]*(?:[名人家户座处所辆台套场艘架株棵盏亩吨条]|公里|[人家户场车亩]次)|[万亿千百]+[条头只羽尾件个项]"
)
"""What is counted in these behind four characters or more (归集数据120亿条) is something done with a thing."""
_LEADS = re.compile(
    r"(?:[\s、]|[一两三四五]年(?![级制期])|年度(?=招引|引进|新增|完成)|新(?=引进|签约|开工|发放|招引)|并(?![购联网])|各|要|力争|确保|每年|全年|累计|[上下]半年|年内|年底前|[一二三四]季度|计划(?!用水|生育|免疫|单列)|预计|到?20\d\d年(?:年?底|年?末)?(?:以?前)?)+"
)
_STATED = re.compile(
    r"(?:[^，。；：、\n\d（）的]{1,10}的)?(?:[^，。；：、\n\d（）的]|\d(?=[A-Za-z])|\d+(?=热线)|\d+(?:岁|米|小时|分钟|公里)|（[^（）\d]{1,8}）){1,26}(?:就业|产能|能力|库容|总?量|总数|总?额|收入|产值|投资|面积|人数|规模|里程|[^概费利税汇效频速功]率|成功率|有效率|比例|占比|比重)"
)
_CHANGES = re.compile(rf"(?:{RAISE}|{LOWER})")
_LIMIT_OF_A_RULE = re.compile(r"(?:加价|额度|限额|期限|标准|罚款|违约金)(?:最高|一般|原则上|应|应当)?$")
_FROM = re.compile(r"(?:由|从)(?:[^，。；]{0,6}的)?$")
_SCORE = re.compile(r"(?:满分|总分|得分|计|扣|加|评分|权重)(?:为|达)?$")
_NAME = re.compile(r"(?:[^，。；：、\d（）]|\d+(?=强)){2,14}")
_WITHIN = re.compile(r"(?:之|以)?内(?:全部|全程)?(?:办结|办成|办理完毕|出证|放款)")
_LASTS = re.compile(r"(?:天数|时[间长]|年限|周期|寿命)$")
_CAN = re.compile(r"能够?(?:保障|满足|容纳)$")
_SINCE = re.compile(r"[后起时]$")
_WINS = re.compile(r"(?:成功)?(?:通过|创成|建成|获评|入选|摘帽)")
_SHORT_DEED = re.compile(r"改[厕水电房路灶]|植树|造林|育苗|治沙|种草|通路|清淤")
_SORTED = re.compile(r"[^，。；、\d]{0,8}[\d.]+[万亿]?元(?:及?以上)?级?[^，。；、\d]{0,6}(?:企业|项目|园区|产业|集群)")
_FUND = re.compile(r"[^，。；、\d（）的]{0,10}?(?:基金|资金池|债券|贷款|消费券)(?=[，。；、（\n]|$)")
_AND_SUCH = re.compile(
    rf"(?:^|[，、]){DOES.pattern}(?P<thing>[^，。；：\d等]{{1,16}}等(?![级待候])[^，。；：、\d]{{2,12}})$"
)
_OF_A_YEAR = re.compile(r"(?<![\d每全今本当逐一二两三四五])年$")
_NOUNY = re.compile(r"实现|转化|改造|治理|服务|认证|发展|建设")
_IN_ALL = re.compile(r"(?:[一两三四五]年)?累计$")
_AMID = re.compile(r"认证|服务")
_ACTS = re.compile(r"^[、，]?(?:全|各|本|要|并|再|新|共|每年|累计|力争|组织|开展|推动)|[局委办厅部院校门位业年]$")
_HEADS_ALONE = ("家庭", "团队", "网点", "站点", "项目", "工程", "行动", "平台", "中心", "基地", "任务", "企业", "机构")
_ALL_DEED = re.compile(rf"{DO}+")
_SIZED = re.compile(r"(?:设立|组建|发起|新设)[^，。；\d]{0,6}规模(?:约|为)?$")
_OF_SIZE = re.compile(r"(?:以上|左右)?的(?P<thing>[^，。；、\d（）]{2,14})")
_STANDS = re.compile(r"(?<![到至])20\d\d年末，[^，。；]*$|截至20\d\d年[^，。；]{0,4}，[^。；]*$")
"""At the end of a year so much stands: told, not aimed at, unless an operator says so."""
_OCCASIONS = re.compile(r"(?:^|(?<=[要并]))(?:培训|轮训|服务|走访|救助|义诊|接待|检查|巡查)$")
_MOVES_THING = re.compile(rf"(?P<moves>{RAISE}|{LOWER})(?P<name>[^，。；：、\d（）的]{{2,12}})$")
"""A change before what it changes: 压减法人户数10%."""
_MOVES_COUNT = re.compile(r"(?P<moves>增加|减少|降低|削减|缩减)(?P<name>[^，。；：、\d（）的]{2,12})")
_COMES = re.compile(
    r"(?:全部|基本|如期|主体)?(?:竣工投产|竣工|完工|投用|交付|开工|投产|建成|通车|挂牌|验收|达产|落户|入驻)"
)
"""What becomes of what was counted before: 标准厂房6栋竣工验收."""
_YEARLY = re.compile(r"年均|平均每年|每年")
_WHO = re.compile(r"(?:负责|牵头|配合|落实|实施)$")
_BY = re.compile(r"由[^，。；由]{2,24}(?:负责|牵头|承建|承担|组织|实施)")
_LAST_MADE = re.compile(rf"[^，。；]*(?:{MADE})(?P<thing>[^，。；、的\d]{{2,14}})$")
_JOINED = re.compile(r"^(?:[、，]|和|及|与|以及|并(?![购联网]))+(?=.)")
_SEVERALLY = re.compile(r"(?:预计|力争|确保)?分别")
_MOVES = re.compile(rf"(?P<up>{RAISE})$|(?P<down>{LOWER})$")
_UP = re.compile(RAISE)


_REACHED_BY = re.compile(
    r"(?:^|[）、\s])(?:截[至止]|“?十[二三]五”?(?:期间|时期|以来))[^。]*(?:已|累计|共|达到|获得|建成)"
)


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
        while before and self._told(self.deadlines[before - 1]):
            before -= 1
        last = self.deadlines[before - 1] if before else None
        last = last if last and "\n" not in self.folded[last.span[1] : place] else None
        years = list(_YEAR.finditer(self.folded, max(self.span[0], last.span[1] if last else 0), place))
        return f"{years[-1].group('year')}-12-31" if years else last.date if last else None

    def _told(self, deadline: Deadline) -> bool:
        """Whether a date stands in an earlier sentence that tells what was reached: it dates no aim behind it."""
        if deadline.span[0] >= self.span[0]:
            return False
        first, last = self.folded.rfind("。", 0, deadline.span[0]) + 1, self.folded.find("。", deadline.span[1])
        sentence = self.folded[max(first, self.folded.rfind("\n", 0, deadline.span[0]) + 1) : last]
        return bool(_REACHED_BY.search(sentence))

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
        if behind and not aside and _SIZED.search(self.folded[left:start]) and _OF_SIZE.match(self.folded, end):
            return True
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
    if unit.endswith("分") and (
        (match.re is QUANTITY and not match.group("after"))
        or match.groupdict().get("op_8")
        or _SCORE.search(before)
        or folded.startswith("分", end)
    ):
        return True
    raised = match.re is _TARGET and _LEVEL.match(match.group())
    granted = _GRANT.search(before)
    if granted and before.startswith("发放"):
        granted = _TO_WHOM.search(folded, words.span[0], number)
    if (unit.endswith("元") and not raised and granted) or (
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
    unit = match.group("unit") or match.group("first") or "成" * ("成" in match.group("value"))
    moved = match.group("raised") or match.group("lowered")
    indicator = (moved, indicator[1]) if moved else indicator
    indicator = (won(indicator[0], bool(_COUNTED.fullmatch(unit))), indicator[1])
    if op == "none":
        verbs = _VERBS_BEFORE.match(indicator[0])
        indicator = (indicator[0][verbs.end() :] if verbs else indicator[0], indicator[1])
    if op == "none" and (fund := _FUND.match(words.folded, match.end())):
        indicator = (fund.group(), indicator[1])
    if op == "none" and _COUNTED.fullmatch(unit):
        deeds = bool(_DEEDS.search(words.folded[words.span[0] : match.start("value")]))
        behind = thing_behind(words.folded, words.raw, match.end(), words.span[1], deeds)
        indicator = (behind or indicator[0], indicator[1])
    bound = AFTER.get(match.group("after") or "")
    if op in ("none", "~") and unit in TIMES and not (op == "~" and bound):
        return
    if match.group("per"):
        indicator = (match.group("per") + indicator[0], indicator[1])
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
    for name in _each(first.indicator) if match.group().startswith("均") and not more else (first.indicator,):
        yield from _distributed(replace(first, indicator=name, bound=bound), more, above)


def _each(name: str) -> list[str]:
    """Return the names that one figure is said of (A率、B率均达到85%), or the one name."""
    parts = re.split("、|和|及", name)
    return shared(name, len(parts)) or [name] if len(parts) > 1 else [name]


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
    if match.group("than"):
        return words.target(match.span(), (indicator[0], match.group("than")), "relative", None, "")
    if match.group("peer"):
        return words.target(match.span(), (indicator[0], match.group("peer")), "relative", None, "")
    return words.target(match.span(), indicator, "rank" if match.group("place") else "none", None, "")


def _counted(words: _Sentence, match: re.Match[str]) -> Iterator[Target]:
    """Read a count: 培育企业100家以上, 选送80名医生; the next of a list needs no verb: …5家、中心3个; 、200名护士."""
    folded, start, unit = words.folded, match.start(), match.group("unit")
    begin = words.chunk(start)
    before = folded[begin:start]
    made = _OBJECT.search(before)
    made = None if made and _ALL_DEED.fullmatch(made.group("object")) else made
    made = None if made and made.group("object").count("”") > made.group("object").count("“") else made
    last = words.found[-1] if words.found else None
    listed = _LISTED.fullmatch(folded, last.span[1], start) if last else None
    if _FROM.search(before) or unit == "岁" or _CAN.search(before):
        return
    name = _plain(before)
    if name and not _SINCE.search(name) and _WITHIN.match(folded, match.end()):
        yield words.target(match.span(), (name, None), "<=", value(match.group("value"), None)[0], unit)
        return
    occasion = unit == "次" and bool(made) and bool(_EVENT.search(before))
    if unit in TIMES and not occasion and not _LASTS.search(before):
        return
    moved = _MOVES_THING.search(before) if unit.endswith(("%", "百分点")) else _MOVES_COUNT.fullmatch(name)
    if moved:
        number, _ = value(match.group("value"), None)
        yield replace(
            words.target(match.span(), (moved.group("name"), None), "delta", number, unit, moved.group("moves")),
            bound=AFTER.get(match.group("after") or ""),
        )
        return
    sized = _SIZED.search(before) and _OF_SIZE.match(folded, match.end())
    thing = (
        sized.group("thing") if sized else _become(words, before, unit) or _thing(words, match, before, made, listed)
    )
    if not thing and _COMES.match(folded, match.end()):
        thing = name
    if not thing and unit.endswith("次") and (verb := _OCCASIONS.search(before)):
        thing = verb.group()
    if not thing and words.named and _YEARLY.fullmatch(before):
        thing = before + words.named.indicator
    told = _STANDS.search(folded, words.span[0], start) and not _FUTURE.search(folded, words.span[0], start)
    if told or (not thing and (not match.group("after") or not before.strip("、，"))):
        return
    name, base = (thing, None) if thing else _indicator(words, match)
    indicator = (name if _STATED.fullmatch(name) else undone(name), base)
    number, ranged = value(match.group("value"), match.group("upper"))
    op = "range" if ranged else AFTER.get(match.group("after") or "", "none")
    place = match.start() - (len(before) - made.start() if made and not listed else 0)
    yield words.target((place, match.end()), indicator, op, number, unit)


def _become(words: _Sentence, before: str, unit: str) -> str:
    """Return what becomes of some of what was counted last: 新开工项目40个、竣工投产25个."""
    deed, last = before.strip("、，"), words.found[-1] if words.found else None
    return last.indicator + deed if last and last.unit == unit and _COMES.fullmatch(deed) else ""


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
        if not listed.group("held") and not behind and before == "、":
            return words.found[-1].indicator
        held = undone(_LEADS.sub("", listed.group("held"), count=1))
        return behind if not held or len(behind) > 1 else held
    if not behind and (stated := _stated(words, before, unit, measure=True)):
        return stated
    if such := _AND_SUCH.search(before):
        return such.group("thing")
    if folded.endswith("其中", 0, match.start() - len(before)) and len(before) > 1 and len(behind) < 2:
        return before
    if made and made.start() and _AMID.match(made.group()) and not _ACTS.search(before[: made.start()]):
        return _plain(before) or undone(before.strip("、，"))
    first = DOES.match(_plain(before)) if made and _NOUNY.match(made.group()) else None
    if first and made and not made.group().startswith(("实现", _plain(before)[:2])):
        return undone(_plain(before))
    if made and not (len(behind) > 1 and (made.group().startswith("为") or _DIRECTLY.search(before))):
        start = match.start() - len(before) + made.start("object")
        last = folded.rfind("、", start, match.start()) + 1
        if (
            made.group("object").removesuffix("累计") in _HEADS_ALONE
            and _NOUNY.match(made.group())
            and len(whole := _plain(before)) > len(made.group())
        ):
            return whole.removesuffix("累计")
        verbs = _VERBS_BEFORE.match(folded, last, match.start()) if last > start else None
        if _OF_A_YEAR.search(before[: made.start()]):
            return before[made.start() - 1 :]
        return undone(words.raw[verbs.end() if verbs else start : match.start()].strip())
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
    wins = _WINS.match(folded, match.end() + len(behind))
    return behind if verb or wins or (words.found and not _LOOSE_UNIT.search(unit)) else ""


def _stated(words: _Sentence, before: str, unit: str, measure: bool = False) -> str:
    """Return the thing before its number where nothing stands behind: 更换老旧电梯200部, 公益性岗位600个.

    With `measure` only what ends as measures do, whatever verb stands within it: 服务区充电设施覆盖率.
    """
    leading = _LEADS.match(before)
    name = _IN_ALL.sub("", before[leading.end() :] if leading else before)
    does = _WHO_DOES.match(name)
    thing = name[does.end() :] if does else undone(name)
    does = does or (DOES.match(name) if thing != name else None)
    dated = bool(words.found) or bool(leading and "年" in leading.group())
    if measure:
        thing = measured(name)
        plain = (dated or not _NO_VERB.search(name)) and not _REACHES.search(thing)
        return thing if plain and _STATED.fullmatch(thing) else ""
    known = does is not None or (dated and bool(_STATED.fullmatch(thing) or not _LOOSE_UNIT.search(unit)))
    known = known or bool(_UNLISTED_DEED.fullmatch(thing) and _DISCRETE.fullmatch(unit))
    known = (
        known
        or bool(_SORTED.fullmatch(thing) or _SHORT_DEED.fullmatch(thing))
        or bool(words.found and _UNLISTED_DEED.fullmatch(thing) and not _WEAK_STRUCTURE.search(thing))
    )
    whole = (
        1 < len(thing) <= _LONGEST_THING
        and (not _NO_VERB.search(name) or _PER.fullmatch(thing))
        and not re.match(r"[的（）、]|(?!\d[^，。；、]{1,8}以[上下])\d+(?![\d年岁.万亿元A-Za-z])", thing)
    )
    countable = (
        _OPEN_UNIT.fullmatch(unit)
        or _DISCRETE.fullmatch(unit)
        or ((does or (dated and _UNLISTED_DEED.fullmatch(thing))) and _AMOUNT.fullmatch(unit))
    )
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
    if not name and words.found and match.group("unit" if match.group("unit") else "first") == "个百分点":
        above = words.found[-1].indicator if words.found[-1].unit == "%" else above
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
