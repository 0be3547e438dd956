"""Reading one annotation: tokens with spans, their shape through the grammar, then units in roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qilian.spine.language.api import (
    MARGIN,
    NOTHING,
    SHORT,
    WHEN_SEGMENT,
    Known,
    Role,
    Span,
    Weighed,
    likely,
    person,
    surely,
    weigh,
    words,
)

from .grammar import Run, runs
from .labels import labels
from .shapes import Doubt, Mention, Reading

_SPLIT = re.compile(
    rf"(?P<whole>{words.REGIONS}|{words.COLLECTIONS})|(?P<open>[（［【〔])|(?P<close>[）］】〕])"
    rf"|(?P<mark>[，、；。/|\v]|<br ?/?>|--+(?=[^-\s]))"
)
_ASIDE = re.compile(r"(?P<name>.*?\S)\s*[（［](?P<inside>[^（）［］]*)[）］]$")
_TOGETHER = "会同"  # 甲局牵头，会同乙局、丙局
_AMONG = "其中"  # 甲局、乙局负责，其中甲局牵头
_NOBODY = ("无", "暂无", "-", "--", "/", "略")
_PERSONAL = re.compile(r"联系人|负责人|责任人|电话|联络员|领导|同志")
_STARS = "*★☆※▲△#●◆"
_STARRED = re.compile(f"[{_STARS}]")
_LIST_MARKS = re.compile(
    r"(?:(?<=[^\d（])|^)(?:[①-⑳⑴-⒛]|(?<![\d.])\d{1,2}(?:[.．](?=[^\d\s])|、(?=[省市县州区各]))|（\d{1,2}）)"
)
_BEHIND = re.compile(
    r"（(?P<said>[^（）]{3,20}(?:牵头|主办|为牵头单位))）(?:按职责分工)?(?:负责)?"
    r"|（(?P<when>(?:完成|办结|整改)?(?:时限|时间|期限)：[^（）]{2,20})）"
)
"""Who leads, or till when, behind the list: 甲局、乙局（甲局牵头）; its brackets are read as a comma and spaces."""
_NOTE_BEHIND = re.compile(rf"(?<=.)（[^（）]*(?:{words.FIRST_LEADS.pattern})[^（）]*）$")
"""A note behind the last name: 丙局（列第一位者为牵头单位，下同）."""
_SPOKEN = re.compile(
    r"牵头|主办|主责|抓总|为主|负责|配合|协助|协同|协办|参与|参加|支持|协作|落实|实施|承办|承担|执行|办理|推进|完成|职责|职能|分工|负总责|(?:指导|督导|督查|督办|监督|监管)$|单位$|部门$|主体$"
)
"""What a role in words has in it; without any of these a segment only names."""
_DEED = re.compile(
    r"(?P<unit>.{3,24}?)(?:按职责)?(?:牵头|负责|配合|协助|参与|承办|承担)(?P<rest>(?![人的同单部])[^，。；：（）]{2,16})"
)
"""A unit, its role, and what it does: 市甲局负责技术指导."""
_WATCHES = re.compile(r"(?<=..)(?:督导|督查|督办|监督|监管)$")
_NAMES = re.compile(r"[、和及]|会同")
_BEFORE = re.compile(r"(?:其中[^，。；、由]{0,10}(?=由))?(?:其中)?(?:主要|具体|一般)?(?:由|以(?!及|下|上))|其中")
_ROLE_STRENGTH: dict[Role, int] = {"lead": 2, "support": 1, "responsible": 0}


@dataclass(frozen=True, slots=True)
class Word:
    """A token of an annotation: kind letter, span inside it, role it carries, and the mark before it."""

    kind: str
    span: Span
    role: Role | None = None
    mark: str = ""
    more: Span | None = None
    open: bool = False
    person: Span | None = None
    star: str = ""
    doubt: Doubt | None = None
    among: bool = False


@lru_cache(maxsize=8192)
def read(inner: str, known: Known = NOTHING, under: Role | None = None) -> Reading:
    """Return what the inside of an annotation (folded text) says about units, persons and times.

    `under` is the role of the column in whose cell the words stand, as a label before them would be.
    """
    words_of = tuple(_tokens(_BEHIND.sub(_in_a_row, inner), known, under))
    tokens = tuple(token for token in words_of if token.kind in "LUHVPO")  # times and notes divide no list
    found = runs("".join(token.kind for token in tokens))
    if found is None:
        return Reading(understood=False)
    mentions, dropped = _mentions(inner, tokens, found)
    any_spoken = any(token.kind == "V" for token in tokens)
    apart = [
        own.span for own in mentions if own.assumed and any_spoken and not words.unit_like(inner[slice(*own.span)])
    ]
    dropped += apart
    mentions = [own for own in mentions if own.span not in apart]
    dropped += [token.span for token in words_of if token.kind == "N" and words.UNREAD.match(inner, *token.span)]
    first = next((token.span[0] for token in words_of if token.kind == "L"), 0)
    dropped += [token.span for token in tokens if token.kind == "O" and _others_of(inner, token.span, known)]
    dropped += [token.span for token in words_of if token.kind == "X" and token.span[0] < first]
    return Reading(
        mentions=tuple(mentions),
        more=tuple(token.more for token in tokens if token.more),
        open=any(token.open for token in tokens),
        persons=tuple(token.person or token.span for token in tokens if token.kind in "PH" or token.person),
        times=tuple(token.span for token in words_of if token.kind == "W"),
        labelled=any(token.kind == "L" and token.span[0] < token.span[1] for token in tokens),
        spoken=any(token.kind == "V" for token in tokens) or any(token.role and token.kind == "U" for token in tokens),
        first_leads=bool(words.FIRST_LEADS.search(inner)),
        following=bool(words.FOLLOWING.search(inner)),
        dropped=tuple(dropped),
        asides=tuple(token.span for token in tokens if token.kind == "O"),
        doubts=tuple(token.doubt for token in words_of if token.doubt and token.doubt.span not in dropped),
    )


def _others_of(inner: str, span: Span, known: Known) -> bool:
    """Tell whether words behind a label without a role (督导单位：市甲局) begin with what is surely a unit."""
    return surely(re.split("[、，；。]", inner[slice(*span)])[0].strip(), known)


def _in_a_row(behind: re.Match[str]) -> str:
    """Return what stands in brackets behind a comma, as long as before."""
    return f"，{behind.group('said') or behind.group('when')}".ljust(len(behind.group()))


def _mentions(inner: str, tokens: tuple[Word, ...], found: tuple[Run, ...]) -> tuple[list[Mention], list[Span]]:
    mentions: list[Mention] = []
    dropped: list[Span] = []
    any_role = any(run.label is not None or run.verb is not None for run in found)
    for run in found:
        if run.verb is not None and tokens[run.verb].role is None:
            dropped += [tokens[index].span for index in run.units]  # who only watches (市丙局督导) has no role
            continue
        for index, role in zip(run.units, _roles(inner, tokens, run), strict=True):
            token = tokens[index]
            own = token.role or role
            if own is None and any_role and run.first:
                dropped.append(token.span)
            else:
                mentions.append(Mention(token.span, own or "responsible", own is None, token.star))
    return _once(inner, mentions), dropped


def _once(inner: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with each name once, in the strongest role that names it: 甲局、乙局，甲局牵头."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        name = inner[slice(*mention.span)]
        held = best.get(name)
        if held is None or _ROLE_STRENGTH[mention.role] > _ROLE_STRENGTH[held.role]:
            best[name] = mention
    return [mention for mention in mentions if best[inner[slice(*mention.span)]] is mention]


def _roles(inner: str, tokens: tuple[Word, ...], run: Run) -> list[Role | None]:
    label = None if run.label is None else tokens[run.label].role
    verb = None if run.verb is None else tokens[run.verb].role
    if label is None and verb is None and not run.first and tokens[run.units[0]].mark == _TOGETHER:
        return ["support"] * len(run.units)
    again = _again(inner, tokens, run)
    if again and verb == "lead":
        before: Role = (label if run.first else None) or "responsible"
        return [before if place < again else verb for place in range(len(run.units))]
    if label is None and verb == "support" and run.first:
        label = "responsible"  # 甲局，乙局配合: whom one supports, acts
    if label is None or verb is None or not run.first or verb == "responsible":
        return [(label if run.first else verb) or verb or label] * len(run.units)
    commas = [place for place, index in enumerate(run.units) if tokens[index].mark in ("，", "；", "。")]
    start = commas[-1] if commas else 0
    return [label if place < start else verb for place in range(len(run.units))]


def _again(inner: str, tokens: tuple[Word, ...], run: Run) -> int:
    """Return the place in a run from where it names units again, or some among them (其中); 0 where it does not."""
    seen: set[str] = set()
    for place, index in enumerate(run.units):
        name = inner[slice(*tokens[index].span)]
        if place and (tokens[index].among or (name in seen and tokens[index].mark in ("，", "；", "。"))):
            return place
        seen.add(name)
    return 0


def _tokens(inner: str, known: Known, under: Role | None) -> Iterator[Word]:
    """Yield labels and what stands between them."""
    kind, role, start = "", under, 0
    if under:
        kind = under
        yield Word("L", (0, 0), under)
    rules = [match.span() for match in words.RULE.finditer(inner)] if "为" in inner or "不" in inner else []
    for label in labels(inner, known):
        place = label.span[0]
        if _nested(inner, start, place) or any(left <= place < right for left, right in rules):
            continue
        yield from _content(inner, start, place, kind, rules, known)
        kind, role, start = label.kind, label.role, label.span[1]
        if role:
            yield Word("L", label.span, role)
    yield from _content(inner, start, len(inner), kind, rules, known)


def _nested(inner: str, start: int, place: int) -> bool:
    return inner.count("（", start, place) > inner.count("）", start, place)


def _content(inner: str, start: int, end: int, label: str, rules: list[Span], known: Known) -> Iterator[Word]:
    if label in ("person", "when", "other"):
        kind, cuts = {"person": "P", "when": "W", "other": "O"}[label], [start]
        if label == "person":  # a time behind a person is none: 包联领导：某某，6月10日前完成
            cuts += [
                at.end() for at in re.finditer("，", inner[:end]) if at.end() > start and _time(inner, at.end(), end)
            ]
        for left, right in zip(cuts, [*cuts[1:], end], strict=True):
            span = _trimmed(inner, left, right)
            if span[0] < span[1]:
                yield Word(kind if left == start else "W", span)
        return
    for left, right, mark in _segments(inner, start, end):
        if any(first < right and left < last for first, last in rules):
            yield Word("R", (left, right))
            continue
        place = _trimmed(inner, left, right)[0]
        mark = _TOGETHER if inner.startswith(_TOGETHER, place) else mark
        among = inner.startswith(_AMONG, place)
        for word in _segment(inner[left:right], known, bool(label)):
            yield _moved(word, left, mark, among and word.kind == "U")
            among = among and word.kind != "U"


def _time(inner: str, start: int, end: int) -> bool:
    return WHEN_SEGMENT.fullmatch(re.split("[，；。]", inner[start:end])[0].strip()) is not None


def _moved(word: Word, by: int, mark: str, among: bool) -> Word:
    span = (word.span[0] + by, word.span[1] + by)
    more = (word.more[0] + by, word.more[1] + by) if word.more else None
    person_at = (word.person[0] + by, word.person[1] + by) if word.person else None
    doubt = Doubt(span, word.doubt.taken, word.doubt.other) if word.doubt else None
    return Word(word.kind, span, word.role, mark, more, word.open, person_at, word.star, doubt, among)


def _segments(inner: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield stretches between separators that stand outside brackets and outside names of many regions."""
    depth, left, mark = 0, start, ""
    for match in _SPLIT.finditer(inner, start, end):
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close":
            depth = max(0, depth - 1)
        elif match.lastgroup == "mark" and depth == 0 and not _numbers(inner, left, match):
            yield left, match.start(), mark
            left, mark = match.end(), match.group()
    yield left, end, mark


