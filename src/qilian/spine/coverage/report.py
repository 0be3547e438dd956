"""The coverage of a plan for people at a terminal and for programs."""

from collections.abc import Iterable, Sequence

from qilian.core.house.parts.api import ENGINES, KINDS
from qilian.core.values.text import Text, width
from qilian.spine.coverage.kernel.coverage import (
    STATES,
    ClauseRow,
    Coverage,
    OfferRow,
    State,
    SystemRow,
    totals,
)

Row = OfferRow | ClauseRow | SystemRow

_CLAUSE, _STATE, _OFFERS, _WHY = (
    Text("条", "Clause"),
    Text("状态", "State"),
    Text("服务项", "Offers"),
    Text("原因", "Why"),
)
_CLAUSES, _NAMED, _GENERIC = (
    Text("条", "Clauses"),
    Text("点名的系统", "Named systems"),
    Text("泛指的系统", "Generic systems"),
)
_NAMES, _WAIT = Text("引擎", "Engine"), Text("等待的服务项", "Offers that wait")


def as_dict(report: Coverage) -> dict[str, object]:
    """The report as plain JSON values; texts in both languages, states by name, times in ISO 8601."""
    return {
        "totals": {
            "clauses": _counts(report.clauses),
            "named": _counts(_level(report, "named")),
            "generic": _counts(_level(report, "generic")),
            "offers": _counts(report.offers),
        },
        "awaited_engines": report.awaited_engines,
        "unanswered": [_name(row) for row in report.unanswered],
        "clauses": [_clause(row) for row in report.clauses],
        "systems": [_system(row) for row in report.systems],
        "offers": [_offer(row) for row in report.offers],
    }


def as_table(report: Coverage) -> str:
    """The report as text for a terminal in the current language: clauses, systems without an offer, engines, totals."""
    clauses = [(row.clause.id, STATES[row.state], len(row.offers), row.reason) for row in report.clauses]
    engines = [(ENGINES[engine], count) for engine, count in report.awaited_engines.items()]
    blocks = [_table((_CLAUSE, _STATE, _OFFERS, _WHY), clauses)]
    if engines:
        blocks.append(_table((_NAMES, _WAIT), engines))
    if report.unanswered:
        blocks.append("\n".join(f"{STATES[State.UNANSWERED]}: {_name(row)}" for row in report.unanswered))
    blocks.append("\n".join(f"{title}: {_sentence(rows)}" for title, rows in _groups(report)))
    return "\n\n".join(blocks)


def _groups(report: Coverage) -> tuple[tuple[Text, Sequence[Row]], ...]:
    named, generic = _level(report, "named"), _level(report, "generic")
    return (_CLAUSES, report.clauses), (_NAMED, named), (_GENERIC, generic), (_OFFERS, report.offers)


def _level(report: Coverage, level: str) -> tuple[SystemRow, ...]:
    return tuple(row for row in report.systems if row.system.level == level)


def _clause(row: ClauseRow) -> dict[str, object]:
    return {
        "clause": row.clause.id,
        "section": row.clause.section,
        "summary": _both(row.clause.summary),
        "state": row.state.name.lower(),
        "reason": _both(row.reason),
        "offers": [offer.path for offer in row.offers],
    }


def _system(row: SystemRow) -> dict[str, object]:
    return {
        "clause": row.clause,
        "name": row.system.name,
        "kind": row.system.kind,
        "level": row.system.level,
        "state": row.state.name.lower(),
        "reason": _both(row.reason),
        "offers": [offer.path for offer in row.offers],
    }


def _offer(row: OfferRow) -> dict[str, object]:
    return {
        "offer": row.path,
        "kind": row.kind,
        "kind_title": _both(KINDS[row.kind].title),
        "title": _both(row.title),
        "clauses": list(row.clauses),
        "state": row.state.name.lower(),
        "since": row.since.isoformat() if row.since else None,
        "waits_for": list(row.waits_for),
        "reason": _both(row.reason),
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _name(row: ClauseRow | SystemRow) -> str:
    return row.clause.id if isinstance(row, ClauseRow) else f"{row.clause} {row.system.name}"


def _counts(rows: Iterable[Row]) -> dict[str, int]:
    return {state.name.lower(): count for state, count in totals(rows).items()}


def _sentence(rows: Sequence[Row]) -> str:
    counted = (f"{STATES[state]} {count}" for state, count in totals(rows).items() if count)
    return " · ".join((str(len(rows)), *counted))


def _table(head: Sequence[Text], rows: Iterable[Sequence[object]]) -> str:
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )
