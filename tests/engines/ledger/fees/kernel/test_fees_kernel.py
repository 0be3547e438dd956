"""Fees by dated rules and refunds by steps: hand-made cases."""

from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

import pytest

from qilian.core.values.text import Refusal
from qilian.engines.ledger.fees.kernel import FeeRule, RefundStep, fee, refund

RULES = (
    FeeRule(date(2026, 1, 1), Decimal("0.005"), "价目表一", least=100, most=900, valid_to=date(2026, 6, 30)),
    FeeRule(date(2026, 7, 1), Decimal("0.0125"), "价目表二", fixed=50, rounding=ROUND_DOWN),
)


@pytest.mark.parametrize(
    ("amount", "on", "expected"),
    [
        (0, date(2026, 1, 1), 100),
        (20_100, date(2026, 6, 30), 101),  # 100.5 is half up
        (500_000, date(2026, 6, 30), 900),
        (999, date(2026, 7, 1), 62),  # 12.4875 down, and 50
    ],
)
def test_a_fee_follows_the_tariff_of_its_day(amount: int, on: date, expected: int) -> None:
    assert fee(RULES, amount, on).amount == expected


@pytest.mark.parametrize(
    ("rules", "amount", "on", "code"),
    [
        (RULES, 1, date(2025, 12, 31), "ledger.fee_none"),
        ((*RULES, RULES[0]), 1, date(2026, 1, 1), "ledger.fee_two"),
        (RULES, -1, date(2026, 1, 1), "ledger.amount_not_positive"),
    ],
)
def test_without_one_tariff_there_is_no_fee(rules: tuple[FeeRule, ...], amount: int, on: date, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        fee(rules, amount, on)
    assert refused.value.code == code


@pytest.mark.parametrize(("days", "expected"), [(8, 1001), (7, 1001), (6, 501), (2, 501), (1, 0), (-1, 0)])
def test_a_refund_falls_as_the_day_draws_near(days: int, expected: int) -> None:
    steps = (RefundStep(2, Decimal("0.5")), RefundStep(7, Decimal(1)))
    day = date(2026, 5, 20)
    assert refund(steps, 1001, on=day - timedelta(days), day=day) == expected
