"""Scope: from what an annotation says to the roles of a clause — by word, by position, by heading, by default."""

import re
from dataclasses import replace

from qilian.spine.language.api import Span, words
from qilian.spine.layout.api import Spans

from .brackets import Annotation
from .clauses import Stretch
from .draft import Assignment, Diagnostic, Origin
from .outline import Item

_TRIM = re.compile(r"\s+")
_SUBJECT = re.compile(r"(?:[^，。；：（）\s]|（[^（）\s]{1,10}）)+$")


def assign(
    stretches: list[Stretch], folded: str, raw: str, annotations: list[Annotation], tables: list[Span]
) -> tuple[list[tuple[Assignment, ...]], list[str], list[Diagnostic]]:
    """Return for each stretch its assignments and its scope, and doubts about them."""
    doubts: list[Diagnostic] = []
    notes = _notes(folded, annotations, tables)
    roles = [_own(stretch, raw, notes) for stretch in stretches]
    scopes = ["clause" if found else "none" for found in roles]
    _inherit(stretches, roles, scopes, doubts)
    _everyone(roles, folded, raw)
    return roles, scopes, doubts


def _notes(folded: str, annotations: list[Annotation], tables: list[Span]) -> list[int]:
    """Return from where on 'the first named leads' holds: 下同 in an annotation, or a sentence of the document."""
    places = [note.span[0] for note in annotations if note.reading.first_leads and note.reading.following]
    inside = [*tables, *(annotation.span for annotation in annotations)]
    elsewhere, last = Spans(inside), max((end for _, end in inside), default=0)
    for match in words.FIRST_LEADS.finditer(folded):
        if not elsewhere.touch(match.span()):
            places.append(match.start() if match.start() < last else 0)
    return sorted(places)


def _own(stretch: Stretch, raw: str, notes: list[int]) -> tuple[Assignment, ...]:
    found: list[Assignment] = []
    for annotation in stretch.annotations:
        origin: Origin = "inherited" if annotation.form == "ditto" else "explicit"
        for mention in annotation.reading.mentions:
            span = (annotation.inner[0] + mention.span[0], annotation.inner[0] + mention.span[1])
            name = unit_string(raw, span)
            given: Origin = "default" if mention.assumed else origin
            found.append(Assignment(name, mention.role, given, span, words.collective(name)))
    first = stretch.first_leads or any(annotation.reading.first_leads for annotation in stretch.annotations)
    if first or (notes and stretch.annotations and notes[0] <= stretch.annotations[0].span[0]):
        return _by_position(tuple(found))
    return tuple(found)


def unit_string(raw: str, span: Span) -> str:
    """Return a unit as written, without the spaces and line ends inside it."""
    return _TRIM.sub("", raw[span[0] : span[1]])


def _by_position(found: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """Make the first named lead and the others support, unless words gave the roles."""
    if any(assignment.role != "responsible" for assignment in found):
        return found
    return tuple(
        replace(assignment, role="support" if place else "lead", origin="positional")
        for place, assignment in enumerate(found)
    )


def _inherit(
    stretches: list[Stretch], roles: list[tuple[Assignment, ...]], scopes: list[str], doubts: list[Diagnostic]
) -> None:
    """Give the roles of a heading to its items, and those of a closing line to the group it closes."""
    heads = {stretch.item.marker: found for stretch, found in zip(stretches, roles, strict=True) if found}
    groups: dict[Span, list[int]] = {}
    for place, stretch in enumerate(stretches):
        if stretch.item.parent:
            groups.setdefault(stretch.item.parent.marker, []).append(place)
    for group in groups.values():
        bare = [place for place in group if not roles[place]]
        given = _above(stretches[group[0]].item, heads) if len(bare) == len(group) else ()
        if bare == group[:-1] and bare and _closing_line(stretches, group):
            given = roles[group[-1]]
            span = stretches[group[-1]].annotations[0].span
            doubts.append(Diagnostic(span, "group_annotation", "此行责任分工在一组条目之后，已视为适用于整组"))
        for place in bare if given else []:
            roles[place] = tuple(replace(assignment, origin="inherited") for assignment in given)
            scopes[place] = "heading"
        if not given and len(bare) < len(group):
            spans = [stretches[place].span for place in bare]
            doubts.extend(Diagnostic(span, "no_annotation", "同级条目有责任分工，此条没有") for span in spans)


def _above(item: Item, heads: dict[Span, tuple[Assignment, ...]]) -> tuple[Assignment, ...]:
    parent = item.parent
    while parent is not None:
        if parent.marker in heads:
            return heads[parent.marker]
        parent = parent.parent
    return ()


def _closing_line(stretches: list[Stretch], group: list[int]) -> bool:
    last = stretches[group[-1]]
    return last.annotations[0].form == "line" and not any(stretches[place].item.inline for place in group)


def _everyone(roles: list[tuple[Assignment, ...]], folded: str, raw: str) -> None:
    """Add units that a sentence of the document makes responsible or supporting for every clause with roles."""
    for match in words.EVERYONE.finditer(folded):
        span = _subject(folded, match.start())
        name = unit_string(raw, span)
        role = words.ROLES["support" if match.group("what") == "配合" else "responsible"]
        for place, found in enumerate(roles):
            if found and all(assignment.unit != name for assignment in found):
                roles[place] = (*found, Assignment(name, role, "default", span, words.collective(name)))


def _subject(folded: str, end: int) -> Span:
    """Return the span of the words before a place, back to the last mark outside brackets."""
    start = max(0, end - 40)
    match = _SUBJECT.search(folded[start:end])
    return (start + match.start(), end) if match else (end, end)
