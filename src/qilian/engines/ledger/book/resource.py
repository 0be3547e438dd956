"""Assets, accounts, transfers, holds and restraints, each said once: traits and all that is done with them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from qilian.core.house.forms.api import FieldSpec, Form, When
from qilian.core.house.pages import Crumb, Fact, Filter
from qilian.core.house.principal import Principal, current_principal
from qilian.core.offers.resource.api import Operation, Resource, Trait, Values, in_state
from qilian.core.rights.grants.api import Scope
from qilian.core.values.text import Ref, Refusal, Text, public_code
from qilian.engines.ledger.owners.api import owner_of

from .amounts import amount_field, amount_of, minimal, unit_of, with_unit
from .kernel import Span
from .models import Account, Asset, Restraint, Transfer
from .offering import AssetSpec
from .queries import (
    account_coded,
    asset_of,
    assets,
    holds,
    restraint_coded,
    restraints,
    totals_of,
    transfer_coded,
    transfers,
)
from .rights import ASSETS as REGISTER
from .rights import FREEZE, OPEN, POST, VIEW, books, own_accounts, seen_by
from .services import (
    close_account,
    freeze,
    lift,
    open_account,
    pledge,
    register_asset,
    set_paying,
    transfer,
)
from .services.follow import hold_ref
from .words import (
    ASSET_KINDS,
    ENGINES,
    KINDS,
    RESTRAINT_KINDS,
    RULES,
    STATES,
    TITLE,
    hold_status,
    play,
    restraint_status,
    title_of,
)

_WHY = FieldSpec("reason", Text("理由", "Reason"), length=300)
_REASON = Form("reason", _WHY.label, (_WHY,))
_DOCUMENT = FieldSpec(
    "document",
    Text("文书", "Document"),
    required=False,
    length=160,
    hint=Text("如法院裁定、行政决定的文号。", "Such as the number of a court's ruling."),
)
_NAMES = (
    FieldSpec("title", Text("名称", "Title in Chinese"), length=120),
    FieldSpec("title_en", Text("英文名称", "Title in English"), required=False, length=200),
)
VOUCHER_NUMBER = FieldSpec(
    "key",
    Text("凭证号", "Voucher number"),
    required=False,
    length=120,
    pattern=r".*\S.*",
    hint=Text("同一凭证号只记一次。", "The same number is booked once."),
)
_WORDS = FieldSpec("words", Text("摘要", "For"), length=300)
_NUMBERS = (
    FieldSpec("first", Text("起号", "From number"), "integer", low="1", high="999999999999"),
    FieldSpec("last", Text("止号", "To number"), "integer", low="1", high="999999999999"),
)


def ref_of(written: str) -> Ref:
    """A reference as people write it; Refusal `ledger.ref_form`."""
    try:
        return Ref.parse(written)
    except ValueError:
        message = Text(f"“{written[:40]}”没有指明是什么。", f"“{written[:40]}” names nothing.")
        remedy = Text("请写成“种类:编号”，如 party:4f2k。", "Write it as kind:id, such as party:4f2k.")
        raise Refusal("ledger.ref_form", message, where=written, remedy=remedy) from None


_ASSET = Form(
    "asset",
    Text("资产", "Asset"),
    (
        FieldSpec("slug", Text("代码", "Slug"), length=60),
        *_NAMES,
        FieldSpec("kind", Text("种类", "Kind"), "choice", choices=tuple(ASSET_KINDS.items())),
        FieldSpec("unit", Text("单位", "Unit"), length=20),
        FieldSpec("unit_en", Text("英文单位", "Unit in English"), required=False, length=20),
        FieldSpec("scale", Text("小数位", "Decimals"), "integer", required=False, low="0", high="9"),
        FieldSpec("serial", Text("逐件编号", "Every piece has a number"), "boolean", required=False),
    ),
)  # fmt: skip


def account_form(_place: str) -> Form:
    """Whose account of which asset for what purpose, and by which rule."""
    known = tuple((row.slug, title_of(row)) for row in assets())
    owner = FieldSpec(
        "owner",
        Text("户主", "Owner"),
        length=120,
        picks="owner",
    )
    fields = (
        owner,
        FieldSpec("asset", Text("资产", "Asset"), "choice", choices=known, finds=asset_of),
        FieldSpec("purpose", Text("用途", "Purpose"), required=False, length=60),
        *_NAMES,
        FieldSpec("rule", Text("记账规则", "Rule"), "choice", required=False, choices=tuple(RULES.items())),
        FieldSpec("final", Text("只进不出", "Receives for ever"), "boolean", required=False),
        FieldSpec("offer", Text("服务项", "Offer"), required=False, length=120, picks="offer"),
        FieldSpec("unit", Text("单位", "Unit"), required=False, length=40, picks="unit"),
    )
    return Form("account", _OPENING, fields)  # fmt: skip


def voucher_form(row: Account) -> Form:
    """To whom, how much and what for; at once, or held until it is taken."""
    held = When("pending", ("yes",))
    fields = (
        FieldSpec("credit", Text("收方账户", "To the account"), picks="account"),
        *_how_much(row),
        _WORDS,
        FieldSpec("cause", Text("事由", "Cause"), required=False, length=160, finds=ref_of),
        FieldSpec("pending", Text("只预留", "Hold only"), "boolean", required=False),
        FieldSpec("due", Text("退回时间", "Goes back at"), "moment", required=False, when=held),
        VOUCHER_NUMBER,
    )
    return Form("voucher", Text("凭证", "Voucher"), fields)


def freezing_form(row: Account) -> Form:
    """How much of an account, why, on what document."""
    return Form("freezing", Text("冻结", "Freeze"), (*_how_much(row), _WHY, _DOCUMENT))


def pledge_form(row: Account) -> Form:
    """How much of an account, for whom, why."""
    holder = FieldSpec("beneficiary", Text("质权人", "Pledgee"), length=120, picks="owner")
    return Form("pledge", Text("质押", "Pledge"), (*_how_much(row), holder, _WHY, _DOCUMENT))


def _how_much(row: Account) -> tuple[FieldSpec, ...]:
    return _NUMBERS if row.asset.serial else (amount_field(row.asset),)


def _counted(row: Account, values: Values, numbers: str) -> dict[str, Any]:
    """The amount in minimal units, and the serial numbers that make it up."""
    rest = {name: each for name, each in values.items() if name not in ("amount", "first", "last")}
    if not row.asset.serial:
        return {**rest, "amount": minimal(row.asset, values["amount"])}
    span = Span(values["first"], values["last"])
    if span.size < 1:
        message = Text("止号不能小于起号。", "The last number lies before the first.")
        raise Refusal("ledger.serials_form", message, where="last")
    return {**rest, "amount": span.size, numbers: span}


def _spec(_place: str, values: Values) -> Values:
    title = Text(values["title"], values["title_en"] or values["title"])
    unit = Text(values["unit"], values["unit_en"] or values["unit"])
    rest = {"kind": values["kind"], "scale": values["scale"] or 0, "serial": values["serial"]}
    return {"spec": AssetSpec(slug=values["slug"], title=title, unit=unit, **rest)}


def _opened(_place: str, values: Values) -> Values:
    rest = {name: each for name, each in values.items() if name not in ("title", "title_en")}
    return {**rest, "title": Text(values["title"], values["title_en"] or values["title"])}


def sees(me: Principal, *accounts: int) -> bool:
    """Whether somebody may look at one of the accounts (primary keys)."""
    return seen_by(me).filter(pk__in=accounts).exists()


def between(me: Principal, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of which somebody may see a side."""
    seen = seen_by(me).values("pk")
    return rows.filter(Q(debit__in=seen) | Q(credit__in=seen))


