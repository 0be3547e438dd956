"""Finding annotations: brackets of every kind, lines that begin with a label, and sentences that only assign."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from qilian.spine.document.api import Spans, last_before, trimmed
from qilian.spine.language.api import NOTHING, SHORT, Known, Span, likely, surely, words

from .labels import has_label, house_lines
from .parse import read, says_deed
from .shapes import Annotation, Diagnostic, Reading

_MARK = re.compile(r"[（［【〔）］】〕\n]")
_CLOSERS = dict(zip("）］】〕", "（［【〔", strict=True))
_LONGEST = 1500
_ORDINAL_LINE = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,3}[.、]|第[一二三四五六七八九十\d]+[章节条])"
)
_STOPS = "。；！？：…”’\n"
_STOPPED = _STOPS + "）］】"
_ALONE = re.compile(r"\s*(?:$|[。；\n（【［])")
_CLOSES = re.compile(r"\s*[。；，]")
_BEHIND_WORDS = re.compile(
    r"[^，。；：、！？（）］】〕\s]（[^（）\n]{2,80}(?:牵头|负责|配合|落实|实施)"
    r"(?:，[^（）\n]{1,30})?）[ \t]*(?:[。；\n]|$)"
)
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|$)")
_UNIT_BEFORE = re.compile(
    r"(?:国家|省|市|州|县|区|旗|盟)[^，。；、]{1,12}(?:局|委|厅|办|院|中心|公司|集团|部门|银行|大学|政府|馆|站|会)$"
)
_WORDS_BEFORE = re.compile(r"(?:[^，。；：、（）《》\s]|(?<=\d)：(?=\d)){2,}$")
_AFTER = re.compile(
    r"\s*(?:$|[。；，、！？\n（【［]|[一二三四五六七八九十]{1,3}[、是]|\d{1,3}[.、]|第[一二三四五六七八九十]|[^，。；：\n]{2,8}：|(?:各|以上))"
)
_BEHIND_DASH = re.compile(r"(?<=[^\s-])--(?P<units>[^-。；：\n]{4,120})。?(?=\n|$)")
_BEGINS = re.compile(r"[。；！？\n】]|）(?!、|[市县区]?(?:人民政府|政府|党委|管委会))")
"""What a sentence begins behind; a bracket inside a name (各县（市、区）党委) is none."""
_SENTENCE_VERB = re.compile(
    r"(?:负责|牵头|配合|落实|参与|参加|协助|实施|协同|完成|(?<=[局委办厅府])指导)(?=[。；\n]|$)"
)
_SUBJECT = re.compile(
    r"(?:(?:这|此|该|本|以上|上述)[一-龥]{0,3}?(?:项|些|类|条)?(?:重点)?(?:工作|任务|事项|措施|内容|项目)?[，：]?(?:拟|应|要)?)?由"
)
_NEXT_THING = re.compile(
    r"。|[（［【〔](?=[一二三四五六七八九十\d]+[）］】〕]|[^）］】〕]{0,12}(?:单位|部门|牵头|责任))"
    r"|(?<=[位门局厅委办府会] )\d{1,2}[.、]"
)
_SOON = re.compile(r"[（［【〔）］】〕。]|\n\s*\n")
_NEAR = 300
_DASHES = re.compile("-+")
_CLEAN_STOP = re.compile(
    r"[。\n]|(?=（[一二三四五六七八九十]{1,3}）(?![、至和条款]))"
    r"|(?<=[局委办厅府院会部署行司社室前底])(?=[一二三四五六七八九十]{1,3}、)"
)


def find_annotations(
    folded: str, blocked: list[Span], known: Known = NOTHING
) -> tuple[list[Annotation], list[Diagnostic]]:
    """Return the annotations of a text in order, without overlap, and what was not understood.

    `blocked` are stretches (tables) that are read elsewhere; `known` are names and strings that are none.
    """
    doubts: list[Diagnostic] = []
    found: list[Annotation] = []
    for source in (
        _in_brackets(folded, doubts, known),
        _in_lines(folded, doubts, known),
        _in_sentences(folded, known),
        _behind_dashes(folded, doubts, known),
    ):
        found = _merged(found, source, blocked)
    elsewhere = Spans(blocked)
    return found, [doubt for doubt in doubts if not elsewhere.touch(doubt.span)]


def _merged(found: list[Annotation], more: Iterable[Annotation], blocked: list[Span]) -> list[Annotation]:
    """Add annotations that overlap nothing found so far, nor each other; both lists are in order."""
    taken = Spans([*(annotation.span for annotation in found), *blocked])
    reached = 0
    kept: list[Annotation] = []
    for annotation in more:
        if annotation.span[0] >= reached and not taken.touch(annotation.span):
            kept.append(annotation)
            reached = annotation.span[1]
    return sorted([*found, *kept], key=lambda annotation: annotation.span)


# Brackets


def _in_brackets(folded: str, doubts: list[Diagnostic], known: Known) -> Iterator[Annotation]:
    reached = 0
    for start, end, closed in sorted(_pairs(folded)):
        if (
            start < reached
            or end - start > _LONGEST
            or not _may_assign(folded, (start, end), closed == "closed", known)
        ):
            continue
        annotation = (
            _bracket(folded, start, end, doubts, known)
            if closed == "closed"
            else _broken(folded, start, end, closed, doubts, known)
        )
        if annotation:
            reached = annotation.span[1]
            yield annotation


def _may_assign(folded: str, span: Span, closed: bool, known: Known) -> bool:
    """Tell whether a bracket is worth reading: it holds a word of roles, or closes words and may hold units alone."""
    if words.HINT.search(folded, *span):
        return True
    return closed and (_closes(folded, span[1]) or has_label(folded[slice(*span)], known))


def _pairs(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield every bracket with where it ends and how: closed, mismatched, or open (to the end of its line)."""
    stack: list[tuple[str, int]] = []
    for match in _MARK.finditer(folded):
        character, place = match.group(), match.start()
        if character in "（［【〔":
            stack.append((character, place))
        elif character == "\n":
            if stack and not _goes_on(folded, place):
                yield from ((start, place, "open") for _, start in stack)
                stack = []
        elif stack:
            yield from _close(stack, character, place)
    yield from ((start, len(folded), "open") for _, start in stack)


