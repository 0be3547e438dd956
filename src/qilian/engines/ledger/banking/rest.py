"""Banking as JSON under /api/v1/banking/: the same verbs and grants as the pages; amounts in fen, parties masked."""

from datetime import date

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from qilian.core.house.principal import current_principal
from qilian.core.rights.grants.api import require
from qilian.engines.ledger.book.api import account_coded, transfer_coded

from . import services as verbs
from .models import BankAccount, Resolution, Statement
from .queries import (
    bank_account_coded,
    bank_accounts,
    ledger_fen,
    line_coded,
    problems_of,
    reconciliation,
    resolution_coded,
    statement_coded,
    told_of,
    unmatched_lines,
    unmatched_transfers,
)
from .rights import VIEW, scope_of

router = Router()
MEMBERS_MAX = 100


class BankAccountOut(Schema):
    """A bank account with both balances."""

    code: str
    bank: str
    tail: str
    currency: str
    bank_fen: int
    ledger_fen: int


class BankDifferenceOut(Schema):
    """Something that only one side knows, and what it does to the difference."""

    at_bank: bool
    code: str
    day: date
    days: int
    effect: int


class ReconciliationOut(Schema):
    """Bank and book, and everything between them."""

    bank: int
    ledger: int
    difference: int
    unexplained: int
    at_zero: bool
    differences: list[BankDifferenceOut]


class ProblemOut(Schema):
    """One problem of a file at its row."""

    row: int
    zh: str
    en: str


class BankStatementOut(Schema):
    """A statement that was brought: `left` counts rows that became no entry, by reason; `notes` are no problems."""

    code: str
    state: str
    lines: int
    known: int
    passed: int
    inflow: int
    outflow: int
    left: dict[str, int]
    notes: list[ProblemOut]
    opening: int | None
    closing: int | None
    problem_count: int
    problems: list[ProblemOut]


class ResolutionIn(Schema):
    """What to do with a line: `match` or `correct` with a transfer, `book` with a counter account (by their codes).

    `match` takes further lines or further transfers that make the same sum together.
    """

    kind: str
    transfer: str = ""
    counter: str = ""
    more_lines: list[str] = []
    more_transfers: list[str] = []
    reason: str


class ResolutionOut(Schema):
    """A resolution."""

    code: str
    kind: str
    state: str
    reason: str


@router.get("/accounts", response=list[BankAccountOut], summary="Bank accounts that you may see")
def get_accounts(request: HttpRequest) -> list[BankAccountOut]:
    """All bank accounts within your grants."""
    return [_account(row) for row in bank_accounts(current_principal())]


@router.get("/accounts/{code}/reconciliation", response=ReconciliationOut, summary="Bank and book, and the differences")
def get_reconciliation(request: HttpRequest, code: str) -> ReconciliationOut:
    """Needs `banking.view`."""
    row = bank_account_coded(code)
    require(current_principal(), VIEW, scope_of(row))
    found = reconciliation(row)
    codes = dict(unmatched_lines(row).values_list("pk", "code"))
    transfers = dict(unmatched_transfers(row).values_list("pk", "code"))
    return ReconciliationOut(
        bank=found.bank,
        ledger=found.ledger,
        difference=found.difference,
        unexplained=found.unexplained,
        at_zero=found.at_zero,
        differences=[
            BankDifferenceOut(
                at_bank=each.at_bank,
                code=(codes if each.at_bank else transfers).get(each.side.key, ""),
                day=each.side.day,
                days=each.days,
                effect=each.effect,
            )
            for each in found.differences
        ],
    )


@router.post("/accounts/{code}/statements", response={201: BankStatementOut}, summary="Bring a bank file")
def post_statement(request: HttpRequest, code: str, file: File[UploadedFile]) -> tuple[int, BankStatementOut]:
    """CSV, .xlsx, camt.05x or MT940; it is checked, nothing is booked yet. Needs `banking.import`."""
    account = bank_account_coded(code)
    name = file.name or "statement"
    row = verbs.bring(actor=current_principal(), bank_account=account, name=name, content=file.chunks)
    return 201, _statement(row)


@router.post("/statements/{code}/booking", response=BankStatementOut, summary="Book a checked statement")
def post_booking(request: HttpRequest, code: str) -> BankStatementOut:
    """All of it or nothing, a long one by the worker; certain matches are made at once. Needs `banking.import`."""
    return _statement(verbs.ask_to_book(actor=current_principal(), statement=statement_coded(code)))


@router.post("/lines/{code}/resolutions", response={201: ResolutionOut}, summary="Propose what to do with a line")
def post_resolution(request: HttpRequest, code: str, asked: ResolutionIn) -> tuple[int, Resolution]:
    """Another person decides. Needs `banking.propose`."""
    actor, line = current_principal(), line_coded(code)
    if asked.kind == "book":
        counter = account_coded(asked.counter)
        return 201, verbs.propose_booking(actor=actor, line=line, counter=counter, reason=asked.reason)
    transfer = transfer_coded(asked.transfer)
    if asked.kind != "match":
        return 201, verbs.propose_correction(actor=actor, line=line, transfer=transfer, reason=asked.reason)
    lines = [line_coded(each) for each in asked.more_lines[:MEMBERS_MAX]]
    transfers = [transfer_coded(each) for each in asked.more_transfers[:MEMBERS_MAX]]
    return 201, verbs.propose_match(
        actor=actor, line=line, transfer=transfer, reason=asked.reason, more_lines=lines, more_transfers=transfers
    )


@router.post("/resolutions/{code}/approval", response=ResolutionOut, summary="Approve what somebody else proposed")
def post_approval(request: HttpRequest, code: str) -> Resolution:
    """Needs `banking.approve`; never one's own."""
    return verbs.approve(actor=current_principal(), resolution=resolution_coded(code))


def _account(row: BankAccount) -> BankAccountOut:
    return BankAccountOut(
        code=row.code,
        bank=row.bank,
        tail=row.number[-4:],
        currency=row.currency,
        bank_fen=row.bank_fen,
        ledger_fen=ledger_fen(row),
    )


def _statement(row: Statement) -> BankStatementOut:
    told = told_of(row)
    return BankStatementOut(
        code=row.code,
        state=row.state,
        lines=row.lines_read,
        known=row.lines_known,
        passed=row.lines_passed,
        inflow=row.inflow,
        outflow=row.outflow,
        left=dict(told.left),
        notes=[ProblemOut(row=at, zh=said.zh, en=said.en) for at, said in told.notes],
        opening=row.opening,
        closing=row.closing,
        problem_count=row.problem_count,
        problems=[ProblemOut(row=each.row, zh=each.message.zh, en=each.message.en) for each in problems_of(row)],
    )
