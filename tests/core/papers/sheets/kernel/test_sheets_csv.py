"""Bytes of CSV files become rows: encodings, separators, quotes; what is no table of text is refused."""

import csv
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.papers.sheets.kernel import Line, kind_of, read_csv
from qilian.core.values.text import Refusal

TEXT = '日期,名称\r\n2026-10-01,"国庆节\n第一天"\r\n\r\n2026-10-02,"他说""好"""\r\n'
ROWS = [
    Line(1, ("日期", "名称")),
    Line(2, ("2026-10-01", "国庆节\n第一天")),
    Line(3, ()),
    Line(4, ("2026-10-02", '他说"好"')),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_each_encoding_is_read(encoding: str) -> None:
    assert list(read_csv(TEXT.encode(encoding))) == ROWS


def test_utf_16_of_the_other_end_is_read() -> None:
    assert list(read_csv(b"\xfe\xff" + TEXT.encode("utf-16-be"))) == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(separator: str) -> None:
    text = f'\n"a, b; c"{separator}b{separator}c\n1{separator}2{separator}3'
    assert list(read_csv(text.encode()))[1:] == [Line(2, ("a, b; c", "b", "c")), Line(3, ("1", "2", "3"))]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_that_of_the_table_and_not_of_a_title_above_it(separator: str) -> None:
    text = f"某银行，企业网银, 明细\n\n日期{separator}收入{separator}支出\n1{separator}2{separator}3\n"
    assert list(read_csv(text.encode()))[2:] == [Line(3, ("日期", "收入", "支出")), Line(4, ("1", "2", "3"))]


def test_a_tab_behind_a_cell_is_no_part_of_it_and_no_separator() -> None:
    text = '"日期"\t,"收入"\t,流水号\t\r\n"2026-11-02"\t,"5.00"  ,00123\t\r\n"a ""b"" \t, ""c"""\t,""\t,\t\n'
    assert [tuple(cell.rstrip("\t") for cell in line.cells) for line in read_csv(text.encode())] == [
        ("日期", "收入", "流水号"),
        ("2026-11-02", "5.00", "00123"),
        ('a "b" \t, "c"', "", ""),
    ]


def test_a_line_of_tabs_alone_is_looked_at_once() -> None:
    text = "日期,收入\n" + "\t" * 100_000 + "x\n1,2\n"
    assert len(list(read_csv(text.encode()))) == 3, "in squared time this would not end"


def test_one_column_needs_no_separator() -> None:
    assert list(read_csv(b"login\nabc")) == [Line(1, ("login",)), Line(2, ("abc",))]


def test_what_looks_like_a_formula_is_text() -> None:
    formulas = ("=1+1", "@SUM(A1)", "+86 13800000000", '=HYPERLINK("http://x")')
    out = io.StringIO()
    csv.writer(out).writerow(formulas)
    assert list(read_csv(out.getvalue().encode())) == [Line(1, formulas)]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"a,b\n1,\xff\xff\n", "encoding", "第 2 行的文字编码认不出来"),
        ("a,b".encode("utf-16") + b"\x00", "encoding", "第 1 行的文字编码认不出来"),
        (b"a,b\n\x001,2\n", "binary", "第 2 行有控制字符"),
        (b"\x7fELF\x01\x02", "binary", "第 1 行有控制字符"),
        (b'a,b\n1,"2\n', "quotes", "第 2 行的引号没有配对"),
        (b'a,b\n1,"2"x\n', "quotes", "第 2 行的引号没有配对"),
        (b"a," + b"x" * 200_000, "quotes", "第 1 行的引号没有配对"),
        (b"a,b\n" + b"x" * 2_000_000, "long", "第 2 行太长"),
        (b"a,b\n" * 50_000 + b"1,\xff\xff\n", "encoding", "第 50001 行的文字编码认不出来"),
        (b"a,b\n" * 50_000 + b"\x001,2\n", "binary", "第 50001 行有控制字符"),
    ],
)
def test_what_is_no_table_of_text_is_refused_with_its_row(content: bytes, code: str, says: str) -> None:
    with pytest.raises(Refusal) as refusal:
        list(read_csv(content))
    assert refusal.value.code == f"sheets.{code}" and refusal.value.message.zh.startswith(says)
    assert refusal.value.remedy and "CSV UTF-8" in refusal.value.remedy.en


