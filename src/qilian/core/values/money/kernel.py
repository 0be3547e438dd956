"""Exact money. The smallest unit is the fen (ISO 4217: CNY has two decimals)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SCALES = {"元": 100, "万元": 100 * 10**4, "亿元": 100 * 10**8}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in fen; two currencies are neither added nor compared: ValueError.

    >>> str(Money.yuan("1234.5"))
    '1,234.50'
    """

    fen: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if isinstance(self.fen, bool) or not isinstance(self.fen, int):
            raise TypeError("money is counted in whole fen")

    @classmethod
    def yuan(cls, amount: Decimal | str | int, *, unit: str = "元") -> "Money":
        """Read an amount in 元, 万元 or 亿元; ValueError when it is not a whole number of fen."""
        fen = Decimal(amount) * _SCALES[unit]
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise ValueError(f"{amount} {unit} is not a whole number of fen")
        return cls(int(fen))

    def in_unit(self, unit: str) -> Decimal:
        """Return the exact amount in 元, 万元 or 亿元."""
        return Decimal(self.fen) / _SCALES[unit]

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + self._same(other).fen, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - self._same(other).fen, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.fen, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.fen < self._same(other).fen

    def __le__(self, other: "Money") -> bool:
        return self.fen <= self._same(other).fen

    def __gt__(self, other: "Money") -> bool:
        return self.fen > self._same(other).fen

    def __ge__(self, other: "Money") -> bool:
        return self.fen >= self._same(other).fen

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return f"{Decimal(self.fen) / 100:,.2f}"

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are two currencies")
        return other


def share(amount: Money, rate: Decimal, *, rounding: str = ROUND_HALF_UP) -> Money:
    """Return a rate of an amount, rounded to whole fen in the declared way (half up unless told)."""
    return Money(int((Decimal(amount.fen) * rate).quantize(Decimal(1), rounding=rounding)), amount.currency)


def allocate(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Split an amount by weights so that the parts add up exactly; spare fen go to the largest remainders, first first.

    A debt is split like the same credit. ValueError when there is no positive weight or one is negative.
    """
    total = sum(weights)
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative with a positive sum")
    size, sign = abs(amount.fen), -1 if amount.fen < 0 else 1
    parts = [size * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % total), i))
    for index in by_remainder[: size - sum(parts)]:
        parts[index] += 1
    assert sum(parts) == size
    return [Money(sign * part, amount.currency) for part in parts]
