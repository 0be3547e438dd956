"""The waterfall adds up: what is granted and adjusted is the budget, and what leaves it ends at what is left."""

from hypothesis import given
from hypothesis import strategies as st

from qilian.engines.ledger.budgets.drawings import money_section
from qilian.engines.ledger.budgets.kernel import Position

FEN = st.integers(0, 10**13)


@given(st.builds(Position, FEN, FEN, FEN, FEN, FEN))
def test_each_step_hangs_from_the_one_before(position: Position) -> None:
    drawn = money_section(position)
    if not position.granted and not position.budget:
        assert drawn == []
        return
    (section,) = drawn
    steps = {name: (start, start + size) for name, _, start, size, _ in section.context["table"].rows}
    assert steps["granted"] == (0, position.granted) and steps["budget"] == (0, position.budget)
    assert steps["available"] == (0, position.available)
    if "adjusted" in steps:
        assert sorted(steps["adjusted"]) == sorted((position.granted, position.budget))
    end = position.budget
    for name in ("paid", "committed", "lapsed"):
        start, stop = steps.get(name, (end, end))
        assert stop == end
        end = start
    assert end == position.available


def test_amounts_are_said_to_the_fen() -> None:
    (section,) = money_section(Position(granted=100_000_01, available=40_000_01, committed=50_000_00, paid=10_000_00))
    assert "100,000.01 元" in section.context["wide"] and "40,000.01 元" in section.context["narrow"]
