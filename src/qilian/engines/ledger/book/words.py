"""How the ledger speaks: the one sentence on play money, states, kinds, rules, and days as moments."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings

from qilian.core.house.forms.api import FieldSpec, read
from qilian.core.house.pages import Status
from qilian.core.values import clock
from qilian.core.values.clock import SHANGHAI
from qilian.core.values.text import Text

from .models import Account, Asset, Hold, Restraint

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
RULES: Mapping[str, Text] = {
    "debits_within_credits": Text("借方不超过贷方", "Debits within credits"),
    "credits_within_debits": Text("贷方不超过借方", "Credits within debits"),
    "free": Text("外部账户，不设限额", "World outside, no limit"),
}
ASSET_KINDS: Mapping[str, Text] = {
    "money": Text("货币", "Money"),
    "goods": Text("货物", "Goods"),
    "allowance": Text("配额", "Allowances"),
    "water": Text("水量", "Water"),
    "share": Text("份额", "Shares"),
    "pallet": Text("托盘", "Pallets"),
    "budget": Text("预算指标", "Budget authority"),
    "hours": Text("工时", "Hours"),
}
RESTRAINT_KINDS: Mapping[str, Text] = {"freeze": Text("冻结", "Freeze"), "pledge": Text("质押", "Pledge")}
ENGINES: Mapping[str, Text] = {
    "ledger.budgets": Text("预算资金", "Budgets"),
    "ledger.banking": Text("银行对账", "Bank reconciliation"),
}


def play(*assets: Asset) -> Text | str:
    """The sentence that must stand on a page about play money: everything outside a real installation is."""
    return PLAY if settings.MODE != "real" or any(asset.demonstration for asset in assets) else ""


def title_of(row: Account | Asset) -> Text:
    """The name of an account or asset."""
    return Text(row.title_zh, row.title_en)


def hold_status(row: Hold) -> Status:
    """Where a hold stands: also whether it is due, and whether it could not be given back."""
    if row.state == "open" and row.failed_at is not None:
        return Status(Text("退回失败，将重试", "Could not be given back, tried again"), "red")
    if row.state == "open" and row.due is not None and row.due <= clock.now():
        return Status(Text("已到期", "Due now"), "red")
    return HOLD_STATES[row.state]


def restraint_status(row: Restraint) -> Status:
    """Whether a freeze or pledge still binds."""
    lifted = row.released_at is not None
    return Status(Text("已解除", "Lifted"), "grey") if lifted else Status(Text("有效", "In force"), "amber")


def first_moment(name: str, label: Text, written: str) -> datetime:
    """The first moment of a day in Asia/Shanghai that a filter gives; Refusal `forms.date`."""
    day = read(FieldSpec(name, label, "date"), written)
    assert isinstance(day, date)
    return datetime.combine(day, time(), SHANGHAI)


def last_moment(name: str, label: Text, written: str) -> datetime:
    """The last moment of a day in Asia/Shanghai that a filter gives; Refusal `forms.date`."""
    return first_moment(name, label, written) + timedelta(days=1, microseconds=-1)
