"""Money is exact: sums, shares and allocations lose no fen."""

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.money import Money, allocate, share

FEN = st.integers(-(10**15), 10**15)


def test_reading_units_of_plans() -> None:
    assert Money.yuan("1234.5").fen == 123450
    assert Money.yuan("4.5", unit="亿元") == Money(45_000_000_000)
    assert Money.yuan(2, unit="万元").in_unit("万元") == 2
    assert str(Money(-123456)) == "-1,234.56"


def test_what_is_no_money_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number of fen"):
        Money.yuan("0.001")
    with pytest.raises(ValueError, match="whole number of fen"):
        Money.yuan("Infinity")
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(True)


def test_currencies_do_not_mix() -> None:
    for mixed in (
        lambda: Money(1) + Money(1, "USD"),
        lambda: Money(1) - Money(1, "USD"),
        lambda: Money(1) < Money(1, "USD"),
    ):
        with pytest.raises(ValueError, match="two currencies"):
            mixed()
    assert Money(1) != Money(1, "USD")


@given(FEN, FEN)
def test_sums_and_order_are_those_of_fen(one: int, other: int) -> None:
    a, b = Money(one), Money(other)
    assert (a + b).fen == one + other and (a - b).fen == one - other and (-a).fen == -one
    assert (a < b, a <= b, a > b, a >= b) == (one < other, one <= other, one > other, one >= other)
    assert bool(a) is bool(one)


def test_a_share_is_rounded_as_declared() -> None:
    assert share(Money(5), Decimal("0.5")) == Money(3)
    assert share(Money(5), Decimal("0.5"), rounding=ROUND_DOWN) == Money(2)


@given(st.integers(0, 10**13), st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_parts_add_up_and_are_fair(fen: int, weights: list[int]) -> None:
    parts = allocate(Money(fen), weights)
    assert sum(part.fen for part in parts) == fen
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Decimal(part.fen) - Decimal(fen) * weight / sum(weights)) < 1


def test_a_debt_is_split_like_the_same_credit() -> None:
    assert allocate(Money(-100), [1, 1, 1]) == [-part for part in allocate(Money(100), [1, 1, 1])]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_must_be_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        allocate(Money(1), weights)


def test_the_units_of_account_are_powers_of_ten() -> None:
    assert [Money.yuan(1, unit=unit).fen for unit in ("元", "万元", "亿元")] == [100, 1_000_000, 10_000_000_000]
