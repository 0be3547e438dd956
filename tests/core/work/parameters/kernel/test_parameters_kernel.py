"""Values of every kind are read, kept exactly, and chosen by day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.dmn.api import Table
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal
from qilian.core.work.parameters.kernel import KIND_TITLES, Dated, Json, Value, holding, keep, read, restore, write

WORDS = st.text("中文 ab,\"'\n0", min_size=1).map(str.strip).filter(bool)
VALUES = st.one_of(
    st.tuples(st.just("integer"), st.integers(-(10**20), 10**20)),
    st.tuples(st.just("decimal"), st.decimals(-(10**9), 10**9, places=4)),
    st.tuples(st.just("money"), st.integers(-(10**20), 10**20).map(Money)),
    st.tuples(st.just("text"), WORDS),
    st.tuples(st.just("date"), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    st.tuples(
        st.just("table"),
        st.lists(WORDS, min_size=1, max_size=4, unique=True).flatmap(
            lambda names: st.lists(st.fixed_dictionaries(dict.fromkeys(names, WORDS)), min_size=1, max_size=4).map(
                tuple
            )
        ),
    ),
)


@given(VALUES)
def test_what_is_written_or_kept_comes_back(case: tuple[str, Value]) -> None:
    kind, value = case
    assert restore(kind, keep(value)) == value
    assert read(kind, write(value)) == value


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("integer", " 1,200 ", 1200),
        ("decimal", "0.350", "0.350"),
        ("money", "1,200.5", 120050),
        ("text", " 每年一次 ", "每年一次"),
        ("date", "2026-01-01", "2026-01-01"),
        ("table", "档次,费率\n一,0.5\n二,0.3\n", {"lines": [["档次", "费率"], ["一", "0.5"], ["二", "0.3"]]}),
    ],
)
def test_as_officials_type(kind: str, written: str, kept: Json) -> None:
    assert keep(read(kind, written)) == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("integer", "1.5"),
        ("decimal", "abc"),
        ("decimal", "NaN"),
        ("money", "1.005"),
        ("money", "Infinity"),
        ("date", "1 May"),
        ("table", "a,b"),
        ("table", "a,b\n1"),
        ("table", "a,a\n1,2"),
        ("table", "a,\n1,2"),
        *((kind, "  ") for kind in KIND_TITLES),
    ],
)
def test_what_is_not_of_its_kind_is_refused(kind: str, written: str) -> None:
    with pytest.raises(Refusal) as told:
        read(kind, written)
    assert told.value.code == "parameters.value" and told.value.where == "value" and told.value.remedy


@pytest.mark.parametrize(("kind", "kept"), [("table", 1), ("money", "1"), ("integer", "1"), ("date", 1), ("x", "1")])
def test_a_row_of_another_kind_is_a_defect(kind: str, kept: Json) -> None:
    with pytest.raises(ValueError, match="not a kept"):
        restore(kind, kept)


def test_the_value_of_a_day() -> None:
    early, late = Dated(date(2015, 1, 1), Decimal(1), "a"), Dated(date(2020, 1, 1), Decimal(2), "b")
    assert holding([late, early], date(2019, 12, 31)) == early
    assert holding([early, late], date(2020, 1, 1)) == late
    assert holding([early, late], date(2014, 12, 31)) is None


def test_a_decision_table_is_a_value_and_loses_nothing() -> None:
    written = (
        "决策表,补助,命中策略,首个\n列,输入,输出\n名称,,\n表达式,职工人数,档\n类型,number,string\n1,≥ 300,一\n2,-,二\n"
    )
    table = read("decision", written)
    assert isinstance(table, Table) and table.decide({"职工人数": 300}).result == "一"
    assert restore("decision", keep(table)) is restore("decision", keep(table)), "compiled once"
    again = restore("decision", keep(table))
    assert isinstance(again, Table) and again.shape == table.shape
    assert read("decision", write(table)) == again


def test_a_cell_that_cannot_be_read_is_named() -> None:
    broken = "决策表,补助,命中策略,首个\n列,输入,输出\n名称,,\n表达式,人数,档\n类型,number,string\n1,≥ 300 且,一\n"
    with pytest.raises(Refusal) as refused:
        read("decision", broken)
    assert refused.value.code == "parameters.cell" and refused.value.remedy is not None
    with pytest.raises(Refusal) as none:
        read("decision", "什么都不是")
    assert none.value.code.startswith("rules.csv.")
