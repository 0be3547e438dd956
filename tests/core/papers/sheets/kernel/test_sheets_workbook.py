"""Workbooks: cells become text as their reader sees them; what could hurt, or is not certain, is refused."""

import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qilian.core.papers.sheets.api import Line, kind_of_format, read_xlsx, shown
from qilian.core.papers.sheets.kernel import workbook as reading
from qilian.core.papers.sheets.kernel.formats import ELAPSED, MOMENT, PLAIN, SHARE
from qilian.core.values.text import Refusal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def related(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{RELS}">{inside}</Relationships>'


def book(
    rows: str, *, styles: str = "", strings: str = "", properties: str = "", after: str = "", **parts: str | bytes
) -> bytes:
    """A workbook of one sheet by hand."""
    members: dict[str, str | bytes] = {
        "_rels/.rels": related(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>'
        '<sheet name="a" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(
            ("worksheet", "worksheets/sheet1.xml"),
            *((("styles", "styles.xml"),) if styles else ()),
            *((("sharedStrings", "sharedStrings.xml"),) if strings else ()),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    if styles:
        members["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    if strings:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**members, **parts}.items():
            if content:
                package.writestr(name, content)
    return out.getvalue()


def refusal_of(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(read_xlsx(content))
    assert caught.value.message.zh and caught.value.message.en and caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (0, None, PLAIN),
        (14, None, MOMENT),
        (22, None, MOMENT),
        (27, None, MOMENT),
        (31, None, MOMENT),
        (36, None, MOMENT),
        (32, None, MOMENT),
        (37, None, PLAIN),
        (45, None, MOMENT),
        (49, None, PLAIN),
        (50, None, MOMENT),
        (58, None, MOMENT),
        (9, None, SHARE),
        (59, None, PLAIN),
        (164, "General", PLAIN),
        (164, "G/通用格式", PLAIN),
        (164, "@", PLAIN),
        (164, 'yyyy"年"m"月"d"日"', MOMENT),
        (164, "yyyy年m月d日", MOMENT),
        (164, "[$-804]yyyy/m/d;@", MOMENT),
        (164, "[DBNum1][$-804]m月d日", MOMENT),
        (164, "h:mm AM/PM", MOMENT),
        (164, "[h]:mm", ELAPSED),
        (164, "[Red]0.00", PLAIN),
        (164, "0.00%", SHARE),
        (164, "0.00E+00", PLAIN),
        (164, '#,##0.00"元/年"', PLAIN),
        (164, "000000", "000000"),
        (164, "0", PLAIN),
        (164, r"#,##0\d", PLAIN),
        (164, "_-* #,##0.00_-", PLAIN),
        (31, "0.00", PLAIN),
        (164, '0.0"m"', PLAIN),
    ],
)
def test_formats_say_what_a_number_is(number: int, code: str | None, kind: str) -> None:
    assert kind_of_format(number, code) == kind


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        ("57.699999999999996", PLAIN, "57.7"),
        ("3.3000000000000003", PLAIN, "3.3"),
        ("3", PLAIN, "3"),
        ("3.0", PLAIN, "3"),
        ("1E-7", PLAIN, "0.0000001"),
        ("1.2E+5", PLAIN, "120000"),
        ("-0", PLAIN, "0"),
        ("12345678901234.5", PLAIN, "12345678901234.5"),
        ("999999999999999", PLAIN, "999999999999999"),
        ("6228480402564890123", PLAIN, "6.22848040256489E+18"),
        ("1000000000000000", PLAIN, "1E+15"),
        ("7", "000000", "000007"),
        ("7.5", "000000", "7.5"),
        ("0.15", SHARE, "15%"),
        ("0.1275", SHARE, "12.75%"),
        ("46348", MOMENT, "2026-11-22"),
        ("46348.75", MOMENT, "2026-11-22 18:00"),
        ("46348.7500115741", MOMENT, "2026-11-22 18:00:01"),
        ("0.5", MOMENT, "12:00:00"),
        ("46347.999999999", MOMENT, "2026-11-22"),
        ("59", MOMENT, "1900-02-28"),
        ("60", MOMENT, "1900-02-29"),
        ("61", MOMENT, "1900-03-01"),
        ("1", MOMENT, "1900-01-01"),
        ("-1", MOMENT, "-1"),
        ("2958466", MOMENT, "2958466"),
        ("2958465.9999999", MOMENT, "9999-12-31"),
        ("1.5", ELAPSED, "36:00:00"),
    ],
)
def test_numbers_are_written_as_their_cell_shows_them(number: str, kind: str, text: str) -> None:
    assert shown(Decimal(number), kind) == text


def test_days_may_be_counted_from_1904() -> None:
    """The same day has 1,462 less (ECMA-376-1 §18.17.4.1)."""
    assert shown(Decimal(46348 - 1462), MOMENT, from_1904=True) == "2026-11-22"
    assert shown(Decimal(0), MOMENT, from_1904=True) == "1904-01-01"
    assert shown(Decimal("2958465.5"), MOMENT, from_1904=True) == "9999-12-31 12:00"


@given(st.integers(-(10**13), 10**13))
def test_sums_of_fen_are_shown_without_noise(fen: int) -> None:
    assert Decimal(shown(Decimal(repr(fen / 100)), PLAIN)) == Decimal(fen) / 100


def test_cells_of_every_type() -> None:
    rich = "<si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh></si>"
    strings = f"<si><t>甲</t></si>{rich}<si><t>a_x000D__x0001__xD800_b</t></si>"
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0000"/></numFmts>'
        '<cellXfs><xf/><xf numFmtId="31"/><xf numFmtId="164"/></cellXfs>'
    )
    row = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>'
        '<c r="D2" t="inlineStr"><is><t>\t6222</t></is></c><c r="F2" t="b"><v>1</v></c><c t="b"><v>0</v></c>'
        '<c t="d"><v>2026-11-22T00:00:00</v></c><c t="d"><v>2026-11-22T18:00</v></c><c s="1"><v>46348</v></c>'
        '<c s="2"><v>7</v></c><c s="9"><v> 5 </v></c><c t="str"><f>A1</f><v></v></c><c><f>1+1</f><v>2</v></c><c s="1"/>'
        '<c t="s"><v/></c></row>'
    )
    assert list(read_xlsx(book(row, styles=styles, strings=strings))) == [
        Line(
            2,
            (
                "甲",
                "乙丙",
                "a\rb",
                "\t6222",
                "",
                "yes",
                "no",
                "2026-11-22",
                "2026-11-22 18:00",
                "2026-11-22",
                "0007",
                "5",
                "",
                "2",
            ),
        )
    ]


