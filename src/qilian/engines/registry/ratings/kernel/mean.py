"""What the ratings of a party come to: the posterior mean over a prior per category, with an interval.

The mean is that of a party with `weight` ratings of the prior's `mean` before its own:
(weight × mean + sum) ÷ (weight + number). Few ratings stay near the prior, many speak for themselves, and a newcomer is
not punished for being new. The interval takes each rating, scaled to 0 … 1, as so much success of a Beta distribution:
two standard deviations of the posterior either way. Ratings use less than the whole width of that distribution, so the
interval errs on the wide side.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

LEAST, MOST = 1, 5
STARS = tuple(range(LEAST, MOST + 1))
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a category before anybody was rated: a mean (1 to 5), and how many ratings it weighs."""

    mean: Decimal = Decimal(3)
    weight: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        if not (LEAST <= self.mean <= MOST and self.weight > 0):
            raise ValueError(f"no prior: {self.mean}, {self.weight}")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ratings of each number of stars count, one star first."""

    counts: tuple[int, ...] = field(default=(0,) * MOST)

    @property
    def number(self) -> int:
        """How many ratings count."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of all stars."""
        return sum(stars * count for stars, count in zip(STARS, self.counts, strict=True))

    def counting(self, stars: int, change: int = 1) -> "Tally":
        """The tally with one rating more, or with `change` -1 one less.

        >>> Tally().counting(5).counting(4).counting(5, -1)
        Tally(counts=(0, 0, 0, 1, 0))
        """
        counts = list(self.counts)
        counts[stars - LEAST] += change
        return Tally(tuple(counts))


@dataclass(frozen=True, slots=True)
class Posterior:
    """The mean with its interval, two decimals each, and the number of ratings behind it."""

    mean: Decimal
    low: Decimal
    high: Decimal
    number: int


def posterior(prior: Prior, tally: Tally) -> Posterior:
    """Return what a party's ratings come to.

    >>> posterior(Prior(Decimal(3), Decimal(10)), Tally((0, 0, 0, 0, 10))).mean
    Decimal('4.00')
    """
    number = prior.weight + tally.number
    mean = (prior.weight * prior.mean + tally.total) / number
    share = (mean - LEAST) / (MOST - LEAST)
    spread = 2 * (MOST - LEAST) * (share * (1 - share) / (number + 1)).sqrt()
    low, high = max(Decimal(LEAST), mean - spread), min(Decimal(MOST), mean + spread)
    return Posterior(_rounded(mean), _rounded(low), _rounded(high), tally.number)


def prior_of(category: str, table: Mapping[str, Prior]) -> Prior:
    """The prior of a category; that of `*` for one that has none of its own."""
    return table.get(category) or table.get("*") or Prior()


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(PLACES, ROUND_HALF_UP)
