"""From a compiled clause to what is published of it: its duties, the digest of its words, the places of its facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from qilian.spine.compiled.api import Assignment, CompiledClause
from qilian.spine.language.api import ROLES, Json, Span


@dataclass(frozen=True, slots=True)
class DutyFact:
    """A duty as it will be published: the unit's slug, its role, its place in the list, and how the words say so."""

    unit: str
    role: str
    order: int
    origin: str
    raw: str


def duties(clause: CompiledClause) -> tuple[DutyFact, ...]:
    """The duties of a clause: each unit once per role, in the order of the words, leads first."""
    found: dict[tuple[str, str], Assignment] = {}
    for role in ROLES:
        for each in clause.assignments:
            if each.role == role and each.resolution:
                found.setdefault((role, each.resolution), each)
    return tuple(
        DutyFact(unit, role, order, each.origin, each.unit)
        for order, ((role, unit), each) in enumerate(found.items(), 1)
    )


def words_digest(words: str) -> str:
    """Return the SHA-256 of a clause's words as hexadecimal digits, as `clauses.toml` has it."""
    return sha256(words.encode()).hexdigest()


def marks_of(clause: CompiledClause) -> list[dict[str, Json]]:
    """The places of a clause's facts, as published words keep them."""
    places: Iterable[tuple[str, str, Span]] = (
        *((each.role, each.unit, each.span) for each in clause.assignments),
        *(("deadline", each.text, each.span) for each in clause.deadlines),
        *(("target", each.text, each.span) for each in clause.targets),
    )
    return [{"kind": kind, "key": key, "span": list(span)} for kind, key, span in places]
