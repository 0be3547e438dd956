"""What a file is, what it may be called and whether it is taken."""

import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.papers.files.kernel.intake import (
    NAME_LENGTH,
    accept,
    claimed_by,
    clean_name,
    disposition,
    ending_of,
    too_large,
)
from qilian.core.papers.files.kernel.kinds import (
    ARCHIVE,
    DOCX,
    EVIDENCE,
    GIF,
    HEAD,
    IMAGES,
    JPEG,
    KINDS,
    MP4,
    OFD,
    OLD_OFFICE,
    PDF,
    PNG,
    PPTX,
    PROGRAM,
    TEXT,
    TIFF,
    UNKNOWN,
    WEB,
    WEBP,
    XLSX,
    ZIP,
    Kind,
    inside,
    sniff,
)
from qilian.core.values.text import Refusal

HEADS = [
    (b"%PDF-1.7\n", PDF),
    (b"\x89PNG\r\n\x1a\n\x00", PNG),
    (b"\xff\xd8\xff\xe0", JPEG),
    (b"GIF89a", GIF),
    (b"II*\x00\x08", TIFF),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", WEBP),
    (b"RIFF\x00\x00\x00\x00WAVE", UNKNOWN),
    (b"\x00\x00\x00\x18ftypmp42", MP4),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"PK\x03\x04", ZIP),
    (b"Rar!\x1a\x07\x00", ARCHIVE),
    (b"MZ\x90\x00", PROGRAM),
    (b"\x7fELF\x02", PROGRAM),
    (b"#!/bin/sh\n", PROGRAM),
    ("单位,数量\n".encode(), TEXT),
    ("单位,数量\n".encode("gb18030"), TEXT),
    ("单位".encode("utf-16"), TEXT),
    (b"\xef\xbb\xbfa,b\n", TEXT),
    (b"\xef\xbb\xbf <!DOCTYPE html><p>", WEB),
    (b"<?xml version='1.0'?><svg xmlns='x'/>", WEB),
    (b"<?xml version='1.0'?><data/>", TEXT),
    (b"\x01\x02\x03", UNKNOWN),
    (b"\xff\xff\xff text", UNKNOWN),
    (b"", TEXT),
]


@pytest.mark.parametrize(("head", "kind"), HEADS)
def test_the_first_bytes_tell(head: bytes, kind: Kind) -> None:
    assert sniff(head) == kind


@pytest.mark.parametrize("length", range(HEAD - 4, HEAD + 1))
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_at_the_end_of_the_head_is_no_harm(length: int, encoding: str) -> None:
    whole = ("a" * (length % 3) + "祁连𠀀" * HEAD).encode(encoding)
    assert sniff(whole[:HEAD]) == TEXT


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], DOCX),
        (["xl/workbook.xml"], XLSX),
        (["[Content_Types].xml", "word/document2.xml"], DOCX),
        (["[Content_Types].xml", "xl/book9.xml"], XLSX),
        (["word/document2.xml"], ZIP),
        (["ppt/presentation.xml"], PPTX),
        (["OFD.xml", "Doc_0/Document.xml"], OFD),
        (["META-INF/MANIFEST.MF", "a.txt"], PROGRAM),
        (["a/B.CLASS"], PROGRAM),
        (["a.txt"], ZIP),
        ([], ZIP),
    ],
)
def test_the_names_inside_tell(names: list[str], kind: Kind) -> None:
    assert inside(names) == kind


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_text(encoding: str) -> None:
    assert sniff("账号,余额\r\n6222,1.50\n".encode(encoding)) == TEXT
    assert sniff("账号".encode(encoding) + b"\x00\x07\x00\n") == UNKNOWN


def test_no_ending_belongs_to_two_kinds() -> None:
    endings = [ending for kind in KINDS for ending in kind.endings]
    assert len(endings) == len(set(endings))
    assert PROGRAM not in EVIDENCE and WEB not in EVIDENCE and ARCHIVE not in EVIDENCE


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("报告.pdf", "报告.pdf"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("  .bashrc.. ", "bashrc"),
        ('a<b>"c|d?.txt', "a_b__c_d_.txt"),
        ("", "file"),
        ("...", "file"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
        ("a." + "b" * 200, "a." + "b" * 118),
        ("b" * 200, "b" * 120),
    ],
)
def test_names_are_cleaned(written: str, name: str) -> None:
    assert clean_name(written) == name


@given(st.text())
def test_a_clean_name_is_safe_and_stays_so(written: str) -> None:
    name = clean_name(written)
    assert 0 < len(name) <= NAME_LENGTH and "/" not in name and "\\" not in name and name not in (".", "..")
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
    assert clean_name(name).strip(" .") == name.strip(" .")


@given(st.text())
def test_a_name_comes_whole_through_the_header(written: str) -> None:
    name = clean_name(written)
    header = disposition(name)
    assert (
        header.isascii() and "\r" not in header and "\n" not in header and header.startswith('attachment; filename="')
    )
    assert unquote(header.rpartition("UTF-8''")[2]) == name


def test_endings() -> None:
    assert (ending_of("a.PDF"), ending_of("none"), ending_of("a.tar.gz")) == ("pdf", "", "gz")
    assert (claimed_by("a.jpeg"), claimed_by("none"), claimed_by("a.unheard")) == (JPEG, UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("name", "size", "found", "code", "words"),
    [
        ("a.pdf", 0, TEXT, "files.empty", "“a.pdf”是空文件。"),
        ("a.pdf", 9, PROGRAM, "files.program", "“a.pdf”是可执行程序。"),
        ("a.pdf", 9, PNG, "files.disguised", "“a.pdf”的内容不是PDF 文件，而是PNG 图片。"),
        ("a.docx", 9, ZIP, "files.disguised", "“a.docx”的内容不是Word 文档，而是ZIP 压缩包。"),
        ("a.zip", 9, ZIP, "files.kind", "这里不收ZIP 压缩包：“a.zip”。"),
        ("a", 9, WEB, "files.kind", "这里不收网页：“a”。"),
    ],
)
def test_what_is_refused(name: str, size: int, found: Kind, code: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        accept(name=name, size=size, found=found, taken=EVIDENCE)
    refusal = refused.value
    assert (refusal.code, refusal.message.zh, refusal.where) == (code, words, name)
    assert refusal.remedy is not None and refusal.message.en


def test_what_is_taken() -> None:
    for name, found in (("a.pdf", PDF), ("b.csv", TEXT), ("c", PNG), ("d.unheard", PDF)):
        accept(name=name, size=1, found=found, taken=EVIDENCE)
    accept(name="a.png", size=1, found=PNG, taken=IMAGES)


def test_the_limit_is_said_in_words() -> None:
    assert too_large("a.pdf", 50 * 2**20).message.zh == "“a.pdf”超过 50 MB。"
    assert too_large("a.pdf", 100).message.en == "“a.pdf” is larger than 100 B."
