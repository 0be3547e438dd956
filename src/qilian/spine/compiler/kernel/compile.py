"""The compiler: text in, draft out; the stages in the order in which they run."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from qilian.spine.language.api import (
    Deadline,
    KnownUnit,
    Resolver,
    Span,
    find_deadlines,
    find_systems,
    find_targets,
    fold,
    read_time,
    words,
)
from qilian.spine.layout.api import find_tables, flow

from .brackets import find_annotations
from .clauses import Stretch, divide, title
from .draft import Assignment, Clause, Diagnostic, Draft, UnitString
from .outline import Item, outline
from .returning import returned
from .scope import assign, unit_string

_TIER = re.compile(r"[一-龥]{2,6}$")
_SEGMENT = re.compile(r"[^；。，\n]+")


def compile_plan(
    text: str,
    *,
    units: Sequence[KnownUnit] | None = None,
    start_year: int | None = None,
    simplify: Mapping[int, int] | None = None,
) -> Draft:
    """Compile a plan's text into clauses with their roles, dates, targets and systems; never raises on any text.

    `units` resolves unit strings exactly; `start_year` dates what has no year (五年内, 年底前); `simplify` maps
    traditional to simplified code points for matching. Every span counts characters of `text`.
    """
    flowed = flow(text)
    draft = _compiled(flowed.text, units or (), start_year, simplify)
    return (draft if flowed.whole() else returned(draft, flowed)).tiled(text)


def _compiled(
    text: str, units: Sequence[KnownUnit], start_year: int | None, simplify: Mapping[int, int] | None
) -> Draft:
    """Compile the flow of a document; the nodes are not yet all tiles."""
    folded = fold(text, simplify)
    tables = find_tables(folded)
    blocked = [table.span for table in tables]
    annotations, doubts = find_annotations(folded, blocked)
    closed = sorted([*blocked, *(annotation.span for annotation in annotations)])
    items, breaks = outline(folded, closed, [annotation.span[0] for annotation in annotations])

    def speaks(span: Span) -> bool:
        return bool(find_deadlines(folded, text, span) or find_targets(folded, text, span, []))

    division = divide(folded, text, items, annotations, tables, speaks)
    roles, scopes, more = assign(division.stretches, folded, text, annotations, blocked)
    resolver = Resolver(units, simplify)
    tiers = _tiers(folded, items)
    clauses = tuple(
        _clause(stretch, _resolved(found, resolver), scope, tiers, folded, text, start_year)
        for stretch, found, scope in zip(division.stretches, roles, scopes, strict=True)
    )
    settled = {own.span for each in roles for own in each if own.origin == "positional"}
    found = [*_open(doubts, settled), *breaks, *division.doubts, *more, *_doubts(division.stretches, folded)]
    return Draft(clauses, _units(clauses), tuple(sorted(found, key=lambda doubt: doubt.span)), tuple(division.nodes))


def _open(doubts: list[Diagnostic], settled: set[Span]) -> Iterator[Diagnostic]:
    """Yield the doubts that position has not settled: units without a role word have one where the first leads."""
    starts = sorted(start for start, _ in settled)
    for doubt in doubts:
        place = bisect_left(starts, doubt.span[0])
        inside = place < len(starts) and starts[place] < doubt.span[1]
        if not (inside and doubt.kind == "role_assumed"):
            yield doubt


def _clause(
    stretch: Stretch,
    found: tuple[Assignment, ...],
    scope: str,
    tiers: dict[Span, str],
    folded: str,
    raw: str,
    start_year: int | None,
) -> Clause:
    said = find_deadlines(folded, raw, stretch.span, start_year)
    more, persons, times = _behind(stretch, folded, raw, start_year)
    return Clause(
        id=stretch.path,
        section=stretch.section,
        text=raw[slice(*stretch.span)],
        span=stretch.span,
        tier=_tier(stretch.item, tiers),
        assignments=found,
        open_phrases=tuple(more),
        open_list=any(annotation.reading.open for annotation in stretch.annotations),
        scope=scope,
        deadlines=(*said, *times),
        targets=tuple(find_targets(folded, raw, stretch.span, said)),
        systems=tuple(find_systems(folded, raw, stretch.span)),
        persons=tuple(persons),
    )


def _behind(
    stretch: Stretch, folded: str, raw: str, start_year: int | None
) -> tuple[list[str], list[str], list[Deadline]]:
    """Return the open phrases, persons and times that the annotations of a stretch name."""
    more: list[str] = []
    persons: list[str] = []
    times: list[Deadline] = []
    for annotation in stretch.annotations:
        start = annotation.inner[0]
        more.extend(unit_string(raw, (start + left, start + right)) for left, right in annotation.reading.more)
        persons.extend(raw[start + left : start + right].strip() for left, right in annotation.reading.persons)
        for left, right in annotation.reading.times:
            times.extend(read_time(folded, raw, (start + left, start + right), start_year))
    return more, persons, times


def _resolved(found: tuple[Assignment, ...], resolver: Resolver) -> tuple[Assignment, ...]:
    resolved: list[Assignment] = []
    for own in found:
        known = resolver.unit(own.unit)
        many = own.collective or bool(known and known.collective)
        resolved.append(Assignment(own.unit, own.role, own.origin, own.span, many, known.code if known else None))
    return tuple(resolved)


def _units(clauses: tuple[Clause, ...]) -> tuple[UnitString, ...]:
    counted: dict[str, list[Assignment]] = {}
    for clause in clauses:
        for assignment in clause.assignments:
            counted.setdefault(assignment.unit, []).append(assignment)
    return tuple(
        UnitString(name, mentions[0].resolution, mentions[0].collective, len(mentions))
        for name, mentions in counted.items()
    )


# Tiers


def _tiers(folded: str, items: list[Item]) -> dict[Span, str]:
    """Return the words that a section's preamble sets before the titles of its items: 重点发展甲、乙；鼓励发展丙."""
    tiers: dict[Span, str] = {}
    for item in items:
        names = {folded[slice(*title(folded, child))]: child.marker for child in item.children[:200]}
        names.pop("", None)
        found: dict[Span, str] = {}
        for segment in _SEGMENT.finditer(folded, *item.own) if len(names) > 1 else ():
            found.update(_grouped(segment.group(), names))
        if len(found) == len(names) > 1:
            tiers.update(found)
    return tiers


def _grouped(segment: str, names: dict[str, Span]) -> dict[Span, str]:
    named = sorted((segment.find(name), marker) for name, marker in names.items() if name in segment)
    tier = _TIER.fullmatch(segment[: named[0][0]]) if named else None
    return {marker: tier.group() for _, marker in named} if tier else {}


def _tier(item: Item, tiers: dict[Span, str]) -> str | None:
    above: Item | None = item
    while above is not None:
        if above.marker in tiers:
            return tiers[above.marker]
        above = above.parent
    return None


# Doubts


def _doubts(stretches: list[Stretch], folded: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for stretch in stretches:
        for annotation in stretch.annotations:
            start = annotation.inner[0]
            for left, right in annotation.reading.dropped:
                found.append(
                    Diagnostic((start + left, start + right), "not_a_role", "职责用语之前的文字未计入责任分工")
                )
            for mention in annotation.reading.mentions:
                name = folded[start + mention.span[0] : start + mention.span[1]]
                if len(name) > 24 or "：" in name or not words.unit_like(name):
                    span = (start + mention.span[0], start + mention.span[1])
                    found.append(Diagnostic(span, "unusual_unit", "此处不像单位名称，请核对"))
    return found
