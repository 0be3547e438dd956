"""Quantities convert exactly within what they measure, and not at all beyond it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.quantity import UNITS, Quantity


def test_conversion_is_exact() -> None:
    assert Quantity.of("1.5", "吨").to("千克") == Quantity(Decimal(1500), "千克")
    assert Quantity.of(100, "%").to("1").value == 1
    assert Quantity.of(15, "亩").to("公顷").value == 1
    assert Quantity.of(1, "公顷").to("亩").value == 15
    assert str(Quantity.of(2000, "千克").to("吨")) == "2 吨"


def test_sums_take_the_unit_of_the_first() -> None:
    assert Quantity.of(1, "吨") + Quantity.of(500, "千克") == Quantity.of("1.5", "吨")
    assert Quantity.of(1, "小时") - Quantity.of(30, "分钟") == Quantity.of("0.5", "小时")
    assert Quantity.of(3, "家") + Quantity.of(4, "家") == Quantity.of(7, "家")


@pytest.mark.parametrize(("unit", "other"), [("吨", "米"), ("个", "家"), ("吨", "斛")])
def test_unlike_things_do_not_convert(unit: str, other: str) -> None:
    with pytest.raises(ValueError, match="does not convert"):
        Quantity.of(1, unit).to(other)


def test_only_exact_numbers_and_known_units() -> None:
    with pytest.raises(TypeError):
        Quantity(1.5, "吨")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown unit"):
        Quantity.of(1, "斛")


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(sorted(UNITS)), st.data())
def test_there_and_back_again(value: Decimal, unit: str, data: st.DataObject) -> None:
    like = [name for name, each in UNITS.items() if each.dimension == UNITS[unit].dimension != "count"] or [unit]
    other = data.draw(st.sampled_from(sorted(like)))
    back = Quantity(value, unit).to(other).to(unit).value
    assert abs(back - value) <= abs(value) / 10**27
    assert back == value or UNITS[unit].dimension in ("area", "time"), "only 亩 and minutes have endless factors"


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(sorted(UNITS)))
def test_its_own_unit_changes_nothing(value: Decimal, unit: str) -> None:
    one = Quantity(value, unit)
    assert one.to(unit) == one and one + one - one == one


def test_large_amounts_keep_every_digit() -> None:
    exact = Decimal("123456789012345678.123456789")
    assert Quantity(exact, "吨").to("千克").value == exact * 1000
    assert (Quantity(exact, "吨") + Quantity.of("0.000000001", "吨")).value == Decimal("123456789012345678.123456790")


def test_an_endless_fraction_is_rounded_once() -> None:
    third = Quantity.of(20, "分钟").to("小时").value
    assert abs(third * 3 - 1) < Decimal(1).scaleb(-27) and third.as_tuple().digits == (3,) * 28


@pytest.mark.parametrize(
    ("unit", "number", "base"),
    [
        ("克", "0.001", "千克"),
        ("吨", "1000", "千克"),
        ("万吨", "10000000", "千克"),
        ("公里", "1000", "米"),
        ("公顷", "10000", "平方米"),
        ("平方公里", "1000000", "平方米"),
        ("升", "0.001", "立方米"),
        ("万立方米", "10000", "立方米"),
        ("万千瓦时", "10000", "千瓦时"),
        ("分钟", "60", "秒"),
        ("小时", "3600", "秒"),
        ("天", "86400", "秒"),
        ("%", "0.01", "1"),
        ("‰", "0.001", "1"),
    ],
)
def test_a_unit_is_as_large_as_its_definition_says(unit: str, number: str, base: str) -> None:
    assert Quantity.of(1, unit).to(base).value == Decimal(number)
    assert Quantity.of(number, base).to(unit).value == 1
