"""The book on PostgreSQL: accounts locked in order, a batch written by one statement and a COPY, never row by row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, connection
from psycopg import Cursor
from psycopg.errors import UniqueViolation

from qilian.core.house.tables import prepared

from . import kernel
from .drafting import SILENT, Pending, PreparedBatch
from .kernel import Leaves, Piece, Row, Span, Totals
from .models import Holding

_LOCK = """
    SELECT account.id, asset_id, slug, asset.kind, serial, rule, state, final, engine,
           (extract(epoch FROM moved_at) * 1000000)::bigint,
           debits_posted, credits_posted, debits_pending, credits_pending, restrained
    FROM ledger_account AS account JOIN ledger_asset AS asset ON asset.id = account.asset_id
    WHERE account.id = ANY(%s::bigint[]) ORDER BY account.id FOR NO KEY UPDATE OF account"""
_KNOWN = "SELECT code, digest FROM ledger_transfer WHERE code = ANY(%s)"
_PENDING = """
    SELECT row.code, row.id, row.asset_id, row.debit_id, row.credit_id, row.amount, row.first_serial, row.last_serial
    FROM ledger_transfer AS row JOIN ledger_hold AS hold ON hold.transfer_id = row.id WHERE row.code = ANY(%s)"""
_HOLDS = "SELECT transfer_id, state, due FROM ledger_hold WHERE transfer_id = ANY(%s)"
_COLUMNS = """code, key, kind, batch_id, at, actor, asset_id, debit_id, credit_id, amount, released,
    pending_id, due, chain, first_serial, last_serial, cause, words, digest,
    debit_debits, debit_credits, debit_debits_pending, debit_credits_pending,
    credit_debits, credit_credits, credit_debits_pending, credit_credits_pending"""
_COPY = f"COPY ledger_transfer ({_COLUMNS}) FROM STDIN"
_HOLD = """
    INSERT INTO ledger_hold (transfer_id, debit_id, credit_id, amount, due, basis, state, failure)
    SELECT id, debit_id, credit_id, amount, due, '', 'open', '' FROM ledger_transfer
    WHERE code = ANY(%s)"""
_RESOLVE = """
    UPDATE ledger_hold AS hold SET state = done.state
    FROM unnest(%s::bigint[], %s::text[]) AS done (transfer, state) WHERE hold.transfer_id = done.transfer"""
_HEAD = """
    WITH batch AS (
        INSERT INTO ledger_batch (code, at, rows, root, event)
        VALUES (%s, %s, %s::integer, %s, %s::bigint) RETURNING id
    ), moved AS (
        UPDATE ledger_account AS account SET moved_at = %s, debits_posted = fresh.a, credits_posted = fresh.b,
               debits_pending = fresh.c, credits_pending = fresh.d
        FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS fresh (id, a, b, c, d)
        WHERE account.id = fresh.id RETURNING account.id
    )"""
_BATCH = f"{_HEAD} SELECT batch.id, (SELECT count(*) FROM moved) FROM batch"
_TYPES = ["text"] * 3 + ["bigint", "timestamptz", "text"] + ["bigint"] * 6 + ["timestamptz"] + ["bigint"] * 3
_TYPES += ["text"] * 2 + ["bytea"] + ["bigint"] * 8
_PLACE = 3  # of the batch's number
_PLACES = [f"%s::{name}" for name in _TYPES]
_PLACES[_PLACE] = "batch.id"
_ALONE = f"""{_HEAD}, written AS (
        INSERT INTO ledger_transfer ({_COLUMNS}) SELECT {", ".join(_PLACES)} FROM batch RETURNING id
    ) SELECT batch.id, (SELECT count(*) FROM moved) FROM batch"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING = "\\N"  # how COPY writes that there is nothing
_SIMPLE = "\t".join([_NOTHING] * 5 + ["", ""])  # no pending row, due, chain, serial numbers; no cause, no words


class Opened(NamedTuple):
    """The part of the book that a batch works on, locked until the end of the transaction."""

    state: kernel.State
    at: datetime  # not before the latest row of any of its accounts
    assets: Mapping[int, tuple[str, str]]  # slug and kind


