"""Sorted columns say the same as asking every rule one by one: held by tables that chance writes, and at each turn."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.dmn.api import InputColumn, OutputColumn, Rule, Table, TableShape
from qilian.core.rules.dmn.index import BLOCK, LEAST, MOST, Index
from qilian.core.rules.feel.api import Limits, Run, Scope, Value, to_feel

NUMBERS = st.integers(-3, 6).map(str)
WORDS = st.sampled_from(['"甲"', '"乙"', '"丙"', '""'])
DAYS = st.sampled_from(['@"2024-02-28"', 'date("2024-02-29")', '@"2024-03-01"'])
OTHERS = st.sampled_from(
    ["null", "true", "false", '@"P1D"', 'duration("P2D")', '@"P3M"', '@"10:00:00"', '@"2024-02-29T00:00:00"', "[1, 2]"]
)


def ends(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A test on values of one type: a point, an open or a closed range, its two ends in any order."""
    signs = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    return st.one_of(
        values,
        st.builds("{} {}".format, signs, values),
        st.builds("{}{}..{}{}".format, st.sampled_from("[(]"), values, values, st.sampled_from(")][")),
    )


ONE = st.one_of(ends(NUMBERS), ends(WORDS), ends(DAYS), OTHERS)
ASKED = st.sampled_from(["? > 2", "y", "< y", "x = y", "? in [1, 2]", "not(y)", "- 1", "1 +"])
SEVERAL = st.lists(ONE, min_size=1, max_size=3).map(", ".join)
CELLS = st.one_of(st.just("-"), ONE, SEVERAL, SEVERAL.map("not({})".format), ASKED)
VALUES = st.sampled_from(
    [*range(-4, 8), Decimal("2.5"), None, "甲", "丁", "", True, False, date(2024, 2, 29), date(2024, 3, 2), [1, 2], {}]
)


def table(rows: list[tuple[str, ...]], hit: str = "COLLECT") -> Table:
    rules = tuple(Rule(row, (f'"{number}"',)) for number, row in enumerate(rows, 1))
    return Table(TableShape((InputColumn("x"), InputColumn("y")), (OutputColumn("r"),), rules, hit))


def asked(found: Table, x: object, y: object) -> list[int]:
    """The rules that hold when each is asked."""
    names: dict[str, Value] = {"x": to_feel(x), "y": to_feel(y)}
    scope, values = Scope(names, Run(Limits())), [names["x"], names["y"]]
    return [
        number
        for number, row in enumerate(found.compiled.rows, 1)
        if all(test(scope, values[place]) is True for place, test in row.checks)
    ]


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), st.lists(st.tuples(VALUES, VALUES), max_size=6))
def test_sorted_columns_say_what_asking_says(rows: list[tuple[str, str]], cases: list[tuple[object, object]]) -> None:
    fill: list[tuple[str, ...]] = [("99", "99")] * LEAST
    found, first = table([*rows, *fill]), table([*rows, *fill], "FIRST")
    assert found.compiled.index is not None
    for x, y in cases:
        wanted = asked(found, x, y)
        assert list(found.decide({"x": x, "y": y}).matched) == wanted
        assert list(first.decide({"x": x, "y": y}).matched) == wanted[:1]
    columns = found.decide_columns({"x": [x for x, _ in cases], "y": [y for _, y in cases]})
    assert [list(one) for one in columns.matched] == [asked(found, x, y) for x, y in cases]


@pytest.mark.parametrize("rules", [LEAST - 1, LEAST, BLOCK + 1])
def test_every_rule_is_found_in_every_block(rules: int) -> None:
    found = table([(f"[{number}..{number + 1})", "-") for number in range(rules)], "UNIQUE")
    for number in (0, rules // 2, rules - 1):
        assert found.decide({"x": number, "y": 0}).matched == (number + 1,)
    assert found.decide({"x": rules, "y": 0}).matched == ()
    assert found.decide_columns({"x": [rules - 1, -1], "y": [0, 0]}).matched == [(rules,), ()]


def test_tables_that_are_small_or_huge_are_asked() -> None:
    assert table([("1", "-")] * (LEAST - 1)).compiled.index is None
    shape = TableShape((InputColumn("x"),), (OutputColumn("r"),), (Rule(("1",), ("2",)),) * (MOST + 1), "FIRST")
    huge = Table(shape)
    assert huge.compiled.index is None
    assert huge.decide({"x": 1}).matched == (1,)


def test_a_case_costs_what_it_is_looked_up_in_not_what_the_table_has() -> None:
    few = Limits(steps=100)
    rows = [(str(number), "-") for number in range(1000)]
    assert Table(table(rows).shape, few).decide({"x": 999, "y": 0}).result == ["1000"]
    open_ = [(f"? = {number}", "-") for number in range(1000)]
    assert Table(table(open_).shape, few).decide({"x": 999, "y": 0}).matched == (1000,)


def test_what_must_be_asked_is_asked_of_the_rules_that_are_left() -> None:
    found = table([(str(number), "? > x") for number in range(LEAST)])
    assert found.decide({"x": 3, "y": 4}).matched == (4,)
    assert found.decide({"x": 3, "y": 3}).matched == ()


def test_an_index_of_no_column_lets_all_through() -> None:
    assert list(Index([()] * 3, 0).rows([])) == [0, 1, 2]


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ("not(1)", [0, 2]),
        ("not(< 1, > 1)", [1]),
        ("not([0..2])", []),
        ("(1..2), (0..1)", []),
        ("[0..1], (1..2]", [0, 1, 2]),
        ("(1..2)", []),
        ("not((1..2))", [0, 1, 2]),
        ("not(>= 0)", []),
        ("!= 2", [0, 1]),
        ("!= 2, != 1", [0, 1, 2]),
        ("0, 2", [0, 2]),
    ],
)
def test_ranges_of_one_cell_are_joined_or_turned_round(cell: str, held: list[int]) -> None:
    found = table([(cell, "-"), *[("99", "-")] * LEAST])
    assert [x for x in (0, 1, 2) if 1 in found.decide({"x": x, "y": 0}).matched] == held
    assert [x for x in (0, 1, 2) if 1 in asked(found, x, 0)] == held


def test_an_explanation_ends_where_its_limits_do() -> None:
    rows = [(str(number), "-") for number in range(50)]
    decision = Table(table(rows).shape, Limits(steps=20)).decide({"x": 49, "y": 0})
    assert decision.matched == (50,)
    assert 0 < len(decision.trace.rules) < 50


def test_a_sum_beyond_all_numbers_is_said() -> None:
    rules = (Rule(("-",), ("9e6144",)), Rule(("-",), ("9e6144",)))
    found = Table(TableShape((InputColumn("x"),), (OutputColumn("r"),), rules, "COLLECT", "SUM")).decide({"x": 1})
    assert (found.result, [one.code for one in found.diagnostics]) == (None, ["range.number"])
