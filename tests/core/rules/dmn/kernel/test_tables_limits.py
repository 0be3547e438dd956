"""Where a table may change its answer, by its numbers: between two limits nothing changes."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.dmn.api import Table, numeric_limits

TABLE = Table.from_yaml(
    """
table: 节能审查类别
hit: F
inputs:
  - {expression: 能耗, label: 年综合能源消费量, type: number}
  - {expression: 电力, label: 年电力消费量, type: number}
  - {expression: 地区, label: 地区, type: string}
outputs:
  - {name: 类别, type: string}
rules:
  - [≥ 10000, -, -, 省级审查]
  - [< 1000, "[200..500)", 西宁, 不单独审查]
  - [-, -, -, 按省定权限审查]
"""
)


def test_numbers_of_tests_are_limits_in_order_and_words_are_none() -> None:
    assert numeric_limits(TABLE) == {"能耗": (Decimal(1000), Decimal(10000)), "电力": (Decimal(200), Decimal(500))}


@given(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(["西宁", "海西"]))
def test_between_two_limits_the_answer_stays(one: int, other: int, place: str) -> None:
    def answer(power: Decimal) -> object:
        return TABLE.decide({"能耗": Decimal(500), "电力": power, "地区": place}).result

    limits = numeric_limits(TABLE)["电力"]
    stretch = [sum(limit <= power for limit in limits) for power in (one, other)]
    if stretch[0] == stretch[1]:
        assert answer(Decimal(one)) == answer(Decimal(other))