def _close(stack: list[tuple[str, int]], character: str, place: int) -> Iterator[tuple[int, int, str]]:
    kinds = [kind for kind, _ in stack[-4:]]
    if _CLOSERS[character] not in kinds:
        yield stack.pop()[1], place + 1, "mismatched"
        return
    while stack[-1][0] != _CLOSERS[character]:
        yield stack.pop()[1], place, "open"
    yield stack.pop()[1], place + 1, "closed"


def _goes_on(folded: str, newline: int) -> bool:
    """Tell whether a bracket may run over this line's end: its close comes soon and nothing begins before it."""
    paused = last_before(folded, newline) in ("；", "，", "、")
    if _ORDINAL_LINE.match(folded, newline + 1) or (words.BLOCK.match(folded, newline + 1) and not paused):
        return False
    match = _SOON.search(folded, newline, newline + _NEAR)
    return match is not None and match.group() in _CLOSERS


def _bracket(folded: str, start: int, end: int, doubts: list[Diagnostic], known: Known) -> Annotation | None:
    inner = (start + 1, end - 1)
    written = folded[slice(*inner)]
    reading = read(written, known)
    if not reading.understood:
        if words.LABEL.match(written):
            doubts.append(Diagnostic((start, end), "not_understood", "括号内的责任分工未能读懂，请人工核对"))
        return None
    names = _names(written, reading)
    form = _form(folded, (start, end), names, reading, known)
    if form == "assumed":
        doubts.append(Diagnostic((start, end), "role_assumed", "括号内只列单位、未写职责，暂按责任单位处理，请核对"))
    if form:
        return Annotation((start, end), inner, reading, "bracket")
    if names and _units_behind_words(folded, (start, end), names, reading, known):
        said = "括号内像是责任单位，也可读作补充说明；未写职责，未计入责任分工，请核对"
        doubts.append(Diagnostic((start, end), "units_in_bracket", said))
    if reading.spoken and _behind_stop(folded, start) and _AFTER.match(folded, end):
        doubts.append(Diagnostic((start, end), "not_a_unit", "括号内有职责用语，但所列不像单位名称，未计入责任分工"))
    return None


