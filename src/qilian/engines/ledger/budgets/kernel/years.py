"""The fiscal year: from 1 January to 31 December (预算法 第十八条); closed once, by two people."""

from dataclasses import dataclass
from datetime import date

from qilian.core.values.text import Refusal, Text


@dataclass(frozen=True, slots=True)
class Year:
    """One fiscal year of a programme."""

    number: int
    closed: bool = False


def may_move(year: Year) -> None:
    """Refuse (`budgets.year.closed`) any step in a year that is closed."""
    if year.closed:
        raise Refusal(
            "budgets.year.closed",
            Text(
                f"{year.number} 年度已经结转，不能再变动。", f"The year {year.number} is closed: nothing moves in it."
            ),
            where="year",
            remedy=Text("请在下一年度的科目里办理。", "Use the line of the following year."),
        )


def may_commit(year: Year, today: date) -> None:
    """Let a commitment be made in its own fiscal year only. Refusals: `budgets.year.closed`, `budgets.year.other`."""
    may_move(year)
    if today.year != year.number:
        raise Refusal(
            "budgets.year.other",
            Text(
                f"今天是 {today}，不在 {year.number} 预算年度之内。",
                f"Today is {today}, outside the year {year.number}.",
            ),
            where="year",
            remedy=Text("请在今年的科目里承诺。", "Commit from a line of this year."),
        )


def closable(year: Year, today: date) -> None:
    """Let a year that has begun be closed, once. Refusals: `budgets.year.closed`, `budgets.year.future`."""
    may_move(year)
    if today.year < year.number:
        message = Text(f"{year.number} 年度还没有开始。", f"The year {year.number} has not begun.")
        raise Refusal("budgets.year.future", message, where="year")
