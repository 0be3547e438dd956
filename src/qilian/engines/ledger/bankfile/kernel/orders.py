"""Payment orders as a file for a bank's batch upload: what must stand in an order, and the exact bytes of a batch."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

_HEAD = ("序号", "收款人户名", "收款账号", "收款银行", "金额", "币种", "用途", "参考号")
_ACCOUNT = re.compile(r"[0-9A-Z]{6,34}")
_FORMULA = ("=", "+", "-", "@", "\t")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Order:
    """One payment to be made: to whom, how much in fen, what for, and the reference by which its line comes back."""

    reference: str
    name: str
    account: str
    bank: str
    fen: int
    purpose: str


def clean_account(written: str) -> str:
    """An account number without blanks and dashes, in capitals."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", written)).upper()


def check_order(order: Order) -> None:
    """Refuse an order that a bank would refuse: `banking.order.amount`, `.name`, `.account`, `.purpose`."""
    if order.fen <= 0:
        raise _refuse("amount", Text("金额必须大于零。", "The amount must be more than nothing."))
    if not order.name.strip():
        raise _refuse("name", Text("没有填写收款人户名。", "The payee's name is missing."))
    if not _ACCOUNT.fullmatch(order.account):
        message = Text("收款账号应为 6 至 34 位数字或大写字母。", "An account has 6 to 34 digits or capital letters.")
        raise _refuse("account", message)
    if not order.purpose.strip():
        raise _refuse("purpose", Text("没有填写用途。", "The purpose is missing."))


def write_batch(number: str, payer: str, orders: Sequence[Order], *, currency: str = "CNY") -> bytes:
    """The file of a batch: CSV in UTF-8 with a mark, the payer's account first, the count and the sum last.

    Equal orders give equal bytes. No cell can be taken for a formula by a spreadsheet.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("批次号", number, "付款账号", payer))
    table.writerow(_HEAD)
    for place, order in enumerate(orders, 1):
        amount = str(Money(order.fen).in_unit("元").quantize(_CENT))
        cells = (order.name, order.account, order.bank, amount, currency, order.purpose, order.reference)
        table.writerow((place, *map(_harmless, cells)))
    total = Money(sum(order.fen for order in orders)).in_unit("元").quantize(_CENT)
    table.writerow(("合计", len(orders), "", "", str(total), currency, "", ""))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _refuse(code: str, message: Text) -> Refusal:
    return Refusal(f"banking.order.{code}", message, where=code)