def _numbers(inner: str, left: int, mark: re.Match[str]) -> bool:
    """Tell whether a mark only stands behind a number of a list: 1、市甲局."""
    return mark.group() == "、" and inner[left : mark.start()].strip().isdigit()


@lru_cache(maxsize=8192)
def _segment(segment: str, known: Known, labelled: bool) -> tuple[Word, ...]:
    note = _NOTE_BEHIND.search(segment)
    left, right = _trimmed(segment, 0, note.start() if note else len(segment))
    text = segment[left:right]
    if not text:
        return ()
    if words.NOTE.search(text):
        return (Word("N", (left, right)),)
    if WHEN_SEGMENT.fullmatch(text):
        return (Word("W", (left, right)),)
    spoken = _SPOKEN.search(text) is not None
    deed = _DEED.fullmatch(text) if spoken and not words.VERB.search(text) else None
    if deed and all(likely(name, known) for name in _NAMES.split(deed.group("unit"))):
        text = text[: deed.start("rest")]
        right = left + len(text)
    verb = (words.VERB.search(text) or _WATCHES.search(text)) if spoken else None
    stop = left + (verb.start() if verb else len(text))
    found = [word for part in _parts(segment, left, stop) for word in _unit(segment, *part, known, labelled)]
    if verb:
        role: Role | None = words.ROLES.get(verb.lastgroup or "", "responsible")
        found.append(Word("V", (stop, right), None if verb.re is _WATCHES else role))
    return tuple(found)


