"""The book as JSON under /api/v1/ledger/: the same verbs and grants as the pages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from qilian.core.rights.grants.api import current_principal
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book.api import (
    Account,
    Booked,
    Capture,
    Entry,
    GroupCommit,
    Span,
    Totals,
    Transfer,
    Void,
    balance,
    post,
    proof,
    seen_by,
    statement,
    totals_of,
)

from .pages.common import account_or_404, reader, transfer_or_404
from .schemas import (
    AccountOut,
    BalanceOut,
    BatchIn,
    BookedOut,
    CaptureIn,
    StatementOut,
    TransferIn,
    TransferOut,
    VoidIn,
)

router = Router()
GROUP = GroupCommit()
PAGE = 200
MOST = 8_190


@router.get("/accounts", response=list[AccountOut], summary="Accounts that the reader may see")
def get_accounts(request: HttpRequest, asset: str = "", offset: int = 0) -> list[AccountOut]:
    """Accounts in order of opening, 200 at a time, of one asset if it is given."""
    rows = seen_by(reader()).select_related("asset").order_by("pk")
    if asset:
        rows = rows.filter(asset__slug=_plain(asset))
    start = max(0, min(offset, 10**9))
    return [_account(row) for row in rows[start : start + PAGE]]


@router.get("/accounts/{code}", response=AccountOut, summary="One account")
def get_account(request: HttpRequest, code: str) -> AccountOut:
    """One account with its totals now."""
    return _account(account_or_404(_plain(code)))


@router.get("/accounts/{code}/balance", response=BalanceOut, summary="A balance at any moment")
def get_balance(request: HttpRequest, code: str, at: datetime | None = None) -> BalanceOut:
    """The totals after the last transfer up to a moment; without a zone the moment is UTC."""
    moment = at or clock.now()
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return BalanceOut(at=moment, **_totals(balance(account_or_404(_plain(code)), at=moment)))


@router.get("/accounts/{code}/transfers", response=StatementOut, summary="A statement")
def get_statement(request: HttpRequest, code: str, before: str = "") -> StatementOut:
    """The transfers of an account, the latest first, 200 at a time; `before` is the code of the last one seen."""
    rows = statement(account_or_404(_plain(code)))
    if before:
        rows = rows.filter(pk__lt=transfer_or_404(_plain(before)).pk)
    found = list(rows[: PAGE + 1])
    return StatementOut(transfers=[_transfer(row) for row in found[:PAGE]], more=len(found) > PAGE)


@router.get("/transfers/{code}", response=TransferOut, summary="One transfer")
def get_transfer(request: HttpRequest, code: str) -> TransferOut:
    """One row of the book, for who may see a side of it."""
    return _transfer(transfer_or_404(_plain(code)))


@router.get("/transfers/{code}/proof", response=dict[str, Any], summary="Proof of a transfer in the audit log")
def get_proof(request: HttpRequest, code: str) -> dict[str, object]:
    """Text, path, root and receipt: all that a stranger needs to verify the row."""
    return proof(transfer_or_404(_plain(code)))


@router.post("/transfers", response={201: BookedOut}, summary="Book a transfer, or hold")
def post_transfer(request: HttpRequest, wanted: TransferIn) -> tuple[int, BookedOut]:
    """Book one transfer; requests that come at the same time share one commit. Needs the debit account."""
    entry = _entries([wanted])[0]
    return 201, _booked(GROUP.post(actor=current_principal(), entry=entry))


@router.post("/batches", response={201: list[BookedOut]}, summary="Book transfers together")
def post_batch(request: HttpRequest, wanted: BatchIn) -> tuple[int, list[BookedOut]]:
    """Book up to 8,190 transfers, all or none."""
    if len(wanted.transfers) > MOST:
        message = Text(f"一次最多 {MOST:,} 笔。", f"At most {MOST:,} transfers at once.")
        raise Refusal("ledger.batch_large", message, where="transfers")
    answers = post(actor=current_principal(), entries=_entries(wanted.transfers))
    return 201, [_booked(each) for each in answers]


@router.post("/holds/{code}/capture", response={201: BookedOut}, summary="Capture a hold")
def post_capture(request: HttpRequest, code: str, wanted: CaptureIn) -> tuple[int, BookedOut]:
    """Take what a hold keeps, or a part of it. Needs the credit account."""
    entry = Capture(hold=_plain(code), amount=wanted.amount, key=wanted.key, words=wanted.words)
    return 201, _booked(GROUP.post(actor=current_principal(), entry=entry))


@router.post("/holds/{code}/void", response={201: BookedOut}, summary="Give a hold back")
def post_void(request: HttpRequest, code: str, wanted: VoidIn) -> tuple[int, BookedOut]:
    """Give a hold back to the payer. Needs the credit account."""
    entry = Void(hold=_plain(code), key=wanted.key, words=wanted.words)
    return 201, _booked(GROUP.post(actor=current_principal(), entry=entry))


def _entries(wanted: Sequence[TransferIn]) -> list[Entry]:
    """Find the accounts of wanted transfers with one query; an account that does not exist is refused by its code."""
    codes = {_plain(code) for each in wanted for code in (each.debit, each.credit)}
    known = {row.code: row for row in Account.objects.filter(code__in=codes)}
    return [
        Entry(
            debit=_known(known, each.debit),
            credit=_known(known, each.credit),
            amount=each.amount,
            key=each.key,
            pending=each.pending,
            due=_aware(each.due),
            linked=each.linked,
            serials=_span(each.serials),
            cause=_cause(each.cause),
            words=each.words,
        )
        for each in wanted
    ]


def _known(known: dict[str, Account], code: str) -> Account:
    if code not in known:
        raise Refusal("ledger.account_not_found", Text("没有这个账户。", "There is no such account."), where=code)
    return known[code]


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _span(written: list[int] | None) -> Span | None:
    if written is None:
        return None
    if len(written) != 2 or not 1 <= written[0] <= written[1] < 10**12:
        message = Text("编号写成 [起号, 止号]。", "Serial numbers are written [first, last].")
        raise Refusal("ledger.serials_form", message, where="serials")
    return Span(written[0], written[1])


def _cause(written: str) -> Ref | None:
    if not written:
        return None
    try:
        return Ref.parse(written)
    except ValueError:
        message = Text("事由写成“种类:编号”。", "A cause is written kind:id.")
        raise Refusal("ledger.cause_form", message, where="cause") from None


def _plain(written: str) -> str:
    """Words for a look-up; the one character that PostgreSQL cannot hold is left out."""
    return written.replace("\0", "")


def _booked(answer: Booked) -> BookedOut:
    return BookedOut(code=answer.code, key=answer.key, result=answer.result)


def _totals(totals: Totals) -> dict[str, int]:
    return {**totals._asdict(), "balance": totals.balance, "available": totals.available}


def _account(row: Account) -> AccountOut:
    return AccountOut(
        code=row.code, title_zh=row.title_zh, title_en=row.title_en, owner=row.owner, asset=row.asset.slug,
        scale=row.asset.scale, purpose=row.purpose, state=row.state, **_totals(totals_of(row)),
    )  # fmt: skip


def _transfer(row: Transfer) -> TransferOut:
    numbers = [row.first_serial, row.last_serial] if row.first_serial and row.last_serial else []
    return TransferOut(
        code=row.code, key=row.key, kind=row.kind, at=row.at, debit=row.debit.code, credit=row.credit.code,
        asset=row.debit.asset.slug, amount=row.amount, released=row.released,
        pending=row.pending.code if row.pending else "", due=row.due, serials=[n for n in numbers if n],
        cause=row.cause, words=row.words, actor=row.actor,
    )  # fmt: skip
