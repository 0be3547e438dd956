"""Ratings, pure: the posterior mean by hand, who may rate, what a rating may become, what looks wrong."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.engines.registry.ratings.kernel.alarms import KINDS, Given, Limits, alarms
from qilian.engines.registry.ratings.kernel.life import (
    Engagement,
    Life,
    answered,
    may_rate,
    restored,
    set_aside,
    stars_in,
    withdrawn,
)
from qilian.engines.registry.ratings.kernel.mean import Prior, Tally, posterior, prior_of

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
COUNTS = st.tuples(*[st.integers(0, 400)] * 5)


def refusal(deed: object) -> str:
    assert callable(deed)
    with pytest.raises(Refusal) as found:
        deed()
    assert found.value.message.zh and found.value.message.en
    return found.value.code


def test_the_mean_by_hand() -> None:
    """(10·3 + 10·5) ÷ 20 = 4; (10·3.5 + 1+2+3+4+5) ÷ 15 = 3.33; nobody rated is the prior."""
    assert posterior(Prior(Decimal(3), Decimal(10)), Tally((0, 0, 0, 0, 10))).mean == Decimal("4.00")
    assert posterior(Prior(Decimal("3.5"), Decimal(10)), Tally((1, 1, 1, 1, 1))).mean == Decimal("3.33")
    bare = posterior(Prior(), Tally())
    assert (bare.mean, bare.number) == (Decimal("3.00"), 0)
    # share 0.5, 10 + 1 trials: 8 · sqrt(0.25 / 11) = 1.206
    assert (bare.low, bare.high) == (Decimal("1.79"), Decimal("4.21"))


@given(COUNTS, st.integers(10, 50), st.integers(1, 60))
def test_the_mean_by_fractions_and_the_interval_by_floats(counts: tuple[int, ...], tenths: int, weight: int) -> None:
    found = posterior(Prior(Decimal(tenths) / 10, Decimal(weight)), Tally(counts))
    number, total = sum(counts), sum((place + 1) * count for place, count in enumerate(counts))
    exact = (weight * Fraction(tenths, 10) + total) / (weight + number)
    assert abs(Fraction(found.mean) - exact) <= Fraction(1, 200)
    share = float((exact - 1) / 4)
    spread = 8 * sqrt(max(0.0, share * (1 - share)) / (weight + number + 1))
    assert abs(float(found.low) - max(1.0, float(exact) - spread)) < 0.0051
    assert abs(float(found.high) - min(5.0, float(exact) + spread)) < 0.0051
    assert Decimal(1) <= found.low <= found.mean <= found.high <= Decimal(5) and found.number == number


@given(COUNTS, st.integers(1, 5))
def test_a_rating_moves_the_mean_towards_itself(counts: tuple[int, ...], stars: int) -> None:
    before, after = posterior(Prior(), Tally(counts)), posterior(Prior(), Tally(counts).counting(stars))
    assert min(before.mean, stars) <= after.mean <= max(before.mean, stars)
    assert Tally(counts).counting(stars).counting(stars, -1) == Tally(counts)


def test_priors_by_category() -> None:
    own, other = Prior(Decimal(4), Decimal(5)), Prior(Decimal(2), Decimal(8))
    assert prior_of("testing", {"testing": own, "*": other}) == own
    assert prior_of("finance", {"testing": own, "*": other}) == other
    assert prior_of("finance", {"testing": own}) == Prior()
    for mean, weight in ((0, 10), (6, 10), (3, 0)):
        with pytest.raises(ValueError, match="no prior"):
            Prior(Decimal(mean), Decimal(weight))


def test_who_may_rate() -> None:
    both = Engagement(frozenset("ab"))
    may_rate(both, "a", "b", related=False)
    may_rate(Engagement(frozenset("ab"), frozenset("b"), frozenset("a")), "a", "b", related=False)
    code = "registry.rating."
    assert refusal(lambda: may_rate(both, "a", "a", related=False)) == code + "oneself"
    assert refusal(lambda: may_rate(both, "a", "c", related=False)) == code + "engagement"
    assert refusal(lambda: may_rate(both, "c", "a", related=False)) == code + "engagement"
    assert refusal(lambda: may_rate(both, "a", "b", related=True)) == code + "related"
    used = Engagement(frozenset("abc"), frozenset("a"), frozenset("b"))
    assert refusal(lambda: may_rate(used, "a", "c", related=False)) == code + "used"
    assert refusal(lambda: may_rate(used, "c", "b", related=False)) == code + "used"
    may_rate(used, "b", "a", related=False)


def test_stars() -> None:
    assert [stars_in(each) for each in (1, 5)] == [1, 5]
    assert [refusal(lambda each=each: stars_in(each)) for each in (0, 6)] == ["registry.rating.stars"] * 2


def test_what_a_rating_may_become() -> None:
    standing, code = Life(), "registry.rating."
    assert standing.counts and not withdrawn(standing).counts and not set_aside(standing).counts
    assert restored(set_aside(standing)) == standing
    assert answered(standing).answered and answered(set_aside(standing)).state == "aside"
    assert refusal(lambda: answered(answered(standing))) == code + "answered"
    assert refusal(lambda: answered(withdrawn(standing))) == code + "state"
    assert refusal(lambda: withdrawn(withdrawn(standing))) == code + "state"
    assert refusal(lambda: withdrawn(set_aside(standing))) == code + "state"
    assert refusal(lambda: set_aside(withdrawn(standing))) == code + "state"
    assert refusal(lambda: restored(standing)) == code + "state"


def given_by(rater: str, hours: int, stars: int = 4, age: int = 1000) -> Given:
    at = NOON + timedelta(hours=hours)
    return Given(rater, at, stars, at - timedelta(days=age))


def kinds(rows: list[Given], **seen: datetime) -> list[str]:
    return [each.kind for each in alarms(rows, Limits(), seen)]


def test_a_burst_is_five_within_a_day() -> None:
    rows = [given_by(str(number), number * 6) for number in range(5)]  # 0, 6, 12, 18, 24 hours
    assert kinds(rows) == ["burst"] and kinds(rows[:4]) == []
    spread = [given_by(str(number), number * 6 + number // 4) for number in range(5)]  # the last at 25 hours
    assert kinds(spread) == []
    assert kinds(list(reversed(rows))) == ["burst"]
    found = alarms(rows, Limits())[0]
    assert found.figures == {"count": "5", "number": "5", "share": "100", "hours": "24"}
    assert str(found.words.en) == "5 ratings within 24 hours, 100 % of all 5"


def test_one_rater_dominates_with_more_than_half_of_four() -> None:
    days = 24 * 3
    assert kinds([given_by("a", 0), given_by("a", days), given_by("a", 2 * days)]) == []
    half = [given_by("a", 0), given_by("a", days), given_by("b", 2 * days), given_by("c", 3 * days)]
    assert kinds(half) == []
    rows = [*half, given_by("a", 4 * days)]
    assert kinds(rows) == ["dominant"]
    assert alarms(rows, Limits())[0].figures == {"count": "3", "number": "5", "share": "60"}


def test_newcomers_who_give_extremes_only() -> None:
    days = 24 * 3
    rows = [
        given_by("a", 0, 5, 2),
        given_by("b", days, 1, 30),
        given_by("c", 2 * days, 5, 1),
        given_by("d", 3 * days, 3),
    ]
    assert kinds(rows) == ["fresh"]
    assert alarms(rows, Limits())[0].figures["share"] == "75"
    assert kinds([*rows, given_by("e", 4 * days, 4, 1)]) == [], "one of the newcomers gave four"
    older = [given_by("a", 0, 5, 31), *rows[1:]]
    assert kinds(older) == []


def test_what_was_looked_into_does_not_come_back() -> None:
    rows = [given_by(str(number), number) for number in range(5)]
    assert kinds(rows, burst=NOON + timedelta(hours=0)) == []
    assert kinds(rows, burst=NOON - timedelta(hours=1)) == ["burst"]
    assert kinds([]) == [] and set(KINDS) == {"burst", "dominant", "fresh"}


def test_limits_that_would_flag_a_single_rating_are_none() -> None:
    for wrong in ({"burst_count": 1}, {"dominant_count": 1}, {"fresh_count": 0}, {"burst_hours": 0}, {"fresh_days": 0}):
        with pytest.raises(ValueError, match="limits"):
            Limits(**wrong)
