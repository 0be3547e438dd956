"""The compiler: text in, draft out; the stages in the order in which they run."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qilian.spine.annotation.api import (
    NOTHING_LEARNED,
    Annotation,
    Diagnostic,
    Learned,
    Rule,
    audit,
    find_annotations,
    find_inline,
    find_items,
    find_rules,
    read,
)
from qilian.spine.compiled.api import Assignment, CompiledClause, CompiledPlan
from qilian.spine.document.api import Spans, Table, find_tables, flow
from qilian.spine.language.api import (
    SHORT,
    Deadline,
    Known,
    KnownUnit,
    Resolver,
    Span,
    Target,
    document_year,
    find_deadlines,
    find_systems,
    first_year,
    fold,
    read_time,
    words,
)
from qilian.spine.targets.api import cell_target, find_targets, is_unit, is_unitless

from .clauses import Stretch, divide, title
from .outline import Item, outline
from .returning import returned
from .scope import assign, unit_string
from .silence import silences

_HEAD = re.compile(r"(?:[省市州县区旗盟]|自治区)(?=[^、（）]{2})")
_HEADLESS = re.compile(r"(?!国家|中国|人民)[一-龥]{1,10}(?:厅|局|委|办)")
_ABOUT_ROLES = frozenset(
    ("not_understood", "not_a_unit", "not_a_role", "unusual_unit", "items_unknown", "unread_table")
)
_TIER = re.compile(r"[一-龥]{2,6}$")
_SEGMENT = re.compile(r"[^；。，\n]+")


def compile_plan(
    text: str,
    *,
    units: Sequence[KnownUnit] | None = None,
    start_year: int | None = None,
    default_year: int | None = None,
    simplify: Mapping[int, int] | None = None,
    learned: Learned = NOTHING_LEARNED,
) -> CompiledPlan:
    """Compile a plan's text into clauses with their roles, dates, targets and systems; never raises on any text.

    `units` resolves unit strings exactly; `start_year` dates what has no year (五年内, 年底前), else the year of the
    document does, else `default_year`; `simplify` maps traditional to simplified code points for matching; `learned` is
    what the house has taught. Every span counts characters of `text`.
    """
    flowed = flow(text)
    folded = fold(flowed.text, simplify)
    year = start_year or document_year(folded) or default_year
    found = _found(folded, learned.known(units or (), simplify), learned)
    resolver = Resolver(learned.units(units or ()), simplify)
    draft = _compiled(_Text(flowed.text, folded, year, first_year(folded)), found, resolver)
    return (draft if flowed.whole() else returned(draft, flowed)).tiled(text)


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a document assigns: tables, annotations that divide it, those inside words, rules, names, and doubts."""

    tables: list[Table]
    blocked: list[Span]
    annotations: list[Annotation]
    inside: list[Annotation]
    rules: list[Rule]
    known: Known
    doubts: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class _Text:
    """The flow of a document as it is and folded, the year that dates what has none, the first it plans for."""

    raw: str
    folded: str
    year: int | None
    first: int | None = None


def _compiled(text: _Text, found: _Found, resolver: Resolver) -> CompiledPlan:
    """Compile the flow of a document; the nodes are not yet all tiles."""
    folded, raw = text.folded, text.raw
    closed = sorted([*found.blocked, *(annotation.span for annotation in found.annotations)])
    items, breaks = outline(folded, closed, sorted(own.span[0] for own in (*found.annotations, *found.inside)))
    inside = Spans(own.span for own in found.inside)

    def speaks(span: Span) -> bool:
        return bool(inside.touch(span) or find_deadlines(folded, raw, span) or find_targets(folded, raw, span, []))

    division = divide(folded, raw, items, found.annotations, found.tables, speaks, found.inside, found.known)
    roles, scopes, more = assign(division.stretches, folded, raw, found.rules)
    tiers = _tiers(folded, items)
    clauses = tuple(
        _clause(stretch, _resolved(own, resolver), scope, tiers, text)
        for stretch, own, scope in zip(division.stretches, roles, scopes, strict=True)
    )
    settled = {own.span for each in roles for own in each if own.origin == "positional"}
    doubts = [*_open(found.doubts, settled), *breaks, *division.doubts, *more, *_doubts(division.stretches, folded)]
    doubts += silences(folded, division, found.tables, found.rules, doubts)
    doubts += audit(folded, _settled(division.stretches, found, doubts))
    return CompiledPlan(clauses, tuple(sorted(doubts, key=lambda doubt: doubt.span)), tuple(division.nodes))


def _settled(stretches: list[Stretch], found: _Found, doubts: list[Diagnostic]) -> list[Span]:
    """Return the places whose role words are read, or told as doubts already."""
    read_there = (span for stretch in stretches for own in stretch.annotations for span in _read_in(own))
    told = (doubt.span for doubt in doubts if doubt.kind in _ABOUT_ROLES)
    return [*read_there, *(rule.span for rule in found.rules), *told]


def _read_in(own: Annotation) -> list[Span]:
    """Return what an annotation accounts for: all of its own place, inside words only the units that it takes."""
    if own.form != "inside":
        return [own.span]
    left = own.inner[0]
    return [(left + mention.span[0], left + mention.span[1]) for mention in own.reading.mentions]


