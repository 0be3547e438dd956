"""Fees and refunds by rule with dates: a rate with least and most, and shares that fall as the day draws near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from qilian.core.values.text import Refusal, Text


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee of an amount from a day on: fixed part plus rate, not under `least`, not over `most` (minimal units).

    `source` is the clause, statute or tariff that allows it; a rule without `valid_to` runs on.
    """

    valid_from: date
    rate: Decimal
    source: str
    fixed: int = 0
    least: int = 0
    most: int | None = None
    valid_to: date | None = None
    rounding: str = ROUND_HALF_UP


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee and the rule that gave it."""

    amount: int
    rule: FeeRule


@dataclass(frozen=True, slots=True)
class RefundStep:
    """Whoever withdraws at least so many days before the day gets this share back."""

    days_before: int
    share: Decimal


def fee(rules: Sequence[FeeRule], amount: int, on: date) -> Fee:
    """Return the fee of an amount (minimal units) on a day.

    Refusals: `ledger.fee_none` when no rule holds that day, `ledger.fee_two` when two do, `ledger.amount_not_positive`.
    """
    if amount < 0:
        raise _no("amount_not_positive", Text("收费的基数不能为负。", "A fee is not taken of a negative amount."), on)
    holding = [rule for rule in rules if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)]
    if not holding:
        raise _no("fee_none", Text("这一天没有有效的收费标准。", "No tariff holds on this day."), on)
    if len(holding) > 1:
        raise _no("fee_two", Text("这一天有两个收费标准。", "Two tariffs hold on this day."), on)
    rule = holding[0]
    counted = rule.fixed + _part(amount, rule.rate, rule.rounding)
    least = max(counted, rule.least)
    return Fee(least if rule.most is None else min(least, rule.most), rule)


def refund(steps: Sequence[RefundStep], paid: int, *, on: date, day: date, rounding: str = ROUND_HALF_UP) -> int:
    """Return what of a payment goes back to somebody who withdraws `on` a day before `day`; 0 when no step is met."""
    left = (day - on).days
    met = [step for step in steps if left >= step.days_before]
    best = max(met, key=lambda step: step.days_before, default=None)
    return _part(paid, best.share, rounding) if best else 0


def _part(amount: int, rate: Decimal, rounding: str) -> int:
    return int((Decimal(amount) * rate).to_integral_value(rounding=rounding))


def _no(code: str, message: Text, on: date) -> Refusal:
    remedy = Text("请先公布收费标准。", "Publish the tariff first.")
    return Refusal(f"ledger.{code}", message, where=str(on), remedy=remedy)
