"""Verbs on commitments: make one in tranches, confirm a result, pay a tranche, give back what is not needed."""

from collections.abc import Sequence

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.proofs.api import refuse_changed, swear
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text, required_text
from qilian.core.work.approvals.api import person_of, require_apart
from qilian.engines.ledger.banking.api import BankAccount, order_payment
from qilian.engines.ledger.budgets import kernel
from qilian.engines.ledger.budgets.events import Committed, ConditionConfirmed, Released, TranchePaid
from qilian.engines.ledger.budgets.kernel import Plan
from qilian.engines.ledger.budgets.models import Commitment, Line, Tranche
from qilian.engines.ledger.budgets.queries import asked, position_of, ref
from qilian.engines.ledger.budgets.rights import COMMIT, CONFIRM, PAY, scope_of
from qilian.engines.registry.parties.api import Party, party_ref

from .common import locked_line, make, places_of, pot, year_of
from .waiting import lay, take


@transaction.atomic
def commit(
    *,
    actor: Principal,
    line: Line,
    number: str,
    purpose: str,
    amount: Money,
    tranches: Sequence[Plan],
    party: Party | None = None,
    payee: str = "",
    unregistered: str = "",
) -> Commitment:
    """Set money of a line apart for a payee, to be paid in tranches whose shares make 100 %.

    The payee is a party of the register, or a name with the reason why it is paid though it is `unregistered`.
    Refusals: `grants.denied`, `text.…`, `budgets.payee.…`, `budgets.year.…`, `budgets.exhausted` with how much
    is missing, `budgets.tranche.…`, `budgets.condition`, `budgets.commitment.taken`.
    """
    row = locked_line(line)
    programme = row.year.programme
    require(actor, COMMIT, scope_of(programme))
    written = required_text(number, "number", Text("承诺编号", "number"), most=40)
    if Commitment.objects.filter(line=row, number=written).exists():
        message = Text(f"科目里已有承诺 {written}。", f"The line has a commitment {written} already.")
        raise Refusal("budgets.commitment.taken", message, where="number")
    kernel.may_commit(year_of(row.year), clock.today())
    parts = kernel.split(amount.fen, tranches)
    fresh = Commitment(line=row, number=written, fen=amount.fen)
    fresh.purpose = required_text(purpose, "purpose", Text("用途", "purpose"), most=200)
    _name_payee(fresh, party, payee, unregistered)
    move = kernel.commit(row.code, fresh.code, position_of(row), parts)
    write_commitment(actor, fresh, parts)
    transfer = _make_one(actor, fresh, move, f"{ref(fresh)}:committed")
    body = Committed(fresh.code, row.number, row.year.number, len(parts), transfer, fresh.unregistered)
    _tell(actor, fresh, body, amount.fen)
    due = list(fresh.tranches.all())
    swear(fresh, *due, actor=actor)
    lay(actor, due)
    return fresh


@transaction.atomic
def confirm(*, actor: Principal, tranche: Tranche, evidence: str) -> Tranche:
    """Confirm the result that a tranche waits for, naming its evidence (验收文号); who confirms does not pay it.

    Refusals: `grants.denied`, `approvals.person`, `text.…`, `budgets.tranche.done`, `budgets.confirm.…`,
    `budgets.year.closed`.
    """
    row = _locked(tranche)
    commitment = row.commitment
    require(actor, CONFIRM, scope_of(commitment.line.year.programme))
    kernel.may_move(year_of(commitment.line.year))
    kernel.confirmable(asked(row))
    row.evidence = required_text(evidence, "evidence", Text("依据", "evidence"), most=300)
    row.confirmed_by_id, row.confirmed_at = person_of(actor), clock.now()
    row.save(update_fields=["evidence", "confirmed_by", "confirmed_at"])
    _tell(actor, commitment, ConditionConfirmed(commitment.code, row.number, row.evidence), row.fen)
    swear(row, actor=actor, only=("evidence", "confirmed_by_id", "confirmed_at"))
    take(actor, [row])
    lay(actor, [row])
    return row


