"""The close of a year: what is left of a line lapses to the treasury or is carried over, by decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text

from .moves import AVAILABLE, COMMITTED, LAPSED, Move, Position, Spot

CHOICES = ("lapse", "carry")


@dataclass(frozen=True, slots=True)
class OpenCommitment:
    """A commitment that is not wholly paid, and the one that takes its place in the following year."""

    code: str
    fen: int
    following: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What the close of one line does: its moves, and the two sums that people read."""

    moves: tuple[Move, ...]
    lapsed: int = 0
    carried: int = 0


def close_line(
    line: str, following: str, position: Position, commitments: Sequence[OpenCommitment], choice: str
) -> Closing:
    """Empty a line at the end of its year: what is available lapses, or goes to the line of the following year.

    Open commitments are carried over with their line; they never lapse. Refusals: `budgets.close.choice`,
    `budgets.close.committed` when a line shall lapse although money is promised.
    """
    if choice not in CHOICES:
        message = Text("每个科目须选择收回或结转。", "Every line either lapses or is carried over.")
        raise Refusal("budgets.close.choice", message, where="choice")
    promised = sum(each.fen for each in commitments)
    if choice == "lapse":
        if promised:
            raise _promised(promised)
        return Closing(_moved(Spot(line, AVAILABLE), Spot(line, LAPSED), position.available), lapsed=position.available)
    moves = [*_moved(Spot(line, AVAILABLE), Spot(following, AVAILABLE), position.available)]
    for each in commitments:
        moves += _moved(Spot(each.code, COMMITTED), Spot(each.following, COMMITTED), each.fen)
    return Closing(tuple(moves), carried=position.available + promised)


def _moved(out_of: Spot, into: Spot, fen: int) -> tuple[Move, ...]:
    return (Move(out_of, into, fen),) if fen else ()


def _promised(fen: int) -> Refusal:
    return Refusal(
        "budgets.close.committed",
        Text(
            f"科目还有 {Money(fen)} 元已承诺未支付，不能收回。",
            f"CNY {Money(fen)} of the line is promised and not paid: it cannot lapse.",
        ),
        where="choice",
        remedy=Text(
            "请先支付或退回承诺，或者选择结转。", "Pay or release the commitments first, or carry the line over."
        ),
    )
