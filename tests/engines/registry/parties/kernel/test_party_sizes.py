"""Size classes: the published table, by hand; lower bounds of all indicators, one class down, dates."""

from datetime import date

import pytest

from qilian.engines.registry.parties.books import industries, thresholds
from qilian.engines.registry.parties.kernel.sizes import Measured, Size, Threshold, size_of

DAY = date(2025, 12, 31)
WAN = 1_000_000  # fen in 万元


def classed(industry: str, people: int | None = None, revenue: int | None = None, assets: int | None = None) -> str:
    fen = [None if value is None else value * WAN for value in (revenue, assets)]
    return size_of(industries().path(industry), Measured(DAY, people, *fen), thresholds()).size


@pytest.mark.parametrize(
    ("industry", "people", "revenue", "assets", "size"),
    [
        ("0111", None, 20000, None, "large"),
        ("0111", None, 19999, None, "medium"),
        ("0111", None, 49, None, "micro"),
        ("3011", 1000, 40000, None, "large"),
        ("3011", 1000, 39999, None, "medium"),
        ("3011", 300, 299, None, "micro"),
        ("3011", 19, 40000, None, "micro"),
        ("4710", None, 6000, 4999, "small"),
        ("5132", 20, 5000, None, "medium"),
        ("5211", 10, 100, None, "small"),
        ("5431", 300, 3000, None, "medium"),
        ("5910", 300, 3000, None, "medium"),
        ("5920", 100, 1000, None, "medium"),
        ("6020", 1000, 30000, None, "large"),
        ("6110", 100, 2000, None, "medium"),
        ("6210", 9, 2000, None, "micro"),
        ("6410", 2000, 100000, None, "large"),
        ("6513", 10, 50, None, "small"),
        ("7010", None, 1000, 5000, "medium"),
        ("7020", 300, 1000, None, "medium"),
        ("7241", 300, None, 120000, "large"),
        ("7452", 100, None, None, "medium"),
        ("7030", 9, None, None, "micro"),
        ("8511", 10, None, None, "small"),
        ("5310", 5000, 99999, 99999, ""),
        ("6621", 5000, 99999, 99999, ""),
    ],
)
def test_the_table_by_hand(industry: str, people: int, revenue: int, assets: int, size: str) -> None:
    assert classed(industry, people, revenue, assets) == size


def test_what_is_missing_is_told() -> None:
    found = size_of(industries().path("3011"), Measured(DAY, 100), thresholds())
    assert (found.size, found.missing, found.group, found.source) == ("", ("revenue",), "工业", "国统字〔2017〕213号")


def test_a_day_or_an_industry_without_thresholds_has_no_class() -> None:
    assert size_of(industries().path("7452"), Measured(date(2017, 12, 27), 100), thresholds()) == Size()
    assert size_of((), Measured(DAY, 100), thresholds()) == Size()


def test_the_thresholds_of_the_day_count() -> None:
    old = Threshold("甲", ("M",), "employees", 30, 20, 10, date(2000, 1, 1), date(2010, 12, 31), "旧办法")
    new = Threshold("甲", ("M",), "employees", 300, 200, 100, date(2011, 1, 1), None, "新办法")
    assert size_of(("M", "74"), Measured(date(2010, 12, 31), 25), (old, new)) == Size("medium", "甲", (), "旧办法")
    assert size_of(("M", "74"), Measured(date(2011, 1, 1), 25), (old, new)) == Size("micro", "甲", (), "新办法")
    assert size_of(("M",), Measured(date(1999, 1, 1), 25), (old, new)) == Size()


def test_the_classification_is_whole() -> None:
    codes = industries().names
    by_length = [sum(len(code) == length for code in codes) for length in (1, 2, 3, 4)]
    assert by_length == [20, 97, 473, 1381]
    assert industries().path("7452") == ("M", "74", "745", "7452") and industries().path("0") == ()
    assert len(industries().top()) == 20
