"""What two people do with something unmatched: match it, book it, correct the book, or reverse a transfer."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit, salted
from qilian.core.log.proofs.api import swear
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text, public_code, required_text
from qilian.core.work.approvals import api as approvals
from qilian.engines.ledger.banking.events import (
    ResolutionApproved,
    ResolutionProposed,
    ResolutionRejected,
    ResolutionWithdrawn,
)
from qilian.engines.ledger.banking.models import BankAccount, Match, Resolution, StatementLine
from qilian.engines.ledger.banking.queries import line_coded, matched, ref, signed
from qilian.engines.ledger.banking.rights import APPROVE, PROPOSE, scope_of
from qilian.engines.ledger.banking.words import KINDS
from qilian.engines.ledger.book.api import Account, Entry, Transfer, post, transfer_coded

from .common import ENGINE, locked, sum_rows

DECIDING: approvals.Approval[Resolution] = approvals.Approval(
    "banking.resolution",
    APPROVE,
    scope=lambda row: scope_of(row.bank_account),
    ref=ref,
    title=lambda row: Text(
        f"对账处理（{KINDS[row.kind].zh}）：{row.bank_account.bank}",
        f"bank account, {KINDS[row.kind].en}: {row.bank_account.bank}",
    ),
    url=lambda row: f"/banking/resolutions/{row.code}/",
)
"""How what is proposed for something unmatched waits for the person who decides."""


def propose_match(
    *,
    actor: Principal,
    line: StatementLine,
    transfer: Transfer,
    reason: str,
    more_lines: Sequence[StatementLine] = (),
    more_transfers: Sequence[Transfer] = (),
) -> Resolution:
    """Propose that a line and a transfer are the same payment, or that several of one side make the other together.

    Refusals: `grants.denied`, `approvals.person`, `text.…`, `banking.match.amount` when they are not equal,
    `banking.match.several` when both sides have several or one stands twice, `banking.line.matched`,
    `banking.line.foreign`, `banking.transfer.matched`, `banking.transfer.foreign`, `banking.resolution.waiting`.
    """
    more = {"lines": [each.code for each in more_lines], "transfers": [each.code for each in more_transfers]}
    return _propose(actor, line.bank_account, "match", reason, line=line, transfer=transfer, more=more)


def propose_booking(*, actor: Principal, line: StatementLine, counter: Account, reason: str) -> Resolution:
    """Propose to book a line that the book does not know, against an account: suspense, a party's, the holder's own.

    Refusals: as for `propose_match`, and `banking.counter` when the account is not of this currency or the bank's own.
    """
    return _propose(actor, line.bank_account, "book", reason, line=line, counter=counter)


def propose_correction(*, actor: Principal, line: StatementLine, transfer: Transfer, reason: str) -> Resolution:
    """Propose to put a wrong transfer right: it is reversed and booked again with the line's amount.

    Refusals: as for `propose_match`, `banking.correct.equal` when there is nothing to correct, `banking.correct.side`
    when one came in and the other went out.
    """
    return _propose(actor, line.bank_account, "correct", reason, line=line, transfer=transfer)


def propose_reversal(*, actor: Principal, bank_account: BankAccount, transfer: Transfer, reason: str) -> Resolution:
    """Propose to reverse a transfer that never reached the bank. Refusals: as for `propose_match`."""
    return _propose(actor, bank_account, "reverse", reason, transfer=transfer)


@transaction.atomic
def approve(*, actor: Principal, resolution: Resolution) -> Resolution:
    """Carry out what somebody else proposed; the rules are asked again, since others may have matched meanwhile.

    Refusals: `grants.denied`, `approvals.person`, `approvals.oneself`, `approvals.decided`, those of proposing, and
    those of the book (`ledger.exceeds_credits` …).
    """
    account = locked(resolution.bank_account)
    row = approvals.approve(actor=actor, approval=DECIDING, row=resolution)
    row.bank_account = account
    _check(account, row)
    posted = _carry_out(actor, account, row)
    swear(row, actor=actor, only=approvals.DECIDED)
    proposer = f"core.person:{row.proposed_by.code}"
    body = ResolutionApproved(row.code, row.kind, proposer, tuple(each.code for each in posted))
    _tell(actor, account, row, body)
    return row


@transaction.atomic
def reject(*, actor: Principal, resolution: Resolution, reason: str) -> Resolution:
    """Turn down what somebody else proposed, with a reason. Refusals: as for `approve`, and `text.…`."""
    row = approvals.reject(actor=actor, approval=DECIDING, row=resolution, reason=reason)
    swear(row, actor=actor, only=approvals.DECIDED)
    _tell(actor, row.bank_account, row, ResolutionRejected(row.code, row.kind, row.answer))
    return row


@transaction.atomic
def withdraw(*, actor: Principal, resolution: Resolution) -> Resolution:
    """Take back what one proposed oneself. Refusals: `approvals.not_own`, `approvals.decided`."""
    row = approvals.withdraw(actor=actor, approval=DECIDING, row=resolution)
    swear(row, actor=actor, only=approvals.DECIDED)
    _tell(actor, row.bank_account, row, ResolutionWithdrawn(row.code, row.kind))
    return row


@transaction.atomic
def _propose(
    actor: Principal,
    bank_account: BankAccount,
    kind: str,
    reason: str,
    *,
    line: StatementLine | None = None,
    transfer: Transfer | None = None,
    counter: Account | None = None,
    more: Mapping[str, list[str]] | None = None,
) -> Resolution:
    account = locked(bank_account)
    require(actor, PROPOSE, scope_of(account))
    row = Resolution(bank_account=account, kind=kind, line=line, transfer=transfer, counter=counter, more=more or {})
    row.reason = required_text(reason, "reason", Text("理由", "reason"), most=300)
    _check(account, row)
    _refuse_waiting(account, row)
    approvals.propose(actor=actor, approval=DECIDING, row=row)
    swear(row, actor=actor)
    party = salted(unseal(line.name), row.salt.encode()) if line is not None and line.name else ""
    told_line, told_transfer = line.code if line else "", transfer.code if transfer else ""
    _tell(actor, account, row, ResolutionProposed(row.code, kind, told_line, told_transfer, party, row.reason))
    return row


def _check(account: BankAccount, row: Resolution) -> None:
    """What must hold when it is proposed and again when it is carried out."""
    lines, transfers = members(row)
    if Match.objects.filter(line__in=lines).exists():
        raise _no("line.matched", Text("这一行已经对上了。", "This line is matched already."))
    if any(line.bank_account_id != account.pk for line in lines):
        raise _no("line.foreign", Text("这一行不是这个银行账户的。", "This line is not of this bank account."))
    for transfer in transfers:
        _check_transfer(account, transfer)
    if row.counter is not None:
        _check_counter(account, row.counter)
    if row.kind in ("match", "correct"):
        _check_members(lines, transfers)
        _check_amounts(account, row.kind, lines, transfers)


def members(row: Resolution) -> tuple[list[StatementLine], list[Transfer]]:
    """The lines and the transfers that a resolution is about, the first of each first."""
    lines = [row.line] if row.line is not None else []
    transfers = [row.transfer] if row.transfer is not None else []
    lines += [line_coded(code) for code in row.more.get("lines", ())]
    transfers += [transfer_coded(code) for code in row.more.get("transfers", ())]
    return lines, transfers


def _check_members(lines: Sequence[StatementLine], transfers: Sequence[Transfer]) -> None:
    twice = len({each.pk for each in lines}) < len(lines) or len({each.pk for each in transfers}) < len(transfers)
    if twice or (len(lines) > 1 and len(transfers) > 1):
        message = Text(
            "只能是几行对一笔，或一行对几笔，每个只算一次。",
            "Several lines make one transfer, or one line several transfers, each of them once.",
        )
        raise _no("match.several", message)


def _check_transfer(account: BankAccount, transfer: Transfer) -> None:
    if account.account_id not in (transfer.debit_id, transfer.credit_id) or transfer.kind not in ("single", "post"):
        raise _no(
            "transfer.foreign", Text("这笔记账不经过这个银行账户。", "This transfer is not of this bank account.")
        )
    if matched(account, transfer):
        raise _no("transfer.matched", Text("这笔记账已经对上了。", "This transfer is matched already."))


def _check_counter(account: BankAccount, counter: Account) -> None:
    if counter.pk == account.account_id or counter.asset_id != account.account.asset_id or counter.state == "closed":
        raise _no("counter", Text("不能记到这个账户。", "It cannot be booked against this account."), where="counter")


def _check_amounts(
    account: BankAccount, kind: str, lines: Sequence[StatementLine], transfers: Sequence[Transfer]
) -> None:
    at_bank, in_book = sum(each.fen for each in lines), sum(signed(account, each) for each in transfers)
    if kind == "match" and at_bank != in_book:
        message = Text(
            f"金额不同：银行 {Money(at_bank)}，账本 {Money(in_book)}。",
            f"The amounts differ: {Money(at_bank)} at the bank, {Money(in_book)} in the book.",
        )
        raise _no("match.amount", message, remedy=Text("请用“更正”办理。", "Use a correction."))
    if kind == "correct" and at_bank == in_book:
        raise _no("correct.equal", Text("金额相同，不需要更正。", "The amounts agree: nothing is to be corrected."))
    if kind == "correct" and (at_bank > 0) != (in_book > 0):
        raise _no("correct.side", Text("一收一支，不是同一笔款。", "One came in and the other went out."))


def _refuse_waiting(account: BankAccount, row: Resolution) -> None:
    waiting = Resolution.objects.filter(bank_account=account, state="proposed")
    lines, transfers = ({each.pk for each in side} for side in members(row))
    if any(
        lines & {each.pk for each in ours} or transfers & {each.pk for each in theirs}
        for ours, theirs in map(members, waiting)
    ):
        raise _no("resolution.waiting", Text("已有待批准的处理。", "A resolution of it waits for its approval."))


def _carry_out(actor: Principal, account: BankAccount, row: Resolution) -> list[Transfer]:
    """Book what the resolution needs and match both sides; return the transfers that were booked."""
    if row.kind == "match":
        lines, transfers = members(row)
        keys = [each.pk for each in lines], [each.pk for each in transfers]
        if len(lines) == len(transfers) == 1:
            _match(account, row, transfers[0], lines[0])
        else:
            Match.objects.bulk_create(sum_rows(account, *keys, rule="match", resolution=row))
        return []
    if row.kind == "book":
        assert row.line is not None and row.counter is not None
        (fresh,) = _post(actor, row, [_entry(account, row.counter, row.line.fen)])
        _match(account, row, fresh, row.line)
        return [fresh]
    wrong = row.transfer
    assert wrong is not None
    other = wrong.credit if wrong.debit_id == account.account_id else wrong.debit
    back = _entry(account, other, -signed(account, wrong))
    if row.kind == "reverse":
        (undone,) = _post(actor, row, [back])
        _undo(account, row, wrong, undone)
        return [undone]
    assert row.line is not None
    right = _entry(account, other, row.line.fen)
    first_right = row.line.fen > 0  # so that neither account has too little in between
    booked = _post(actor, row, [right, back] if first_right else [back, right])
    fresh, undone = booked if first_right else reversed(booked)
    _undo(account, row, wrong, undone)
    _match(account, row, fresh, row.line)
    return booked


def _entry(account: BankAccount, other: Account, fen: int) -> tuple[Account, Account, int]:
    """Debit, credit and amount of what moves the bank account by so many fen."""
    return (account.account, other, fen) if fen > 0 else (other, account.account, -fen)


def _post(actor: Principal, row: Resolution, wanted: Sequence[tuple[Account, Account, int]]) -> list[Transfer]:
    entries = [
        Entry(
            debit=debit,
            credit=credit,
            amount=amount,
            key=f"{ref(row)}:{place}",
            linked=place < len(wanted),
            cause=ref(row),
            words=row.reason,
        )
        for place, (debit, credit, amount) in enumerate(wanted, 1)
    ]
    booked = post(actor=actor, entries=entries, engine=ENGINE, offer=row.bank_account.offer)
    return [transfer_coded(each.code) for each in booked]


def _match(account: BankAccount, row: Resolution, transfer: Transfer, line: StatementLine | None) -> None:
    Match.objects.create(
        bank_account=account, transfer=transfer, line=line, rule=row.kind, resolution=row, at=clock.now()
    )


def _undo(account: BankAccount, row: Resolution, wrong: Transfer, undone: Transfer) -> None:
    pair = public_code()
    for each in (wrong, undone):
        Match.objects.create(
            bank_account=account, transfer=each, pair=pair, rule=row.kind, resolution=row, at=clock.now()
        )


def _tell(actor: Principal, account: BankAccount, row: Resolution, body: object) -> None:
    fen = row.line.fen if row.line is not None else signed(account, row.transfer) if row.transfer else 0
    emit(body, actor=actor, subject=ref(account), unit=account.unit, offer=account.offer, money=Money(fen))


def _no(code: str, message: Text, *, where: str = "", remedy: Text | None = None) -> Refusal:
    return Refusal(f"banking.{code}", message, where=where, remedy=remedy)