def _lifts(me: Principal, row: Restraint) -> bool:
    return bool(row.beneficiary) and row.beneficiary in own_accounts(me, FREEZE)


def _payable(row: Account) -> bool:
    return row.state == "open" and not row.final and books(current_principal(), row)


def account_scope(row: Account) -> Scope:
    """What rights on an account go by."""
    return Scope(unit=row.unit, offer=row.offer)


def crumbs(at: Any) -> Sequence[Crumb]:
    """The path to something of the book."""
    first = Crumb(TITLE, ACCOUNTS.home(""))
    match at:
        case Transfer():
            return (first, Crumb(title_of(at.debit), ACCOUNTS.url(at.debit)))
        case Restraint():
            return (first, Crumb(title_of(at.account), ACCOUNTS.url(at.account)))
        case Asset():
            return (first, Crumb(ASSETS.title, f"{ASSETS.home('')}assets/"))
    return (first,)


def amount_trait(
    name: str, title: Text, asset: Callable[[Any], Asset], units: Callable[[Any], int | None], **more: Any
) -> Trait[Any]:
    """A trait of an amount: a number in the asset's unit in lists and for programs."""
    return Trait(name, title, lambda row: amount_of(asset(row), units(row)), "number", **more)


def _total(name: str, title: Text, **more: Any) -> Trait[Account]:
    return amount_trait(
        name, title, lambda row: row.asset, lambda row: getattr(totals_of(row), name), fact=False, **more
    )


