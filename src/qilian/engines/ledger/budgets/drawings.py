"""Money as a waterfall: what was granted and adjusted, what of it is paid and promised, and what is left."""

from collections.abc import Sequence

from qilian.core.house.pages import Column, Section, Table
from qilian.core.papers.pictures.api import Bar, Look, bars, pictured
from qilian.core.values.money import Money
from qilian.core.values.text import Text

from .kernel import Position
from .words import STANDING, YUAN

_TITLE = Text("钱到哪里了", "Where the money is")
_LOOKS: tuple[tuple[str, Look], ...] = (
    ("granted", "pale"),
    ("adjusted", "half"),
    ("budget", "full"),
    ("paid", "good"),
    ("committed", "open"),
    ("lapsed", "wait"),
    ("available", "pale"),
)
_TOTALS = ("granted", "budget", "available")


def money_section(position: Position) -> list[Section]:
    """The waterfall of a line or of a programme's year; nothing before anything was granted."""
    if not position.granted and not position.budget:
        return []
    steps = _steps(position)
    drawn = [
        Bar(str(STANDING[name]), ((look, size),), _said(amount), start, strong=name in _TOTALS)
        for name, look, start, size, amount in steps
    ]
    desc = "；".join(f"{bar.label} {bar.said}" for bar in drawn)
    columns = (
        Column("step", Text("项", "Step"), lambda step: STANDING[step[0]]),
        Column("amount", Text("金额", "Amount"), lambda step: Money(step[4]), "number", unit=YUAN),
    )
    return [
        pictured(
            _TITLE,
            "money",
            lambda width: bars(width, drawn, title=str(_TITLE), desc=desc),
            Table(columns, steps),
        )
    ]


def _steps(position: Position) -> Sequence[tuple[str, Look, int, int, int]]:
    """Name, look, where the step begins, how long it is, and its amount: what leaves the budget hangs from its end."""
    top = position.budget
    starts = {"adjusted": min(position.granted, top)}
    for name in ("paid", "committed", "lapsed"):
        top -= getattr(position, name)
        starts[name] = top
    amounts = {name: getattr(position, name) for name, _ in _LOOKS}
    return [
        (name, look, starts.get(name, 0), abs(amounts[name]), amounts[name])
        for name, look in _LOOKS
        if amounts[name] or name in _TOTALS
    ]


def _said(fen: int) -> str:
    amount = Money(fen)
    return str(Text(f"{amount} 元", f"CNY {amount}"))