def _found(folded: str, known: Known, learned: Learned) -> _Found:
    """Find what assigns; names that are sure somewhere help to read the rest, and doubtful words are read once more."""
    tables = find_tables(folded, learned.titles)
    blocked = [table.span for table in tables]
    items, sentences = find_items(folded, blocked, known)
    closed = [*blocked, *(sentence.span for sentence in sentences)]
    annotations, doubts = find_annotations(folded, closed, known)
    wider = replace(known, names=known.names | _sure(folded, tables, annotations))
    if doubts or any(annotation.reading.doubts for annotation in annotations):
        annotations, doubts = find_annotations(folded, closed, wider)
    annotations = sorted([*annotations, *sentences], key=lambda annotation: annotation.span)
    rules = [*items, *find_rules(folded, annotations, blocked, wider)]
    taken = [*blocked, *(annotation.span for annotation in annotations), *_apart(annotations, rules)]
    return _Found(tables, blocked, annotations, find_inline(folded, taken, wider), rules, wider, doubts)


def _apart(annotations: list[Annotation], rules: list[Rule]) -> list[Span]:
    """Return the places of rules that stand in no annotation."""
    inside = Spans(annotation.span for annotation in annotations)
    return [rule.span for rule in rules if not inside.touch(rule.span)]


def _sure(folded: str, tables: list[Table], annotations: list[Annotation]) -> frozenset[str]:
    """Return the names that stand behind a label or in a column of a role, without a doubt, and are no collective."""
    found: set[str] = set()
    for annotation in annotations:
        if annotation.reading.labelled and not annotation.reading.doubts:
            start = annotation.inner[0]
            found.update(folded[start + own.span[0] : start + own.span[1]] for own in annotation.reading.mentions)
    for row in (row for table in tables for row in table.rows):
        for kind, span in row.roles:
            reading = read(folded[slice(*span)], under=words.ROLES[kind]) if kind in words.ROLES else None
            if reading and not reading.doubts:
                found.update(folded[span[0] + own.span[0] : span[0] + own.span[1]] for own in reading.mentions)
    return frozenset(name for name in found if 3 <= len(name) <= 24 and not words.collective(name))


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
    text: _Text,
) -> CompiledClause:
    folded, raw = text.folded, text.raw
    said = find_deadlines(folded, raw, stretch.span, text.year)
    more, persons, times = _behind(stretch, folded, raw, text.year)
    targets = [*find_targets(folded, raw, stretch.span, said), *_in_cells(stretch, text), *_in_asides(stretch, text)]
    dates = {own.date for own in times if own.date}
    years = {f"{year}-12-31" for _, year in stretch.row.years} if stretch.row else set()
    when = dates.pop() if len(dates) == 1 else years.pop() if len(years) == 1 else None
    return CompiledClause(
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
        targets=tuple(
            own if own.deadline or not when else replace(own, deadline=when)
            for own in targets
            if not (own.deadline and text.first and own.deadline < str(text.first))
        ),
        systems=tuple(find_systems(folded, raw, stretch.span)),
        persons=tuple(persons),
    )


def _in_cells(stretch: Stretch, text: _Text) -> Iterator[Target]:
    """Yield what the cells beside a task aim at; a figure alone in its cell measures the task of the row."""
    row = stretch.row
    if row is None:
        return
    alone = [cell for cell, _ in row.figures]
    for cell in row.context:
        if cell not in alone:
            yield from find_targets(text.folded, text.raw, cell, [])
    beside = [text.folded[slice(*cell)] for cell in row.context]
    unit = next(filter(is_unit, beside), next(filter(is_unitless, beside), ""))
    for cell, column in row.figures:
        target = cell_target(text.folded, text.raw, row.words, cell, unit, column)
        if target:
            yield target


def _in_asides(stretch: Stretch, text: _Text) -> Iterator[Target]:
    """Yield what stands in an annotation behind a label that gives no role: 目标：产值突破800亿元."""
    for own in stretch.annotations:
        for left, right in own.reading.asides:
            span = (own.inner[0] + left, own.inner[0] + right)
            yield from find_targets(text.folded, text.raw, span, [])


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
    """Resolve each name; one without a head takes that of the name before it (省甲厅、乙厅), marked as carried."""
    resolved: list[Assignment] = []
    head = ""
    for own in found:
        known = resolver.unit(own.unit)
        carried = ""
        written = _HEAD.match(own.unit)
        if known is None and not written and head and not own.collective:
            known = resolver.unit(head + own.unit)
            carried = head if known or _HEADLESS.fullmatch(own.unit) else ""
        head = written.group() if written else head
        many = own.collective or bool(known and known.collective)
        code = known.code if known else None
        resolved.append(replace(own, collective=many, resolution=code, carried=carried))
    return tuple(resolved)


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
    for annotation in (annotation for stretch in stretches for annotation in stretch.annotations):
        start, reading = annotation.inner[0], annotation.reading
        two = {doubt.span: doubt for doubt in reading.doubts}
        for left, right in reading.dropped:
            found.append(Diagnostic((start + left, start + right), "not_a_role", "此处文字未计入责任分工，请核对"))
        for span in (mention.span for mention in reading.mentions):
            name = folded[start + span[0] : start + span[1]]
            doubt = two.pop(span, None)
            if doubt or len(name) > 24 or "：" in name or not (words.unit_like(name) or SHORT.fullmatch(name)):
                said = (
                    f"此处可读作{doubt.taken}，也可读作{doubt.other}；暂按单位计入，请核对"
                    if doubt
                    else "此处不像单位名称，请核对"
                )
                found.append(Diagnostic((start + span[0], start + span[1]), "unusual_unit", said))
        for doubt in two.values():
            said = f"此处可读作{doubt.taken}，也可读作{doubt.other}；暂未计入责任分工，请核对"
            found.append(Diagnostic((start + doubt.span[0], start + doubt.span[1]), "not_a_unit", said))
    return found