def says_deed(written: str) -> bool:
    """Tell whether a stretch says what a unit does beside that it is responsible (市甲局牵头制定办法)."""
    parts = (part.strip() for part in re.split("[，；]", written))
    return any(_DEED.fullmatch(part) and not words.VERB.search(part) for part in parts)


def _parts(segment: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches that list marks, conjunctions and spaces divide, where both sides are units."""
    edges = [start, *(edge for mark in _LIST_MARKS.finditer(segment, start, end) for edge in mark.span()), end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        yield from _joined(segment, left, right)


def _joined(segment: str, start: int, end: int) -> Iterator[Span]:
    before = _BEFORE.match(segment, *_trimmed(segment, start, end))
    left = before.end() if before else start
    for match in words.AND.finditer(segment, left, end):
        first, after = segment[left : match.start()].strip(), segment[match.end() : end].strip()
        if _divides(match.group(), first, after):
            yield from _spaced(segment, left, match.start())
            left = match.end()
        elif match.start() == left:
            left = match.end()
    yield from _spaced(segment, left, end)


def _divides(conjunction: str, before: str, after: str) -> bool:
    bare = words.MORE.sub("", before)
    if not before or not after or not words.unit_like(bare or before):
        return False
    if conjunction in ("以及", "及", "会同"):
        return True
    return after[0] in "各有相其" or (after[0] == before[0] and words.unit_like(after))


def _spaced(segment: str, start: int, end: int) -> Iterator[Span]:
    pieces = [match.span() for match in re.compile(r"\S+").finditer(segment, start, end)]
    if len(pieces) > 1 and all(words.unit_like(segment[left:right]) for left, right in pieces):
        yield from pieces
    elif pieces:
        yield pieces[0][0], pieces[-1][1]


def _unit(segment: str, start: int, end: int, known: Known, labelled: bool) -> Iterator[Word]:
    more = words.MORE.search(segment[start:end])
    phrase = (start + more.start("more"), end) if more and more.group("more") else None
    stop = start + more.start() if more else end
    left, right, star = _starred(segment, *_trimmed(segment, start, stop))
    right, role, held = _aside(segment, left, right)
    if segment[left:right].count("）") > segment[left:right].count("（"):
        right -= segment[left:right].endswith("）")
    text = segment[left:right]
    if words.person(text):
        yield Word("H", (left, right))
    elif text in known.others or words.NO_NAME.fullmatch(text):
        yield Word("N", (left, right))
    elif text and text not in _NOBODY:
        listed = labelled or bool(more)
        best, second = weigh(text, known, listed)
        doubt = _doubt((left, right), text, best, second)
        if best.kind == "unit" or role:
            yield Word("U", (left, right), role, more=phrase, open=bool(more), person=held, star=star, doubt=doubt)
        else:
            yield Word("W" if best.kind == "time" else "X", (left, right), doubt=doubt, more=phrase)


def _doubt(span: Span, text: str, best: Weighed, second: Weighed) -> Doubt | None:
    """Return the doubt between two readings that are near each other, or about words that could have been a unit."""
    near = best.weight - second.weight < MARGIN
    if best.kind == "unit":
        return Doubt(span, _said(best), _said(second)) if near and not SHORT.fullmatch(text) else None
    return Doubt(span, _said(best), _said(second)) if best.kind == "words" else None


def _said(reading: Weighed) -> str:
    return f"{ {'unit': '单位', 'time': '时间', 'words': '说明文字'}[reading.kind] }（{reading.why}）"


def _starred(segment: str, left: int, right: int) -> tuple[int, int, str]:
    """Return the span without a star at its beginning or end, or in brackets behind it, and the star."""
    text = segment[left:right]
    if not _STARRED.search(text):
        return left, right, ""
    for star in _STARS:
        for mark in (f"（{star}）", star):
            if text.endswith(mark) and len(text) > len(mark):
                return left, right - len(mark), star
            if text.startswith(mark) and len(text) > len(mark):
                return left + len(mark), right, star
    return left, right, ""


def _aside(segment: str, left: int, right: int) -> tuple[int, Role | None, Span | None]:
    """Return where a name ends, the role that a bracket behind it gives, and the person that stands behind it."""
    aside = _ASIDE.fullmatch(segment[left:right])
    if aside:
        inside = aside.group("inside")
        label = words.HEADER.fullmatch(inside)
        role = words.ROLES.get((label.lastgroup or "") if label else "")
        held = role is None and (bool(_PERSONAL.search(inside)) or person(inside))
        if role or held:
            place = (left + aside.start("inside"), left + aside.end("inside")) if held else None
            return left + aside.end("name"), role, place
    name, space, last = segment[left:right].rpartition(" ")
    if space and person(last) and words.unit_like(name.strip()):
        return left + len(name.rstrip()), None, (right - len(last), right)
    return right, None, None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in "，、；。：·"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，、；。："):
        end -= 1
    return start, end
