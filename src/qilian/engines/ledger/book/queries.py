"""Reading the book: accounts by owner, balances now and then, statements, the trial balance, open holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from qilian.core.values.money import Money
from qilian.core.values.text import Ref, Refusal, Text

from .kernel import Totals
from .models import Account, Asset, Batch, Hold, Restraint, Transfer

_AFTER = """
    (SELECT id, debit_debits, debit_credits, debit_debits_pending, debit_credits_pending FROM ledger_transfer
     WHERE debit_id = {account} AND at <= {at} ORDER BY at DESC, id DESC LIMIT 1)
    UNION ALL
    (SELECT id, credit_debits, credit_credits, credit_debits_pending, credit_credits_pending FROM ledger_transfer
     WHERE credit_id = {account} AND at <= {at} ORDER BY at DESC, id DESC LIMIT 1)
    ORDER BY 1 DESC LIMIT 1"""
_THEN = _AFTER.format(account="%(account)s", at="%(at)s")
_TRIAL = f"""
    SELECT account.id, latest.* FROM ledger_account AS account
    LEFT JOIN LATERAL ({_AFTER.format(account="account.id", at="%(at)s")}) AS latest ON true
    WHERE account.opened_at <= %(at)s ORDER BY account.id"""
_RESTRAINED = Q(released_at__isnull=True)


@dataclass(frozen=True, slots=True)
class TrialLine:
    """An account in a trial balance: its totals at the moment."""

    account: Account
    totals: Totals


def assets() -> QuerySet[Asset]:
    """All assets."""
    return Asset.objects.all()


def asset_of(slug: str) -> Asset:
    """The asset with a slug. Refusal `ledger.asset.unknown` (HTTP 404)."""
    row = Asset.objects.filter(slug=slug).first()
    if row is None:
        remedy = Text("请先登记资产。", "Register the asset first.")
        raise Refusal("ledger.asset.unknown", Text("没有登记这种资产。", "No such asset."), where=slug, remedy=remedy)
    return row


def account_of(owner: Ref, asset: str, purpose: str = "main") -> Account | None:
    """The account of an owner for an asset (slug) and a purpose, if there is one."""
    rows = Account.objects.select_related("asset")
    return rows.filter(owner=str(owner), asset__slug=asset, purpose=purpose).first()


def account_coded(code: str) -> Account:
    """The account with a public code. Refusal `ledger.account.unknown` (HTTP 404)."""
    row = Account.objects.select_related("asset").filter(code=code).first()
    if row is None:
        raise Refusal("ledger.account.unknown", Text("没有这个账户。", "There is no such account."), where=code)
    return row


def accounts() -> QuerySet[Account]:
    """All accounts with their assets; pages narrow them to what the reader may see."""
    return Account.objects.select_related("asset")


def totals_of(account: Account) -> Totals:
    """The totals that a row of an account carries."""
    return Totals(
        account.debits_posted,
        account.credits_posted,
        account.debits_pending,
        account.credits_pending,
        account.restrained,
    )


def balance(account: Account, at: datetime | None = None) -> Totals:
    """The totals of an account now, or after the last transfer up to a moment: one look-up, however many there are."""
    if at is None:
        return totals_of(Account.objects.get(pk=account.pk))
    with connection.cursor() as cursor:
        cursor.execute(_THEN, {"account": account.pk, "at": at})
        row = cursor.fetchone()
    return Totals(*(row[1:] if row else ()))._replace(restrained=restrained_at(account, at))


def restrained_at(account: Account, at: datetime) -> int:
    """What freezes and pledges bound of an account at a moment."""
    rows = Restraint.objects.filter(Q(released_at__isnull=True) | Q(released_at__gt=at), account=account, at__lte=at)
    return int(rows.aggregate(bound=Sum("amount"))["bound"] or 0)


def statement(account: Account) -> QuerySet[Transfer]:
    """The transfers of an account, the latest first, with both sides; `side_of` reads one side of a row."""
    return transfers().filter(Q(debit=account) | Q(credit=account))


def side_of(row: Transfer, account: Account) -> tuple[str, Totals]:
    """Which side of a row an account stands on (`debit` or `credit`), and its totals after the row."""
    if row.debit_id == account.pk:
        after = (row.debit_debits, row.debit_credits, row.debit_debits_pending, row.debit_credits_pending)
        return "debit", Totals(*after)
    after = (row.credit_debits, row.credit_credits, row.credit_debits_pending, row.credit_credits_pending)
    return "credit", Totals(*after)


def transfer_coded(code: str) -> Transfer:
    """The transfer with a public code, with both sides. Refusal `ledger.transfer.unknown` (HTTP 404)."""
    row = transfers().filter(code=code).first()
    if row is None:
        raise Refusal("ledger.transfer.unknown", Text("没有这笔记账。", "There is no such transfer."), where=code)
    return row


def transfers_for(cause: Ref) -> QuerySet[Transfer]:
    """The transfers that something caused, in order."""
    rows = Transfer.objects.filter(cause=str(cause)).exclude(cause="")
    return rows.select_related("debit__asset", "credit").order_by("id")


def open_holds() -> QuerySet[Hold]:
    """The holds that are open, the first due first."""
    rows = Hold.objects.filter(state="open").select_related("transfer", "debit__asset", "credit")
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


def holds() -> QuerySet[Hold]:
    """All holds with both accounts, the latest first."""
    return Hold.objects.select_related("transfer", "debit__asset", "credit").order_by("-pk")


def hold_coded(code: str) -> Hold:
    """The hold with the public code of its transfer. Refusal `ledger.hold.unknown` (HTTP 404)."""
    row = holds().filter(transfer__code=code).first()
    if row is None:
        raise Refusal("ledger.hold.unknown", Text("没有这笔预留。", "There is no such hold."), where=code)
    return row


def restraints() -> QuerySet[Restraint]:
    """All freezes and pledges with their accounts, the latest first."""
    return Restraint.objects.select_related("account__asset").order_by("-at", "-pk")


def restraint_coded(code: str) -> Restraint:
    """The freeze or pledge with a public code. Refusal `ledger.restraint.unknown` (HTTP 404)."""
    row = restraints().filter(code=code).first()
    if row is None:
        message = Text("没有这项冻结或质押。", "There is no such freeze or pledge.")
        raise Refusal("ledger.restraint.unknown", message, where=code)
    return row


def transfers() -> QuerySet[Transfer]:
    """All transfers with both sides, the latest first."""
    return Transfer.objects.select_related("debit__asset", "credit", "pending", "batch").order_by("-id")


def restraints_of(account: Account) -> QuerySet[Restraint]:
    """The freezes and pledges of an account, the latest first."""
    return Restraint.objects.filter(account=account).order_by("-at", "-pk")


def trial_balance(at: datetime, rows: QuerySet[Account] | None = None) -> list[TrialLine]:
    """Every account with its totals at a moment, by asset; the sides of each asset add up to the same."""
    known = (accounts() if rows is None else rows).select_related("asset").in_bulk()
    with connection.cursor() as cursor:
        cursor.execute(_TRIAL, {"at": at})
        found: Sequence[tuple[int | None, ...]] = cursor.fetchall()
    bound = _restrained_then(at)
    lines = [
        TrialLine(known[number], Totals(*(value or 0 for value in totals))._replace(restrained=bound.get(number, 0)))
        for number, _, *totals in found
        if number is not None and number in known
    ]
    return sorted(lines, key=lambda line: (line.account.asset.slug, line.account.pk))


def shown_amount(amount: int, asset: Asset) -> Decimal | Money:
    """An amount of minimal units as people read it: money, or a decimal with the asset's places."""
    if asset.kind == "money" and asset.scale == 2:
        return Money(amount)
    return Decimal(amount).scaleb(-asset.scale)


def batch_rows(batch: Batch) -> QuerySet[Transfer]:
    """The rows of a batch in the order of its tree."""
    return Transfer.objects.filter(batch=batch).order_by("id")


def _restrained_then(at: datetime) -> Mapping[int, int]:
    rows = Restraint.objects.filter(Q(released_at__isnull=True) | Q(released_at__gt=at), at__lte=at)
    return dict(rows.values_list("account").annotate(bound=Sum("amount")).order_by())