def test_days_of_the_1904_calendar_are_told_by_the_workbook() -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    content = book("<row><c><v>44886</v></c></row>", styles=styles, properties='<workbookPr date1904="1"/>')
    assert next(read_xlsx(content)).cells == ("2026-11-22",)


def test_only_rows_that_hold_something_are_told_with_their_numbers() -> None:
    blank = '<row r="4"><c r="A4" t="inlineStr"><is><t> </t></is></c></row>'
    rows = f'<row r="3"><c r="B3"><v>1</v></c></row>{blank}<row><c><v>2</v></c></row>'
    assert list(read_xlsx(book(rows))) == [Line(3, ("", "1")), Line(5, ("2",))]


def test_the_main_part_the_edition_and_the_encoding_may_be_others() -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book("<row><c><v>1</v></c></row>"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode().replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            text = text.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            text = text.replace("xl/workbook.xml", "xl/book9.xml").replace("<v>1</v>", "<v>7</v>")
            moved = name.replace("workbook.xml", "book9.xml")
            new.writestr(moved, f'<?xml version="1.0" encoding="GBK"?><!--注-->{text}'.encode("gbk"))
    assert next(read_xlsx(out.getvalue())).cells == ("7",)
    wide = book(
        "",
        **{
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><row><c><v>8</v></c></row></worksheet>'.encode(
                "utf-16"
            )
        },
    )
    assert next(read_xlsx(wide)).cells == ("8",)


def test_a_chart_before_the_first_sheet_is_passed_over() -> None:
    content = book(
        "<row><c><v>1</v></c></row>",
        **{
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet r:id="r0"/>'
            '<sheet r:id="r9"/><sheet r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": related(("chartsheet", "c.xml"), ("worksheet", "worksheets/sheet1.xml")),
        },
    )
    assert next(read_xlsx(content)).cells == ("1",)


def test_a_hidden_sheet_is_read_only_where_none_is_shown() -> None:
    hidden = f'<worksheet xmlns="{MAIN}"><row><c><v>9</v></c></row></worksheet>'
    for state, found in (("visible", "1"), ("veryHidden", "9")):
        content = book(
            "<row><c><v>1</v></c></row>",
            **{
                "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
                f'<sheet r:id="r0" state="hidden"/><sheet r:id="r1" state="{state}"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": related(
                    ("worksheet", "hidden.xml"), ("worksheet", "worksheets/sheet1.xml")
                ),
                "xl/hidden.xml": hidden,
            },
        )
        assert next(read_xlsx(content)).cells == (found,)


