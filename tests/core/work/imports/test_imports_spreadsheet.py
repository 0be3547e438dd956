"""Workbooks: cells become text as a person would type it; what could hurt is refused with a sentence."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.core.work.imports.oldbooks import label, merged, number, old_book, truth

from qilian.core.papers.sheets.kernel import Line
from qilian.core.papers.sheets.kernel import workbook as reading
from qilian.core.values.text import Refusal
from qilian.core.work.imports.adapters.spreadsheet import read_sheet, read_xls, read_xlsx

Make = Callable[..., bytes]


def rebuilt(content: bytes, **changes: bytes | None) -> bytes:
    """Return a workbook with parts added, replaced or (None) left out; `__` in a name stands for `/`."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): data for name, data in changes.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, data in wanted.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def refusal_of(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        list(read_xlsx(content))
    assert refusal.value.message.en and refusal.value.remedy
    return refusal.value


def test_cells_are_written_as_a_person_would(workbook: Make) -> None:
    rows = [
        ("日期", "数", None, "是否"),
        (date(2026, 10, 1), 3.0, 0.1, True),
        (datetime(2026, 10, 1, 8, 30), 13800000000, 12345678901234.5, False),
        (time(8, 30), -2, 1e-7, "'=1+1"),
    ]
    assert [line.cells for line in read_xlsx(workbook(rows))] == [
        ("日期", "数", "", "是否"),
        ("2026-10-01", "3", "0.1", "yes"),
        ("2026-10-01 08:30", "13800000000", "12345678901234.5", "no"),
        ("08:30:00", "-2", "0.0000001", "'=1+1"),
    ]


def test_rows_keep_the_numbers_of_the_spreadsheet() -> None:
    book = Workbook()
    book.active["B2"], book.active["B5"] = "名称", "x"
    out = BytesIO()
    book.save(out)
    held = [line for line in read_xlsx(out.getvalue()) if any(line.cells)]
    assert held == [Line(2, ("", "名称")), Line(5, ("", "x"))]


def test_only_the_first_sheet_is_read() -> None:
    book = Workbook()
    book.active.append(["a"])
    other = book.create_sheet("说明")
    other.append(["merged"])
    other.merge_cells("A1:C1")
    out = BytesIO()
    book.save(out)
    assert [line.cells for line in read_xlsx(out.getvalue())] == [("a",)]


def test_what_a_workbook_says_about_its_size_is_not_believed(workbook: Make) -> None:
    content = workbook([("a", "b"), (1, 2)])
    path = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheet = package.read(path).replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in sheet
    content = rebuilt(content, xl__worksheets__sheet1_dot_xml=sheet)
    assert [line.cells for line in read_xlsx(content)] == [("a", "b"), ("1", "2")]


def test_merged_cells_are_refused_with_their_range(workbook: Make) -> None:
    refusal = refusal_of(workbook([("一", "二"), (1, 2)], merge="A1:B1"))
    assert refusal.code == "sheets.merged" and refusal.message.zh == "A1:B1 是合并单元格。"


def test_a_row_beyond_the_last_is_refused_at_once(workbook: Make) -> None:
    content = workbook([("a",), ("b",)])
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").replace(b'<row r="2">', b'<row r="99999999999">')
    sheet = sheet.replace(b'r="A2"', b'r="A99999999999"')
    assert refusal_of(rebuilt(content, xl__worksheets__sheet1_dot_xml=sheet)).code == "sheets.broken"


def test_dangerous_workbooks_are_refused(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([("a",)])
    assert refusal_of(rebuilt(content, xl__vbaProject_dot_bin=b"x")).code == "sheets.macro"
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert refusal_of(rebuilt(content, xl__styles_dot_xml=bomb)).code == "sheets.broken"
    locked = bytearray(content)
    place = content.find(b"PK\x01\x02") + 8  # the flags of the first entry of the directory
    locked[place] |= 1
    assert refusal_of(bytes(locked)).code == "sheets.encrypted"
    monkeypatch.setattr(reading, "UNPACKED_MAX", 100)
    assert refusal_of(content).code == "sheets.bomb"


@pytest.mark.parametrize("content", [b"PK\x03\x04rest is missing", b"", b"PK\x03\x04" + bytes(2000)])
def test_broken_workbooks_are_refused(content: bytes) -> None:
    assert refusal_of(content).code == "sheets.broken"


def test_a_package_that_is_no_workbook_is_refused(workbook: Make) -> None:
    assert refusal_of(rebuilt(workbook([("a",)]), xl__workbook_dot_xml=None)).code == "sheets.broken"
    cut = workbook([("a",)] * 50)
    assert refusal_of(cut[: len(cut) // 2]).code == "sheets.broken"


OLD = old_book(
    label(0, 0, 0), label(0, 1, 1), number(1, 0, 46348, 1), number(1, 1, 57.699999999999996), number(1, 2, 7, 2),
    truth(1, 3, 1), number(3, 0, 0.15, 3), number(3, 1, 6228480402564890123.0),
    strings=("日期", "金额"), formats=((164, "0000"), (165, "0.0%")),
)  # fmt: skip


def test_an_old_workbook_reads_as_a_new_one() -> None:
    assert list(read_sheet(OLD)) == [
        Line(1, ("日期", "金额")),
        Line(2, ("2026-11-22", "57.7", "0007", "yes")),
        Line(4, ("15%", "6.22848040256489E+18")),
    ]
    assert next(read_xls(old_book(number(0, 0, 46348 - 1462, 1), from_1904=1))).cells == ("2026-11-22",)


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (old_book(merged(1, 1, 0, 2)), "merged", "A2"),
        (old_book(truth(2, 1, 0x07, error=True)), "error", "B3"),
        (old_book(number(0, 201, 5)), "columns", "1"),
        (OLD[:700], "broken", ""),
    ],
)
def test_an_old_workbook_is_refused_as_a_new_one(content: bytes, code: str, says: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(read_xls(content))
    assert caught.value.code == f"sheets.{code}" and says in caught.value.message.zh and caught.value.message.en


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(OLD) - 1), st.integers(0, 255)), min_size=1, max_size=10))
def test_a_damaged_old_workbook_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(OLD)
    for place, byte in changes:
        damaged[place] = byte
    try:
        list(read_sheet(bytes(damaged)))
    except Refusal as refusal:
        assert refusal.code.startswith("sheets.") and refusal.message.zh and refusal.message.en


def test_text_files_are_read_by_the_same_door() -> None:
    assert [line.cells for line in read_sheet("甲,乙\n1,2\n".encode("gb18030"))] == [("甲", "乙"), ("1", "2")]
