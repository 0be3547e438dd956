"""Figures alone in the cells of a table: which cells are one, and what each aims at."""

from decimal import Decimal

import pytest

from qilian.spine.targets.api import cell_target, is_figure, is_unit


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("128", True),
        ("≥68.5%", True),
        ("较上年下降2%", True),
        ("65%以上", True),
        ("30-35", True),
        ("2026年", False),
        ("新建6个", False),
        ("市水利局", False),
        ("", False),
    ],
)
def test_a_figure_is_a_cell_that_holds_nothing_else(cell: str, figure: bool) -> None:
    assert is_figure(cell) is figure


def test_a_unit_is_a_cell_that_holds_nothing_else() -> None:
    assert [is_unit(cell) for cell in ("万吨", "%", "亿元", "微克/立方米", "市水利局", "3个")] == [True] * 4 + [
        False
    ] * 2


def test_a_cell_aims_at_what_its_row_names() -> None:
    row = "收入（万元）|增长6%以上|2026年目标"
    target = cell_target(row, row, (0, 6), (7, 13), "", "2026年目标")
    assert target is not None
    assert (target.indicator, target.op, target.value, target.unit) == ("收入", "delta", Decimal(6), "%")
    assert (target.direction, target.bound, target.deadline, target.span) == ("up", ">=", "2026-12-31", (7, 13))


def test_a_number_without_unit_or_sign_aims_at_nothing() -> None:
    row = "备选项目|3|另行安排"
    assert cell_target(row, row, (0, 4), (5, 6), "", "数量") is None
    assert cell_target(row, row, (0, 4), (7, 11), "", "数量") is None
    counted = cell_target(row, row, (0, 4), (5, 6), "个", "数量")
    assert counted is not None and (counted.value, counted.unit, counted.deadline) == (Decimal(3), "个", None)
