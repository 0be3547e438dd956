"""Files of every kind: read correctly, or refused with one sentence in each language."""

import io
import os
import struct
import zipfile
from pathlib import Path

import docx
import noto_cjk_sans_otc
import pytest
import typst

from qilian.core.values.text import Refusal, speaking
from qilian.spine.compiler.adapters import readers
from qilian.spine.compiler.adapters.readers import read_bytes, read_file, simplification
from qilian.spine.compiler.kernel import compile_plan

WORDS = (
    "一、任务\n（一）做好第一件事。（牵头单位：市甲局；配合单位：市乙局）\n（二）做好第二件事。（责任单位：市丙局）\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_texts_of_every_encoding(encoding: str) -> None:
    assert read_bytes(WORDS.replace("\n", "\r\n").encode(encoding)) == WORDS


def test_traditional_text_in_big5() -> None:
    text = "一、任務\n（一）建設平臺。（責任單位：市甲廳）\n"
    assert compile_plan(read_bytes(text.encode("utf-8"))).clauses[0].units("responsible") == ["市甲廳"]
    assert simplification("龍門abc")[ord("龍")] == ord("龙")


def word(build: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph("任务分工表" + build)
    table = document.add_table(rows=4, cols=5)
    rows = [
        ("序号", "任务", "牵头单位", "配合单位", "时限"),
        ("1", "建设数据平台", "市甲局", "市乙局\n市丙局", "2025年底前"),
        ("2", "培训人员", "市甲局", "市丁局", "长期坚持"),
        ("备注：以上任务按季调度", "", "", "", ""),
    ]
    for number, row in enumerate(rows):
        for place, words in enumerate(row):
            table.cell(number, place).text = words
    table.cell(1, 2).merge(table.cell(2, 2)).text = "市甲局"
    table.cell(3, 0).merge(table.cell(3, 4))
    inner = table.cell(2, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "附表"
    document.add_paragraph("一、其他")
    document.add_paragraph("（一）做好保障。（责任单位：市戊局）")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_word_document_with_a_table_in_its_place() -> None:
    text = read_bytes(word())
    draft = compile_plan(text)
    assert [clause.units("lead") for clause in draft.clauses] == [["市甲局"], ["市甲局"], []]
    assert draft.clauses[0].units("support") == ["市乙局", "市丙局"]
    assert [deadline.date for deadline in draft.clauses[0].deadlines] == ["2025-12-31"]
    assert draft.clauses[2].units("responsible") == ["市戊局"]
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text


def page(source: str) -> bytes:
    fonts = [str(Path(noto_cjk_sans_otc.__file__).parent)]
    return bytes(typst.compile(source.encode(), font_paths=fonts))


def test_a_pdf_with_wrapped_lines_and_a_table() -> None:
    long = "建设一批服务站点，" * 12
    source = (
        f'#set text(font: "Noto Sans CJK SC", size: 11pt)\n任务方案\n\n'
        f"（一）{long}做好服务。（责任单位：市甲局、市乙局）\n\n"
        "#table(columns: 3, [任务], [责任单位], [时限], [建设平台], [市丙局], [2025年底前])\n\n"
        "（二）做好保障。（责任单位：市丁局）\n"
    )
    text = read_bytes(page(source))
    assert (long + "做好服务。") in text
    draft = compile_plan(text)
    assert sorted(unit.text for unit in draft.units) == ["市丁局", "市丙局", "市乙局", "市甲局"]


def locked_pdf() -> bytes:
    """Write the smallest PDF whose standard security handler no empty password opens."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -4>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n"
    return content + trailer + b"startxref\n%d\n%%%%EOF" % start


def locked_zip() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "x")
    raw = bytearray(content.getvalue())
    central = raw.index(b"PK\x01\x02")
    raw[central + 8 : central + 10] = struct.pack("<H", 1)
    return bytes(raw)


def archive(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/"), text)
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = [
    (b"", "empty"),
    (" \n　".encode(), "empty"),
    (bytes(range(256)) * 40, "binary"),
    (b"\x7fELF\x00\x00\x01" * 100, "binary"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
    ("\ue000\ue001\ue002".encode(), "binary"),
    (b"PK\x03\x04broken", "damaged"),
    (archive(a="x"), "format"),
    (archive(**{"word__document.xml": "x"}), "damaged"),
    (archive(**{"word__document.xml": "<x/>"}), "format"),
    (locked_zip(), "encrypted"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (OLE + b"\x00" * 600, "format"),
    (b"%PDF-1.7 broken", "damaged"),
    (locked_pdf(), "encrypted"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_what_cannot_be_read_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_bytes(content, name="方案")
    assert caught.value.code == f"plan.file.{code}"
    with speaking("en"):
        assert "方案" in str(caught.value) and "file" in str(caught.value).lower()
    assert str(caught.value).startswith("文件")


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    big = tmp_path / "大.txt"
    with big.open("wb") as file:
        file.truncate(readers.LARGEST + 1)
    with pytest.raises(Refusal) as caught:
        read_file(big)
    assert caught.value.code == "plan.file.too_large"
    with pytest.raises(Refusal) as caught:
        read_bytes(b"x" * (readers.LARGEST + 1))
    assert caught.value.code == "plan.file.too_large"
    bomb = bytearray(word())
    place = bomb.rindex(b"PK\x01\x02")
    bomb[place + 24 : place + 28] = struct.pack("<I", 257 * 1024 * 1024)  # what the directory says, before unpacking
    with pytest.raises(Refusal) as caught:
        read_bytes(bytes(bomb))
    assert caught.value.code == "plan.file.too_large"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        read_file(tmp_path / "没有.txt")
    assert caught.value.code == "plan.file.missing"
    (tmp_path / "有.txt").write_text(WORDS, "utf-8")
    assert read_file(tmp_path / "有.txt") == WORDS


def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    for path in (tmp_path / "管道.txt", tmp_path, Path("/dev/zero")):
        with pytest.raises(Refusal) as caught:
            read_file(path)
        assert caught.value.code == "plan.file.missing"


RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = f"<w:document {SPACE}><w:body>{{}}</w:body></w:document>"
ONE = "<w:p><w:r><w:t>一、任务</w:t></w:r></w:p>"


@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "word/document.bin", "正文.dat"])
def test_the_main_part_is_found_by_its_relationship_and_counted_whatever_it_is_called(main: str) -> None:
    def made(inside: str) -> bytes:
        return archive(**{"_rels/.rels": RELATED.format(main), main: MAIN.format(inside)})

    assert read_bytes(made(ONE)) == "一、任务"
    with pytest.raises(Refusal) as caught:
        read_bytes(made(" " * (33 * 1024 * 1024) + ONE))
    assert caught.value.code == "plan.file.too_large"
    with pytest.raises(Refusal) as caught:
        read_bytes(made("<w:sdt>" * 300 + ONE + "</w:sdt>" * 300))
    assert caught.value.code == "plan.file.too_large"


def test_a_package_without_relationships_is_read_by_the_usual_name() -> None:
    assert read_bytes(archive(**{"word/document.xml": MAIN.format(ONE)})) == "一、任务"


OTHERS = [
    (archive(**{"xl/workbook.xml": "<a/>"}), "Excel"),
    (archive(**{"OFD.xml": "<a/>"}), "OFD"),
    (archive(**{"content.xml": "<a/>", "mimetype": "x"}), "OpenDocument"),
    (archive(**{"_rels/.rels": RELATED.format("xl/workbook.xml"), "xl/workbook.xml": "<a/>"}), "Excel"),
    (b"{\\rtf1\\ansi x}", "RTF"),
    (b"<html xmlns:o='x'><body>x</body></html>", "网页"),
    ("\ufeff<!DOCTYPE html><p>方案</p>".encode(), "网页"),
    (b'<?xml version="1.0"?><a/>', "XML"),
    (OLE + b"\x00" * 600, "旧版"),
]


@pytest.mark.parametrize(("content", "kind"), OTHERS)
def test_a_file_of_another_kind_is_called_by_its_name(content: bytes, kind: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_bytes(content, name="方案.doc")
    assert caught.value.code == "plan.file.format" and kind in caught.value.message.zh


@pytest.mark.parametrize("before", ["", "<!-- x -->"])
def test_a_document_type_declaration_is_refused(before: str) -> None:
    bomb = before + '<!DOCTYPE a [<!ENTITY b "一">]>' + MAIN.format(ONE)
    with pytest.raises(Refusal) as caught:
        read_bytes(archive(**{"word/document.xml": bomb}), name="方案")
    assert caught.value.code == "plan.file.damaged"


def test_a_wrong_checksum_of_any_member_is_a_refusal() -> None:
    content = bytearray(archive(**{"word/document.xml": MAIN.format(ONE), "word/theme/theme1.xml": "<a/>"}))
    content[content.rindex(b"PK\x01\x02") + 16] ^= 1
    with pytest.raises(Refusal) as caught:
        read_bytes(bytes(content), name="方案")
    assert caught.value.code == "plan.file.damaged"


def test_main_parts_that_lead_nowhere_or_hold_something_else_are_refused() -> None:
    for members in ({"_rels/.rels": RELATED.format("word/none.xml")}, {"word/document.xml": "<x/>"}):
        with pytest.raises(Refusal) as caught:
            read_bytes(archive(**members), name="方案")
        assert caught.value.code in ("plan.file.damaged", "plan.file.format")


def test_big5_is_told_from_gb18030_by_what_it_would_say() -> None:
    text = "一、任務\n（一）建設資訊平臺，提升產業競爭力。（責任單位：經濟發展局、勞動局）\n"
    assert read_bytes(text.encode("big5")) == text


def test_a_pdf_on_small_pages_reads_as_its_text_does() -> None:
    text = (
        "一、夯实基础\n（一）建设社区服务中心12个，到2027年底覆盖率达到85%以上。（牵头单位：市甲局；配合单位：市乙局、"
        "各县（市、区）人民政府）\n（二）发展森林康养，依托国有林场打造基地8个。（市丙局、市丁局按职责分工负责）\n"
        "二、强化保障\n（三）落实专项资金，加强审计监督，建立月调度、季通报机制。\n责任单位：市戊局、市己局\n"
        "完成时限：2026年6月底前\n（四）加强宣传引导，营造良好氛围，推广典型经验。（责任单位：市庚局、市辛局）\n"
    )
    lines = "\n\n".join(f'#"{line}"' for line in text.splitlines())
    source = (
        "#set page(width: 11cm, height: 8cm, margin: 1.5cm, header: [内部文件 注意保存], "
        "footer: context [— #counter(page).display() —])\n"
        f'#set text(font: "Noto Sans CJK SC", size: 12pt)\n{lines}\n'
    )
    read, plain = compile_plan(read_bytes(page(source))), compile_plan(text)
    assert [(c.id, [(own.unit, own.role) for own in c.assignments]) for c in read.clauses] == [
        (c.id, [(own.unit, own.role) for own in c.assignments]) for c in plain.clauses
    ]
    assert [own.date for c in read.clauses for own in c.deadlines] == ["2027-12-31", "2026-06-30"]
    assert [own.indicator for c in read.clauses for own in c.targets] == ["社区服务中心", "覆盖率", "基地"]
