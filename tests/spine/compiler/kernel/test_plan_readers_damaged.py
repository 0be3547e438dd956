"""Whatever is wrong with a file, a reader answers with a text or with a refusal in both languages: never otherwise."""

import io
import zipfile
from pathlib import Path

import docx
import noto_cjk_sans_otc
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qilian.core.values.text import Refusal
from qilian.spine.compiler.adapters.readers import read


def word() -> bytes:
    document = docx.Document()
    document.add_heading("一、任务", 1)
    document.add_paragraph("（一）建设冷库。（责任单位：市甲局）", style="List Number")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "任务"
    document.add_picture(
        io.BytesIO(b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;")
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def page() -> bytes:
    source = '#set text(font: "Noto Sans CJK SC")\n一、任务\n\n（一）建设冷库。\n\n#table(columns: 2, [任务], [单位])'
    return bytes(typst.compile(source.encode(), font_paths=[str(Path(noto_cjk_sans_otc.__file__).parent)]))


WORD, PAGE = word(), page()
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12)
DERANDOMISED = settings(derandomize=True, deadline=None)
FEWER = settings(derandomize=True, deadline=None, max_examples=40)


def changed(content: bytes, changes: list[tuple[float, int]], cut: float = 1.0) -> bytes:
    damaged = bytearray(content)
    for place, byte in changes:
        damaged[int(place * len(damaged))] = byte
    return bytes(damaged[: int(cut * len(damaged)) or 1])


def answer(content: bytes) -> str:
    try:
        return read(content, name="坏").text
    except Refusal as refusal:
        assert refusal.code.startswith("plan.file.") and refusal.message.zh and refusal.message.en and refusal.remedy
        return ""


def test_the_files_are_sound_before_they_are_damaged() -> None:
    assert "建设冷库" in answer(WORD) and "建设冷库" in answer(PAGE) and answer(plain_page()) == "One plan\nTwo rows"


@DERANDOMISED
@given(CHANGES, st.floats(0, 1))
def test_a_damaged_word_file_is_read_or_refused(changes: list[tuple[float, int]], cut: float) -> None:
    answer(changed(WORD, changes, cut))
    answer(changed(WORD, changes))


@DERANDOMISED
@given(CHANGES, st.floats(0, 1))
def test_a_damaged_page_is_read_or_refused(changes: list[tuple[float, int]], cut: float) -> None:
    answer(changed(PAGE, changes, cut))
    answer(changed(PAGE, changes))


def plain_page() -> bytes:
    """A PDF whose every byte means something: nothing is compressed."""
    drawn = b"BT /F 12 Tf 72 720 Td (One plan) Tj 0 -20 Td (Two rows) Tj ET\n72 700 m 200 700 l S"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % each for each in enumerate(bodies, 1))
    return content + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


@DERANDOMISED
@given(CHANGES)
def test_a_damaged_plain_page_is_read_or_refused(changes: list[tuple[float, int]]) -> None:
    answer(changed(plain_page(), changes))


MEMBERS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels")


@DERANDOMISED
@given(st.sampled_from(MEMBERS), CHANGES)
@example("word/document.xml", [(0.5, ord("<"))])
def test_a_sound_package_with_damaged_markup_is_read_or_refused(member: str, changes: list[tuple[float, int]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed(old.read(name), changes) if name == member else old.read(name))
    answer(out.getvalue())


NUMBERS = st.sampled_from(["-1", "0", "99999999999999999999", "x", "", "1.5", "٣"])


@FEWER
@given(st.lists(st.tuples(st.integers(0, 10_000), NUMBERS), min_size=1, max_size=30))
def test_attributes_that_mean_nothing_are_read_or_refused(changes: list[tuple[int, str]]) -> None:
    """Every value of an attribute may be nonsense: levels, spans, identities, characters."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("word/document.xml", "word/numbering.xml", "word/styles.xml"):
                parts = content.decode().split('w:val="')
                for place, value in changes:
                    at = 1 + place % (len(parts) - 1)
                    parts[at] = value + parts[at][parts[at].index('"') :]
                content = 'w:val="'.join(parts).encode()
            new.writestr(name, content)
    assert "建设冷库" in answer(out.getvalue())


@DERANDOMISED
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]), st.binary()
)
def test_any_bytes_are_read_or_refused(beginning: bytes, content: bytes) -> None:
    answer(beginning + content)
