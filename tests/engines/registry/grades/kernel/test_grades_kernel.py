"""The life of a grading, and the value of a brand by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.engines.registry.grades.kernel.life import (
    Stage,
    appealed,
    expired,
    last_day,
    published,
    withdrawn,
)
from qilian.engines.registry.grades.kernel.valuation import Assumptions, assumed, sensitivity, valued

TODAY = date(2026, 3, 2)
D = Decimal


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage("computed"), ""),
        (Stage("computed", answered=True, window=True), ""),
        (Stage("computed", window=True), "window"),
        (Stage("computed", appealed=True), "appealed"),
        (Stage("computed", valid_to=date(2026, 3, 1)), "over"),
        (Stage("computed", valid_to=TODAY), ""),
        *((Stage(state), "state") for state in ("published", "superseded", "expired", "withdrawn")),
    ],
)
def test_what_may_be_published(stage: Stage, code: str) -> None:
    assert outcome(lambda: published(stage, TODAY)) == (code or "published")


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage("computed", window=True), ""),
        (Stage("computed"), "late"),
        (Stage("computed", window=True, appealed=True), "appealed"),
        (Stage("computed", window=True, answered=True), "answered"),
        (Stage("published", window=True), "state"),
    ],
)
def test_when_a_party_may_appeal(stage: Stage, code: str) -> None:
    assert outcome(lambda: appealed(stage)) == (code or None)


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage("published", valid_to=date(2026, 3, 1)), "expired"),
        (Stage("published", valid_to=TODAY), "term"),
        (Stage("published"), "term"),
        (Stage("computed", valid_to=date(2026, 3, 1)), "state"),
    ],
)
def test_when_a_grade_ends(stage: Stage, code: str) -> None:
    assert outcome(lambda: expired(stage, TODAY)) == code


def test_what_may_be_withdrawn_and_what_counts() -> None:
    assert withdrawn(Stage("published")) == withdrawn(Stage("computed")) == "withdrawn"
    assert outcome(lambda: withdrawn(Stage("expired"))) == "state"
    assert Stage("published").in_force(TODAY) and Stage("published", valid_to=TODAY).in_force(TODAY)
    assert not Stage("published", valid_to=date(2026, 3, 1)).in_force(TODAY)
    assert not Stage("computed").in_force(TODAY)


def outcome(deed: object) -> object:
    assert callable(deed)
    try:
        return deed()
    except Refusal as refusal:
        return refusal.code.rpartition(".")[2]


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2024, 1, 31), 1, date(2024, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 29)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 3, 2), 0, None),
    ],
)
def test_the_last_day_of_a_term(first: date, months: int, last: date | None) -> None:
    assert last_day(first, months) == last


SMALL = Assumptions((D(100), D(110)), (D(200), D(200)), D("0.1"), D("0.5"), D("0.10"), D("0.05"))


def test_a_brand_by_hand() -> None:
    """F1 = (100-20)/2 = 40, F2 = 45; 40/1.1 + 45/1.21 = 73.55; 45*1.05/0.05/1.21 = 780.99."""
    found = valued(SMALL)
    assert [(str(year.earnings), str(year.worth)) for year in found.years] == [("40.00", "36.36"), ("45.00", "37.19")]
    assert (str(found.perpetuity), str(found.value)) == ("780.99", "854.55")


def test_the_sensitivity_runs_the_right_way() -> None:
    moves = {name: (below, above) for name, _, below, above in sensitivity(SMALL)}
    value = valued(SMALL).value
    for name, rising in (("discount", False), ("growth", True), ("share", True)):
        below, above = moves[name]
        assert below is not None and above is not None and (below < value < above) is rising
    whole = Assumptions((D(1),), (D(0),), D(0), D(1), D("0.1"), D("0.095"))
    moves = {name: (below, above) for name, _, below, above in sensitivity(whole)}
    assert moves["share"][1] is None and moves["growth"][1] is None and moves["discount"][0] is None


@given(st.decimals("0.06", "0.3", places=3), st.integers(1, 8))
def test_equal_earnings_without_growth_are_a_perpetuity(rate: Decimal, years: int) -> None:
    """Σ F/(1+R)^t over all t is F/R, however many years are written out."""
    flat = Assumptions((D(100),) * years, (D(0),) * years, D(0), D(1), rate, D(0))
    assert abs(valued(flat).value - (100 / rate)) < D("0.02")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"assets": (D(1),)}, "years"),
        ({"discount": D("0.05")}, "rates"),
        ({"share": D("1.1")}, "rates"),
        ({"share": D("-0.1")}, "rates"),
    ],
)
def test_assumptions_that_give_no_value(wrong: dict[str, object], code: str) -> None:
    given_ones = {name: getattr(SMALL, name) for name in Assumptions.__slots__}
    with pytest.raises(Refusal) as refused:
        valued(Assumptions(**{**given_ones, **wrong}))
    assert refused.value.code == f"registry.valuation.{code}"


def test_assumptions_are_read_from_stated_figures() -> None:
    figures = {
        "profits": SMALL.profits,
        "assets": SMALL.assets,
        "return": (D("0.1"),),
        "share": (D("0.5"),),
        "discount": (D("0.10"),),
        "growth": (D("0.05"),),
    }
    assert assumed(figures) == SMALL
    for name in figures:
        with pytest.raises(Refusal) as refused:
            assumed({**figures, name: ()})
        assert (refused.value.code, refused.value.where) == ("registry.valuation.missing", name)
