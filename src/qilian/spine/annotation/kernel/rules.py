"""Rules that give roles to many clauses at once: who they name, in which role, and from where to where they hold.

The first named leads; a star marks who leads; units that answer for every clause; items named by their ordinals. One
object for all of them, so that one function applies them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from qilian.spine.document.api import Spans
from qilian.spine.language.api import NOTHING, Known, Role, Span, integer, words

from .parse import read
from .shapes import Annotation, Reading

_SUBJECT = re.compile(r"(?:[^，。；：（）\s]|（[^（）\s]{1,10}）)+$")
_ON = re.compile(r"以[下后]|[后下]面|后续|下同")
_NUMERAL = r"(?:(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}(?![一二三四五六七八九十])|(?<!\d)\d{1,3}(?!\d))"
_ORDINAL = rf"(?:（{_NUMERAL}）|{_NUMERAL})"
_ITEMS = re.compile(
    rf"(?:上述|以上|前述|前款|上面)?(?:的)?第?(?P<items>{_ORDINAL}(?:(?:[、，和及]|[至到~-]{{1,2}})?第?{_ORDINAL}){{0,20}})(?:项|条|款|点)(?:重点)?(?:工作|任务|措施|事项)?，?(?:均|都|分别)?由"
)
_STAR = re.compile(r"[*★☆※▲△#●◆]")
_NO_MORE = re.compile(r"不[再另]")
_NAMED_BY = re.compile(r"[项条款点](?:重点)?(?:工作|任务|措施|事项)?，?(?:均|都|分别)?由")
_ORDINALS = re.compile(r"(?P<join>[至到~-]{1,2})?第?（?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})）?")
_SENTENCE_END = re.compile(r"[。；\n]|$")


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for many clauses: those that begin at or behind `start` and before `end`, or the `ordinals` named.

    `kind`: `first` the first named leads, `star` who bears the mark leads, `everyone` the units answer too, `items` the
    items named have these roles, or one unit each (`severally`: 由甲局、乙局分别负责). `units` are (span, role).
    """

    kind: Literal["first", "star", "everyone", "items"]
    span: Span
    start: int = 0
    end: int = 0
    units: tuple[tuple[Span, Role], ...] = ()
    ordinals: tuple[int, ...] = ()
    star: str = ""
    severally: bool = False

    def holds(self, place: int) -> bool:
        """Tell whether a clause or annotation at a place is governed."""
        return self.start <= place < self.end


def find_items(folded: str, blocked: Sequence[Span], known: Known = NOTHING) -> tuple[list[Rule], list[Annotation]]:
    """Return rules by ordinals (第（一）项由甲局牵头), and the sentences that hold them, as annotations."""
    if not _NAMED_BY.search(folded):
        return [], []
    taken = Spans(blocked)
    rules: list[Rule] = []
    found = [match for match in _ITEMS.finditer(folded) if not taken.touch(match.span())]
    for match, after in zip_longest(found, found[1:]):
        stop = _SENTENCE_END.search(folded, match.end())
        end = stop.start() if stop else len(folded)
        end = min(end, after.start()) if after else end
        reading = read(folded[match.end() : end], known)
        if reading.understood and reading.spoken and reading.mentions and not reading.dropped:
            units = tuple((_moved(own.span, match.end()), own.role) for own in reading.mentions)
            ordinals = _numbers(match.group("items"))
            severally = len(units) == len(ordinals) and "分别" in folded[match.start() : end]
            rules.append(Rule("items", (match.start(), end), units=units, ordinals=ordinals, severally=severally))
    return rules, list(_sentences(folded, rules))


def _sentences(folded: str, rules: list[Rule]) -> Iterator[Annotation]:
    """Yield the stretches that rules by ordinals fill, each with what joins them."""
    reached = -1
    for place, rule in enumerate(rules):
        if rule.span[0] < reached:
            continue
        end = rule.span[1]
        for after in rules[place + 1 :]:
            if folded[end : after.span[0]].strip("，；、。 "):
                break
            end = after.span[1]
        reached = end
        yield Annotation((rule.span[0], end), (rule.span[0], end), Reading(), "rule")


def find_rules(
    folded: str, annotations: Sequence[Annotation], tables: Sequence[Span], known: Known = NOTHING
) -> list[Rule]:
    """Return the rules that speak for many clauses, in the order of the text."""
    inside = [*tables, *(annotation.span for annotation in annotations)]
    elsewhere, last = Spans(inside), max((end for _, end in inside), default=0)
    rules = [
        *_first(folded, annotations, elsewhere, last),
        *_stars(folded, annotations, last),
        *_everyone(folded, known),
    ]
    return sorted(rules, key=lambda rule: rule.span)


def _first(folded: str, annotations: Sequence[Annotation], elsewhere: Spans, last: int) -> Iterator[Rule]:
    """Yield where 'the first named leads' begins to hold: 下同 in an annotation, or a sentence of the document."""
    end = len(folded) + 1
    for note in annotations:
        if note.reading.first_leads:
            yield Rule("first", note.span, note.span[0], end if note.reading.following else note.span[0] + 1)
    for match in words.FIRST_LEADS.finditer(folded):
        if not elsewhere.touch(match.span()):
            yield Rule("first", match.span(), match.start() if match.start() < last else 0, end)


def _stars(folded: str, annotations: Sequence[Annotation], last: int) -> Iterator[Rule]:
    end = len(folded) + 1
    for match in words.LEGEND.finditer(folded) if _STAR.search(folded) else ():
        own = next((each for each in annotations if each.span[0] <= match.start() < each.span[1]), None)
        star = match.group("star") or match.group("sign")
        if own is not None:
            on = words.FOLLOWING_WORD.search(folded, *own.span)
            yield Rule("star", match.span(), own.span[0], end if on else own.span[0] + 1, star=star)
        else:
            yield Rule("star", match.span(), match.start() if match.start() < last else 0, end, star=star)


def _everyone(folded: str, known: Known) -> Iterator[Rule]:
    for match in words.EVERYONE.finditer(folded) if _NO_MORE.search(folded) else ():
        span = match.span("units") if match.group("units") else _subject(folded, match.start())
        role: Role = "support" if (match.group("what") or match.group("does")) in _SUPPORTS else "responsible"
        written = folded[slice(*span)]
        names = [own.span for own in read(f"{written}负责", known).mentions] or [(0, len(written))]
        units = tuple((_moved(name, span[0]), role) for name in names)
        start = match.start() if match.group("units") and _ON.search(match.group()) else 0
        end = match.start() if re.match("以上|上述", match.group()) else len(folded) + 1
        yield Rule("everyone", (span[0], match.end()), start, end, units)


_SUPPORTS = ("配合", "参与", "协助", "支持")


def _subject(folded: str, end: int) -> Span:
    """Return the span of the words before a place, back to the last mark outside brackets."""
    start = max(0, end - 40)
    match = _SUBJECT.search(folded[start:end])
    return (start + match.start(), end) if match else (end, end)


def _numbers(written: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in _ORDINALS.finditer(written):
        number = integer(match.group("number"))
        first = found[-1] + 1 if match.group("join") and found else number
        found.extend(range(first, number + 1))
    return tuple(found)


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
