"""Pages as printers, office programs and browsers make them."""

from pathlib import Path

import noto_cjk_sans_otc
import pytest
import typst

from qilian.core.values.text import Refusal
from qilian.spine.compiler.adapters.readers import read, read_bytes
from qilian.spine.compiler.kernel import compile_plan


def page(source: str, setting: str = 'paper: "a4"') -> bytes:
    whole = f'#set page({setting})\n#set text(font: "Noto Sans CJK SC", size: 12pt)\n{source}'
    return bytes(typst.compile(whole.encode(), font_paths=[str(Path(noto_cjk_sans_otc.__file__).parent)]))


def bare(drawn: bytes, resources: bytes, *more: bytes) -> bytes:
    """A PDF of one page by hand; `more` are the objects from number 5 on."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<" + resources + b">>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        *more,
    ]
    content = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % each for each in enumerate(bodies, 1))
    return content + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (len(bodies) + 1)


def test_characters_drawn_twice_are_read_once() -> None:
    twice = "\n\n".join(f"#box[#place(dx: 0.25pt)[{line}]{line}]" for line in ("一、任务", "（一）建设冷库一一对应。"))
    assert read_bytes(page(twice)) == "一、任务\n（一）建设冷库一一对应。"


def test_radicals_are_the_characters_they_look_like() -> None:
    read_back = read_bytes(page("⼀、任务\n\n（⼆）建设⼈⺠医院。（责任单位：市发展改⾰委）"))
    assert read_back == "一、任务\n（二）建设人民医院。（责任单位：市发展改革委）"


def test_the_left_column_is_read_before_the_right() -> None:
    left, right = ("、".join(f"{side}{place}号工程" for place in range(60)) for side in "甲乙")
    text = read_bytes(page(f"{left}。\n\n{right}。", 'paper: "a4", columns: 2'))
    assert text.replace("\n", "") == f"{left}。{right}。"


def test_indented_paragraphs_are_whole_again_even_over_pages() -> None:
    paragraphs = [f"（{figure}）{'建设一批服务站点，' * 9}做好服务。（责任单位：市甲局）" for figure in "一二三四五六"]
    source = "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n" + "\n\n".join(paragraphs)
    small = "width: 14cm, height: 10cm, margin: 2cm, footer: context [#h(1fr)— #counter(page).display() —#h(1fr)]"
    assert read_bytes(page(source, small)).strip().split("\n") == paragraphs


def unmapped(text: bytes, words: str = "") -> bytes:
    """A page whose font numbers its glyphs and does not say which characters they are."""
    drawn = b"BT /F 12 Tf 72 720 Td <%s> Tj /G 12 Tf 0 -20 Td (%s) Tj ET" % (text.hex().encode(), words.encode())
    return bare(
        drawn,
        b"/Font<</F 5 0 R/G 7 0 R>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def test_characters_that_fonts_do_not_tell_are_said() -> None:
    document = read(unmapped(b"\x00\x11\x00\x12", "a plan of many words"))
    assert document.text == "��\na plan of many words" and "cid" not in document.text
    assert [note.kind for note in document.notes] == ["read_unmapped"] and "2 个字" in document.notes[0].message


def test_a_page_that_tells_nothing_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read(unmapped(b"\x00\x11\x00\x12\x00\x13"), name="方案.pdf")
    assert caught.value.code == "plan.file.unmapped" and "方案.pdf" in caught.value.message.en


IMAGE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n"
    b"x\nendstream"
)


def test_a_page_that_is_a_picture_is_said() -> None:
    scan = bare(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>", IMAGE)
    with pytest.raises(Refusal) as caught:
        read(scan, name="方案.pdf")
    assert caught.value.code == "plan.file.empty" and "扫描" in str(caught.value)
    both = scan.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[6 0 R 3 0 R]/Count 2").replace(
        b"trailer",
        b"6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F 8 0 R>>>>>>"
        b" endobj\n7 0 obj<</Length 42>>stream\nBT /F 12 Tf 72 720 Td (The first page) Tj ET \nendstream endobj\n"
        b"8 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\ntrailer",
    )
    document = read(both)
    assert "The first page" in document.text
    assert [note.kind for note in document.notes] == ["read_scanned"] and "第 2 页" in document.notes[0].message


def test_cases_beside_the_repository_read_as_they_say(shared: Path) -> None:
    files = shared / "testdata/cases/files"
    assert [clause.id for clause in compile_plan(read_bytes((files / "pdf-1.pdf").read_bytes())).clauses] == [
        "1.1",
        "1.2",
    ]
    for name in ("pdf-2.pdf", "pdf-2.txt"):
        clauses = compile_plan(read_bytes((files / name).read_bytes())).clauses
        assert [clause.id for clause in clauses] == ["1.1", "1.2", "2.1"]
        assert clauses[2].units("lead") == ["省发展改革委"]
    for number, ids in ((1, ["1.1"]), (2, ["1.1", "1.2", "1.3"]), (5, ["1.1"])):
        clauses = compile_plan(read_bytes((files / f"docx-{number}.docx").read_bytes())).clauses
        assert [clause.id for clause in clauses] == ids
    expected = (files / "docx-3.expected.txt").read_text("utf-8")
    assert read_bytes((files / "docx-3.docx").read_bytes()).strip() == expected.strip()
    with pytest.raises(Refusal) as caught:
        read_bytes((files / "docx-4.docx").read_bytes())
    assert caught.value.code == "plan.file.damaged"
