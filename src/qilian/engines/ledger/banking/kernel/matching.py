"""Which line of a statement is which transfer of the book: exact reference, then amount, days and name.

Only what is unique on both sides is matched by itself; whatever could be meant twice is a suggestion for people. Every
line and every transfer takes part in one match at most, and matched amounts are equal to the fen. Several lines may
make one transfer, or one line several transfers (`sums.py`), when a reference binds them and nothing else.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .sides import Side, folded
from .sums import Group, grouped, sums_by_name

WINDOW_DAYS = 5
"""A transfer and its line at the bank are at most so many days apart."""

SUGGESTIONS_EACH = 3
_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z\-_/]{5,}")


Naming = Callable[[Side], Iterable[Hashable]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One line and one transfer that are the same payment, and the rule that says so: `reference` or `name`."""

    line: int
    transfer: int
    rule: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair that people may confirm: `amount` when only the reference or name agrees, `several` when it is not unique,
    `near` when the amount and the days agree and nothing else; `apart` is how many fen the line has more."""

    line: int
    transfer: int
    why: str
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Matching:
    """Everything that was found; what stands in no pair or group is unmatched; `sums` are groups for people to see."""

    pairs: tuple[Pair, ...]
    suggestions: tuple[Suggestion, ...]
    groups: tuple[Group, ...] = ()
    sums: tuple[Group, ...] = ()


def match(lines: Sequence[Side], transfers: Sequence[Side], *, window: int = WINDOW_DAYS) -> Matching:
    """Match lines with transfers, in the order of trust. It takes n log n steps."""
    left, right = {each.key: each for each in lines}, {each.key: each for each in transfers}
    certain = _taken(left, right, _by_reference, window, "reference")
    groups = grouped(list(left.values()), list(right.values()))
    for group in groups:
        for key in group.lines:
            del left[key]
        for key in group.transfers:
            del right[key]
    certain += _taken(left, right, _by_name, window, "name")
    free, open_ = list(left.values()), list(right.values())
    suggested = tuple(_suggested(free, open_, window))
    return Matching(tuple(certain), suggested, tuple(groups), tuple(sums_by_name(free, open_, window)))


def _taken(lines: dict[int, Side], transfers: dict[int, Side], name_of: Naming, window: int, rule: str) -> list[Pair]:
    """The pairs that a rule finds; they are taken out of both sides."""
    pairs = _unique(list(lines.values()), list(transfers.values()), name_of, window, rule)
    for pair in pairs:
        del lines[pair.line], transfers[pair.transfer]
    return pairs


def words_of(*texts: str) -> frozenset[str]:
    """The words of some texts that can be references: six signs or more, with a digit among them; case is ignored.

    >>> sorted(words_of("货款 QL-2026-000123", "转账"))
    ['ql-2026-000123']
    """
    found = (word for text in texts for word in _WORD.findall(unicodedata.normalize("NFKC", text)))
    return frozenset(word.casefold() for word in found if any(sign.isdigit() for sign in word))


def _by_reference(side: Side) -> Iterable[Hashable]:
    return ((side.fen, reference) for reference in side.references)


def _by_name(side: Side) -> Iterable[Hashable]:
    return ((side.fen, folded(side.name)),) if side.name else ()


def _unique(lines: Sequence[Side], transfers: Sequence[Side], name_of: Naming, window: int, rule: str) -> list[Pair]:
    """Pairs of which each side has the other as its only partner."""
    days = None if rule == "reference" else window
    forth, back = _partners(lines, transfers, name_of, days), _partners(transfers, lines, name_of, days)
    return [
        Pair(line, transfer, rule)
        for line, partners in forth.items()
        for transfer in partners
        if len(partners) == 1 and len(back[transfer]) == 1
    ]


@dataclass
class _Shelf:
    """Sides under one name, by day."""

    sides: list[tuple[date, int]] = field(default_factory=list)

    def between(self, first: date, last: date) -> list[int]:
        """At most two keys within the days: more than one is not unique anyhow."""
        low = bisect_left(self.sides, first, key=_day_of)
        high = bisect_right(self.sides, last, key=_day_of)
        return [key for _, key in self.sides[low : min(high, low + 2)]]


def _day_of(side: tuple[date, int]) -> date:
    return side[0]


def _partners(ones: Sequence[Side], others: Sequence[Side], name_of: Naming, window: int | None) -> dict[int, set[int]]:
    shelves: defaultdict[Hashable, _Shelf] = defaultdict(_Shelf)
    for side in others:
        for name in name_of(side):
            shelves[name].sides.append((side.day, side.key))
    for shelf in shelves.values():
        shelf.sides.sort()
    partners: dict[int, set[int]] = {}
    for side in ones:
        first, last = _days(side.day, window)
        seen = {key for name in name_of(side) if name in shelves for key in shelves[name].between(first, last)}
        if seen:
            partners[side.key] = seen
    return partners


def _days(day: date, window: int | None) -> tuple[date, date]:
    if window is None:
        return date.min, date.max
    return day - timedelta(days=window), day + timedelta(days=window)


def _suggested(lines: Sequence[Side], transfers: Sequence[Side], window: int) -> Iterable[Suggestion]:
    by_reference, by_name, by_amount = _shelved(transfers)
    for line in lines:
        offered: dict[int, Suggestion] = {}
        named = [other for reference in sorted(line.references) for other in by_reference.get(reference, ())]
        known = by_name.get(folded(line.name), ()) if line.name else ()
        equal = _near(by_amount.get(line.fen, ()), line.day, window)
        for other in (*named[:SUGGESTIONS_EACH], *_near(known, line.day, window), *equal):
            if other.fen * line.fen > 0:
                offered.setdefault(other.key, _suggestion(line, other))
        yield from list(offered.values())[:SUGGESTIONS_EACH]


def _suggestion(line: Side, other: Side) -> Suggestion:
    if line.fen != other.fen:
        return Suggestion(line.key, other.key, "amount", line.fen - other.fen)
    alike = bool(line.references & other.references) or (bool(line.name) and folded(line.name) == folded(other.name))
    return Suggestion(line.key, other.key, "several" if alike else "near")


def _shelved(
    transfers: Sequence[Side],
) -> tuple[Mapping[str, list[Side]], Mapping[str, list[Side]], Mapping[int, list[Side]]]:
    by_reference: defaultdict[str, list[Side]] = defaultdict(list)
    by_name: defaultdict[str, list[Side]] = defaultdict(list)
    by_amount: defaultdict[int, list[Side]] = defaultdict(list)
    for side in sorted(transfers, key=lambda each: (each.day, each.key)):
        for reference in side.references:
            by_reference[reference].append(side)
        if side.name:
            by_name[folded(side.name)].append(side)
        by_amount[side.fen].append(side)
    return by_reference, by_name, by_amount


def _near(sides: Sequence[Side], day: date, window: int) -> list[Side]:
    low = bisect_left(sides, day - timedelta(days=window), key=lambda side: side.day)
    high = bisect_right(sides, day + timedelta(days=window), key=lambda side: side.day)
    return list(sides[low : min(high, low + SUGGESTIONS_EACH)])
