"""Verbs that bind a part of an account: freeze (冻结), pledge (质押), and lift either."""

from django.db import transaction

from qilian.core.house.principal import Principal
from qilian.core.log.events.api import emit
from qilian.core.log.proofs.api import swear
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book import store
from qilian.engines.ledger.book.events import RestraintLifted, RestraintSet
from qilian.engines.ledger.book.kernel import Span, refusal_of, restraining, serials
from qilian.engines.ledger.book.models import Account, Restraint
from qilian.engines.ledger.book.rights import FREEZE, POST, refuse_foreign, require_on


@transaction.atomic
def freeze(
    *, actor: Principal, account: Account, amount: int, reason: str, document: str = "", numbers: Span | None = None
) -> Restraint:
    """Freeze an amount of an account, or numbers of it, by order: it stays there and cannot be spent.

    `document` is the order. Refusals: `grants.denied` without `ledger.freeze`, `ledger.reason`,
    `ledger.exceeds_credits`, `ledger.serials_…`, `ledger.account_closed`.
    """
    require_on(actor, FREEZE, [account])
    return _restrain(actor, account, amount, numbers, Restraint(kind="freeze", reason=reason, document=document))


@transaction.atomic
def pledge(
    *,
    actor: Principal,
    account: Account,
    amount: int,
    beneficiary: Ref,
    reason: str,
    document: str = "",
    numbers: Span | None = None,
    engine: str = "",
) -> Restraint:
    """Pledge an amount of an account, or numbers of it, to a beneficiary (质权人), who alone can release it.

    The owner pledges, or whoever holds `ledger.post` there. Refusals as for `freeze`.
    """
    if not engine:
        require_on(actor, POST, [account], own=True)
    refuse_foreign([account], engine)
    row = Restraint(kind="pledge", reason=reason, document=document, beneficiary=str(beneficiary))
    return _restrain(actor, account, amount, numbers, row)


@transaction.atomic
def lift(*, actor: Principal, restraint: Restraint, reason: str, engine: str = "") -> Restraint:
    """Lift a freeze or release a pledge: what it bound may be spent again.

    A pledge is released by its beneficiary or with `ledger.freeze`, a freeze with `ledger.freeze`. Refusals:
    `grants.denied`, `ledger.reason`, `ledger.restraint_lifted`.
    """
    opened = _opened(restraint.account_id, _span(restraint))
    row = Restraint.objects.select_related("account__asset").get(pk=restraint.pk)
    account = row.account
    if not engine:
        holder = Account(owner=row.beneficiary, unit=account.unit, offer=account.offer)
        require_on(actor, FREEZE, [holder], own=bool(row.beneficiary))
    _reasoned(reason)
    if row.released_at is not None:
        message = Text("已经解除。", "It was lifted already.")
        raise Refusal("ledger.restraint_lifted", message, where=row.code)
    row.released_at, row.released_by, row.release_reason = clock.now(), actor.ref, reason.strip()
    row.save(update_fields=["released_at", "released_by", "release_reason"])
    _bind(opened, row, -row.amount, "")
    swear(row, actor=actor, only=("released_at", "released_by", "release_reason"))
    body = RestraintLifted(row.kind, account.code, account.asset.slug, row.amount, row.release_reason)
    emit(body, actor=actor, subject=Ref("ledger.account", account.code), offer=account.offer, unit=account.unit)
    return row


def _restrain(actor: Principal, account: Account, amount: int, span: Span | None, row: Restraint) -> Restraint:
    _reasoned(row.reason)
    opened = _opened(account.pk, span)
    found = restraining.wrong(
        opened.state.accounts[account.pk], amount, span, opened.state.pieces.get(account.asset_id, ())
    )
    if found:
        raise refusal_of(found, account.code)
    row.account, row.amount, row.at, row.by, row.reason = account, amount, opened.at, actor.ref, row.reason.strip()
    row.first_serial, row.last_serial = span or (None, None)
    row.save(force_insert=True)
    _bind(opened, row, amount, row.code)
    swear(row, actor=actor)
    written = f"{span.first}-{span.last}" if span else ""
    slug = opened.assets[account.asset_id][0]
    body = RestraintSet(row.kind, account.code, slug, amount, written, row.beneficiary, row.reason)
    emit(body, actor=actor, subject=Ref("ledger.account", account.code), offer=account.offer, unit=account.unit)
    return row


def _opened(account: int, span: Span | None) -> store.Opened:
    """Lock the account, which also puts all changes of its restraints one after the other."""
    asset = Account.objects.values_list("asset_id", flat=True).get(pk=account)
    spans = {asset: [span]} if span else {}
    return store.opened(accounts=[account], keys=(), holds={}, spans=spans, now=clock.now())


def _bind(opened: store.Opened, row: Restraint, amount: int, reserved: str) -> None:
    """Write what is restrained, and the reservation of its numbers."""
    totals = restraining.changed(opened.state.accounts[row.account_id].totals, amount)
    Account.objects.filter(pk=row.account_id).update(restrained=totals.restrained)
    span = _span(row)
    if span:
        asset = row.account.asset_id
        before = opened.state.pieces[asset]
        store.write_pieces(asset, before, serials.put(before, span, row.account_id, reserved))


def _span(row: Restraint) -> Span | None:
    return Span(row.first_serial, row.last_serial) if row.first_serial and row.last_serial else None


def _reasoned(reason: str) -> None:
    if not reason.strip():
        message = Text("没有写明理由。", "No reason is given.")
        raise Refusal("ledger.reason", message, where="reason", remedy=Text("请填写理由。", "Give the reason."))
