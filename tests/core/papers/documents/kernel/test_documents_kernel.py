"""Numbers of documents, verification, and sheets that carry words only."""

import hashlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.papers.documents.kernel import DocumentNumber, Sheet, TableBlock, printable, sheet_of, verify
from qilian.core.values.text import Refusal


@given(st.sampled_from(["青服务办", "青政办", "QF"]), st.integers(1949, 9999), st.integers(1, 10**6))
def test_a_number_is_read_as_it_is_written(agency: str, year: int, serial: int) -> None:
    number = DocumentNumber(agency, year, serial)
    assert DocumentNumber.parse(f" {number} ") == number


@pytest.mark.parametrize(
    "written", ["", "青服务办[2026]7号", "青服务办〔2026〕07号", "青服务办〔26〕7号", "青服务办〔2026〕第7号"]
)
def test_another_form_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        DocumentNumber.parse(written)
    assert refused.value.code == "documents.number" and "〔2026〕7号" in str(refused.value.remedy)


@pytest.mark.parametrize("agency", ["", "青 办", "办1", "长" * 21])
def test_a_wrong_agency_code_is_refused(agency: str) -> None:
    with pytest.raises(Refusal) as refused:
        DocumentNumber(agency, 2026, 1)
    assert refused.value.code == "documents.agency"


@pytest.mark.parametrize(("year", "serial"), [(1900, 1), (2026, 0)])
def test_a_wrong_year_or_serial_is_refused(year: int, serial: int) -> None:
    with pytest.raises(Refusal) as refused:
        DocumentNumber("青办", year, serial)
    assert refused.value.code == "documents.number"


def test_a_file_is_the_issued_one_or_another_or_revoked_or_not_there_yet() -> None:
    digest = hashlib.sha256(b"issued").hexdigest()
    assert verify(b"issued", digest=digest, revoked=False).word == "same"
    assert verify(b"changed", digest=digest, revoked=False).word == "other"
    assert verify(b"changed", digest=digest, revoked=True).word == "other"
    assert verify(b"issued", digest=digest, revoked=True).word == "revoked"
    assert verify(b"issued", digest="", revoked=False).word == "unfinished"


words = st.text(max_size=12)


@given(words, st.lists(words, max_size=3), st.lists(st.tuples(words, words), max_size=3), st.booleans(), st.booleans())
def test_a_sheet_comes_back_from_its_data(
    title: str, paragraphs: list[str], rows: list[tuple[str, str]], with_table: bool, landscape: bool
) -> None:
    table = TableBlock(("甲", "乙"), tuple(rows), (1, 2)) if with_table else None
    sheet = Sheet(title, "副题", "号", "机关", "日期", tuple(paragraphs), table, ("注",), landscape)
    assert sheet_of(sheet.as_data()) == sheet


def test_a_sheet_of_bare_data_has_no_table() -> None:
    assert sheet_of({"title": "题", "rows": "no list"}) == Sheet("题")


def test_a_crooked_table_cannot_be_made() -> None:
    with pytest.raises(AssertionError):
        TableBlock(("甲", "乙"), (("one",),), (1, 1))


def test_what_no_printer_prints_is_taken_out() -> None:
    table = TableBlock(("甲\x00",), (("一\n二\ud800",),), (1,))
    sheet = Sheet("题\x07目", "副", "号", "关", "日", ("一\u0000段",), table, ("注\x1b",), True)
    said = printable(sheet)
    assert said == Sheet(
        "题 目", "副", "号", "关", "日", ("一 段",), TableBlock(("甲",), (("一 二",),), (1,)), ("注",), True
    )
    assert printable(Sheet("题")) == Sheet("题")


def test_what_is_not_kept_as_the_log_says_is_doubted_whatever_else_is_true() -> None:
    content = b"%PDF"
    digest = sha256(content).hexdigest()
    said = [
        verify(content, digest=digest, revoked=revoked, trusted=trusted).word
        for revoked, trusted in ((False, False), (True, False), (False, True), (True, True))
    ]
    assert said[:2] == ["doubted", "doubted"] and "doubted" not in said[2:]
    assert verify(content, digest="", revoked=False).word == "unfinished"
