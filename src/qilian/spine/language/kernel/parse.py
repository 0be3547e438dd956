"""Reading one annotation: tokens with spans, their shape through the grammar, then units in roles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from . import vocabulary as words
from .deadlines import WHEN_SEGMENT
from .grammar import Run, runs
from .shapes import Role, Span

_SPLIT = re.compile(
    rf"(?P<whole>{words.REGIONS})|(?P<open>[（［【〔])|(?P<close>[）］】〕])|(?P<mark>[，、；。/\v]|<br ?/?>)"
)
_ASIDE = re.compile(r"(?P<name>.*?\S)\s*[（［](?P<inside>[^（）［］]*)[）］]$")
_TOGETHER = "会同"  # 甲局牵头，会同乙局、丙局
_NOBODY = ("无", "暂无", "-", "--", "/", "略")
_PERSONAL = re.compile(r"联系人|负责人|责任人|电话|联络员|领导|同志")


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


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit string in a role; `assumed` when no word gave the role."""

    span: Span
    role: Role
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What an annotation says; spans are relative to its first character."""

    mentions: tuple[Mention, ...] = ()
    more: tuple[Span, ...] = ()
    open: bool = False
    persons: tuple[Span, ...] = ()
    times: tuple[Span, ...] = ()
    labelled: bool = False
    spoken: bool = False
    first_leads: bool = False
    following: bool = False
    dropped: tuple[Span, ...] = ()
    understood: bool = True


@lru_cache(maxsize=8192)
def read(inner: str) -> Reading:
    """Return what the inside of an annotation (folded text) says about units, persons and times."""
    tokens = tuple(_tokens(inner))
    found = runs("".join(token.kind for token in tokens))
    if found is None:
        return Reading(understood=False)
    mentions, dropped = _mentions(tokens, found)
    dropped += [token.span for token in tokens if token.kind == "N" and words.UNREAD.match(inner, *token.span)]
    return Reading(
        mentions=tuple(mentions),
        more=tuple(token.more for token in tokens if token.more),
        open=any(token.open for token in tokens),
        persons=tuple(token.person or token.span for token in tokens if token.kind in "PH" or token.person),
        times=tuple(token.span for token in tokens if token.kind == "W"),
        labelled=any(token.kind == "L" for token in tokens),
        spoken=any(token.kind == "V" for token in tokens) or any(token.role and token.kind == "U" for token in tokens),
        first_leads=bool(words.FIRST_LEADS.search(inner)),
        following=bool(words.FOLLOWING.search(inner)),
        dropped=tuple(dropped),
    )


def _mentions(tokens: tuple[Word, ...], found: tuple[Run, ...]) -> tuple[list[Mention], list[Span]]:
    mentions: list[Mention] = []
    dropped: list[Span] = []
    any_role = any(run.label is not None or run.verb is not None for run in found)
    for run in found:
        for index, role in zip(run.units, _roles(tokens, run), strict=True):
            own = tokens[index].role or role
            if own is None and any_role and run.first:
                dropped.append(tokens[index].span)
            else:
                mentions.append(Mention(tokens[index].span, own or "responsible", assumed=own is None))
    return mentions, dropped


def _roles(tokens: tuple[Word, ...], run: Run) -> list[Role | None]:
    label = None if run.label is None else tokens[run.label].role
    verb = None if run.verb is None else tokens[run.verb].role
    if label is None and verb is None and not run.first and tokens[run.units[0]].mark == _TOGETHER:
        return ["support"] * len(run.units)
    if label is None or verb is None or not run.first or verb == "responsible":
        return [(label if run.first else verb) or verb or label] * len(run.units)
    commas = [place for place, index in enumerate(run.units) if tokens[index].mark in ("，", "；", "。")]
    start = commas[-1] if commas else 0
    return [label if place < start else verb for place in range(len(run.units))]


def _tokens(inner: str) -> Iterator[Word]:
    """Yield labels and what stands between them."""
    kind, role, start = "", None, 0
    for match in words.LABEL.finditer(inner):
        if _nested(inner, start, match.start()):
            continue
        yield from _content(inner, start, match.start(), kind)
        kind, role, start = match.lastgroup or "", words.ROLES.get(match.lastgroup or ""), match.end()
        if role:
            yield Word("L", match.span(), role)
    yield from _content(inner, start, len(inner), kind)


def _nested(inner: str, start: int, place: int) -> bool:
    return inner.count("（", start, place) > inner.count("）", start, place)


def _content(inner: str, start: int, end: int, label: str) -> Iterator[Word]:
    if label in ("person", "when", "other"):
        span = _trimmed(inner, start, end)
        if span[0] < span[1]:
            yield Word({"person": "P", "when": "W", "other": "O"}[label], span)
        return
    for left, right, mark in _segments(inner, start, end):
        mark = _TOGETHER if inner.startswith(_TOGETHER, _trimmed(inner, left, right)[0]) else mark
        for word in _segment(inner[left:right]):
            yield _moved(word, left, mark)


def _moved(word: Word, by: int, mark: str) -> Word:
    def moved(span: Span | None) -> Span | None:
        return (span[0] + by, span[1] + by) if span else None

    span = (word.span[0] + by, word.span[1] + by)
    return replace(word, span=span, more=moved(word.more), person=moved(word.person), mark=mark)


def _segments(inner: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield stretches between separators that stand outside brackets and outside names of many regions."""
    depth, left, mark = 0, start, ""
    for match in _SPLIT.finditer(inner, start, end):
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close":
            depth = max(0, depth - 1)
        elif match.lastgroup == "mark" and depth == 0:
            yield left, match.start(), mark
            left, mark = match.end(), match.group()
    yield left, end, mark