@transaction.atomic
def pay(
    *,
    actor: Principal,
    tranche: Tranche,
    bank_account: BankAccount | None = None,
    account: str = "",
    bank: str = "",
    purpose: str = "",
) -> Tranche:
    """Pay one tranche, once and whole, when its condition is met.

    With a `bank_account` the payment is ordered there too, to the payee's `account` at his `bank`, with a `purpose` of
    its own or that of the commitment: another person releases it. Refusals: `grants.denied`, `approvals.person`,
    `budgets.tranche.done`, `budgets.tranche.waits` with the condition, `approvals.oneself` when the payer confirmed the
    result himself, `approvals.lent` when he deputises who did, `budgets.year.closed`, `budgets.changed` when somebody
    wrote into the table, and those of the order, which then leave nothing paid.
    """
    row = _locked(tranche)
    commitment = row.commitment
    line = commitment.line
    require(actor, PAY, scope_of(line.year.programme))
    refuse_changed(row, commitment, code="budgets.changed")
    kernel.may_move(year_of(line.year))
    move = kernel.pay(line.code, commitment.code, asked(row), clock.today())
    payer = person_of(actor)
    if row.confirmed_by_id == payer:
        message = Text("确认验收的人不能自己拨付。", "Who confirmed the result does not pay for it.")
        raise Refusal("approvals.oneself", message, remedy=Text("请由另一个人拨付。", "Let another person pay."))
    require_apart(actor, row.confirmed_by_id, PAY, scope_of(line.year.programme))
    transfer = _make_one(actor, commitment, move, f"{ref(commitment)}:paid:{row.number}")
    row.state, row.paid_by_id, row.paid_at = "paid", payer, clock.now()
    row.save(update_fields=["state", "paid_by", "paid_at"])
    body = TranchePaid(commitment.code, row.number, line.number, line.year.number, transfer)
    _tell(actor, commitment, body, row.fen)
    swear(row, actor=actor, only=("state", "paid_by_id", "paid_at"))
    take(actor, [row])
    if bank_account is not None:
        order_payment(
            actor=actor,
            bank_account=bank_account,
            name=unseal(commitment.payee),
            account=account,
            bank=bank,
            amount=Money(row.fen),
            purpose=purpose or commitment.purpose,
            cause=ref(row),
        )
    return row


@transaction.atomic
def release(*, actor: Principal, commitment: Commitment, reason: str) -> Commitment:
    """Give what is not paid of a commitment back to its line, for a reason.

    Refusals: `grants.denied`, `text.…`, `budgets.release.nothing`, `budgets.year.closed`.
    """
    line = locked_line(commitment.line)
    require(actor, COMMIT, scope_of(line.year.programme))
    kernel.may_move(year_of(line.year))
    why = required_text(reason, "reason", Text("理由", "reason"), most=200)
    rows = list(Tranche.objects.select_for_update().filter(commitment=commitment))
    move = kernel.release(line.code, commitment.code, [asked(row) for row in rows])
    transfer = _make_one(actor, commitment, move, f"{ref(commitment)}:released")
    Tranche.objects.filter(commitment=commitment, state="due").update(state="released")
    body = Released(commitment.code, line.number, line.year.number, why, transfer)
    _tell(actor, commitment, body, move.fen)
    swear(*rows, actor=actor, only=("state",))
    take(actor, rows)
    return commitment


def write_commitment(actor: Principal, fresh: Commitment, parts: Sequence[kernel.Tranche]) -> None:
    """Write a commitment with its account and its tranches."""
    programme = fresh.line.year.programme
    title = Text(f"承诺 {fresh.number}"[:120], f"Commitment {fresh.number}"[:200])
    fresh.account = pot(actor, ref(fresh), programme, title, kernel.COMMITTED)
    fresh.made_at, fresh.made_by_id = clock.now(), actor.person
    fresh.save(force_insert=True)
    for part in parts:
        Tranche.objects.create(
            commitment=fresh,
            number=part.number,
            fen=part.fen,
            condition=part.condition.kind,
            words=part.condition.words.strip(),
            day=part.condition.day,
        )


def _name_payee(fresh: Commitment, party: Party | None, payee: str, unregistered: str) -> None:
    """Say who is paid: a party under its registered name, or a stranger to the register with the reason."""
    if party is not None:
        if payee.strip() and payee.strip() != party.name:
            message = Text(
                "收款方只能填一个：登记的主体，或未登记的名称。", "Give one payee: a party, or another name."
            )
            raise Refusal("budgets.payee.both", message, where="payee")
        fresh.payee, fresh.party = party.name, str(party_ref(party))
        return
    if not payee.strip():
        remedy = Text("没有登记的，填写名称和理由。", "For who is not registered, give the name and the reason.")
        raise Refusal("budgets.payee.none", Text("请填写收款方。", "Give the payee."), where="party", remedy=remedy)
    fresh.payee = required_text(payee, "payee", Text("收款方", "payee"), most=120)
    if not unregistered.strip():
        message = Text("收款方没有在主体库登记。", "The payee is not in the register of parties.")
        remedy = Text("请先登记，或写明为何向未登记者付款。", "Register it first, or say why it is paid all the same.")
        raise Refusal("budgets.payee.unregistered", message, where="unregistered", remedy=remedy)
    fresh.unregistered = required_text(unregistered, "unregistered", Text("未登记的理由", "reason"), most=200)


def _locked(tranche: Tranche) -> Tranche:
    line = locked_line(tranche.commitment.line)
    rows = Tranche.objects.select_for_update(of=("self",)).select_related("commitment__account")
    row = rows.get(pk=tranche.pk)
    row.commitment.line = line
    return row


def _make_one(actor: Principal, row: Commitment, move: kernel.Move, key: str) -> str:
    places = {**places_of(row.line), **places_of(row)}
    programme = row.line.year.programme
    (code,) = make(actor, [move], places, programme=programme, cause=ref(row), key=key, words=row.purpose)
    return code


def _tell(actor: Principal, row: Commitment, body: object, fen: int) -> None:
    programme = row.line.year.programme
    emit(
        body,
        actor=actor,
        subject=ref(row),
        clause=programme.clause,
        offer=programme.offer,
        unit=programme.unit,
        party=row.party.partition(":")[2],
        money=Money(fen),
    )
