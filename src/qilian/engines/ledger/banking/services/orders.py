"""Verbs on payment orders: order, cancel, release as a batch by another person, note that its file is written."""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit, salted
from qilian.core.log.outbox.api import later
from qilian.core.log.proofs.api import refuse_changed, swear
from qilian.core.rights.grants.api import require
from qilian.core.rights.privacy.api import unseal
from qilian.core.values import clock
from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text, public_code, required_text
from qilian.core.who.inbox.api import Addressee, done, put
from qilian.core.work.approvals.api import person_of, require_apart
from qilian.engines.ledger.bankfile.api import Order, channel_of, check_order, clean_account
from qilian.engines.ledger.banking.events import BatchReleased, BatchWritten, PaymentCancelled, PaymentOrdered
from qilian.engines.ledger.banking.models import BankAccount, PaymentBatch, PaymentOrder
from qilian.engines.ledger.banking.queries import ref
from qilian.engines.ledger.banking.rights import ORDER, RELEASE, scope_of
from qilian.engines.ledger.book.api import Entry, post, transfer_coded

from .common import ENGINE, locked, shown


@transaction.atomic
def order_payment(
    *,
    actor: Principal,
    bank_account: BankAccount,
    name: str,
    account: str,
    amount: Money,
    purpose: str,
    bank: str = "",
    cause: Ref | None = None,
) -> PaymentOrder:
    """Ask for a payment out of a bank account; nothing moves until somebody else releases it.

    Refusals: `grants.denied`, `approvals.person`, `text.…`, `banking.order.amount`, `.name`, `.account`,
    `.purpose`.
    """
    require(actor, ORDER, scope_of(bank_account))
    reference = f"QL{clock.today():%Y%m%d}{public_code()[:8].upper()}"
    order = Order(reference, " ".join(name.split()), clean_account(account), bank.strip(), amount.fen, purpose.strip())
    check_order(order)
    row = PaymentOrder(
        bank_account=bank_account,
        reference=reference,
        name=order.name[:200],
        account=order.account,
        shown_name=shown(order.name),
        bank=order.bank[:120],
        fen=order.fen,
        purpose=required_text(order.purpose, "purpose", Text("用途", "purpose"), most=120),
        cause=str(cause) if cause else "",
        ordered_by_id=person_of(actor),
        ordered_at=clock.now(),
    )
    row.save(force_insert=True)
    swear(row, actor=actor)
    body = PaymentOrdered(row.code, reference, salted(order.name, row.salt.encode()), row.purpose)
    _tell(actor, bank_account, body, row.fen)
    _lay_before_releasers(actor, row)
    return row


@transaction.atomic
def cancel_order(*, actor: Principal, order: PaymentOrder) -> PaymentOrder:
    """Take an order back that is not released. Refusals: `grants.denied`, `banking.order.released`, `.cancelled`."""
    row = PaymentOrder.objects.select_for_update(of=("self",)).select_related("bank_account").get(pk=order.pk)
    require(actor, ORDER, scope_of(row.bank_account))
    _refuse_settled(row)
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])
    swear(row, actor=actor, only=("cancelled_at",))
    done(actor=actor, key=_waiting(row))
    _tell(actor, row.bank_account, PaymentCancelled(row.code, row.reference), row.fen)
    return row


@transaction.atomic
def release_orders(*, actor: Principal, bank_account: BankAccount, orders: Sequence[PaymentOrder]) -> PaymentBatch:
    """Release orders of others as a batch: their transfers are booked at once, the worker writes the file.

    Refusals: `grants.denied`, `approvals.person`, `approvals.oneself` for one's own order, `approvals.lent` for one of
    him whom one deputises, `banking.batch.empty`, `banking.order.changed`,
    `banking.order.released`, `.cancelled`, and those of the book when the account has too little.
    """
    account = locked(bank_account)
    require(actor, RELEASE, scope_of(account))
    wanted = PaymentOrder.objects.filter(pk__in=[each.pk for each in orders], bank_account=account)
    rows = list(wanted.select_for_update().order_by("pk"))
    releaser = person_of(actor)
    _check_release(rows, releaser)
    for author in sorted({row.ordered_by_id for row in rows}):
        require_apart(actor, author, RELEASE, scope_of(account))
    batch = _batch(account, rows, releaser)
    for row, code in zip(rows, _post(actor, account, rows), strict=True):
        row.batch, row.transfer = batch, transfer_coded(code)
        row.save(update_fields=["batch", "transfer"])
        done(actor=actor, key=_waiting(row))
    swear(batch, actor=actor)
    swear(*rows, actor=actor, only=("batch_id", "transfer_id"))
    body = BatchReleased(batch.code, batch.number, len(rows), batch.sha256)
    _tell(actor, account, body, batch.fen)
    later("banking.write", batch=batch.pk)
    return batch


