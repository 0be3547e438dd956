"""Who stands behind a party: chains, sums, agreements, circles; by hand."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qilian.engines.registry.relations.kernel.holdings import (
    BeneficialOwners,
    Stake,
    beneficial_owners,
    over_subscribed,
)


def test_nobody_stands_behind_a_party_without_stakes() -> None:
    assert beneficial_owners("t", []) == BeneficialOwners((), (), ())


def test_a_chain_of_majorities() -> None:
    found = beneficial_owners(
        "t", [Stake("a", "b", Decimal("0.6")), Stake("b", "t", Decimal("0.6")), Stake("x", "t", Decimal("0.4"))]
    )
    assert found == BeneficialOwners(("a",), (("x", Decimal("0.40000000")), ("a", Decimal("0.36000000"))), ())


def test_half_is_no_control_and_shares_of_the_controlled_count_together() -> None:
    assert beneficial_owners("t", [Stake("a", "t", Decimal("0.5")), Stake("b", "t", Decimal("0.5"))]).controllers == ()
    stakes = [Stake("a", "b", Decimal("0.51")), Stake("b", "t", Decimal("0.3")), Stake("a", "t", Decimal("0.25"))]
    assert beneficial_owners("t", stakes).controllers == ("a",)


def test_control_by_agreement() -> None:
    found = beneficial_owners("t", [Stake("a", "t"), Stake("b", "t", Decimal(1))])
    assert found.controllers == ("a", "b") and found.shares == (("b", Decimal("1.00000000")),)
    assert beneficial_owners("t", [Stake("a", "b"), Stake("b", "t", Decimal(1))]).controllers == ("a",)


def test_a_circle_without_anybody_outside() -> None:
    found = beneficial_owners(
        "t", [Stake("a", "b", Decimal(1)), Stake("b", "a", Decimal(1)), Stake("a", "t", Decimal(1))]
    )
    assert found == BeneficialOwners((), (), ("a", "b"))
    stakes = [Stake("a", "b", Decimal(1)), Stake("b", "a", Decimal(1)), Stake("a", "t", Decimal("0.4"))]
    beside = beneficial_owners("t", [*stakes, Stake("c", "t", Decimal("0.6"))])
    assert beside == BeneficialOwners(("c",), (("c", Decimal("0.60000000")),), ())


def test_mutual_holdings_are_solved_exactly() -> None:
    # x = 0.8 + 0.2y, y = 0.5x + 0 (for the owner a): x = 0.8 / 0.9 = 8/9.
    stakes = [
        Stake("a", "t", Decimal("0.8")),
        Stake("b", "t", Decimal("0.2")),
        Stake("t", "b", Decimal("0.5")),
        Stake("c", "b", Decimal("0.5")),
    ]
    assert dict(beneficial_owners("t", stakes).shares) == {"a": Decimal("0.88888889"), "c": Decimal("0.11111111")}
    assert beneficial_owners("t", stakes).controllers == ("a",)


def test_what_lies_below_or_beside_does_not_matter() -> None:
    assert beneficial_owners("t", [Stake("t", "d", Decimal(1)), Stake("z", "d", Decimal("0.1"))]) == BeneficialOwners(
        (), (), ()
    )


def test_more_than_the_whole_is_seen() -> None:
    assert over_subscribed([Stake("a", "t", Decimal("0.7")), Stake("b", "t", Decimal("0.4")), Stake("c", "t")]) == (
        "t",
    )
    assert over_subscribed([Stake("a", "t", Decimal("0.6")), Stake("b", "t", Decimal("0.4"))]) == ()


@st.composite
def layers(draw: st.DrawFn) -> list[Stake]:
    """A random graph without circles: owners above, parties in layers, each held at most whole."""
    names = [f"p{n}" for n in range(draw(st.integers(2, 6)))]
    stakes = []
    for place, held in enumerate(names[1:], 1):
        left = 100
        for holder in names[:place]:
            share = draw(st.integers(0, left))
            left -= share
            if share:
                stakes.append(Stake(holder, held, Decimal(share) / 100))
    return stakes


def by_paths(party: str, owner: str, stakes: list[Stake]) -> Fraction:
    """The effective share as the sum over all ways, walked one by one."""
    total = Fraction(0)
    for stake in stakes:
        if stake.held == party and stake.share is not None:
            rest = Fraction(1) if stake.holder == owner else by_paths(stake.holder, owner, stakes)
            total += Fraction(stake.share) * rest
    return total


@given(layers())
def test_effective_shares_are_those_of_all_ways(stakes: list[Stake]) -> None:
    for party in {stake.held for stake in stakes}:
        for owner, share in beneficial_owners(party, stakes).shares:
            assert abs(Fraction(share) - by_paths(party, owner, stakes)) <= Fraction(1, 10**8)
        assert sum(share for _, share in beneficial_owners(party, stakes).shares) <= Decimal("1.00000001")
