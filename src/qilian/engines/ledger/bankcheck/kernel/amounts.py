"""Amounts, days and counts as banks write them: exact fen, no float, bounded, or a sentence on what is wrong."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from qilian.core.values.text import Text

FEN_MAX = 10**17
"""One quadrillion yuan: more than that in a cell is a mistake, not a payment."""

SUM_MAX = 9 * 10**18
"""No sum or balance is larger: it is what a column of the database holds."""

FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2199, 12, 31)
"""No bank file is older or newer than that: a day outside was mistyped, and days are added to it."""

_PLAIN = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}")  # as most files have it
_GROUPED = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2}0*)?")
_MARKS = re.compile(r"^(?:CNY|RMB|¥|¥)|元$")
_DAY = re.compile(r"([0-9]{4})\s?[-/.年]?\s?([0-9]{1,2})\s?[-/.月]?\s?([0-9]{1,2})日?(?![0-9])")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?(?:[^0-9]|$)")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,12}")
_EMPTY = ("", "-", "--", "—")
_LONGEST = 60


def read_amount(written: str) -> int | None:
    """Read yuan into fen: separators of thousands, ¥, full-width digits and brackets for minus are understood.

    None when the cell is empty. ValueError when it is no amount: separators out of place, more than two decimals,
    powers of ten as spreadsheets write them (1.2E+05), more than a quadrillion.

    >>> read_amount("1,234.50"), read_amount("¥-0.05"), read_amount("(3.00)"), read_amount("--")
    (123450, -5, -300, None)
    """
    if not written:
        return None
    if _PLAIN.fullmatch(written):
        return int(written.replace(".", ""))
    text = "".join(unicodedata.normalize("NFKC", written[: _LONGEST * 9]).split()).strip("\"'`")
    if text in _EMPTY:
        return None
    bracketed = text.startswith("(") and text.endswith(")")
    text = _MARKS.sub("", _MARKS.sub("", text.strip("()") if bracketed else text))
    if len(text) > _LONGEST or not _GROUPED.fullmatch(text):
        raise ValueError(f"no amount: {written[:_LONGEST]!r}")
    fen = int(Decimal(text.replace(",", "")) * 100)
    if abs(fen) > FEN_MAX:
        raise ValueError(f"too large: {written[:_LONGEST]!r}")
    return -fen if bracketed else fen


def read_day(written: str) -> date | None:
    """Read a day, alone or before a time: 2026-11-24, 2026/11/24, 20261124, 2026年11月24日, 20261124 093000.

    None when the cell holds none; ValueError when it is no day of the calendar, or none between 1980 and 2199.

    >>> read_day("20261124093000"), read_day("2026年1月5日 10:20"), read_day("合计")
    (datetime.date(2026, 11, 24), datetime.date(2026, 1, 5), None)
    """
    if _ISO.fullmatch(written):
        return bounded(date.fromisoformat(written))
    text = unicodedata.normalize("NFKC", written[:_LONGEST]).strip(" \t\"'`")
    found = _COMPACT.match(text) or _DAY.match(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    return bounded(date(year, month, day))


def bounded(day: date) -> date:
    """The day itself; ValueError when no bank file can be of it."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"no day of a bank file: {day}")
    return day


def read_count(written: str) -> int:
    """Read a count of entries; ValueError for anything but twelve plain digits at most (“²” and “１” are none)."""
    if not _COUNT.fullmatch(written):
        raise ValueError(f"no count: {written[:_LONGEST]!r}")
    return int(written)


def not_an_amount(written: str) -> Text:
    """The sentence for a cell that `read_amount` does not take."""
    shown = written.strip()[:30]
    return Text(f"“{shown}”不是金额。", f"“{shown}” is no amount.")


AMOUNT_REMEDY = Text(
    "金额应像 1,234.50：千分位可有可无，最多两位小数；表格软件改写过的（如 1.2E+05）请从银行重新下载。",
    "An amount looks like 1,234.50, with two decimals at most. If a spreadsheet rewrote it (1.2E+05), download the "
    "file from the bank again.",
)
