"""Verbs on assets and accounts: register, open, block for payment, close."""

from typing import Literal

from django.db import transaction

from qilian.core.house.principal import Principal, internal
from qilian.core.log.events.api import emit
from qilian.core.log.proofs.api import swear
from qilian.core.rights.grants.api import require
from qilian.core.values import clock
from qilian.core.values.text import Ref, Refusal, Text
from qilian.engines.ledger.book.events import AccountOpened, AccountStateSet, AssetRegistered
from qilian.engines.ledger.book.kernel import Rule
from qilian.engines.ledger.book.models import Account, Asset
from qilian.engines.ledger.book.offering import AssetSpec
from qilian.engines.ledger.book.rights import ASSETS, FREEZE, OPEN, refuse_foreign, require_on

_CHECK = Text("请核对后重试。", "Check it and try again.")


@transaction.atomic
def register_asset(*, actor: Principal, spec: AssetSpec, demonstration: bool = False) -> Asset:
    """Make sure that an asset exists; again is harmless, with other unit, scale, kind or numbering it is refused.

    `demonstration` marks play money, which every page says. Refusals: `grants.denied` without `ledger.assets`,
    `ledger.asset_form` with what is wrong, `ledger.asset_differs`.
    """
    require(actor, ASSETS)
    for problem in spec.problems():
        raise Refusal("ledger.asset_form", problem.message, where=spec.slug, remedy=_CHECK)
    lasting = {"kind": spec.kind, "unit_zh": spec.unit.zh, "scale": spec.scale, "serial": spec.serial}
    words = {"title_zh": spec.title.zh, "title_en": spec.title.en, "unit_en": spec.unit.en}
    row, fresh = Asset.objects.get_or_create(
        slug=spec.slug, defaults={**lasting, **words, "demonstration": demonstration}
    )
    if fresh:
        body = AssetRegistered(row.slug, row.kind, row.serial)
        emit(body, actor=actor, subject=Ref("ledger.asset", row.slug))
        swear(row, actor=actor)
    elif any(getattr(row, name) != value for name, value in lasting.items()):
        message = Text("这种资产已按另一种单位或计数方式登记。", "This asset is registered with another unit or count.")
        raise Refusal("ledger.asset_differs", message, where=spec.slug, remedy=_CHECK)
    return row


@transaction.atomic
def open_account(
    *,
    actor: Principal,
    owner: Ref,
    asset: Asset,
    purpose: str = "main",
    title: Text,
    rule: Rule = "debits_within_credits",
    final: bool = False,
    offer: str = "",
    unit: str = "",
    engine: str = "",
) -> Account:
    """Open an empty account of an asset for an owner and a purpose.

    Only `world` owners may have a free account: there an asset enters and leaves the book. `final` accounts receive and
    never pay. An `engine` opens its own, which it alone moves. Refusals: `grants.denied` without `ledger.open` on offer
    or unit, `ledger.account_taken`, `ledger.account_free`, `ledger.account_form`.
    """
    fresh = Account(owner=str(owner), asset=asset, purpose=purpose.strip(), rule=rule, final=final)
    fresh.title_zh, fresh.title_en, fresh.offer, fresh.unit = title.zh, title.en, offer, unit
    fresh.engine = engine
    fresh.opened_at = fresh.moved_at = clock.now()
    if not engine:
        require_on(actor, OPEN, [fresh])
    _check_new(fresh, owner)
    fresh.save(force_insert=True)
    body = AccountOpened(fresh.owner, asset.slug, fresh.purpose, rule, final, engine)
    party = owner.id if owner.kind in ("party", "registry.party") else ""
    emit(body, actor=actor, subject=_ref(fresh), offer=offer, unit=unit, party=party)
    return fresh


@internal("engines open what they need when they first need it")
def ensure_account(
    *,
    actor: Principal,
    owner: Ref,
    asset: Asset,
    purpose: str = "main",
    title: Text,
    rule: Rule = "debits_within_credits",
    final: bool = False,
    offer: str = "",
    unit: str = "",
    engine: str = "",
) -> Account:
    """The account of an owner for a purpose, opened now if there is none. Refusals as for `open_account`."""
    found = Account.objects.filter(owner=str(owner), asset=asset, purpose=purpose).first()
    return found or open_account(
        actor=actor, owner=owner, asset=asset, purpose=purpose, title=title, rule=rule, final=final, offer=offer,
        unit=unit, engine=engine,
    )  # fmt: skip


@transaction.atomic
def set_paying(*, actor: Principal, account: Account, pays: bool, reason: str) -> Account:
    """Block an account for payment (只收不付), or let it pay again; what it holds stays, and it goes on receiving.

    Holds that were open before are captured as agreed. Refusals: `grants.denied` without `ledger.freeze`,
    `ledger.reason`, `ledger.account_closed`, `ledger.account_unchanged`.
    """
    return _set_state(actor, account, "open" if pays else "no_pay", reason)


@transaction.atomic
def close_account(*, actor: Principal, account: Account, reason: str) -> Account:
    """Close an empty account for ever, never an engine's. Refusals: as for `set_paying`, `ledger.account_not_empty`."""
    return _set_state(actor, account, "closed", reason)


def _set_state(actor: Principal, account: Account, state: Literal["open", "no_pay", "closed"], reason: str) -> Account:
    row = Account.objects.select_for_update().get(pk=account.pk)
    require_on(actor, FREEZE, [row])
    if not reason.strip():
        message = Text("没有写明理由。", "No reason is given.")
        raise Refusal("ledger.reason", message, where="reason", remedy=Text("请填写理由。", "Give the reason."))
    if state == "closed":
        refuse_foreign([row], "")
    if row.state == "closed":
        raise Refusal("ledger.account_closed", Text("账户已销户。", "The account is closed."), where=row.code)
    if row.state == state:
        message = Text("账户已经是这个状态。", "The account is in this state already.")
        raise Refusal("ledger.account_unchanged", message, where=row.code)
    totals = (row.credits_posted - row.debits_posted, row.debits_pending, row.credits_pending, row.restrained)
    if state == "closed" and any(totals):
        message = Text("账户还有余额、预留或冻结，不能销户。", "The account still has a balance, holds or freezes.")
        raise Refusal("ledger.account_not_empty", message, where=row.code)
    row.state, row.state_reason = state, reason.strip()
    row.save(update_fields=["state", "state_reason"])
    emit(AccountStateSet(state, row.state_reason), actor=actor, subject=_ref(row), offer=row.offer, unit=row.unit)
    return row


def _check_new(fresh: Account, owner: Ref) -> None:
    if fresh.rule == "free" and owner.kind != "world":
        message = Text("只有外部账户可以不设限额。", "Only an account of the world outside is without a limit.")
        raise Refusal("ledger.account_free", message, where="rule", remedy=_CHECK)
    if not fresh.purpose or not fresh.title_zh or len(fresh.owner) > 120 or len(fresh.purpose) > 60:
        message = Text("户名和用途须填写，且不能过长。", "Title and purpose must be given and not be too long.")
        raise Refusal("ledger.account_form", message, where="title", remedy=_CHECK)
    if Account.objects.filter(owner=fresh.owner, asset=fresh.asset, purpose=fresh.purpose).exists():
        message = Text("该主体已有同一用途的账户。", "The owner already has an account for this purpose.")
        raise Refusal("ledger.account_taken", message, where="purpose", remedy=_CHECK)


def _ref(account: Account) -> Ref:
    return Ref("ledger.account", account.code)
