"""Roles inside the words of a task: 由甲局牵头制定…, 此项工作由甲局负责，按月调度, and lists of duties (甲局：负责…).

Such words divide nothing: they stay in their clause and give it units. Only names that are surely units assign; a role
word beside something like a unit that assigns nothing is told by `audit`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from qilian.spine.document.api import Spans
from qilian.spine.language.api import Known, Role, Span, likely, surely, words

from .parse import read
from .shapes import Annotation, Diagnostic, Mention, Reading

_SENTENCE = re.compile(r"[^。；！？\n]+")
_CHUNK = re.compile(r"[^，。；：！？\n]+")
_ROLE_WORD = re.compile(
    r"(?P<lead>(?:牵头|主办|主责|抓总|为主)(?:负责|抓总)?)|(?P<support>配合|协助|协同|协办|参与|参加)"
    r"|(?P<responsible>负责|承办|承担|(?:组织|具体)实施|具体落实)"
)
_NO_VERB = re.compile(
    r"人|同志|单位|部门|机构|机制|制(?=[度，、。]|$)|的(?!.*[前内]完成)|度|率|者|方|地区|领域|下|情况|情形|能力|责任|力度|性|意识|体系|精神|作用|主体|企业|学校|院校"
)
_ORGANISES = re.compile(
    r"(?:统筹|总体|综合|组织|日常)?(?:协调|联络)(?:[、，。]|$)|日常|本(?:辖区|地区|部门|行业|单位)|(?:具体)?解释|统筹协调"
)
"""What somebody does for the whole (负责统筹协调, 负责解释) is no task of its own: it is told, not taken."""
_LEAD_IN = re.compile(
    r"(?:(?:这|此|该|本|以上|上述)[一-龥]{0,3}?(?:项|些|类|条|件)?(?:重点)?(?:工作|任务|事项|措施|内容|项目|事)?(?:拟|应|要)?)?(?:主要|具体|统一|一般|共同)?由"
    r"|(?:这|此|该|本)(?:项|些|类|条|件)?(?:重点)?(?:工作|任务|事项|措施|项目)[，：]?"
)
_BY = re.compile(r"(?<![自理缘事经])由(?![此来于])")
_DUTY_BEGINS = r"(?:：(?=[^\n]{2})|。(?=负责|承担|牵头|配合|协助|参与|组织|指导|做好))"
_DUTY_NAME = r"(?:[^，。；：、\n（）\d]|（[^（）\n]{1,10}）){2,24}"
_DUTY_LINE = re.compile(rf"(?m)^[ \t·*-]*(?P<unit>{_DUTY_NAME}(?:、{_DUTY_NAME}){{0,9}}){_DUTY_BEGINS}")
_ATTRIBUTE = re.compile(r"[^，。；]{0,30}?(?:参与|配合|负责|牵头|实施|组织|共同|联动|协同)的")
_LONGEST = 240
"""So many characters before a role word may name units; it bounds the work on a sentence without end."""
_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[条章节]|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、]|[①-⑳⑴-⒇])\s*"
)
_FIRST = re.compile(r"(?P<lead>牵头|主要负责统筹)|(?P<support>配合|协助|参与|参加|支持)|")
_LIKE = re.compile(
    r"(?:[^内外全东西南北中上下干局头腹]部|[^原各]委|[^结布格大全]局|[^客餐大歌舞]厅|[^举承主协]办|政府|办公室|委员会|管委会|公司|集团|中心|院|队|海关|行|馆|会|联|站|署"
    r"|(?:各|有关|相关)[一-龥、（）]{0,10}(?:部门|单位|地区|区|县|市|镇|乡|街道))(?:（[^（）\n]{1,12}）)?$"
)


def find_inline(folded: str, elsewhere: list[Span], known: Known) -> list[Annotation]:
    """Return the annotations inside words, in order; `elsewhere` are tables and annotations that are read already."""
    taken, closed = Spans(elsewhere), sorted(right for _, right in elsewhere)
    found = list(_duties(folded, taken, known))
    duties = Spans(own.span for own in found)
    end = 0
    for word in _ROLE_WORD.finditer(folded):
        if word.start() < end or taken.touch(word.span()):
            continue
        before = bisect_right(closed, word.start())
        begin = max(_begin(folded, word.start()), closed[before - 1] if before else 0)
        sentence = _SENTENCE.match(folded, begin)
        end = sentence.end() if sentence else word.end()
        for own in _in_sentence(folded, sentence.span() if sentence else word.span(), known):
            if not duties.touch(own.span) and not taken.touch(own.span):
                found.append(own)
    rest = Spans(own.span for own in found)
    found += [own for own in _joint(folded, known) if not (rest.touch(own.span) or taken.touch(own.span))]
    return sorted(found, key=lambda own: own.span)


def _joint(folded: str, known: Known) -> Iterator[Annotation]:
    """Yield who does something together with others, without a word of roles: 市甲局会同市乙局制定办法."""
    for match in _JOINT.finditer(folded) if "会同" in folded else ():
        (left, right), place = match.span("first"), match.start("rest")
        reading = read(match.group("rest"), known, "responsible")
        names = [match.group("rest")[slice(*own.span)] for own in reading.mentions]
        if surely(match.group("first"), known) and _agree(names, reading, known):
            by = place - left
            rest = (Mention((own.span[0] + by, own.span[1] + by), own.role) for own in reading.mentions)
            mentions = (Mention((0, right - left), "responsible"), *rest)
            span = (left, match.end("rest"))
            yield Annotation(span, span, Reading(mentions, open=reading.open, spoken=True), "inside")


def _agree(names: list[str], reading: Reading, known: Known) -> bool:
    sure = bool(names) and all(likely(name, known) or words.collective(name) for name in names)
    return sure and not (reading.doubts or reading.dropped)


_ACTS = (
    r"(?:抓紧|尽快|共同|联合|统筹|研究|加快|及时|定期)*"
    r"(?:组织|制定|制订|出台|编制|开展|建立|提出|修订|起草|推进|完善|明确|印发|做好|加强|推动|设立|发布|审核|核定|确定)"
)
_JOINT = re.compile(
    r"(?<![^，。；：、\n 由请）])(?P<first>(?!会同)[^，。；：、\n由请]{3,20}?)"
    rf"会同(?P<rest>[^，。；：\n]{{2,80}}?){_ACTS}"
)


def _begin(folded: str, place: int) -> int:
    """Return where the sentence of a place begins, or as far before it as words may assign."""
    left = max(0, place - 2 * _LONGEST)
    return max(left, *(folded.rfind(stop, left, place) + 1 for stop in "。；！？\n"))


def _in_sentence(folded: str, sentence: Span, known: Known) -> Iterator[Annotation]:
    """Yield what the parts of a sentence assign; a part that only supports needs one before it that leads."""
    led = False
    for chunk in _CHUNK.finditer(folded, *sentence):
        together = _TOGETHER.match(folded, *chunk.span()) if led else None
        if together and (own := _beside(folded, together.span("rest"), known)):
            yield own
            continue
        ordinal = _ORDINAL.match(folded, *chunk.span())
        for own in _in_chunk(folded, (ordinal.end() if ordinal else chunk.start(), chunk.end()), known, led):
            led = True
            yield own


def _in_chunk(folded: str, chunk: Span, known: Known, led: bool) -> Iterator[Annotation]:
    start, end = chunk
    start += len(folded[start:end]) - len(folded[start:end].lstrip(" \t-·*>"))
    lead_in = _LEAD_IN.match(folded, start, end)
    begin = lead_in.end() if lead_in else start
    by = bool(lead_in)
    for word in _ROLE_WORD.finditer(folded, begin, end):
        begin = max(begin, word.start() - _LONGEST)
        if word.start() == begin or _NO_VERB.match(folded, word.end(), end) or _attribute(folded, word.end(), end):
            continue
        left = begin
        for match in _BY.finditer(folded, begin, word.start()):
            left, by = match.end(), True
        if _ORGANISES.match(folded, word.end(), end) or folded.count("（", start, left) > folded.count(
            "）", start, left
        ):
            return
        own = _assigned(folded, (left, word.end()), known, by)
        supports = word.lastgroup == "support" and not (by or led or word.end() == end)
        if own is not None and not supports:
            led = True
            yield own
        if own is None or supports or not folded.startswith("、", word.end()):
            if own is not None:
                return
            continue
        begin = word.end() + 1


def _beside(folded: str, span: Span, known: Known) -> Annotation | None:
    """Read the units that one who leads acts with: 由甲局牵头，会同乙局、丙局，…."""
    reading = read(folded[slice(*span)], known, "support")
    names = [folded[span[0] + left : span[0] + right] for left, right in (own.span for own in reading.mentions)]
    return Annotation(span, span, reading, "inside") if _agree(names, reading, known) else None


_TOGETHER = re.compile(rf"并?(?:会同|联合|商)(?P<rest>[^，。；：\n]{{2,80}}?)(?:(?={_ACTS})|(?=[，。；：\n]|$))")


def _attribute(folded: str, place: int, end: int) -> bool:
    """Tell whether the words behind a role only say of what kind something is: 由甲局牵头、乙局参与的会议制度."""
    return _ATTRIBUTE.match(folded, place, end) is not None


def _assigned(folded: str, span: Span, known: Known, by: bool) -> Annotation | None:
    """Read units before a role word; None unless each is surely a unit."""
    asked = _ASKED.match(folded, *span)
    span = (asked.end() if asked else span[0], span[1])
    if not by and not asked:
        span = (_own_name(folded, span, known), span[1])
    written = folded[slice(*span)]
    reading = read(written, known)
    names = [written[slice(*mention.span)] for mention in reading.mentions]
    sure = bool(names) and all(surely(name, known) and name.count("（") == name.count("）") for name in names)
    if not (sure and reading.understood and reading.spoken) or reading.doubts or reading.dropped:
        return None
    return Annotation(span, span, reading, "inside")


def _own_name(folded: str, span: Span, known: Known) -> int:
    """Return where the name before a role word begins: a topic before it (重大事项市政府办公室) is no part of it."""
    first = re.split(r"[、和及与]", folded[slice(*span)])[0]
    whole = (
        _WHOLE_NAME.match(first)
        or words.collective(first)
        or surely(first, known)
        or any(first[:length] in known.names for length in range(3, 25))
    )
    inner = None if whole else _INNER_NAME.search(first)
    return span[0] + inner.start() if inner else span[1] if not whole else span[0]


_ASKED = re.compile(r"请|责成|明确|指定|授权|委托|商")
_URGES = "".join(f"(?<!{verb})" for verb in ("推动", "支持", "鼓励", "督促", "指导", "协调", "配合"))
_WHOLE_NAME = re.compile(
    rf"(?:国家|中央|中国|人民银行|武警|团[省市县区州]|国网|[一-龥]{{0,3}}{_URGES}(?:省|自治区|市|州|盟|地区|县|区|旗|镇|乡))."
)
_INNER_NAME = re.compile(rf"(?<=[一-龥]{{3}}){_URGES}[省市县州区](?=(?:委|政府|[^省市县州区]{{1,8}}(?:局|厅|委|办)))")


def _duties(folded: str, taken: Spans, known: Known) -> Iterator[Annotation]:
    """Yield the units before the colon of a list of duties: two lines or more, most of them surely units."""
    lines = []
    for match in _DUTY_LINE.finditer(folded):
        ordinal = _ORDINAL.match(folded, match.start("unit"))
        start = ordinal.end() if ordinal else match.start("unit")
        lines.append((start, match.end("unit")))
    for match in _NUMBERED_DUTY.finditer(folded):
        lines.append(match.span("unit"))
    lines = sorted({span for span in lines if span[0] < span[1] and not taken.touch(span) and _like_unit(folded, span)})
    sure = [span for span in lines if all(surely(name, known) for name in _listed(folded[slice(*span)]))]
    if len(lines) > 1 and len(sure) * 2 >= len(lines):
        yield from (_duty(folded, span) for span in lines)


_NUMBERED_DUTY = re.compile(
    rf"(?m)^[ \t]*{_ORDINAL.pattern}(?P<unit>{_DUTY_NAME}(?:、{_DUTY_NAME}){{0,9}}){_DUTY_BEGINS}"
)


def _like_unit(folded: str, span: Span) -> bool:
    names = _listed(folded[slice(*span)])
    return all(
        words.public_unit(name)
        and not (words.HEADER.fullmatch(name) or words.NO_NAME.fullmatch(name))
        and not words.collective(name[-2:])
        for name in names
    )


def _listed(written: str) -> list[str]:
    """Return the names of a list, a collective of several kinds (各县、区) as one."""
    return [written] if words.COLLECTION.fullmatch(written) else _DIVIDED.split(written)


_DIVIDED = re.compile(r"、(?![^（]*）)")


def _duty(folded: str, span: Span) -> Annotation:
    first = _FIRST.match(folded, span[1] + 1)
    roles: dict[str | None, Role] = {"lead": "lead", "support": "support"}
    role = roles.get(first.lastgroup if first else None, "responsible")
    mentions, place = list[Mention](), 0
    for name in _listed(folded[slice(*span)]):
        mentions.append(Mention((place, place + len(name)), role))
        place += len(name) + 1
    reading = Reading(mentions=tuple(mentions), spoken=True)
    return Annotation(span, span, reading, "duty")


def audit(folded: str, settled: Sequence[Span]) -> Iterator[Diagnostic]:
    """Yield a doubt for every role word beside something like a unit that lies in none of the settled spans."""
    inside = Spans(settled)
    for word in _ROLE_WORD.finditer(folded):
        if inside.touch(word.span()) or _NO_DEED.match(folded, word.end()):
            continue
        left = max(0, word.start() - _FAR, inside.end_before(word.start()))
        before = _NAME.search(folded[left : word.start()])
        if before and _LIKE.search(before.group("name")) and not inside.touch((left + before.start(), word.end())):
            said = "此处像是责任分工：可读作单位及其职责，也可读作一般叙述；未计入任何一条，请核对"
            yield Diagnostic((left + before.start(), word.end()), "role_in_words", said)


_FAR = 40
_NAME = re.compile(
    r"(?P<name>[^，。；：、！？\s（）［］【】〔〕“”-]{3,24}?(?:（[^（）\n]{1,12}）)?)"
    r"(?:按照?|根据|依据)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|总|统筹|积极|密切)?$"
)
_NO_DEED = re.compile(r"人|同志|单位|部门")
