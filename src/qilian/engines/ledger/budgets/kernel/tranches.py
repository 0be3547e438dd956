"""A commitment and its tranches: each is paid once, whole, when its condition is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qilian.core.values.money import Money, allocate
from qilian.core.values.text import Refusal, Text

from .moves import AVAILABLE, COMMITTED, PAID, Move, Position, Spot, enough, positive

CONDITIONS = ("start", "day", "evidence")
"""A tranche is due at once, from a day on, or when somebody has confirmed a result (验收) with its evidence."""
STATES = ("due", "paid", "released", "carried")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a tranche waits for: `start` for nothing, `day` until a day, `evidence` until a result is confirmed."""

    kind: str
    words: str = ""
    day: date | None = None

    def problems(self) -> Refusal | None:
        """What is wrong with the condition itself, if anything."""
        if self.kind not in CONDITIONS:
            message = Text(f"没有“{self.kind}”这种条件。", f"There is no condition “{self.kind}”.")
            return Refusal("budgets.condition", message, where="condition")
        if self.kind == "day" and self.day is None:
            return Refusal("budgets.condition", Text("没有写明哪一天。", "The day is missing."), where="day")
        if self.kind == "evidence" and not self.words.strip():
            message = Text("没有写明以什么结果为条件。", "The result that it waits for is missing.")
            return Refusal("budgets.condition", message, where="words")
        return None


@dataclass(frozen=True, slots=True)
class Plan:
    """One tranche as it is asked for: its share in percent, and its condition."""

    share: Decimal
    condition: Condition


@dataclass(frozen=True, slots=True)
class Tranche:
    """One tranche of a commitment as it stands."""

    number: int
    fen: int
    condition: Condition
    state: str = "due"
    confirmed: bool = False


def split(fen: int, plans: Sequence[Plan]) -> tuple[Tranche, ...]:
    """Divide a commitment by shares that make 100 %; spare fen go to the largest remainders.

    Refusals: `budgets.amount`, `budgets.tranche.none`, `budgets.tranche.shares` with the sum, `budgets.tranche.small`
    when a tranche would be nothing, `budgets.condition`.
    """
    positive(fen)
    if not plans:
        message = Text("至少要有一笔拨付。", "There must be one tranche at least.")
        raise Refusal("budgets.tranche.none", message, where="tranches")
    for plan in plans:
        if (wrong := plan.condition.problems()) is not None:
            raise wrong
    weights = [_hundredths(plan.share) for plan in plans]
    if sum(weights) != 10_000:
        total = format(sum((plan.share for plan in plans), Decimal(0)).normalize(), "f")
        message = Text(f"各笔比例之和是 {total}%，不是 100%。", f"The shares add up to {total} %, not to 100 %.")
        raise Refusal("budgets.tranche.shares", message, where="tranches")
    parts = allocate(Money(fen), weights)
    if any(part.fen < 1 for part in parts):
        message = Text("有一笔不足一分。", "One tranche would be less than a fen.")
        raise Refusal("budgets.tranche.small", message, where="amount")
    return tuple(
        Tranche(n, part.fen, plan.condition) for n, (part, plan) in enumerate(zip(parts, plans, strict=True), 1)
    )


def commit(line: str, commitment: str, position: Position, tranches: Sequence[Tranche]) -> Move:
    """Set the sum of all tranches apart for one payee. Refusal `budgets.exhausted` with how much is missing."""
    fen = sum(tranche.fen for tranche in tranches)
    enough(position, fen)
    return Move(Spot(line, AVAILABLE), Spot(commitment, COMMITTED), fen)


def pay(line: str, commitment: str, tranche: Tranche, today: date) -> Move:
    """Pay one tranche, whole and once. Refusals: `budgets.tranche.done`, `budgets.tranche.waits` with the reason."""
    _due(tranche)
    waits = _waits_for(tranche, today)
    if waits:
        raise Refusal(
            "budgets.tranche.waits",
            Text(
                f"第 {tranche.number} 笔的条件没有满足：{waits.zh}。",
                f"Tranche {tranche.number} still waits: {waits.en}.",
            ),
            where=f"tranche {tranche.number}",
            remedy=Text("条件满足并经确认后再支付。", "Pay it when the condition is met and confirmed."),
        )
    return Move(Spot(commitment, COMMITTED), Spot(line, PAID), tranche.fen)


def release(line: str, commitment: str, tranches: Sequence[Tranche]) -> Move:
    """Give what is not paid back to the line. Refusal `budgets.release.nothing` when all is settled."""
    fen = sum(tranche.fen for tranche in tranches if tranche.state == "due")
    if not fen:
        message = Text("没有未支付的款项可以退回。", "Nothing is left to give back.")
        raise Refusal("budgets.release.nothing", message, where="commitment")
    return Move(Spot(commitment, COMMITTED), Spot(line, AVAILABLE), fen)


def confirmable(tranche: Tranche) -> None:
    """Let a result be confirmed once. Refusals: `budgets.tranche.done`, `budgets.confirm.needless`, `.twice`."""
    _due(tranche)
    if tranche.condition.kind != "evidence":
        message = Text("这一笔不以验收为条件。", "This tranche waits for no result.")
        raise Refusal("budgets.confirm.needless", message, where=f"tranche {tranche.number}")
    if tranche.confirmed:
        message = Text("这一笔的条件已经确认过。", "The condition of this tranche is confirmed already.")
        raise Refusal("budgets.confirm.twice", message, where=f"tranche {tranche.number}")


def _due(tranche: Tranche) -> None:
    if tranche.state != "due":
        message = Text(f"第 {tranche.number} 笔已经办结。", f"Tranche {tranche.number} is settled already.")
        raise Refusal("budgets.tranche.done", message, where=f"tranche {tranche.number}")


def _waits_for(tranche: Tranche, today: date) -> Text | None:
    condition = tranche.condition
    if condition.kind == "day" and condition.day is not None and today < condition.day:
        return Text(f"{condition.day} 起才能支付", f"not before {condition.day}")
    if condition.kind == "evidence" and not tranche.confirmed:
        return Text(f"等待确认“{condition.words}”", f"“{condition.words}” is not confirmed")
    return None


def _hundredths(share: Decimal) -> int:
    """A share in hundredths of a percent; Refusal `budgets.tranche.shares` when it is finer, or not above zero."""
    whole = share * 100
    if not whole.is_finite() or whole != whole.to_integral_value() or whole <= 0:
        message = Text(
            f"比例 {share}% 应大于零，最多两位小数。", f"The share {share} % needs to be above 0, two decimals."
        )
        raise Refusal("budgets.tranche.shares", message, where="tranches")
    return int(whole)
