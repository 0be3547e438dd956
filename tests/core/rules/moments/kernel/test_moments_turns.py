"""The midnight that ends a day, and zones by their names: XML Schema 1.1 part 2, 3.3.7 and 3.3.8."""

import pytest

from qilian.core.rules.moments.api import TemporalError, parse_date_time, parse_temporal, parse_time


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-12-31T24:00:00", "2027-01-01T00:00:00"),
        ("2028-02-28T24:00:00Z", "2028-02-29T00:00:00Z"),
        ("2026-11-30T24:00:00.000+08:00", "2026-12-01T00:00:00+08:00"),
        ("-0001-12-31T24:00:00@Asia/Shanghai", "0000-01-01T00:00:00@Asia/Shanghai"),
        ("2026-11-30T23:59:59", "2026-11-30T23:59:59"),
        ("2026-11-30", "2026-11-30T00:00:00"),
    ],
)
def test_the_end_of_a_day_is_the_beginning_of_the_next(text: str, shown: str) -> None:
    assert str(parse_date_time(text)) == shown


def test_the_end_of_a_day_alone_is_midnight() -> None:
    assert str(parse_time("24:00:00Z")) == "00:00:00Z"
    assert str(parse_temporal("T24:00:00")) == "00:00:00"


@pytest.mark.parametrize("text", ["24:00:01", "24:01:00", "24:00:00.5", "25:00:00", "24:00"])
def test_nothing_comes_after_the_end_of_a_day(text: str) -> None:
    for whole in (text, f"2026-11-30T{text}"):
        with pytest.raises(TemporalError):
            parse_date_time(whole) if "-" in whole else parse_time(whole)


def test_beyond_the_last_day_of_all_there_is_none() -> None:
    with pytest.raises(TemporalError):
        parse_date_time("999999999-12-31T24:00:00")


@pytest.mark.parametrize("name", ["Nowhere/City", "../../etc/passwd", "asia/shanghai", "A" * 300, "zone.tab"])
def test_a_zone_is_one_of_those_that_the_database_lists(name: str) -> None:
    with pytest.raises(TemporalError):
        parse_time(f"10:00:00@{name}")
