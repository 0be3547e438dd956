"""What is asked of the whole log again and again, read only since the last time; what waits for its seal."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from qilian.core.house.tables import prepared
from qilian.core.log.events.api import types


def oldest_unsealed(since: datetime | None = None) -> datetime | None:
    """Return when the oldest event was written, since a moment, that has no seal yet; None where all are sealed.

    Looked for behind the last batch, and among the latest events, which is enough in a log that was restored.
    """
    ((oldest,),) = prepared(_OLDEST, [since])
    found: datetime | None = oldest
    return found


_OLDEST = """
    SELECT min(at) FROM (
        (SELECT id, at FROM core_event
         WHERE (transaction, id) > (SELECT transaction, event FROM core_seal_batch ORDER BY id DESC LIMIT 1)
         ORDER BY transaction, id LIMIT 200)
        UNION ALL (SELECT id, at FROM core_event ORDER BY id DESC LIMIT 200)) AS written
    WHERE at >= coalesce(%s::timestamptz, '-infinity')
    AND NOT EXISTS (SELECT FROM core_seal WHERE event_id = written.id)"""


def so_far(*beginnings: str) -> tuple[int, int]:
    """Return how many facts there are whose types begin so (`units.`), and the number of the latest; both only grow.

    What was made from such facts may be kept under the pair: whatever is committed changes it, in any order of commits.
    """
    names = tuple(sorted(name for name, _ in types() if name.startswith(beginnings)))
    known = _COUNTS.get(names, _Counted(None, 0, 0, 0))
    ((log, below, *found),) = _since(_COUNT, names, known)
    if log != known.log:
        known = _Counted(log, 0, 0, 0)
        ((_, below, *found),) = _since(_COUNT, names, known)
    count, latest, settled, last = found
    if log is not None:
        _COUNTS[names] = _Counted(log, below, known.facts + settled, max(known.latest, last))
    return known.facts + count, max(known.latest, latest)


def first_by_offer(types: Sequence[str]) -> dict[tuple[str, str], datetime]:
    """Return when each offer first had an event of each of these types, by offer and type."""
    names = tuple(sorted(types))
    known = _FIRSTS.get(names, _Firsts(None, 0, {}))
    rows = _since(_FIRST, names, known)
    if rows[0][0] != known.log:
        known = _Firsts(rows[0][0], 0, {})
        rows = _since(_FIRST, names, known)
    settled, shown = dict(known.found), dict(known.found)
    for _, _, offer, name, at, at_settled in rows:
        if at is not None:
            shown[offer, name] = min(at, shown.get((offer, name), at))
        if at_settled is not None:
            settled[offer, name] = min(at_settled, settled.get((offer, name), at_settled))
    if known.log is not None:
        _FIRSTS[names] = _Firsts(known.log, rows[0][1], settled)
    return shown


class _Counted(NamedTuple):
    """What was read of a log: below the oldest transaction that ran then, nothing can appear any more."""

    log: str | None  # transaction and digest of its first event: another first event, another log
    below: int
    facts: int
    latest: int


class _Firsts(NamedTuple):
    log: str | None
    below: int
    found: Mapping[tuple[str, str], datetime]


_COUNTS: dict[tuple[str, ...], _Counted] = {}
_FIRSTS: dict[tuple[str, ...], _Firsts] = {}
_SINCE = """
    SELECT log, below, {columns} FROM (
        SELECT (SELECT transaction::text || encode(digest, 'hex') FROM core_event ORDER BY id LIMIT 1) AS log,
               pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS below OFFSET 0) AS now
    LEFT JOIN core_event AS event ON transaction >= %s::bigint AND type = ANY(%s::text[]) {more}
    GROUP BY {group}"""
_COUNT = _SINCE.format(
    columns="""count(event.id), coalesce(max(event.id), 0), count(event.id) FILTER (WHERE transaction < below),
               coalesce(max(event.id) FILTER (WHERE transaction < below), 0)""",
    more="",
    group="log, below",
)
_FIRST = _SINCE.format(
    columns="offer, type, min(at), min(at) FILTER (WHERE transaction < below)",
    more="AND offer <> ''",
    group="log, below, offer, type",
)


def _since(statement: str, names: Sequence[str], known: _Counted | _Firsts) -> list[tuple[Any, ...]]:
    return prepared(statement, [str(known.below), list(names)])
