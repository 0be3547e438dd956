"""The rules of budgets: which moves a step makes among the pots of a line, and why it may not."""

from .closing import CHOICES, Closing, OpenCommitment, close_line
from .moves import AVAILABLE, COMMITTED, GRANTED, LAPSED, PAID, POTS, Move, Position, Spot, adjust, appropriate
from .tranches import CONDITIONS, Condition, Plan, Tranche, commit, confirmable, pay, release, split
from .years import Year, closable, may_commit, may_move

__all__ = [
    "AVAILABLE",
    "CHOICES",
    "COMMITTED",
    "CONDITIONS",
    "GRANTED",
    "LAPSED",
    "PAID",
    "POTS",
    "Closing",
    "Condition",
    "Move",
    "OpenCommitment",
    "Plan",
    "Position",
    "Spot",
    "Tranche",
    "Year",
    "adjust",
    "appropriate",
    "closable",
    "close_line",
    "commit",
    "confirmable",
    "may_commit",
    "may_move",
    "pay",
    "release",
    "split",
]
