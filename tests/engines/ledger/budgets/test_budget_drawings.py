"""The waterfall adds up: what is granted and adjusted is the budget, and what leaves it ends at what is left."""

from hypothesis import given
from hypothesis import strategies as st

from qilian.engines.ledger.budgets.drawings import money_section
from qilian.engines.ledger.budgets.kernel import Standing

FEN = st.integers(0, 10**13)


@given(st.builds(Standing, FEN, FEN, FEN, FEN, FEN))
def test_each_step_hangs_from_the_one_before(standing: Standing) -> None:
    drawn = money_section(standing)
    if not standing.granted and not standing.budget:
        assert drawn == []
        return
    (section,) = drawn
    steps = {name: (start, start + size) for name, _, start, size, _ in section.context["table"].rows}
    assert steps["granted"] == (0, standing.granted) and steps["budget"] == (0, standing.budget)
    assert steps["available"] == (0, standing.available)
    if "adjusted" in steps:
        assert sorted(steps["adjusted"]) == sorted((standing.granted, standing.budget))
    end = standing.budget
    for name in ("paid", "committed", "lapsed"):
        start, stop = steps.get(name, (end, end))
        assert stop == end
        end = start
    assert end == standing.available


def test_amounts_are_said_to_the_fen() -> None:
    (section,) = money_section(Standing(granted=100_000_01, available=40_000_01, committed=50_000_00, paid=10_000_00))
    assert "100,000.01 元" in section.context["wide"] and "40,000.01 元" in section.context["narrow"]
