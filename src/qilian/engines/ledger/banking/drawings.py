"""The bank's balance and the book's, day by day, and the gap between them."""

from collections.abc import Mapping, Sequence
from datetime import date

from qilian.core.house.pages import Column, Section, Table
from qilian.core.papers.pictures.api import Day, curves, pictured
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .models import BankAccount
from .queries import ledger_fen, moves_by_day
from .words import YUAN

_TITLE = Text("银行与账本逐日余额", "Bank and book, day by day")
_DAYS = 62
_NAMES = (Text("银行", "Bank"), Text("账本", "Book"), Text("差额", "Gap"))


def balances_section(row: BankAccount) -> list[Section]:
    """The last days on which anything moved, two months of them at most; nothing while nothing has moved."""
    bank, book = moves_by_day(row)
    every = sorted({*bank, *book})
    if not every:
        return []
    days = every[-_DAYS:]
    first, second = _backwards(row.bank_fen, bank, days), _backwards(ledger_fen(row), book, days)
    drawn = [Day(on, first[n], second[n]) for n, on in enumerate(days)]
    gap = abs(first[-1] - second[-1])
    desc = Text("{bank} {a}，{book} {b}，{gap} {c}。", "{bank} {a}, {book} {b}, {gap} {c}.").filled(
        bank=_NAMES[0], a=Money(first[-1]), book=_NAMES[1], b=Money(second[-1]), gap=_NAMES[2], c=Money(gap)
    )
    return [
        pictured(
            _TITLE,
            "days",
            lambda width: curves(
                width,
                drawn,
                title=str(_TITLE),
                desc=str(desc),
                names=(str(_NAMES[0]), str(_NAMES[1]), str(_NAMES[2])),
                said=_scaled,
            ),
            Table(_COLUMNS, drawn),
        )
    ]


def _backwards(now: int, moves: Mapping[date, int], days: Sequence[date]) -> list[int]:
    """The balance at the end of each day, from what it is now."""
    found = [now]
    for on in reversed(days[1:]):
        found.append(found[-1] - moves.get(on, 0))
    return found[::-1]


def _scaled(fen: float) -> str:
    """An amount at the axis, in 万元 where it is large."""
    yuan = fen / 100
    return (
        str(Text(f"{yuan / 10_000:,.6g} 万元", f"CNY {yuan:,.0f}"))
        if abs(yuan) >= 10_000
        else str(Text(f"{yuan:,.6g} 元", f"CNY {yuan:,.6g}"))
    )


_COLUMNS = (
    Column("day", Text("日期", "Day"), lambda day: day.on, "date"),
    Column("bank", Text("银行余额", "At the bank"), lambda day: Money(int(day.first)), "number", unit=YUAN),
    Column("book", Text("账本余额", "In the book"), lambda day: Money(int(day.second)), "number", unit=YUAN),
    Column("gap", Text("差额", "Gap"), lambda day: Money(int(day.first - day.second)), "number", unit=YUAN),
)
