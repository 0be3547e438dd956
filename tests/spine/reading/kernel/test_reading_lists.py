"""Numbers that Word makes, counted as Word counts them (ISO/IEC 29500-1 §17.9)."""

from tests.spine.reading.kernel.making import document, kinds, level, lines, listed, lists, p


def num(key: int, abstract: int) -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/></w:num>'


OUTLINE = lists(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircle", "%4"),
)


def test_levels_count_and_begin_anew_behind_a_shallower_one() -> None:
    written = [
        listed("总体要求"),
        listed("主要任务"),
        listed("建设冷库", 1),
        listed("培育企业", 1),
        listed("支持上市", 2),
        listed("减免费用", 2),
        listed("甲", 3),
        p("不编号"),
        listed("保障措施"),
        listed("加强领导", 1),
    ]
    assert lines(*written, numbering=OUTLINE) == [
        "一、总体要求",
        "二、主要任务",
        "（一）建设冷库",
        "（二）培育企业",
        "1.支持上市",
        "2.减免费用",
        "① 甲",
        "不编号",
        "三、保障措施",
        "（一）加强领导",
    ]


def test_a_gap_stands_where_number_and_words_would_run_together() -> None:
    numbering = lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "第%3条"))
    assert lines(listed("5G建设"), listed("总则", 1), listed("范围", 2), listed("", 0), numbering=numbering) == [
        "1. 5G建设",
        "1.1 总则",
        "第1条 范围",
        "2.",
    ]


def test_legal_numbering_writes_all_levels_in_figures() -> None:
    plain = lists(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2"))
    legal = lists(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    off = lists(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", '<w:isLgl w:val="0"/>'))
    written = (listed("总则"), listed("目的", 1))
    assert lines(*written, numbering=plain)[1] == "一.1 目的"
    assert lines(*written, numbering=legal)[1] == "1.1 目的"
    assert lines(*written, numbering=off)[1] == "一.1 目的"


def test_a_level_may_go_on_or_begin_anew_only_behind_some_level() -> None:
    on = lists(level(0, "decimal", "%1、"), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    written = (listed("a"), listed("b", 1), listed("c"), listed("d", 1))
    assert lines(*written, numbering=on) == ["1、a", "1)b", "2、c", "2)d"]
    some = lists(
        level(0, "decimal", "%1、"), level(1, "decimal", "%2)"), level(2, "decimal", "%3:", '<w:lvlRestart w:val="1"/>')
    )
    written = (listed("a"), listed("b", 1), listed("c", 2), listed("d", 1), listed("e", 2), listed("f"), listed("g", 2))
    assert lines(*written, numbering=some) == ["1、a", "1)b", "1:c", "2)d", "2:e", "2、f", "1:g"]


def test_a_level_that_was_never_used_shows_its_start() -> None:
    numbering = lists(level(0, "decimal", "%1", start=3), level(1, "decimal", "%1.%2"))
    assert lines(listed("a", 1), listed("b"), numbering=numbering) == ["3.1 a", "3 b"]


def test_instances_of_one_list_count_on_and_a_start_of_its_own_begins_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
        f'<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}'
        "</w:lvlOverride></w:num>"
    )
    numbering = lists(level(0, "decimal", "%1、"), nums=nums)
    written = [listed(words, 0, key) for words, key in (("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 4))]
    assert lines(*written, numbering=numbering) == ["1、a", "2、b", "5、c", "6、d", "VII)e"]


def test_a_list_that_names_a_style_is_the_list_of_that_style() -> None:
    numbering = lists(
        level(0, "decimal", "%1、"),
        more='<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="公文"/></w:abstractNum>',
        nums=num(1, 0) + num(9, 7),
    )
    style = (
        '<w:style w:type="numbering" w:styleId="公文"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(listed("a", 0, 9), listed("b", 0, 1), numbering=numbering, styles=style) == ["1、a", "2、b"]
    itself = style.replace('w:val="1"', 'w:val="9"')
    assert lines(listed("a", 0, 9), numbering=numbering, styles=itself) == ["a"]


def test_styles_bring_their_list_and_level() -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
        level(2, "decimal", "%3."),
    )

    def style(key: str, inside: str, based: str = "", more: str = "") -> str:
        base = f'<w:basedOn w:val="{based}"/>' if based else ""
        return f'<w:style w:type="paragraph" w:styleId="{key}"{more}>{base}<w:pPr>{inside}</w:pPr></w:style>'

    listed_in = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("1", listed_in)
        + style("2", listed_in)
        + style("3", '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>')
        + style("像2", "", "2")
        + style("环1", "", "环2")
        + style("环2", "", "环1")
        + style("正文", "", more=' w:default="1"')
    )

    def of(key: str, words: str, more: str = "") -> str:
        return p(words, f'<w:pStyle w:val="{key}"/>{more}')

    out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    same = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    deeper = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    written = [of("1", "a"), of("像2", "b"), of("3", "c"), of("2", "d", out), of("2", "e"), of("3", "f", same)]
    written += [of("1", "g", deeper), of("环1", "h"), of("没有", "i"), p("j")]
    assert lines(*written, numbering=numbering, styles=styles) == [
        "一、a", "（一）b", "1.c", "d", "（二）e", "1.f", "（三）g", "h", "i", "j",
    ]  # fmt: skip


def test_bullets_and_lists_that_are_not_there_give_no_number() -> None:
    numbering = lists(level(0, "bullet", "\uf0b7"))
    assert lines(listed("a"), listed("b", 0, 5), listed("c", 9), listed("d", "x"), numbering=numbering) == list("abcd")
    missing = '<w:num w:numId="1"><w:abstractNumId w:val="44"/></w:num>'
    assert lines(listed("a"), numbering=missing) == ["a"]


def test_levels_left_out_are_empty_and_formats_without_words_write_none() -> None:
    numbering = lists(level(1, "none", "附%2"), level(2, "decimal", "%2-%3", "<w:isLgl/>"))
    assert lines(listed("a"), listed("b", 1), listed("c", 2), numbering=numbering) == ["a", "附 b", "-1 c"]


def test_newer_formats_stand_beside_an_older_one() -> None:
    zeros = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert lines(listed("a"), listed("b"), numbering=lists(zeros)) == ["001.a", "002.b"]
    bare = '<w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>'
    assert lines(listed("a"), numbering=lists(bare)) == ["0.a"]  # §17.9.25: without a start a list begins at zero


def test_a_format_nobody_knows_is_read_in_figures_and_said() -> None:
    read = document(p("题"), listed("a"), listed("b"), numbering=lists(level(0, "hebrew1", "%1.")))
    assert read.text == "题\n1.a\n2.b" and kinds(read) == ["read_number"]
    assert read.text[slice(*read.notes[0].span)] == "1.a"
    assert "2 处" in read.notes[0].message and "hebrew1" in read.notes[0].message
