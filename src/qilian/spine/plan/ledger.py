"""The ledger of a draft as values: what the compiler found, in the shape that review may change; pure.

The JSON is the one of `plan compile --json`; whatever review does not touch is handed through as it came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

Span = tuple[int, int]
Json = Mapping[str, Any]  # rows of the compiler's JSON, checked where a dataclass is made of them
ROLES: Final = ("lead", "support", "responsible")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit string in a role: as written, how the document says so, where, and the unit that it means (its slug)."""

    raw: str
    role: str
    origin: str
    span: Span
    unit: str = ""
    collective: bool = False


@dataclass(frozen=True, slots=True)
class LedgerClause:
    """A clause under review; deadlines and targets are rows of the compiler's JSON; `edited`: by a person."""

    cid: str
    section: tuple[str, ...]
    text: str
    span: Span
    tier: str = ""
    open_list: bool = False
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Json, ...] = ()
    targets: tuple[Json, ...] = ()
    systems: tuple[str, ...] = ()
    edited: bool = False

    @property
    def sha256(self) -> str:
        """The digest of the words, as `clauses.toml` has it."""
        return words_digest(self.text)

    def of(self, role: str) -> tuple[Assignment, ...]:
        """The assignments of one role, in order."""
        return tuple(each for each in self.assignments if each.role == role)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the compiler did not understand: where, of what kind, and in words."""

    kind: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All clauses of a draft with the doubts that remain."""

    clauses: tuple[LedgerClause, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def clause(self, cid: str) -> LedgerClause | None:
        """The clause with an id, or None."""
        return next((each for each in self.clauses if each.cid == cid), None)

    def doubting(self, more: Iterable[Doubt]) -> "Ledger":
        """The ledger with further doubts, in the order of the text."""
        return replace(self, doubts=tuple(sorted((*self.doubts, *more), key=lambda doubt: doubt.span)))


@dataclass(frozen=True, slots=True)
class DutyFact:
    """A duty as it will be published: the unit's slug, its role, its place in the list, and how the words say so."""

    unit: str
    role: str
    order: int
    origin: str
    raw: str


def duties(clause: LedgerClause) -> tuple[DutyFact, ...]:
    """The duties of a clause: each unit once per role, in the order of the words, leads first."""
    found: dict[tuple[str, str], Assignment] = {}
    for role in ROLES:
        for each in clause.of(role):
            if each.unit:
                found.setdefault((role, each.unit), each)
    return tuple(
        DutyFact(each.unit, each.role, order, each.origin, each.raw) for order, each in enumerate(found.values(), 1)
    )


def words_digest(words: str) -> str:
    """Return the SHA-256 of a clause's words as hexadecimal digits."""
    return sha256(words.encode()).hexdigest()


def from_json(data: Json) -> Ledger:
    """Read the JSON of `plan compile`; an empty object is an empty ledger."""
    return Ledger(
        tuple(map(_clause, data.get("clauses", ()))),
        tuple(Doubt(row["kind"], _span(row), row["message"]) for row in data.get("diagnostics", ())),
    )


def as_json(ledger: Ledger) -> dict[str, object]:
    """Write a ledger in the same JSON that `from_json` reads."""
    return {
        "clauses": [_clause_json(clause) for clause in ledger.clauses],
        "diagnostics": [{"kind": d.kind, "span": list(d.span), "message": d.message} for d in ledger.doubts],
    }


def _clause(row: Json) -> LedgerClause:
    return LedgerClause(
        cid=row["id"],
        section=tuple(row["section"]),
        text=row["text"],
        span=_span(row),
        tier=row.get("tier") or "",
        open_list=bool(row.get("open_list")),
        assignments=tuple(map(_assignment, row.get("roles", ()))),
        deadlines=tuple(row.get("deadlines", ())),
        targets=tuple(row.get("targets", ())),
        systems=tuple(row.get("systems", ())),
        edited=bool(row.get("edited")),
    )


def _assignment(row: Json) -> Assignment:
    return Assignment(
        row["unit"], row["role"], row["origin"], _span(row), row.get("resolution") or "", bool(row.get("collective"))
    )


def _span(row: Json) -> Span:
    start, end = row["span"]
    return int(start), int(end)


def _clause_json(clause: LedgerClause) -> dict[str, object]:
    return {
        "id": clause.cid,
        "section": list(clause.section),
        "text": clause.text,
        "span": list(clause.span),
        "tier": clause.tier,
        "open_list": clause.open_list,
        "roles": [_assignment_json(each) for each in clause.assignments],
        "deadlines": list(clause.deadlines),
        "targets": list(clause.targets),
        "systems": list(clause.systems),
        **({"edited": True} if clause.edited else {}),
    }


def _assignment_json(each: Assignment) -> dict[str, object]:
    return {
        "unit": each.raw,
        "role": each.role,
        "origin": each.origin,
        "span": list(each.span),
        "resolution": each.unit or None,
        "collective": each.collective,
    }


def marks_of(clause: LedgerClause) -> list[dict[str, object]]:
    """The places of a clause's facts, as published words keep them."""
    roles: Iterable[dict[str, object]] = (
        {"kind": each.role, "key": each.raw, "span": list(each.span)} for each in clause.assignments
    )
    rest: Sequence[tuple[str, Json]] = [
        *(("deadline", row) for row in clause.deadlines),
        *(("target", row) for row in clause.targets),
    ]
    return [*roles, *({"kind": kind, "key": row["text"], "span": list(_span(row))} for kind, row in rest)]