@lru_cache(maxsize=8192)
def _segment(segment: str) -> tuple[Word, ...]:
    left, right = _trimmed(segment, 0, len(segment))
    text = segment[left:right]
    if not text:
        return ()
    if words.NOTE.search(text):
        return (Word("N", (left, right)),)
    if WHEN_SEGMENT.fullmatch(text):
        return (Word("W", (left, right)),)
    verb = words.VERB.search(text)
    stop = left + (verb.start() if verb else len(text))
    found = [word for part in _parts(segment, left, stop) for word in _unit(segment, *part)]
    if verb:
        role = words.ROLES.get(verb.lastgroup or "", "responsible")
        found.append(Word("V", (stop, right), role))
    return tuple(found)


def _parts(segment: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stretches that conjunctions and spaces divide, where both sides are units."""
    left = start + 1 if segment.startswith("由", start) else start
    for match in words.AND.finditer(segment, left, end):
        before, after = segment[left : match.start()].strip(), segment[match.end() : end].strip()
        if _divides(match.group(), before, after):
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


def _unit(segment: str, start: int, end: int) -> Iterator[Word]:
    more = words.MORE.search(segment[start:end])
    phrase = (start + more.start("more"), end) if more and more.group("more") else None
    stop = start + more.start() if more else end
    aside = _ASIDE.fullmatch(segment[start:stop])
    role: Role | None = None
    person: Span | None = None
    if aside:
        inside = aside.group("inside")
        label = words.HEADER.fullmatch(inside)
        role = words.ROLES.get((label.lastgroup or "") if label else "")
        if role is None and _PERSONAL.search(inside):
            person = (start + aside.start("inside"), start + aside.end("inside"))
        if role or person:
            stop = start + aside.end("name")
    left, right = _trimmed(segment, start, stop)
    if segment[left:right].count("）") > segment[left:right].count("（"):
        right -= segment[left:right].endswith("）")
    if words.person(segment[left:right]):
        yield Word("H", (left, right))
    elif left < right and segment[left:right] not in _NOBODY:
        yield Word("U", (left, right), role, more=phrase, open=bool(more), person=person)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in "，、；。：·*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，、；。："):
        end -= 1
    return start, end