def _form(folded: str, span: Span, names: list[str], reading: Reading, known: Known) -> str:
    """Return how the bracket shows that it is an annotation, or nothing when it does not."""
    behind, closes = _behind_stop(folded, span[0]), bool(_AFTER.match(folded, span[1]))
    if reading.labelled:
        return "labelled"
    if not names:
        return "aside" if (reading.persons or reading.times) and behind and closes else ""
    if reading.spoken:
        like = sum(words.public_unit(name) or name in known.names or bool(SHORT.fullmatch(name)) for name in names)
        odd = sum(doubt.taken.startswith("说明") for doubt in reading.doubts)
        return "spoken" if like > len(names) - like + odd and (behind or closes) else ""
    sure = [surely(name, known) or bool(reading.open and SHORT.fullmatch(name)) for name in names]
    with_them = all(own or _may_stand(name) for own, name in zip(sure, names, strict=True))
    return "assumed" if any(sure) and with_them and not reading.dropped and _names_alone(folded, *span) else ""


def _may_stand(name: str) -> bool:
    """Tell whether a name is a unit beside others that surely are."""
    return words.collective(name) or likely(name) or bool(SHORT.fullmatch(name))


def _closes(folded: str, end: int) -> bool:
    return bool(_ALONE.match(folded, end) or _CLOSES.match(folded, end))


def _units_behind_words(folded: str, span: Span, names: list[str], reading: Reading, known: Known) -> bool:
    """Tell whether a bracket that assigns nothing holds units alone, at the end of words that are no unit."""
    if reading.spoken or reading.labelled or sum(surely(name, known) for name in names) * 2 <= len(names):
        return False
    before = _WORDS_BEFORE.search(folded[max(0, span[0] - 16) : span[0]])
    closes = _ALONE.match(folded, span[1]) or _CLOSES.match(folded, span[1])
    return before is not None and closes is not None and not _UNIT_BEFORE.search(before.group())


def _names(written: str, reading: Reading) -> list[str]:
    return [written[slice(*mention.span)] for mention in reading.mentions]


def _behind_stop(folded: str, place: int) -> bool:
    """Tell whether a place stands behind a sentence, a bracket or a line's end, or begins the text."""
    return last_before(folded, place, " \t") in _STOPPED


def _names_alone(folded: str, start: int, end: int) -> bool:
    """Tell whether a bracket without a role word may assign: a stop behind it, and a stop or words before it.

    Words right before it that are a unit themselves have a second name in the bracket, and a title in 《》 a note.
    """
    if last_before(folded, start, " \t") in ("。", "；", "！"):
        return bool(_ALONE.match(folded, end))
    before = _WORDS_BEFORE.search(folded[max(0, start - 16) : start])
    closes = _CLOSES.match(folded, end) or (_LINE_ENDS.match(folded, end) and _right_behind_words(folded))
    return before is not None and bool(closes) and not _UNIT_BEFORE.search(before.group())


@lru_cache(maxsize=4)
def _right_behind_words(folded: str) -> bool:
    """Tell whether a document sets brackets that surely assign right behind words: …10项（市甲局牵头）."""
    return _BEHIND_WORDS.search(folded) is not None


def _broken(folded: str, start: int, end: int, how: str, doubts: list[Diagnostic], known: Known) -> Annotation | None:
    """Read a bracket that never closes up to the end of its sentence or line; what follows is never swallowed."""
    stop = end - 1 if how == "mismatched" else _safe_end(folded, start + 1, end)
    written = folded[start + 1 : stop]
    reading = read(written, known)
    if not (reading.understood and reading.labelled):
        names = _names(written, reading)
        spoken = reading.spoken and last_before(folded, start, " \t") in _STOPS
        if not (spoken and names and all(map(words.unit_like, names))):
            return None
    span = (start, end if how == "mismatched" else stop)
    message = "括号不成对，已按句末读取，请核对" if how == "open" else "左右括号不一致，已读取，请核对"
    doubts.append(Diagnostic(span, "unclosed_bracket", message))
    return Annotation(span, (start + 1, stop), reading, "bracket")


def _safe_end(folded: str, start: int, end: int) -> int:
    """Return the first place where the next thing begins: a full stop, an ordinal, or another annotation."""
    match = _NEXT_THING.search(folded, start, end)
    return match.start() if match else end