def test_the_first_bytes_tell_the_kind() -> None:
    assert kind_of(b"PK\x03\x04...") == "xlsx" and kind_of(b"a,b") == "csv"
    for content, code in ((b" \r\n", "empty"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "old")):
        with pytest.raises(Refusal) as refusal:
            kind_of(content)
        assert refusal.value.code == f"sheets.{code}"


cells = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), min_size=1, max_size=8)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str, str]], encoding: str) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    assert [line.cells for line in read_csv(out.getvalue().encode(encoding))][1:] == rows


@given(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.integers(1, 40))
def test_a_file_in_pieces_has_the_rows_of_the_whole(encoding: str, size: int) -> None:
    content = TEXT.encode(encoding)
    pieces = [content[place : place + size] for place in range(0, len(content), size)]
    assert list(read_csv(lambda: pieces)) == ROWS


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,b\r1,2\r", b"a,b\r\n1,2", b"\xef\xbb\xbf"])
def test_line_ends_of_each_kind_and_files_of_nothing(content: bytes) -> None:
    rows = [line.cells for line in read_csv(content)]
    assert [row for row in rows if row] == ([("a", "b"), ("1", "2")] if b"a" in content else [])


def test_a_file_in_pieces_is_never_whole_in_memory() -> None:
    longest, kept = 0, [0]

    def pieces() -> Iterator[bytes]:
        for number in range(3_000):
            kept[0] += 1
            yield f"{number},{'青海' * 1_000}\n".encode()

    tracemalloc.start()
    for _ in read_csv(pieces):
        longest = max(longest, tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert kept[0] >= 6_000 and longest < 2_000_000, "3,000 pieces of some kilobytes are read twice, and not kept"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "客户明细,2026年,第一页\n日期;金额\n1;2\n3;4\n",
            [("客户明细,2026年,第一页",), ("日期", "金额"), ("1", "2"), ("3", "4")],
        ),
        ("甲；乙\n账号\t余额\n1\t2,5\n3\t4\n", [("甲；乙",), ("账号", "余额"), ("1", "2,5"), ("3", "4")]),
        (
            "账号,日期,余额\n\t6222,\t2026,1\n\t6223,\t2027,2\n",
            [("账号", "日期", "余额"), ("6222", "2026", "1"), ("6223", "2027", "2")],
        ),
        ("a|b\n1|2,3,4\n5|6\n", [("a", "b"), ("1", "2,3,4"), ("5", "6")]),
        ("a,b\n=\"0012\",'0034\n=1+1,'s\n", [("a", "b"), ("0012", "0034"), ("=1+1", "'s")]),
        ('"=""0012""",x\n', [("0012", "x")]),
        ('="",x\n', [("", "x")]),
        ("价;量\n1,5;2,5\n", [("价", "量"), ("1,5", "2,5")]),
        ("", []),
    ],
)
def test_separators_and_cells_kept_as_text(text: str, rows: list[tuple[str, ...]]) -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
        assert [line.cells for line in read_csv(text.encode(encoding))] == rows


def test_old_and_disguised_workbooks_are_told_apart() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert kind_of(old + "Workbook".encode("utf-16-le")) == "xls" and kind_of(old + "Book".encode("utf-16-le")) == "xls"
    pages = (
        b"<html><table>",
        b"\xef\xbb\xbf<?xml version='1.0'?>",
        b" <!DOCTYPE html>",
        b'<ss:Workbook xmlns:ss="x">',
        b"<table>",
    )
    for content, code in (
        (old + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (old + "WordDocument".encode("utf-16-le"), "old"),
        *((page, "web") for page in pages),
    ):
        with pytest.raises(Refusal) as caught:
            kind_of(content)
        assert caught.value.code == f"sheets.{code}" and caught.value.remedy
    assert kind_of(b"<5,>7\n") == "csv"