@internal("the worker says that a file is written")
@transaction.atomic
def mark_written(*, actor: Principal, batch: PaymentBatch) -> None:
    """Note that the file of a batch lies in the spool folder; the worker says so, twice changes nothing."""
    row = PaymentBatch.objects.select_for_update(of=("self",)).select_related("bank_account").get(pk=batch.pk)
    if row.written_at is None:
        row.written_at = clock.now()
        row.save(update_fields=["written_at"])
        swear(row, actor=actor, only=("written_at",))
        _tell(actor, row.bank_account, BatchWritten(row.code, row.number, row.sha256), row.fen)


def content_of(batch: PaymentBatch) -> bytes:
    """The bytes of a batch's file, as they are or were written."""
    rows = PaymentOrder.objects.filter(batch=batch).order_by("pk")
    account = batch.bank_account
    return _written(account, batch.number, list(rows))


def _written(account: BankAccount, number: str, rows: Sequence[PaymentOrder]) -> bytes:
    orders = [
        Order(row.reference, unseal(row.name), unseal(row.account), row.bank, row.fen, row.purpose) for row in rows
    ]
    return channel_of(account.channel).write(number, account.number, orders, account.currency)


def _batch(account: BankAccount, rows: Sequence[PaymentOrder], releaser: int) -> PaymentBatch:
    number = f"PL{clock.today():%Y%m%d}{public_code()[:6].upper()}"
    return PaymentBatch.objects.create(
        bank_account=account,
        number=number,
        orders_count=len(rows),
        fen=sum(row.fen for row in rows),
        sha256=hashlib.sha256(_written(account, number, rows)).hexdigest(),
        released_by_id=releaser,
        released_at=clock.now(),
    )


def _post(actor: Principal, account: BankAccount, rows: Sequence[PaymentOrder]) -> list[str]:
    entries = [
        Entry(
            debit=account.outside,
            credit=account.account,
            amount=row.fen,
            key=str(ref(row)),
            cause=Ref.parse(row.cause) if row.cause else ref(row),
            words=f"{row.reference} {row.purpose}",
        )
        for row in rows
    ]
    return [each.code for each in post(actor=actor, entries=entries, engine=ENGINE, offer=account.offer)]


def _lay_before_releasers(actor: Principal, row: PaymentOrder) -> None:
    """An order waits for everybody who may release it, but not for who ordered it."""
    put(
        actor=actor,
        key=_waiting(row),
        subject=ref(row),
        kind="banking.order",
        title=Text(f"待放行：付款 {Money(row.fen)} 元", f"To release: a payment of CNY {Money(row.fen)}"),
        url=f"/banking/orders/{row.code}/",
        addressee=Addressee.right(RELEASE),
        scope=scope_of(row.bank_account),
        barred=actor.person,
    )


def _waiting(row: PaymentOrder) -> str:
    return f"banking.order:{row.code}"


def _check_release(rows: Sequence[PaymentOrder], releaser: int) -> None:
    if not rows:
        message = Text("没有选择付款指令。", "No payment order is chosen.")
        raise Refusal("banking.batch.empty", message, where="orders")
    for row in rows:
        _refuse_settled(row)
        refuse_changed(row, code="banking.order.changed")
        if row.ordered_by_id == releaser:
            message = Text("不能放行自己提交的付款指令。", "Nobody releases a payment that he ordered himself.")
            remedy = Text("请由另一个人放行。", "Let another person release it.")
            raise Refusal("approvals.oneself", message, where=row.reference, remedy=remedy)


def _refuse_settled(row: PaymentOrder) -> None:
    if row.batch_id is not None:
        message = Text("这条付款指令已经放行。", "This payment is released already.")
        raise Refusal("banking.order.released", message, where=row.reference)
    if row.cancelled_at is not None:
        message = Text("这条付款指令已经撤销。", "This payment is cancelled.")
        raise Refusal("banking.order.cancelled", message, where=row.reference)


def _tell(actor: Principal, account: BankAccount, body: object, fen: int) -> None:
    emit(body, actor=actor, subject=ref(account), unit=account.unit, offer=account.offer, money=Money(fen))