def balance_facts(row: Account) -> Sequence[Fact]:
    """What an account holds, for whoever is about to move or bind it."""
    said, totals = with_unit(row.asset), totals_of(row)
    free = row.rule == "free"
    return (
        Fact(Text("余额", "Balance"), said(totals.balance)),
        Fact(Text("可用", "Available"), None if free else said(totals.available)),
    )


def transfer_facts(row: Transfer) -> Sequence[Fact]:
    """How much a transfer moves, and what became of the hold that it is."""
    amount = Fact(Text("数额", "Amount"), with_unit(row.debit.asset)(row.amount or row.released))
    hold = holds().filter(transfer=row).first()
    if hold is None:
        return (amount,)
    day = Fact(Text("退回日", "Goes back"), hold.due, note=Text(hold.basis, hold.basis))
    return (
        amount,
        Fact(KINDS["pending"], hold_status(hold), f"/ledger/holds/{row.code}/"),
        *((day,) if hold.due else ()),
    )


def _serials(row: Any) -> str | None:
    return f"{row.first_serial}–{row.last_serial}" if row.first_serial else None


def _engine(row: Account) -> Text | None:
    return ENGINES.get(row.engine, Text(row.engine, row.engine)) if row.engine else None


def named(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Accounts whose title or owner has these words."""
    return rows.filter(Q(title_zh__contains=words) | Q(title_en__icontains=words) | Q(owner__contains=words))


_OPENING = Text("开户", "Open an account")
_CODE: Trait[Any] = Trait("code", Text("编码", "Code"), lambda row: row.code, "code", list=False, fact=False)
_COMMON: dict[str, Any] = {"under": "ledger", "crumbs": crumbs}
ASSETS: Resource[Asset] = Resource(
    plural="assets", row="asset", title=Text("资产", "Assets"), noun=Text("资产", "Asset"), key="slug",
    key_of=lambda row: row.slug, find=lambda _place, slug: asset_of(slug), rows=lambda _me, _place: assets(),
    seen=lambda me, _row: me.signed_in, named=title_of, ref=lambda row: Ref("ledger.asset", row.slug),
    scope=lambda _row: Scope(), quote=lambda at: play(at) if isinstance(at, Asset) else play(),
    traits=(
        Trait("slug", Text("代码", "Slug"), lambda row: row.slug, "code", sort="slug"),
        Trait("title", Text("名称", "Title"), title_of, "words", fact=False, leads=True),
        Trait("kind", Text("种类", "Kind"), lambda row: ASSET_KINDS[row.kind], plain=lambda row: row.kind),
        Trait("unit", Text("单位", "Unit"), unit_of, "words"),
        Trait("scale", Text("小数位", "Decimals"), lambda row: row.scale, "integer"),
        Trait("serial", Text("逐件编号", "Numbered"), lambda row: row.serial, "boolean"),
        Trait("demonstration", Text("演示", "Demonstration"), lambda row: row.demonstration, "boolean", list=False),
    ),
    creation=Operation("registration", Text("登记资产", "Register an asset"), REGISTER, register_asset, _ASSET,
                       takes=_spec),
    **_COMMON,
)  # fmt: skip
ACCOUNTS: Resource[Account] = Resource(
    plural="accounts", row="account", title=TITLE, noun=Text("账户", "Account"),
    find=lambda _place, code: account_coded(code),
    rows=lambda me, _place: seen_by(me).select_related("asset").order_by("pk"),
    seen=lambda me, row: sees(me, row.pk), named=title_of, ref=lambda row: Ref("ledger.account", row.code),
    scope=account_scope, quote=lambda at: play(at.asset) if isinstance(at, Account) else play(),
    traits=(
        _CODE,
        Trait("title", Text("户名", "Account"), title_of, "words", sort="title_zh", leads=True, fact=False),
        Trait("owner", Text("户主", "Owner"), lambda row: owner_of(row).title, sort="owner",
              plain=lambda row: row.owner, url=lambda row: owner_of(row).url),
        Trait("asset", Text("资产", "Asset"), lambda row: title_of(row.asset), plain=lambda row: row.asset.slug),
        Trait("kind", Text("种类", "Kind"), lambda row: ASSET_KINDS[row.asset.kind], list=False, fact=False,
              plain=lambda row: row.asset.kind),
        _total("balance", Text("余额", "Balance")),
        amount_trait("available", Text("可用", "Available"), lambda row: row.asset,
                lambda row: None if row.rule == "free" else totals_of(row).available, fact=False),
        _total("debits_pending", Text("预留", "On hold")),
        _total("credits_pending", Text("待入账", "To come"), list=False),
        _total("restrained", Text("冻结和质押", "Frozen and pledged"), list=False),
        _total("debits_posted", Text("借方发生额", "Debits posted"), list=False),
        _total("credits_posted", Text("贷方发生额", "Credits posted"), list=False),
        Trait("measure", Text("计量", "Unit"), lambda row: unit_of(row.asset), fact=False, json=False),
        Trait("purpose", Text("用途", "Purpose"), lambda row: row.purpose, list=False),
        Trait("rule", Text("记账规则", "Rule"), lambda row: RULES[row.rule], list=False, plain=lambda row: row.rule),
        Trait("engine", Text("只由此业务办理", "Moves only through"), _engine, list=False,
              plain=lambda row: row.engine),
        Trait("offer", Text("服务项", "Offer"), lambda row: row.offer, list=False),
        Trait("unit", Text("单位", "Unit"), lambda row: row.unit, "code", list=False),
        Trait("opened_at", Text("开户", "Opened"), lambda row: row.opened_at, "datetime", list=False),
        Trait("state", Text("状态", "State"), lambda row: STATES[row.state], "status", plain=lambda row: row.state),
        Trait("state_reason", Text("理由", "Reason"), lambda row: row.state_reason, list=False),
    ),
    filters=lambda _place: (
        Filter("words", Text("户名或户主", "Account or owner"), named),
        Filter("kind", Text("种类", "Kind"), lambda rows, kind: rows.filter(asset__kind=kind),
               tuple(ASSET_KINDS.items())),
        Filter("asset", Text("资产代码", "Asset"), lambda rows, slug: rows.filter(asset__slug=slug)),
        Filter("offer", Text("服务项", "Offer"), lambda rows, offer: rows.filter(offer=offer)),
        Filter("state", Text("状态", "State"), lambda rows, state: rows.filter(state=state),
               tuple((name, status.word) for name, status in STATES.items())),
    ),
    creation=Operation("opening", _OPENING, OPEN, open_account, account_form, takes=_opened),
    operations=(
        Operation("transfer", Text("记账凭证", "Voucher"), POST, transfer, voucher_form, subject="debit",
                  own=lambda me, row: row.owner in own_accounts(me, POST), when=_payable, facts=balance_facts,
                  takes=lambda row, values: _counted(row, values, "serials"), gives=lambda: TRANSFERS,
                  given=lambda _row: {"key": public_code()}),
        Operation("pledge", Text("质押", "Pledge"), POST, pledge, pledge_form, facts=balance_facts, when=_payable,
                  own=lambda me, row: row.owner in own_accounts(me, POST), gives=lambda: RESTRAINTS,
                  takes=lambda row, values: _counted(row, values, "numbers")),
        Operation("unblocking", Text("恢复支付", "Let it pay again"), FREEZE, set_paying, _REASON,
                  when=in_state("no_pay"), takes=lambda _row, values: {**values, "pays": True}),
        Operation("freezing", Text("冻结", "Freeze"), FREEZE, freeze, freezing_form, facts=balance_facts,
                  when=in_state("open", "no_pay"), gives=lambda: RESTRAINTS, dangerous=True,
                  takes=lambda row, values: _counted(row, values, "numbers")),
        Operation("blocking", Text("只收不付", "Block payments"), FREEZE, set_paying, _REASON, when=in_state("open"),
                  takes=lambda _row, values: {**values, "pays": False}, dangerous=True),
        Operation("closing", Text("销户", "Close"), FREEZE, close_account, _REASON, dangerous=True,
                  when=lambda row: row.state != "closed" and not row.engine and not any(totals_of(row)[2:])
                  and not totals_of(row).balance),
    ),
    **_COMMON,
)  # fmt: skip
TRANSFERS: Resource[Transfer] = Resource(
    plural="transfers", row="transfer", title=Text("记账", "Transfers"), noun=Text("记账", "Transfer"),
    find=lambda _place, code: transfer_coded(code), rows=lambda me, _place: between(me, transfers()),
    seen=lambda me, row: sees(me, row.debit_id, row.credit_id), named=lambda row: KINDS[row.kind],
    ref=lambda row: hold_ref(row.code), scope=lambda row: account_scope(row.debit),
    quote=lambda at: play(at.debit.asset) if isinstance(at, Transfer) else play(), facts=transfer_facts,
    traits=(
        Trait("code", Text("流水号", "Code"), lambda row: row.code, "code", list=False),
        Trait("at", Text("时间", "At"), lambda row: row.at, "datetime"),
        Trait("kind", Text("种类", "Kind"), lambda row: KINDS[row.kind], leads=True, fact=False,
              plain=lambda row: row.kind),
        Trait("debit", Text("付方", "From"), lambda row: title_of(row.debit), plain=lambda row: row.debit.code,
              fact=False),
        Trait("credit", Text("收方", "For"), lambda row: title_of(row.credit), plain=lambda row: row.credit.code,
              fact=False),
        Trait("asset", Text("资产", "Asset"), lambda row: title_of(row.debit.asset), list=False, fact=False,
              plain=lambda row: row.debit.asset.slug),
        amount_trait("amount", Text("数额", "Amount"), lambda row: row.debit.asset, lambda row: row.amount, fact=False),
        amount_trait("released", Text("退回", "Given back"), lambda row: row.debit.asset, lambda row: row.released,
                list=False, fact=False),
        Trait("words", Text("摘要", "For"), lambda row: row.words),
        Trait("cause", Text("事由", "Cause"), lambda row: row.cause, "code", list=False),
        Trait("key", Text("凭证号", "Voucher number"), lambda row: row.key, "code", list=False),
        Trait("serials", Text("编号", "Serial numbers"), _serials, "code", list=False),
        Trait("pending", Text("所结预留", "Hold that it ends"), lambda row: row.pending and row.pending.code, "code",
              list=False, fact=False),
        Trait("due", Text("退回时间", "Goes back at"), lambda row: row.due, "datetime", list=False, fact=False),
        Trait("actor", Text("记账人", "Booked by"), lambda row: row.actor, "code", list=False, fact=False),
    ),
    **_COMMON,
)  # fmt: skip
RESTRAINTS: Resource[Restraint] = Resource(
    plural="restraints", row="restraint", title=Text("冻结和质押", "Freezes and pledges"),
    noun=Text("冻结或质押", "Restraint"), find=lambda _place, code: restraint_coded(code),
    rows=lambda me, _place: restraints().filter(account__in=seen_by(me).values("pk")),
    seen=lambda me, row: sees(me, row.account_id) or row.beneficiary in own_accounts(me, VIEW),
    named=lambda row: RESTRAINT_KINDS[row.kind], ref=lambda row: Ref("ledger.restraint", row.code),
    scope=lambda row: account_scope(row.account),
    quote=lambda at: play(at.account.asset) if isinstance(at, Restraint) else play(),
    traits=(
        _CODE,
        Trait("account", Text("户名", "Account"), lambda row: title_of(row.account), list=False,
              plain=lambda row: row.account.code, url=lambda row: ACCOUNTS.url(row.account)),
        Trait("kind", Text("种类", "Kind"), lambda row: RESTRAINT_KINDS[row.kind], leads=True, fact=False,
              plain=lambda row: row.kind),
        amount_trait("amount", Text("数额", "Amount"), lambda row: row.account.asset, lambda row: row.amount),
        Trait("serials", Text("编号", "Serial numbers"), _serials, "code", list=False),
        Trait("reason", Text("理由", "Reason"), lambda row: row.reason),
        Trait("document", Text("文书", "Document"), lambda row: row.document),
        Trait("beneficiary", Text("质权人", "Pledgee"), lambda row: row.beneficiary, "code"),
        Trait("at", Text("自", "Since"), lambda row: row.at, "datetime"),
        Trait("state", Text("状态", "State"), restraint_status, "status"),
        Trait("released_at", Text("解除", "Lifted"), lambda row: row.released_at, "datetime", list=False),
        Trait("release_reason", Text("解除理由", "Why lifted"), lambda row: row.release_reason, list=False),
    ),
    operations=(
        Operation("lifting", Text("解除", "Lift"), FREEZE, lift, _REASON, own=_lifts,
                  when=lambda row: row.released_at is None, leads=lambda row: ACCOUNTS.url(row.account)),
    ),
    **_COMMON,
)  # fmt: skip
