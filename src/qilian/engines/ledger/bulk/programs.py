"""What no resource can say of the book for programs: a batch of thousands, a balance then, a statement, a proof.

A batch is one statement for up to 8,190 transfers of as many accounts, which no form of one row is; the others answer
about a moment or a stretch of rows. Amounts are decimals of the asset's unit, as everywhere outside.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StringConstraints

from qilian.core.house.forms.api import FieldSpec, read
from qilian.core.house.principal import current_principal
from qilian.core.offers.resource.api import visible, written_row
from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text, Unfit
from qilian.engines.ledger.book.api import (
    ACCOUNTS,
    TRANSFERS,
    Account,
    Entry,
    Span,
    Transfer,
    amount_of,
    balance,
    minimal,
    post,
    proof,
    ref_of,
    statement,
)

router = Router()
PAGE, MOST = 200, 8_190
_AT = FieldSpec("at", Text("时间", "At"), "moment", required=False)
_DUE = FieldSpec("due", Text("退回时间", "Goes back at"), "moment", required=False)


class TransferIn(Schema):
    """A wanted transfer; accounts by code. `pending` holds instead of moving, until `due` if given."""

    debit: str
    credit: str
    amount: Decimal
    key: Annotated[str, StringConstraints(pattern=r"\S")]
    pending: bool = False
    due: str = ""
    linked: bool = False
    serials: list[int] | None = None
    cause: str = ""
    words: str = ""


class BatchIn(Schema):
    """Transfers that are booked together, all or none."""

    transfers: list[TransferIn]


class BookedOut(Schema):
    """The answer to one wanted transfer: `ok` was written now, `exists` before."""

    code: str
    key: str
    result: str


@router.post("/batches", response={201: list[BookedOut]}, summary="Book transfers together")
def post_batch(request: HttpRequest, wanted: BatchIn) -> tuple[int, list[BookedOut]]:
    """Book up to 8,190 transfers, all or none; a key counts within the account that pays."""
    if len(wanted.transfers) > MOST:
        message = Text(f"一次最多 {MOST:,} 笔。", f"At most {MOST:,} transfers at once.")
        raise Refusal("ledger.batch_large", message, where="transfers")
    answers = post(actor=current_principal(), entries=_entries(wanted.transfers))
    return 201, [BookedOut(code=each.code, key=each.key, result=each.result) for each in answers]


@router.get("/accounts/{code}/balance", response=dict[str, Any], summary="A balance at any moment")
def get_balance(request: HttpRequest, code: str, at: str = "") -> Mapping[str, Any]:
    """The totals after the last transfer up to a moment; without a zone the moment is in Asia/Shanghai."""
    row: Account = visible(ACCOUNTS, "", code)
    moment = _moment(_AT, at) or clock.now()
    totals = balance(row, at=moment)
    found = {**totals._asdict(), "balance": totals.balance, "available": totals.available}
    return {"at": moment.isoformat(), **{name: format(amount_of(row.asset, each), "f") for name, each in found.items()}}


@router.get("/accounts/{code}/transfers", response=dict[str, Any], summary="A statement")
def get_statement(request: HttpRequest, code: str, before: str = "") -> Mapping[str, Any]:
    """The transfers of an account, the latest first, 200 at a time; `before` is the code of the last one seen."""
    rows = statement(visible(ACCOUNTS, "", code))
    if before:
        rows = rows.filter(pk__lt=visible(TRANSFERS, "", before).pk)
    found = list(rows[: PAGE + 1])
    return {"transfers": [written_row(TRANSFERS, row) for row in found[:PAGE]], "more": len(found) > PAGE}


@router.get("/transfers/{code}/proof", response=dict[str, Any], summary="Proof of a transfer in the audit log")
def get_proof(request: HttpRequest, code: str) -> dict[str, object]:
    """Text, path, root and receipt: all that a stranger needs to verify the row."""
    row: Transfer = visible(TRANSFERS, "", code)
    return proof(row)


def _entries(wanted: Sequence[TransferIn]) -> list[Entry]:
    """Find the accounts of wanted transfers with one query; one that does not exist is refused where it stands."""
    codes = {code for each in wanted for code in (each.debit, each.credit)}
    known = {row.code: row for row in Account.objects.select_related("asset").filter(code__in=codes)}
    return [_entry(known, each, f"transfers.{place}") for place, each in enumerate(wanted)]


def _entry(known: Mapping[str, Account], wanted: TransferIn, where: str) -> Entry:
    debit = _known(known, wanted.debit, f"{where}.debit")
    return Entry(
        debit=debit,
        credit=_known(known, wanted.credit, f"{where}.credit"),
        amount=minimal(debit.asset, wanted.amount),
        key=wanted.key,
        pending=wanted.pending,
        due=_moment(_DUE, wanted.due),
        linked=wanted.linked,
        serials=_span(wanted.serials),
        cause=ref_of(wanted.cause) if wanted.cause else None,
        words=wanted.words,
    )


def _known(known: Mapping[str, Account], code: str, where: str) -> Account:
    if code not in known:
        shown = code[:40]
        message = Text(f"没有账户“{shown}”。", f"There is no account “{shown}”.")
        raise Unfit("ledger.account.unknown", message, where=where)
    return known[code]


def _span(written: list[int] | None) -> Span | None:
    if written is None:
        return None
    if len(written) != 2 or not 1 <= written[0] <= written[1] < 10**12:
        message = Text("编号写成 [起号, 止号]。", "Serial numbers are written [first, last].")
        raise Refusal("ledger.serials_form", message, where="serials")
    return Span(written[0], written[1])


def _moment(field: FieldSpec, written: str) -> datetime | None:
    """A moment as the house reads it: within its years, so that every zone can show it."""
    found = read(field, written)
    return found if isinstance(found, datetime) else None
