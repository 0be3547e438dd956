"""What a bank file says, whatever its format: entries, and what the file claims about itself."""

from dataclasses import dataclass
from datetime import date

from qilian.core.papers.sheets.api import Problem
from qilian.core.values.money import Money
from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One booked line of a bank statement, from the holder's side: `fen` above zero came in, below zero went out.

    `row` is the row of a CSV file or the number of the entry in an XML file; `balance` is what the bank shows after it
    (None in formats without); `serial` is the bank's own number of the line (流水号), `reference` the one that the
    payer gave.
    """

    row: int
    day: date
    fen: int
    balance: int | None = None
    name: str = ""
    account: str = ""
    summary: str = ""
    serial: str = ""
    reference: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that the file says about itself and that must be true; `row` is where it says so.

    `what` is one of account, currency, opening, closing, inflow, outflow, net, count, count_in, count_out; `value`
    counts fen or entries, `words` holds the account or the currency.
    """

    what: str
    row: int
    value: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry that moves nothing: pending, or of zero; it is counted and passed over."""

    row: int
    why: str


_CLAIMS = {
    "opening": Text("期初余额", "opening balance"),
    "closing": Text("期末余额", "closing balance"),
    "inflow": Text("收入合计", "sum of receipts"),
    "outflow": Text("支出合计", "sum of payments"),
    "net": Text("净额", "net sum"),
    "count": Text("笔数", "number of entries"),
    "count_in": Text("收入笔数", "number of receipts"),
    "count_out": Text("支出笔数", "number of payments"),
}


def untrue(claim: Claim, counted: int) -> Problem:
    """The problem of a claim that is not what the entries make."""
    title = _CLAIMS[claim.what]
    number = claim.what.startswith("count")
    have, want = (str(each) if number else str(Money(each)) for each in (claim.value, counted))
    message = Text(
        f"{title.zh}对不上：文件写 {have}，按行计算是 {want}。",
        f"The {title.en} is not right: the file says {have}, its rows make {want}.",
    )
    remedy = Text(
        "文件不完整或被改动过，请从银行重新下载。", "The file is not whole or was changed: download it again."
    )
    return Problem(claim.row, "", title, message, remedy)