class Head(NamedTuple):
    """What stands at the head of a batch: its public code, the root of its rows' tree, the event that carries it."""

    code: str
    root: bytes
    event: int


class Sheet(NamedTuple):
    """A batch on its way into the table: what was opened and drafted, and who wants each of its entries."""

    opened: Opened
    draft: PreparedBatch
    pending: Mapping[str, Pending]
    actors: Sequence[str]


def pendings(codes: Sequence[str]) -> dict[str, Pending]:
    """The pending rows with these codes; what does not exist is absent."""
    found = {}
    for code, *plain, first, last in _rows(_PENDING, [list(codes)]) if codes else ():
        found[code] = Pending._make((*plain, Span(first, last) if first else None))
    return found


def opened(
    *,
    accounts: Iterable[int],
    keys: Sequence[str],
    holds: Mapping[str, Pending],
    spans: Mapping[int, Sequence[Span]],
    now: datetime,
) -> Opened:
    """Lock accounts in the order of their keys and read what a batch needs; `spans` are serial numbers by asset."""
    state: dict[int, kernel.Account] = {}
    assets: dict[int, tuple[str, str]] = {}
    latest = 0
    for row in prepared(_LOCK, [_array(accounts)]):
        number, asset, slug, kind, serial, rule, word, final, engine, moved, *totals = row
        state[number] = kernel.Account(number, asset, rule, word, final, serial, Totals(*totals), engine)
        assets[asset] = (slug, kind)
        latest = max(latest, moved)
    known = {code: bytes(digest) for code, digest in _rows(_KNOWN, [list(keys)])} if keys else {}
    numbers = {asset: pieces(asset, each) for asset, each in spans.items()}
    at = max(now, _EPOCH + timedelta(microseconds=latest))
    return Opened(kernel.State(state, known, _holds(holds), numbers), at, assets)


