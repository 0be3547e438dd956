"""Glyphs, lines and columns of pages."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from qilian.spine.reading.api import Block, Line, in_columns, paragraphs, together, unified


def test_glyphs_become_the_characters_they_look_like() -> None:
    assert unified("⼀、⼈⺠政府⾰命，⻓江⻔⼾；︵⼆︶") == "一、人民政府革命，长江门户；(二)"
    assert unified("\uf900\ufe30甲") == "豈\ufe30甲"  # two dots for one would move every place behind them


@given(st.text(alphabet=st.characters(min_codepoint=0x2E80, max_codepoint=0xFFFF, exclude_categories=["Cs"])))
def test_the_text_keeps_its_length_and_ideographs_stay(text: str) -> None:
    found = unified(text)
    assert len(found) == len(text)
    assert not any("\u2f00" <= each <= "\u2fd5" for each in found)
    kept = [(a, b) for a, b in zip(text, found, strict=True) if "\u4e00" <= a <= "\u9fff"]
    assert all(a == b for a, b in kept)
    assert all(unicodedata.category(b) != "Cn" for a, b in zip(text, found, strict=True) if a != b)


SIZE = 12.0


def at(text: str, row: float, indent: int = 0, *, short: float = 0, column: int = 0) -> Line:
    """A line of 20 characters' width, beginning so many characters behind the left edge."""
    x0, top = 72 + indent * SIZE, 72 + row * 20
    return Line(text, x0, top, 72 + (20 - short) * SIZE, top + SIZE, column)


def test_a_full_line_goes_on_where_paragraphs_are_indented() -> None:
    page = [
        at("（一）建设冷库。", 0, 2, short=9),
        at("（二）培育企业。到二〇二八年，", 1, 2),
        at("培育十家。", 2, short=15),
        at("（三）健全标准，一直写到行末。", 3, 2),
        at("（四）也写到行末的另一段内容。", 4, 2),
        at("并不缩进，承接上行。", 5, short=8),
        at("（五）这一段写到行末并且停住了。", 6, 2),
        at("六、顶格的标题", 7, short=13),
        at("目录条目占满一整行………………12", 8),
        at("又一条目也占满一整行…………13", 9),
    ]
    assert together(paragraphs([page])).split("\n") == [
        "（一）建设冷库。",
        "（二）培育企业。到二〇二八年，培育十家。",
        "（三）健全标准，一直写到行末。",
        "（四）也写到行末的另一段内容。并不缩进，承接上行。",
        "（五）这一段写到行末并且停住了。",
        "六、顶格的标题",
        "目录条目占满一整行………………12",
        "又一条目也占满一整行…………13",
    ]


def test_without_indents_a_stop_or_an_ordinal_begins_a_paragraph() -> None:
    page = [
        at("一、任务", 0, short=16),
        at("（一）建设冷库，牵头单位是省商", 1),
        at("务厅。", 2, short=17),
        at("（二）这一行正好写满并且停住。", 3),
        at("下一段从头开始。", 4, short=12),
        at("（三）这一行写满没有停住的话", 5),
        at("（四）序号总是另起。", 6, short=10),
    ]
    assert together(paragraphs([page])).split("\n") == [
        "一、任务",
        "（一）建设冷库，牵头单位是省商务厅。",
        "（二）这一行正好写满并且停住。",
        "下一段从头开始。",
        "（三）这一行写满没有停住的话",
        "（四）序号总是另起。",
    ]


def test_lines_far_apart_of_other_columns_and_rows_of_tables_stay_apart() -> None:
    page = [at("这一行写满没有停住的话", 0), at("下面隔得很远。", 3, short=12), "任务\t单位", at("这一行写满没有停", 5)]
    assert together(paragraphs([[*page, at("别栏的话", 6, short=16, column=1)]])).split("\n") == [
        "这一行写满没有停住的话", "下面隔得很远。", "任务\t单位", "这一行写满没有停", "别栏的话",
    ]  # fmt: skip
    assert paragraphs([[at("只有一行", 0)], []]) == "只有一行\f"
    english = [at("very long words that", 0), at("go on", 1), at("very long words again", 2, 2)]
    assert together(paragraphs([english])).split("\n")[0] == "very long words that go on"


def test_a_paragraph_goes_on_over_the_end_of_a_page_when_the_number_is_gone() -> None:
    wrapped = [at("开头的段落缩进并且写到行末", 0, 2), at("才折行。", 1, short=16)]
    first = [*wrapped, at("又一段缩进的短。", 2, 2, short=8), at("这一段写到页末还没有完就", 3, 2)]
    more = [at("在下页接着写完。", 0, short=10), at("新的一段。", 1, 2, short=9)]
    whole = "开头的段落缩进并且写到行末才折行。\n又一段缩进的短。\n这一段写到页末还没有完就"
    assert together(paragraphs([first, more])) == f"{whole}在下页接着写完。\n新的一段。"
    other = paragraphs([first, [at("缩进的新段不承接上一页的话", 0, 2)]])
    assert together(other) == f"{whole}\f缩进的新段不承接上一页的话"


def row_of(words: str, x: float, top: float) -> list[Block]:
    return [Block(x + place * 10, top, x + place * 10 + 10, top + 10) for place in range(len(words))]


PAGE = Block(0, 0, 600, 800)


def test_two_columns_are_read_one_after_the_other() -> None:
    glyphs = row_of("标" * 40, 50, 20)
    for line in range(8):
        glyphs += row_of("左" * 22, 50, 60 + line * 20) + row_of("右" * 22, 310, 60 + line * 20)
    glyphs += row_of("尾" * 45, 50, 300)
    blocks = in_columns(glyphs, PAGE)
    assert [(block.x0, block.x1) for block in blocks] == [(0, 600), (0, 290), (290, 600), (0, 600)]
    assert blocks[0].bottom == 30 and blocks[1].bottom == blocks[2].bottom == 210 and blocks[3].bottom == 800


def test_a_table_without_rules_is_no_column() -> None:
    glyphs = []
    for line in range(10):
        glyphs += row_of("左" * (3 + line * 2), 50, 60 + line * 20) + row_of("右" * 9, 330, 60 + line * 20)
    assert in_columns(glyphs, PAGE) == [PAGE]


def test_a_page_of_one_column_and_an_empty_one_stay_whole() -> None:
    assert in_columns([], PAGE) == [PAGE]
    assert in_columns([each for line in range(9) for each in row_of("字" * 40, 50, line * 20)], PAGE) == [PAGE]
    few = [each for line in range(3) for x in (50, 310) for each in row_of("左" * 22, x, line * 20)]
    assert in_columns(few, PAGE) == [PAGE]