def test_a_merged_cell_is_its_first_one_where_that_is_asked_for() -> None:
    content = book("<row><c><v>1</v></c></row>", after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    assert list(read_xlsx(content, merged=True)) == [Line(1, ("1",))]


REFUSED = [
    (book("<row><c><f>1+1</f></c></row>"), "formula", "A1"),
    (book('<row r="2"><c r="C2" t="e"><v>#DIV/0!</v></c></row>'), "error", "C2"),
    (book("<row/>", after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'), "merged", "A1:B1"),
    (book('<row r="3"><c r="ZZZ3"><v>1</v></c></row>'), "columns", "3"),
    (book('<row><c r="A1"/><c r="A1"/></row>'), "broken", ""),
    (book('<row><c r="1A"/></row>'), "broken", ""),
    (book('<row r="2"/><row r="2"/>'), "broken", ""),
    (book('<row r="1048577"/>'), "broken", ""),
    (book('<row r="x"/>'), "broken", ""),
    (book("<row><c><v>x</v></c></row>"), "broken", ""),
    (book("<row><c><v>NaN</v></c></row>"), "broken", ""),
    (book('<row><c t="s"><v>5</v></c></row>'), "broken", ""),
    (book('<row><c t="b"><v>7</v></c></row>'), "broken", ""),
    (book("<row>"), "broken", ""),
    (book("", **{"xl/worksheets/sheet1.xml": ""}), "broken", ""),
    (book("", **{"xl/_rels/workbook.xml.rels": ""}), "broken", ""),
    (book("", **{"xl/workbook.xml": "<x/>"}), "other", ""),
    (book("", **{"_rels/.rels": related(("officeDocument", "xl/workbook.bin"))}), "other", ""),
    (book("", **{"xl/vbaProject.bin": "x"}), "macro", ""),
]


@pytest.mark.parametrize(("content", "code", "place"), REFUSED)
def test_what_is_not_certain_is_refused_at_its_place(content: bytes, code: str, place: str) -> None:
    refusal = refusal_of(content)
    assert refusal.code == f"sheets.{code}" and place in refusal.message.zh and place in refusal.message.en


@pytest.mark.parametrize("before", ["", "<!-- a comment first -->", "<!--" + "x" * 2000 + "-->"])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_entities_are_refused_wherever_they_are_declared(before: str, part: str) -> None:
    bomb = f'{before}<!DOCTYPE x [<!ENTITY a "aaaa">]><x xmlns="{MAIN}">&a;</x>'
    content = book("<row><c><v>1</v></c></row>", styles="<cellXfs/>", strings="<si/>", **{part: bomb})
    assert refusal_of(content).code == "sheets.broken"


def test_locked_and_overgrown_packages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = book("<row/>")
    locked = bytearray(content)
    locked[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal_of(bytes(locked)).code == "sheets.encrypted"
    spoiled = bytearray(content)
    spoiled[content.rindex(b"PK\x01\x02") + 16] ^= 1
    assert refusal_of(bytes(spoiled)).code == "sheets.broken"
    monkeypatch.setattr(reading, "UNPACKED_MAX", 100)
    assert refusal_of(content).code == "sheets.bomb"


SOUND = book(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46348</v></c></row>',
    styles='<cellXfs><xf/><xf numFmtId="31"/></cellXfs>',
    strings="<si><t>甲</t></si>",
)


@settings(derandomize=True, deadline=None)
@given(
    st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(b'<>"/9aZ\x00\xff')), min_size=1, max_size=6),
)
def test_a_damaged_workbook_is_read_or_refused(member: str, changes: list[tuple[float, int]]) -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(SOUND)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = bytearray(old.read(name))
            for place, byte in changes if name == member else ():
                content[int(place * len(content))] = byte
            new.writestr(name, bytes(content))
    try:
        list(read_xlsx(out.getvalue()))
    except Refusal as refusal:
        assert refusal.code.startswith("sheets.") and refusal.message.en


def test_cases_beside_the_repository(shared: Path) -> None:
    one, three = (list(read_xlsx((shared / f"testdata/cases/files/xlsx-{each}.xlsx").read_bytes())) for each in (1, 3))
    assert one[1].cells[0] == "2026-11-22"
    assert three[1].cells[1] == "3.3" and three[2].cells[1] == "57.7"
