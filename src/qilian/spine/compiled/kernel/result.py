"""What the compiler returns: frozen clauses with their roles, and the JSON of `plan compile`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from qilian.spine.annotation.api import Diagnostic
from qilian.spine.language.api import Deadline, Json, Role, Span, Target

Origin = Literal["explicit", "positional", "default", "inherited", "reviewed"]


@dataclass(frozen=True, slots=True)
class Node:
    """One tile of the document; the tiles of a document, in order, are the whole text without gap or overlap."""

    kind: str
    span: Span
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit string in a role; `origin` says whether the words say so, or position, default or the heading does,
    or a person in review. `resolution` is the slug of the unit that the string means, None where nobody knows.

    `carried` is the head (省) that a name without its own takes from the name before it, where the list of units has
    only the whole name: 省发改委、民政厅.
    """

    unit: str
    role: Role
    origin: Origin
    span: Span
    collective: bool = False
    resolution: str | None = None
    carried: str = ""

    def as_json(self) -> dict[str, Json]:
        """Return the assignment as it stands under `roles`."""
        return {
            "unit": self.unit,
            "role": self.role,
            "origin": self.origin,
            "span": list(self.span),
            "collective": self.collective,
            "resolution": self.resolution,
            "carried": self.carried,
        }


@dataclass(frozen=True, slots=True)
class CompiledClause:
    """The smallest unit of duty: its words, and who answers for them; `text` is the source between `span`.

    `scope` says what the roles rest on: `clause` (its own annotation), `heading` (an annotation of the heading or the
    group), `document` (a sentence that speaks for all clauses), `none` (no role is written). `edited`: a person
    gave it its units.
    """

    id: str
    section: tuple[str, ...]
    text: str
    span: Span
    tier: str | None = None
    assignments: tuple[Assignment, ...] = ()
    open_phrases: tuple[str, ...] = ()
    open_list: bool = False
    scope: str = "none"
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    systems: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    edited: bool = False

    def units(self, role: Role) -> list[str]:
        """Return the unit strings of one role in the order in which the document names them."""
        return [assignment.unit for assignment in self.assignments if assignment.role == role]

    def collectives(self) -> list[str]:
        """Return the strings that stand for many units, once each, the open ends of lists after them."""
        named = [assignment.unit for assignment in self.assignments if assignment.collective]
        return list(dict.fromkeys([*named, *self.open_phrases]))

    def as_json(self) -> dict[str, Json]:
        """Return the clause as it stands in the JSON of the command."""
        return {
            "id": self.id,
            "section": list(self.section),
            "text": self.text,
            "span": list(self.span),
            "tier": self.tier,
            "lead": self.units("lead"),
            "support": self.units("support"),
            "responsible": self.units("responsible"),
            "collectives": self.collectives(),
            "open_list": self.open_list,
            "scope": self.scope,
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
            "targets": [target.as_json() for target in self.targets],
            "systems": list(self.systems),
            "roles": [assignment.as_json() for assignment in self.assignments],
            "persons": list(self.persons),
            **({"edited": True} if self.edited else {}),
        }


@dataclass(frozen=True, slots=True)
class UnitString:
    """A distinct unit string of the document, what it resolves to, and how often it stands in a role."""

    text: str
    resolution: str | None
    collective: bool
    mentions: int

    def as_json(self) -> dict[str, Json]:
        """Return the unit string as it stands in the JSON."""
        return {
            "text": self.text,
            "resolution": self.resolution,
            "collective": self.collective,
            "mentions": self.mentions,
        }


@dataclass(frozen=True, slots=True)
class CompiledPlan:
    """A compiled document 台账: all clauses with who answers for them, and the doubts that a person has to settle.

    Review changes it, publication writes it down as a version. `nodes` are the tiles of its text; the JSON has none.
    """

    clauses: tuple[CompiledClause, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), repr=False)

    @property
    def units(self) -> tuple[UnitString, ...]:
        """Every unit string of the clauses, once, in the order of first mention."""
        counted: dict[str, list[Assignment]] = {}
        for assignment in (each for clause in self.clauses for each in clause.assignments):
            counted.setdefault(assignment.unit, []).append(assignment)
        return tuple(
            UnitString(name, mentions[0].resolution, mentions[0].collective, len(mentions))
            for name, mentions in counted.items()
        )

    def clause(self, cid: str) -> CompiledClause | None:
        """Return the clause with an id, or None."""
        return next((each for each in self.clauses if each.id == cid), None)

    def doubting(self, more: Iterable[Diagnostic]) -> "CompiledPlan":
        """Return the plan with further doubts, in the order of the text."""
        return replace(self, diagnostics=tuple(sorted((*self.diagnostics, *more), key=lambda each: each.span)))

    def tiled(self, text: str) -> "CompiledPlan":
        """Return the plan with tiles that cover the text: its nodes, and between them blanks, marks, other words."""
        tiles: list[Node] = []
        place = 0
        for node in sorted(self.nodes, key=lambda node: node.span):
            start, end = max(place, node.span[0]), max(place, node.span[1])
            tiles += [_gap(text, place, start), Node(node.kind, (start, end), node.clause)]
            place = end
        tiles.append(_gap(text, place, len(text)))
        return replace(self, nodes=tuple(tile for tile in tiles if tile.span[0] < tile.span[1]))

    def as_json(self) -> dict[str, Json]:
        """Return the JSON of `plan compile FILE --json`."""
        return {
            "clauses": [clause.as_json() for clause in self.clauses],
            "units": [unit.as_json() for unit in self.units],
            "diagnostics": [diagnostic.as_json() for diagnostic in self.diagnostics],
        }


def _gap(text: str, start: int, end: int) -> Node:
    between = text[start:end]
    return Node("blank" if not between.strip() else "text" if re.search(r"\w", between) else "mark", (start, end))
