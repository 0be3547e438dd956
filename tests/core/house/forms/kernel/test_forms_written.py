"""Numbers, money and days as people and programs write them: what is read, and what is refused with which sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.house.forms.api import (
    FieldSpec,
    Form,
    power_of_ten,
    read,
    read_day,
    read_fen,
    read_moment,
    read_number,
)
from qilian.core.house.forms.kernel.schema import Upload
from qilian.core.papers.sheets.api import Sheet, dry_run, read_csv
from qilian.core.values.money import Money
from qilian.core.values.text import Refusal, Text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("5", "5"), ("-5", "-5"), ("+5", "5"), ("−5", "-5"), ("５．５", "5.5"), (".5", "0.5"),
        ("5.", "5"), (" 7 ", "7"),
        ("1,234", "1234"), ("1,234,567.89", "1234567.89"), ("1，234", "1234"), ("1 234 567", "1234567"),
        ("1\u00a0234", "1234"), ("15%", "0.15"), ("15 %", "0.15"), ("0012", "12"),
        ("3.3000000000000003", "3.3"), ("57.699999999999990", "57.699999999999990"),
        ("57.699999999999996", "57.7"), ("0.1000000000000000055", "0.1000000000000000055"),
        ("-0.30000000000000004", "-0.3"), ("0.12345678901234567", "0.12345678901234567"),
        ("0.12345678901234568", "0.12345678901234568"),
        ("1234567890123456", "1234567890123456"),
    ],
)  # fmt: skip
def test_numbers_are_read(written: str, number: str) -> None:
    assert read_number(written) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1,50", "separators"), ("12,34.5", "separators"), ("1,2345", "separators"), ("1,234,5", "separators"),
        ("1.234,50", "separators"), ("12 34", "separators"), (",5", "number"), ("1.2.3", "number"), ("", "number"),
        ("-", "number"), (".", "number"), ("%", "number"), ("many", "number"), ("NaN", "number"),
        ("Infinity", "number"),
        ("1_000", "number"), ("١٢", "number"), ("1" * 41, "separators"), ("1.2E+05", "power"), ("6e18", "power"),
        ("0x10", "number"),
    ],
)  # fmt: skip
def test_what_is_uncertain_is_refused(written: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_number(written, "amount")
    assert caught.value.code == f"forms.{code}" and caught.value.where == "amount"
    assert caught.value.message.zh and caught.value.message.en


@given(st.decimals(-(10**10), 10**10, places=2))
def test_a_number_is_read_as_it_is_written_with_and_without_separators(number: Decimal) -> None:
    assert read_number(str(number)) == number and read_number(f"{number:,}") == number
    assert read_number(repr(float(number))) == number or "e" in repr(float(number))


@given(st.integers(-(10**9), 10**9), st.integers(1, 9))
def test_sums_of_a_spreadsheet_are_the_amounts_it_shows(fen: int, times: int) -> None:
    """Binary noise of a few additions, as a spreadsheet stores them, is not in the amount."""
    total = sum([fen / 100] * times)
    assert abs(fen * times) >= 10**12 or "e" in repr(total) or read_fen(repr(total)) == fen * times


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("¥1,234.50", 123450),
        ("￥12", 1200),
        ("CNY 3", 300),
        ("(3.00)", -300),
        ("（3.00）", -300),
        ("12元", 1200),
        ("-0.05", -5),
    ],
)
def test_amounts_are_read(written: str, fen: int) -> None:
    assert read_fen(written) == fen


@pytest.mark.parametrize(
    ("written", "code"),
    [("0.001", "fen"), ("15%", "number"), ("12万元", "number"), ("1,50", "separators"), ("()", "number")],
)
def test_amounts_that_are_uncertain_are_refused(written: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_fen(written)
    assert caught.value.code == f"forms.{code}" and written in caught.value.message.zh


NOVEMBER = date(2026, 11, 22)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", "2026年11月22", "2026 年 11 月 22 日",
        "２０２６－１１－２２",
        "20261122", "2026-11-22 18:00", "2026-11-22T18:00:00", "2026-11-22 18:00:00.000",
        "20261122180000", "20261122 180000",
        "2026年11月22日18时30分", "2026年11月22日 18时", "2026/11/22 9:30",
        "2026-11-22T18:00:00+08:00", "2026-11-22T17:30:00+0800",
        "2026-11-21T20:00:00Z", "2026年11月22日18:30",
    ],
)  # fmt: skip
def test_days_are_read_alone_or_before_a_time(written: str) -> None:
    assert read_day(written) == NOVEMBER


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30", "20260230", "2026-13-01", "26-11-22", "11/22/2026", "2026-11", "202611", "46348", "tomorrow", "",
        "2026-11/22", "2026-11-22 夜", "2026-11-22x", "2026112218", "2026-11-22T25:61:00Z", "2026-11-221", "0000-01-01",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_day(written, "day")
    assert (
        caught.value.code == "forms.date" and caught.value.where == "day" and "2026-11-22" in str(caught.value.remedy)
    )


@pytest.mark.parametrize(
    ("written", "hour", "minute", "second"),
    [
        ("2026-11-22 09:30", 1, 30, 0),
        ("2026-11-22T09:30:15", 1, 30, 15),
        ("2026-11-22 9时", 1, 0, 0),
        ("20261122093015", 1, 30, 15),
        ("2026年11月22日9时30分", 1, 30, 0),
        ("2026-11-22 09:30:15.999", 1, 30, 15),
        ("2026-11-22T01:30Z", 1, 30, 0),
        ("2026-11-22T03:30+02:00", 1, 30, 0),
        ("2026/11/22 １８：００", 10, 0, 0),
    ],
)
def test_moments_are_read_in_china_unless_they_name_their_zone(
    written: str, hour: int, minute: int, second: int
) -> None:
    assert read_moment(written) == datetime(2026, 11, 22, hour, minute, second, tzinfo=UTC)


def test_a_day_alone_is_its_first_moment_and_what_is_no_time_is_refused() -> None:
    assert read_moment("20261122").isoformat() == "2026-11-22T00:00:00+08:00"
    for written in (
        "2026-11-22 25:00",
        "2026-11-22 noon",
        "soon",
        "2026-11-22 09:61",
        "0999-01-01 09:30",
        "3000-01-01",
    ):
        with pytest.raises(Refusal) as caught:
            read_moment(written, "at")
        assert (
            caught.value.code == "forms.moment" and caught.value.where == "at" and "09:30" in str(caught.value.remedy)
        )


@given(st.text(max_size=24), st.sampled_from([read_number, read_fen, read_day, read_moment]))
def test_anything_is_read_or_refused(written: str, reader: object) -> None:
    try:
        reader(written)
    except Refusal as refusal:
        assert refusal.code.startswith("forms.")


def test_a_percent_sign_is_the_unit_where_a_field_has_it() -> None:
    share = FieldSpec("s", Text("占比", "Share"), "decimal", unit=Text("%", "%"))
    assert read(share, "15%") == 15 and read(share, "15") == 15
    assert read(FieldSpec("s", Text("占比", "Share"), "decimal"), "15%") == Decimal("0.15")


def test_what_spreadsheets_make_of_long_numbers() -> None:
    assert (
        power_of_ten("6.22848E+18") and power_of_ten(" 1E+05") and not power_of_ten("5E10") and not power_of_ten("E+10")
    )


def test_cases_beside_the_repository(shared: Path) -> None:
    form = Form(
        "f", Text("表", "f"), (FieldSpec("m", Text("金额", "a"), "money"), FieldSpec("d", Text("日期", "d"), "date"))
    )
    report = dry_run(
        Sheet("s", form.title, form, (), "x"), read_csv((shared / "testdata/cases/files/form-1.csv").read_bytes())
    )
    assert [(problem.row, problem.letter) for problem in report.problems] == [(2, "A"), (3, "A")]
    assert [row.written for row in report.ready] == [
        {"m": "1234.5", "d": "2026-11-22"},
        {"m": "100", "d": "2026-11-22"},
    ]
    assert read(form.fields[0], "1,234.50") == Money(123450)


def test_a_file_that_a_program_sent_is_read_in_one_piece() -> None:
    assert Upload("方案.txt", b"\xe5\xad\x97").chunks() == (b"\xe5\xad\x97",)