def _in_lines(folded: str, doubts: list[Diagnostic], known: Known) -> Iterator[Annotation]:
    """Yield lines that begin with a label, and labels behind a full stop inside a line."""
    for match in sorted(
        [*words.BLOCK.finditer(folded), *words.INLINE.finditer(folded), *house_lines(folded, known)],
        key=lambda match: match.start(),
    ):
        begin, _ = trimmed(folded, match.span())
        dashes = _DASHES.match(folded, begin)
        start = dashes.end() if dashes else begin
        end = min(_line_end(folded, match.end()), match.end() + _LONGEST)
        reading = read(folded[start:end], known)
        if not reading.understood:
            doubts.append(Diagnostic((start, end), "not_understood", "此行责任分工未能读懂，请人工核对"))
        elif (reading.labelled or reading.persons or reading.times or reading.dropped) and _told(
            folded, match, start, end, reading
        ):
            yield Annotation((begin, end), (start, end), reading, "line")


def _told(folded: str, match: re.Match[str], start: int, end: int, reading: Reading) -> bool:
    """Tell whether a label without a colon (牵头单位为某局) is followed by units alone."""
    return not match.group().endswith(("为", "是")) or all(map(words.public_unit, _names(folded[start:end], reading)))


def _line_end(folded: str, place: int) -> int:
    """Return the end of the line or sentence; a label alone, or a line with a separator at its end, goes on."""
    reached = place
    while True:
        match = _CLEAN_STOP.search(folded, place)
        end = match.start() if match else len(folded)
        text = folded[place:end].rstrip()
        reached = place + len(text) if text else reached
        waits = text.endswith(("、", "，")) or words.only_value(folded, text, end + 1)
        begins = _ORDINAL_LINE.match(folded, end + 1) or words.BLOCK.match(folded, end + 1)
        if begins or not waits or not folded.startswith("\n", end):
            return reached
        place = end + 1


def _in_sentences(folded: str, known: Known) -> Iterator[Annotation]:
    """Yield sentences that only assign (这项工作由某局负责; 某局牵头，某局配合), and ends of them (，由某局负责)."""
    for match in _SENTENCE_VERB.finditer(folded):
        end = match.end()
        begin = max((stop.end() for stop in _BEGINS.finditer(folded, end - min(end, _NEAR), end)), default=0)
        begin = max(begin, folded.rfind("：", begin, end) + 1)
        by = folded.rfind("，由", begin, end)
        begin, _ = trimmed(folded, (max(begin, by + 1), end))
        subject = _SUBJECT.match(folded, begin, end)
        inner = subject.end() if subject else begin
        written = folded[inner:end]
        reading = read(written, known)
        clear = bool(subject) or "牵头" in written or "负责" in written
        if (
            reading.spoken
            and clear
            and not says_deed(written)
            and _assigns(_names(written, reading), reading, bool(subject), known)
        ):
            yield Annotation((begin, end), (inner, end), reading, "sentence")


def _behind_dashes(folded: str, doubts: list[Diagnostic], known: Known) -> Iterator[Annotation]:
    """Yield units alone behind dashes that end a line (编写指南——市甲局、市乙局)."""
    for match in _BEHIND_DASH.finditer(folded):
        inner = match.span("units")
        written = folded[slice(*inner)]
        reading = read(written, known)
        names = _names(written, reading)
        if (
            names
            and all(surely(name, known) or likely(name) for name in names)
            and not (reading.spoken or reading.doubts)
        ):
            doubts.append(
                Diagnostic(match.span(), "role_assumed", "破折号后只列单位、未写职责，暂按责任单位处理，请核对")
            )
            yield Annotation(match.span(), inner, reading, "bracket")


def _assigns(names: list[str], reading: Reading, by: bool, known: Known) -> bool:
    likely = all(
        name in known.names or (words.public_unit(name) and (by or words.collective(name) or words.strictly_unit(name)))
        for name in names
    )
    likely = likely and all(name.count("（") == name.count("）") for name in names) and not reading.doubts
    return bool(names) and likely and not reading.dropped and not any(mention.assumed for mention in reading.mentions)
