"""Scope: from what annotations and rules say to the roles of a clause — by word, position, heading, rule, default."""

from dataclasses import replace

from qilian.spine.annotation.api import Annotation, Diagnostic, Mention, Rule
from qilian.spine.compiled.api import Assignment, Origin
from qilian.spine.language.api import Span, words

from .clauses import Stretch
from .outline import Item

Roles = list[tuple[Assignment, ...]]


def assign(
    stretches: list[Stretch], folded: str, raw: str, rules: list[Rule]
) -> tuple[Roles, list[str], list[Diagnostic]]:
    """Return for each stretch its assignments and its scope, and doubts about them."""
    doubts: list[Diagnostic] = []
    roles = [_own(stretch, raw, rules, doubts) for stretch in stretches]
    _items(stretches, roles, raw, rules, doubts)
    scopes = ["clause" if found else "none" for found in roles]
    _inherit(stretches, roles, scopes, doubts, folded)
    _everyone(stretches, roles, raw, rules)
    return roles, scopes, doubts


def _own(stretch: Stretch, raw: str, rules: list[Rule], doubts: list[Diagnostic]) -> tuple[Assignment, ...]:
    found: list[Assignment] = []
    for annotation in stretch.annotations:
        origin: Origin = "inherited" if annotation.form == "ditto" else "explicit"
        for mention in _starred(annotation, rules, doubts):
            span = (annotation.inner[0] + mention.span[0], annotation.inner[0] + mention.span[1])
            name = unit_string(raw, span)
            given: Origin = "default" if mention.assumed else origin
            found.append(Assignment(name, mention.role, given, span, words.collective(name)))
    places = [annotation.span[0] for annotation in stretch.annotations]
    if stretch.first_leads or any(rule.kind == "first" and any(map(rule.holds, places)) for rule in rules):
        return _by_position(tuple(found))
    return tuple(found)


def unit_string(raw: str, span: Span) -> str:
    """Return a unit as written, without the spaces and line ends inside it."""
    return "".join(raw[span[0] : span[1]].split())


def _starred(annotation: Annotation, rules: list[Rule], doubts: list[Diagnostic]) -> tuple[Mention, ...]:
    """Make the unit with the star lead and those beside it support, where a legend says what the star means."""
    mentions = annotation.reading.mentions
    stars = {mention.star for mention in mentions if mention.star}
    meant = {rule.star for rule in rules if rule.kind == "star" and rule.holds(annotation.span[0])}
    for star in sorted(stars - meant):
        doubts.append(
            Diagnostic(annotation.span, "star_without_legend", f"单位名称旁有“{star}”，未见说明，请核对其含义")
        )
    if not stars & meant:
        return mentions
    return tuple(
        replace(mention, role="lead", assumed=False)
        if mention.star in meant
        else replace(mention, role="support", assumed=False)
        if mention.role == "responsible"
        else mention
        for mention in mentions
    )


def _by_position(found: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """Make the first named lead and the others support, unless words gave the roles."""
    if any(assignment.role != "responsible" for assignment in found):
        return found
    return tuple(
        replace(assignment, role="support" if place else "lead", origin="positional")
        for place, assignment in enumerate(found)
    )


def _items(stretches: list[Stretch], roles: Roles, raw: str, rules: list[Rule], doubts: list[Diagnostic]) -> None:
    """Give roles to the items that a rule names by their ordinals: the nearest group of siblings that has them all."""
    for rule in rules:
        if rule.kind != "items":
            continue
        group = _group(stretches, rule)
        named = tuple(_named(raw, span, role, "explicit") for span, role in rule.units)
        for number, place in enumerate(group):
            roles[place] = (*roles[place], *(named[number : number + 1] if rule.severally else named))
        if not group:
            doubts.append(Diagnostic(rule.span, "items_unknown", "此处按序号指定责任单位，未找到所指条目，请核对"))


def _group(stretches: list[Stretch], rule: Rule) -> list[int]:
    groups: dict[Span, dict[int, int]] = {}
    for place, stretch in enumerate(stretches):
        if stretch.span[0] < rule.span[0] and stretch.item.parent:
            groups.setdefault(stretch.item.parent.marker, {}).setdefault(stretch.item.ordinal, place)
    for group in reversed(groups.values()):
        if all(ordinal in group for ordinal in rule.ordinals):
            return [group[ordinal] for ordinal in rule.ordinals]
    return []


def _named(raw: str, span: Span, role: str, origin: Origin) -> Assignment:
    name = unit_string(raw, span)
    return Assignment(name, words.ROLES[role], origin, span, words.collective(name))


def _inherit(stretches: list[Stretch], roles: Roles, scopes: list[str], doubts: list[Diagnostic], folded: str) -> None:
    """Give the roles of a heading to its items, and those of a closing line to the group it closes."""
    heads = {stretch.item.marker: found for stretch, found in zip(stretches, roles, strict=True) if found}
    groups: dict[Span, list[int]] = {}
    for place, stretch in enumerate(stretches):
        if stretch.item.parent:
            groups.setdefault(stretch.item.parent.marker, []).append(place)
    for group in groups.values():
        bare = [place for place in group if not roles[place]]
        given = _above(stretches[group[0]].item, heads) if len(bare) == len(group) else ()
        if bare == group[:-1] and bare and _closing_line(stretches, group, folded):
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


def _closing_line(stretches: list[Stretch], group: list[int], folded: str) -> bool:
    """Tell whether what closes a group stands on a line of its own: words behind a label, or a bracket."""
    if not stretches[group[-1]].annotations:
        return False  # its roles come from a rule that names it
    last = stretches[group[-1]].annotations[0]
    alone = not folded[folded.rfind("\n", 0, last.span[0]) + 1 : last.span[0]].strip()
    return alone and last.form in ("line", "bracket") and not any(stretches[place].item.inline for place in group)


def _everyone(stretches: list[Stretch], roles: Roles, raw: str, rules: list[Rule]) -> None:
    """Add the units that a rule makes responsible or supporting for every clause with roles that it governs."""
    for rule in (each for each in rules if each.kind == "everyone"):
        units = [_named(raw, span, role, "default") for span, role in rule.units]
        for place, (stretch, found) in enumerate(zip(stretches, roles, strict=True)):
            end = max((annotation.span[1] for annotation in stretch.annotations), default=stretch.span[1])
            names = {assignment.unit for assignment in found}
            if found and rule.start <= end and stretch.span[0] < rule.end:
                roles[place] = (*found, *(own for own in units if own.unit not in names))
