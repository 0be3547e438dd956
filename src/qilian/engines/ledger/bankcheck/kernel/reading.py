"""What a bank file says, whatever its format: entries, what the file claims about itself, what was left out and why."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qilian.core.papers.sheets.api import Problem
from qilian.core.values.money import Money
from qilian.core.values.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One booked line of a bank statement, from the holder's side: `fen` above zero came in, below zero went out.

    `row` is the row of a CSV file or the number of the entry in a message; `balance` is what the bank shows after it
    (None in formats without); `serial` is the bank's own number of the line (流水号), `reference` the one that the
    payer gave. `own` is the account that the row says it belongs to; `part` counts the payments of a collective
    booking from 1 (0: the entry is a booking of its own).
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
    own: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Begins:
    """A statement of its own begins: a file may hold several, each with its account and balances.

    `bare` ones bring no balances by their nature (notices, reports within the day).
    """

    row: int
    name: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that the file says about itself and that must be true; `row` is where it says so.

    `what` is one of account, currency, opening, closing, inflow, outflow, net, count, count_in, count_out; `value`
    counts fen or entries, `words` holds the account or the currency, `day` is that of a balance. A `loose` claim is
    one of which the maker says that its rows may make something else: it is told, and proves nothing.
    """

    what: str
    row: int
    value: int = 0
    words: str = ""
    day: date | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A row or entry that moves nothing, and why (a word of `WHY`); it is counted, and told on the page.

    `balance` is what the bank shows after it, which must be what it was before.
    """

    row: int
    why: str
    balance: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a file that is no problem, but that a reader must know."""

    row: int
    message: Text


Item = Entry | Begins | Claim | Passed | Note | Problem

MOVELESS = ("zero", "pending", "neutral", "closed")
"""Entries that the bank lists and that move nothing; a bank may count them or not."""

WHY: Mapping[str, Text] = {
    "zero": Text("零金额", "of zero"),
    "pending": Text("未记账", "not booked yet"),
    "neutral": Text("不计收支", "neither income nor expense"),
    "closed": Text("交易关闭或失败", "closed or failed"),
    "before": Text("表头之前的说明", "before the column titles"),
    "head": Text("表头", "column titles"),
    "sums": Text("合计行", "sums"),
    "text": Text("说明文字", "remarks"),
    "blank": Text("空行", "blank"),
    "other": Text("属于别的账户", "of another account"),
}

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
_NO_NUMBER = re.compile(r"[0\-*/.\s]*")
_NO_REFERENCE = frozenset({"NONREF", "NOREF", "NOTPROVIDED", "NOTAVAILABLE", "NOTAPPLICABLE", "NONE", "NULL", "NA"})


def untrue(claim: Claim, counted: int) -> Problem:
    """The problem of a claim that is not what the entries make."""
    title, (have, want) = _CLAIMS[claim.what], _both(claim, counted)
    message = Text(
        f"{title.zh}对不上：文件写 {have}，按行计算是 {want}。",
        f"The {title.en} is not right: the file says {have}, its rows make {want}.",
    )
    remedy = Text(
        "文件不完整或被改动过，请从银行重新下载。", "The file is not whole or was changed: download it again."
    )
    return Problem(claim.row, "", title, message, remedy)


def differs(claim: Claim, counted: int) -> Note:
    """The note on a loose claim that is not what the entries make."""
    title, (have, want) = _CLAIMS[claim.what], _both(claim, counted)
    return Note(
        claim.row,
        Text(
            f"{title.zh}：文件写 {have}，按行计算是 {want}；出具方声明两者可能不一致。",
            f"{title.en}: the file says {have}, its rows make {want}; its maker says that they may differ.",
        ),
    )


def _both(claim: Claim, counted: int) -> list[str]:
    number = claim.what.startswith("count")
    return [str(each) if number else str(Money(each)) for each in (claim.value, counted)]


def reference_of(written: str) -> str:
    """A reference or number as it was written, or nothing when it only says that there is none.

    >>> reference_of("NONREF"), reference_of("00000000"), reference_of(" QL-1")
    ('', '', 'QL-1')
    """
    if written.isascii() and written.isalnum():  # as nearly all are
        return written if written.strip("0") and written.upper() not in _NO_REFERENCE else ""
    text = unicodedata.normalize("NFKC", written).strip("'`\" \t")
    if _NO_NUMBER.fullmatch(text) or re.sub(r"[\W_]", "", text).upper() in _NO_REFERENCE:
        return ""
    return text
