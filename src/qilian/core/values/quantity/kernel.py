"""Exact quantities in the units that plans, permits and statistics use (GB 3100 and 计量法 units, and counts)."""

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction

_DIGITS, _DIGITS_OF_ENDLESS = 60, 28


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """A unit: what it measures, and how many base units it is."""

    symbol: str
    dimension: str
    factor: Fraction


def _unit(symbol: str, dimension: str, factor: str | int | Fraction = 1) -> UnitOfMeasure:
    return UnitOfMeasure(symbol, dimension, Fraction(factor))


UNITS = {
    unit.symbol: unit
    for unit in (
        _unit("千克", "mass"),
        _unit("克", "mass", "0.001"),
        _unit("吨", "mass", 1000),
        _unit("万吨", "mass", 10**7),
        _unit("米", "length"),
        _unit("公里", "length", 1000),
        _unit("平方米", "area"),
        _unit("亩", "area", Fraction(2000, 3)),
        _unit("公顷", "area", 10**4),
        _unit("平方公里", "area", 10**6),
        _unit("立方米", "volume"),
        _unit("升", "volume", "0.001"),
        _unit("万立方米", "volume", 10**4),
        _unit("千瓦时", "energy"),
        _unit("万千瓦时", "energy", 10**4),
        _unit("吨标准煤", "coal equivalent"),
        _unit("吨二氧化碳当量", "carbon dioxide equivalent"),
        _unit("秒", "time"),
        _unit("分钟", "time", 60),
        _unit("小时", "time", 3600),
        _unit("天", "time", 86400),
        _unit("个", "count"),
        _unit("家", "count"),
        _unit("人", "count"),
        _unit("件", "count"),
        _unit("次", "count"),
        _unit("项", "count"),
        _unit("%", "share", "0.01"),
        _unit("‰", "share", "0.001"),
        _unit("1", "share"),
    )
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its unit; ValueError for an unknown unit, TypeError for a float.

    >>> Quantity.of("1.5", "吨").to("千克")
    Quantity(value=Decimal('1500'), unit='千克')
    """

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal):
            raise TypeError("a quantity is an exact decimal")
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}")

    @classmethod
    def of(cls, value: str | int | Decimal, unit: str) -> "Quantity":
        """Make a quantity from a written number."""
        return cls(Decimal(value), unit)

    def to(self, unit: str) -> "Quantity":
        """Convert exactly; what no decimal can hold keeps 28 significant digits.

        ValueError when the units measure different things; counts of unlike things do not convert.
        """
        here, there = UNITS[self.unit], UNITS.get(unit)
        if there is None or there.dimension != here.dimension or (here.dimension == "count" and here != there):
            raise ValueError(f"{self.unit} does not convert to {unit}")
        if there == here:
            return self
        return Quantity(_decimal(Fraction(self.value) * here.factor / there.factor), unit)

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(Context(_DIGITS).add(self.value, other.to(self.unit).value), self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(Context(_DIGITS).subtract(self.value, other.to(self.unit).value), self.unit)

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"


def _decimal(number: Fraction) -> Decimal:
    context = Context(_DIGITS)
    value = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    if context.flags[Inexact]:
        value = Context(_DIGITS_OF_ENDLESS).plus(value)
    return context.add(value.normalize(context), Decimal(0))