def pieces(asset: int, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The pieces of an asset that touch one of the spans or lie beside it."""
    rows = Holding.objects.none()
    for span in spans:
        rows = rows | Holding.objects.filter(asset=asset, first__lte=span.last + 1, last__gte=span.first - 1)
    return tuple(sorted(Piece(*each) for each in rows.values_list("first", "last", "account_id", "reserved")))


def write(rows: Sequence[Row], sheet: Sheet, leaves: Leaves, head: Head, moved: Mapping[int, Totals]) -> None:
    """Write a batch, its rows and the totals of the accounts that it moved.

    One row goes with its batch in one statement that the server knows already; many by COPY. Refusal
    `ledger.key_reused` when another batch took a key meanwhile: two batches that race for one key touch different
    accounts, else the lock would part them, so their content differs.
    """
    at = sheet.opened.at
    values = _head_values(rows, head, moved, at)
    try:
        if len(rows) == 1:
            _count(moved, prepared(_ALONE, [*values, *_alone(rows[0], sheet, leaves)]))
        else:
            _copy(rows, sheet, leaves, _count(moved, prepared(_BATCH, values)))
    except (IntegrityError, UniqueViolation) as error:  # COPY speaks past Django, so the driver's own error comes
        if not isinstance(error, UniqueViolation) and not isinstance(error.__cause__, UniqueViolation):
            raise
        raise kernel.refusal_of("key_reused", sheet.draft.keys[0]) from error


def _head_values(rows: Sequence[Row], head: Head, moved: Mapping[int, Totals], at: datetime) -> list[object]:
    columns = zip(*((number, *totals[:4]) for number, totals in moved.items()), strict=True)
    return [head.code, at, str(len(rows)), head.root, str(head.event), at, *map(_array, columns)]


def _count(moved: Mapping[int, Totals], answer: Sequence[Sequence[int]]) -> int:
    """The batch's number, when the statement touched every account that the batch moves."""
    ((batch, written),) = answer
    assert written == len(moved), "an account that a batch moves is not there"
    return batch


def _copy(rows: Sequence[Row], sheet: Sheet, leaves: Leaves, batch: int) -> None:
    head = f"{batch}\t{sheet.opened.at.isoformat()}"
    lines = [
        _line(row, sheet, head, digest, after)
        for row, digest, after in zip(rows, leaves.digests, leaves.totals, strict=True)
    ]
    with Cursor(connection.connection) as cursor, cursor.copy(_COPY) as copy:
        copy.write("".join(lines))


def _alone(row: Row, sheet: Sheet, leaves: Leaves) -> list[str | None]:
    """The values of a row by itself: its line for COPY, read back, without the batch's number."""
    line = _line(row, sheet, f"\t{sheet.opened.at.isoformat()}", leaves.digests[0], leaves.totals[0])
    cells = line[:-1].split("\t")
    del cells[_PLACE]
    return [None if cell == _NOTHING else cell.replace("\\\\", "\\") for cell in cells]


def write_holds(rows: Sequence[Row], pending: Mapping[str, Pending]) -> None:
    """Open the holds of a batch's pending rows, and close those that it resolves."""
    fresh = [row.command.key for row in rows if row.command.kind == "pending"]
    if fresh:
        _run(_HOLD, [fresh])
    states = {"post": "posted", "void": "voided", "expire": "expired"}
    done = [(pending[row.command.pending].id, states[row.command.kind]) for row in rows if row.command.pending]
    if done:
        _run(_RESOLVE, [[number for number, _ in done], [state for _, state in done]])


def write_pieces(asset: int, before: Sequence[Piece], after: Sequence[Piece]) -> None:
    """Replace the pieces that changed; Refusal `ledger.serials_taken` when somebody else issued a number meanwhile."""
    gone, fresh = set(before) - set(after), sorted(set(after) - set(before))
    Holding.objects.filter(asset=asset, first__in=[piece.first for piece in gone]).delete()
    rows = [
        Holding(asset_id=asset, account_id=p.account, first=p.first, last=p.last, reserved=p.reserved) for p in fresh
    ]
    try:
        Holding.objects.bulk_create(rows)
    except IntegrityError as error:
        if "ledger_holding_once" in str(error):
            raise kernel.refusal_of("serials_taken", str(asset)) from error
        raise


def _line(row: Row, sheet: Sheet, head: str, digest: str, after: str) -> str:
    """A row as a line of COPY in text form."""
    (code, _, _, _, _, kind, pending, due, _, _), debit, credit, amount, released, serials, _, _, place = row
    draft, actor, asset = sheet.draft, _plain(sheet.actors[place]), sheet.opened.state.accounts[debit].asset
    key, about, chain = _plain(draft.keys[place]), draft.about[place], draft.chains[place]
    if kind == "single" and about is SILENT and chain is None and serials is None:
        rest = _SIMPLE
    else:
        parent = sheet.pending[pending].id if pending else _NOTHING
        first, last = serials or (_NOTHING, _NOTHING)
        link = _NOTHING if chain is None else chain
        rest = f"{parent}\t{due.isoformat() if due else _NOTHING}\t{link}\t{first}\t{last}\t"
        rest += "\t".join(map(_plain, about))
    totals = after.replace(",", "\t")
    sides = f"{head}\t{actor}\t{asset}\t{debit}\t{credit}\t{amount}\t{released}"
    return f"{code}\t{key}\t{kind}\t{sides}\t{rest}\t\\\\x{digest}\t{totals}\n"


def _plain(text: str) -> str:
    """Text for COPY: it is printable, so only the backslash has a meaning of its own."""
    return text.replace("\\", "\\\\") if "\\" in text else text


def _array(numbers: Iterable[int]) -> str:
    """Whole numbers as PostgreSQL writes an array: the driver looks at each by itself."""
    return f"{{{','.join(map(str, numbers))}}}"


def _holds(found: Mapping[str, Pending]) -> dict[str, kernel.Hold]:
    if not found:
        return {}
    states = {number: (state, due) for number, state, due in _rows(_HOLDS, [[each.id for each in found.values()]])}
    return {
        code: kernel.Hold(each.debit, each.credit, each.amount, states[each.id][1], states[each.id][0], each.serials)
        for code, each in found.items()
    }


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _run(statement: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
