"""What two people decide: an adjustment between lines, and the close of a fiscal year."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.proofs.api import swear
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text, required_text
from qilian.core.work.approvals import api as approvals
from qilian.engines.ledger.budgets import kernel
from qilian.engines.ledger.budgets.events import (
    Adjusted,
    DecisionProposed,
    DecisionRejected,
    DecisionWithdrawn,
    LineClosed,
    YearClosed,
)
from qilian.engines.ledger.budgets.models import Commitment, Decision, FiscalYear, Line, Programme, Tranche
from qilian.engines.ledger.budgets.queries import asked, lines_of, position_of, ref, unpaid_of
from qilian.engines.ledger.budgets.rights import APPROVE, PROPOSE, scope_of
from qilian.engines.ledger.budgets.words import KINDS

from .commitments import write_commitment
from .common import locked_line, make, places_of, year_of
from .programmes import new_line, open_year
from .waiting import lay, take

DECIDING: approvals.Approval[Decision] = approvals.Approval(
    "budgets.decision",
    APPROVE,
    scope=lambda row: scope_of(row.programme),
    ref=ref,
    title=lambda row: Text(
        f"{KINDS[row.kind].zh}：{row.programme.title_zh}", f"{KINDS[row.kind].en}: {row.programme.title_en}"
    ),
    url=lambda row: f"/budgets/decisions/{row.code}/",
)
"""How the decisions of budgets wait for the person who decides."""


@transaction.atomic
def adjust(*, actor: Principal, source: Line, target: Line, amount: Money, reason: str) -> Decision:
    """Propose to move what is available to another line of the same programme and year; another person decides.

    Refusals: `grants.denied`, `approvals.person`, `text.…`, `budgets.adjust.other`, and those of the rule now:
    `budgets.amount`, `budgets.adjust.same`, `budgets.exhausted`, `budgets.year.closed`.
    """
    programme = source.year.programme
    require(actor, PROPOSE, scope_of(programme))
    _check_pair(source, target)
    kernel.adjust(source.code, target.code, position_of(source), amount.fen)
    content = {"source": source.code, "target": target.code, "fen": amount.fen}
    return _propose(actor, programme, "adjust", content, reason)


@transaction.atomic
def close_year(
    *, actor: Principal, programme: Programme, year: int, choices: Mapping[str, str], reason: str
) -> Decision:
    """Propose the close of a year: for each line (by its number) `lapse` or `carry`; another person decides.

    Refusals: `grants.denied`, `approvals.person`, `text.…`, `budgets.year.…`, `budgets.close.choice` when a line
    has no choice, `budgets.close.committed`, `budgets.close.waiting` while another proposal to close waits.
    """
    require(actor, PROPOSE, scope_of(programme))
    row = _year(programme, year)
    kernel.closable(year_of(row), clock.today())
    if Decision.objects.filter(programme=programme, kind="close", state="proposed", content__year=year).exists():
        message = Text("这个年度已有待批准的结转。", "A proposal to close this year waits for its decision.")
        raise Refusal("budgets.close.waiting", message, where="year")
    by_code = {}
    for line in lines_of(programme, year):
        by_code[line.code] = choices.get(line.number, "")
        kernel.close_line(line.code, "", position_of(line), _open_commitments(line), by_code[line.code])
    return _propose(actor, programme, "close", {"year": year, "choices": by_code}, reason)


@transaction.atomic
def approve(*, actor: Principal, decision: Decision) -> Decision:
    """Carry out what somebody else proposed; the rules are asked again, since balances may have moved.

    Refusals: `grants.denied`, `approvals.person`, `approvals.oneself`, `approvals.decided`, and those of the rule.
    """
    row = approvals.approve(actor=actor, approval=DECIDING, row=decision)
    if row.kind == "adjust":
        _adjust(actor, row)
    else:
        _close(actor, row)
    swear(row, actor=actor, only=approvals.DECIDED)
    return row


@transaction.atomic
def reject(*, actor: Principal, decision: Decision, reason: str) -> Decision:
    """Turn down what somebody else proposed, with a reason.

    Refusals: `grants.denied`, `approvals.person`, `approvals.oneself`, `approvals.decided`, `text.…`.
    """
    row = approvals.reject(actor=actor, approval=DECIDING, row=decision, reason=reason)
    _tell(actor, row.programme, DecisionRejected(row.kind, row.code, row.answer), None)
    swear(row, actor=actor, only=approvals.DECIDED)
    return row


@transaction.atomic
def withdraw(*, actor: Principal, decision: Decision) -> Decision:
    """Take back what one proposed oneself. Refusals: `approvals.not_own`, `approvals.decided`."""
    row = approvals.withdraw(actor=actor, approval=DECIDING, row=decision)
    _tell(actor, row.programme, DecisionWithdrawn(row.kind, row.code), None)
    swear(row, actor=actor, only=approvals.DECIDED)
    return row


def _adjust(actor: Principal, row: Decision) -> None:
    pair = sorted(
        Line.objects.filter(code__in=(row.content["source"], row.content["target"])), key=lambda each: each.pk
    )
    lines = {line.code: line for line in map(locked_line, pair)}
    source, target, fen = lines[row.content["source"]], lines[row.content["target"]], row.content["fen"]
    _check_pair(source, target)
    move = kernel.adjust(source.code, target.code, position_of(source), fen)
    (code,) = make(
        actor,
        [move],
        places_of(source, target),
        programme=row.programme,
        cause=ref(row),
        key=str(ref(row)),
        words=row.reason,
    )
    body = Adjusted(source.number, target.number, row.code, f"core.person:{row.proposed_by.code}", code)
    _tell(actor, row.programme, body, fen)


def _close(actor: Principal, row: Decision) -> None:
    year = _year(row.programme, row.content["year"])
    kernel.closable(year_of(year), clock.today())
    closed = [_close_line(actor, row, line, year) for line in map(locked_line, lines_of(row.programme, year.number))]
    FiscalYear.objects.filter(pk=year.pk).update(closed_by=row)
    swear(year, actor=actor, only=("closed_by_id",))
    proposer = f"core.person:{row.proposed_by.code}"
    body = YearClosed(year.number, row.code, proposer, clock.today(), tuple(closed))
    _tell(actor, row.programme, body, sum(each.lapsed for each in closed))


def _close_line(actor: Principal, row: Decision, line: Line, year: FiscalYear) -> LineClosed:
    choice, places = row.content["choices"].get(line.code, ""), dict(places_of(line))
    promised, following, code = _open_commitments(line), None, ""
    if choice == "carry":
        following = _following(actor, line, year)
        fresh = [_carried(actor, each.code, following) for each in promised]
        promised = [replace(old, following=new.code) for old, new in zip(promised, fresh, strict=True)]
        places |= places_of(following, *fresh, *(new.carried_from for new in fresh if new.carried_from))
        code = following.code
    closing = kernel.close_line(line.code, code, position_of(line), promised, choice)
    make(
        actor,
        closing.moves,
        places,
        programme=row.programme,
        cause=ref(row),
        key=f"{ref(row)}:{line.code}",
        words=row.reason,
    )
    Line.objects.filter(pk=line.pk).update(following=following, carried_fen=closing.carried)
    swear(line, actor=actor, only=("following_id", "carried_fen"))
    return LineClosed(line.number, choice, closing.lapsed, closing.carried)


def _following(actor: Principal, line: Line, year: FiscalYear) -> Line:
    """The line of the next year with the same number, opened now if need be."""
    upcoming = open_year(year.programme, year.number + 1)
    found = Line.objects.select_related("year__programme").filter(year=upcoming, number=line.number).first()
    return found or new_line(actor, upcoming, line.number, Text(line.title_zh, line.title_en))


def _carried(actor: Principal, code: str, following: Line) -> Commitment:
    """The commitment that takes the place of one that is carried over, with its unpaid tranches."""
    old = Commitment.objects.get(code=code)
    due = list(Tranche.objects.filter(commitment=old, state="due"))
    fresh = Commitment(line=following, number=old.number, purpose=old.purpose, payee=old.payee)
    fresh.party, fresh.unregistered = old.party, old.unregistered
    fresh.fen, fresh.carried_from = sum(each.fen for each in due), old
    write_commitment(actor, fresh, [asked(each) for each in due])
    for each in due:
        if each.confirmed_at is not None:
            again = Tranche.objects.filter(commitment=fresh, number=each.number)
            again.update(confirmed_at=each.confirmed_at, confirmed_by=each.confirmed_by, evidence=each.evidence)
    Tranche.objects.filter(commitment=old, state="due").update(state="carried")
    renewed = list(fresh.tranches.all())
    swear(*due, actor=actor, only=("state",))
    swear(fresh, *renewed, actor=actor)
    take(actor, due)
    lay(actor, renewed)
    return fresh


def _open_commitments(line: Line) -> list[kernel.OpenCommitment]:
    """The commitments of a line that are not wholly paid."""
    rows = {row.pk: row.code for row in line.commitments.all()}
    unpaid = unpaid_of(line.commitments.all())
    return [kernel.OpenCommitment(rows[pk], fen, "") for pk, fen in sorted(unpaid.items()) if fen]


def _propose(actor: Principal, programme: Programme, kind: str, content: Mapping[str, object], reason: str) -> Decision:
    why = required_text(reason, "reason", Text("理由", "reason"), most=300)
    row = Decision(programme=programme, kind=kind, content=content, reason=why)
    approvals.propose(actor=actor, approval=DECIDING, row=row)
    fen = content.get("fen")
    _tell(actor, programme, DecisionProposed(kind, row.code, why), fen if isinstance(fen, int) else None)
    swear(row, actor=actor)
    return row


def _check_pair(source: Line, target: Line) -> None:
    if source.year_id != target.year_id:
        message = Text("只能在同一项目、同一年度的科目之间调剂。", "Both lines must be of one programme and year.")
        raise Refusal("budgets.adjust.other", message, where="target")
    kernel.may_move(year_of(source.year))


def _year(programme: Programme, number: int) -> FiscalYear:
    row = FiscalYear.objects.select_for_update().filter(programme=programme, number=number).first()
    if row is None:
        message = Text(f"项目没有 {number} 年度。", f"The programme has no year {number}.")
        raise Refusal("budgets.year.unknown", message, where="year")
    return row


def _tell(actor: Principal, programme: Programme, body: object, fen: int | None) -> None:
    money = None if fen is None else Money(fen)
    emit(
        body,
        actor=actor,
        subject=ref(programme),
        clause=programme.clause,
        offer=programme.offer,
        unit=programme.unit,
        money=money,
    )
