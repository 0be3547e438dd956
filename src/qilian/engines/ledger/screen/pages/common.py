"""What all pages of the book share: the sentence on play money, addresses, amounts and states in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from qilian.core.house.forms.api import read_day
from qilian.core.house.pages import Crumb, Status
from qilian.core.house.principal import Principal
from qilian.core.rights.grants.api import signed_in
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text
from qilian.engines.ledger.book.api import Account, Asset, Transfer, seen_by, shown_amount, transfer_coded

TITLE = Text("账户", "Accounts")
PLAY = Text(
    "演示资金：这里的钱和物都是演示用的，没有连接银行，不能提取。",
    "Demonstration: money and goods here are for show; no bank is connected and nothing can be withdrawn.",
)
STATES: Mapping[str, Status] = {
    "open": Status(Text("正常", "Open"), "green"),
    "no_pay": Status(Text("只收不付", "Receives only"), "amber"),
    "closed": Status(Text("已销户", "Closed"), "grey"),
}
HOLD_STATES: Mapping[str, Status] = {
    "open": Status(Text("预留中", "Held"), "amber"),
    "posted": Status(Text("已扣款", "Captured"), "green"),
    "voided": Status(Text("已撤销", "Voided"), "grey"),
    "expired": Status(Text("到期退回", "Expired"), "grey"),
}
KINDS: Mapping[str, Text] = {
    "single": Text("转账", "Transfer"),
    "pending": Text("预留", "Hold"),
    "post": Text("扣款", "Capture"),
    "void": Text("撤销预留", "Void"),
    "expire": Text("到期退回", "Expiry"),
}
_SIDES = {
    "debits_within_credits": Text("借方不超过贷方", "Debits within credits"),
    "credits_within_debits": Text("贷方不超过借方", "Credits within debits"),
    "free": Text("外部账户，不设限额", "World outside, no limit"),
}
RULES: Mapping[str, Text] = _SIDES


def play(*assets: Asset) -> Text | str:
    """The sentence that must stand on a page about play money: everything outside a real installation is."""
    return PLAY if settings.MODE != "real" or any(asset.demonstration for asset in assets) else ""


def reader() -> Principal:
    """Who reads: signed in, or asked to sign in."""
    return signed_in()


def account_or_404(code: str) -> Account:
    """An account that the reader may see; to everybody else it does not exist. Refusal `ledger.account_not_found`."""
    row = seen_by(reader()).select_related("asset").filter(code=code).first()
    if row is None:
        raise Refusal(
            "ledger.account_not_found",
            Text("没有这个账户，或您无权查看。", "There is no such account, or you may not see it."),
            where=code,
            remedy=Text("请从账户清单进入。", "Enter from the list of accounts."),
        )
    return row


def transfer_or_404(code: str) -> Transfer:
    """A transfer of which the reader may see a side. Refusal `ledger.transfer_unknown`."""
    row = transfer_coded(code)
    if not seen_by(reader()).filter(pk__in=(row.debit_id, row.credit_id)).exists():
        raise Refusal("ledger.transfer_unknown", Text("没有这笔记账。", "There is no such transfer."), where=code)
    return row


def account_url(row: Account) -> str:
    """The statement of an account."""
    return reverse("ledger:account", args=[row.code])


def transfer_url(row: Transfer) -> str:
    """The page of a transfer."""
    return reverse("ledger:transfer", args=[row.code])


def crumbs(*steps: tuple[Text | str, str]) -> Sequence[Crumb]:
    """The path: accounts, and what follows."""
    return (Crumb(TITLE, reverse("ledger:accounts")), *(Crumb(title, url) for title, url in steps))


def title_of(row: Account) -> Text:
    """The name of an account."""
    return Text(row.title_zh, row.title_en)


def unit_of(asset: Asset) -> Text:
    """The unit in which an asset is read."""
    return Text(asset.unit_zh, asset.unit_en)


def amount_of(asset: Asset, amount: int | None) -> Decimal | None:
    """An amount as a bare number in the asset's unit, for columns that name the unit; nothing for none."""
    return None if amount is None else Decimal(amount).scaleb(-asset.scale)


def with_unit(asset: Asset) -> Callable[[int], Any]:
    """Say an amount with its unit, for facts: money says 元 itself."""

    def said(amount: int) -> Any:
        money = asset.kind == "money" and asset.scale == 2
        return shown_amount(amount, asset) if money else spoken(asset, amount)

    return said


def spoken(asset: Asset, amount: int) -> Text:
    """An amount with its unit, in words of both languages."""
    shown = shown_amount(amount, asset)
    number = str(shown) if isinstance(shown, Money) else f"{shown:,}"
    return Text(f"{number} {asset.unit_zh}", f"{number} {asset.unit_en}")


def day_of(written: str, where: str) -> date:
    """A day as a filter gives it. Refusal `ledger.day`."""
    try:
        return read_day(written.strip())
    except Refusal:
        message = Text("日期须写成 2026-03-01 的样子。", "Write the day like 2026-03-01.")
        raise Refusal("ledger.day", message, where=where) from None


def end_of(day: date) -> datetime:
    """The last moment of a day in Asia/Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI) - timedelta(microseconds=1)


def start_of(day: date) -> datetime:
    """The first moment of a day in Asia/Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)
