"""Word documents are read as their reader sees them (ISO/IEC 29500-1 §17)."""

import pytest
from tests.spine.reading.kernel.making import document, kinds, level, lines, listed, lists, p, r, rooted

from qilian.core.papers.markup.api import parse
from qilian.core.values.text import Refusal
from qilian.spine.reading.api import Parts, read_word
from qilian.spine.reading.kernel import document as composing

TAGGED = "<w:{0}>" + r("2028年") + "</w:{0}>"


@pytest.mark.parametrize("tag", ["smartTag", "customXml", "ins", "moveTo", "hyperlink", "bdo", "dir", "fldSimple"])
def test_labels_round_runs_are_read_through(tag: str) -> None:
    assert lines(p(r("到") + TAGGED.format(tag) + r("，建成。"))) == ["到2028年，建成。"]


def control(inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="任务"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def test_controls_are_read_wherever_they_stand() -> None:
    cell = "<w:tc>{}</w:tc>"
    table = (
        "<w:tbl><w:tblPr/><w:tr>"
        + cell.format(p("任务"))
        + control(cell.format(p("单位")))
        + "</w:tr>"
        + control("<w:tr>" + cell.format(control(p("建库"))) + cell.format(p(control(r("甲局")))) + "</w:tr>")
        + "</w:tbl>"
    )
    inline = p(r("（一）") + control(r("健全。")))
    assert lines(control(p("一、任务")), inline, control(table), control(control(p("末")))) == [
        "一、任务", "（一）健全。", "", "任务\t单位", "建库\t甲局", "", "末",
    ]  # fmt: skip


def test_deletions_are_left_out_and_said_insertions_kept() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>2026</w:delText></w:r></w:del>'
    came = '<w:ins w:id="2">' + r("2027") + "</w:ins>"
    moved = "<w:moveFrom>" + r("旧处") + "</w:moveFrom>"
    read = document(p("题"), p(r("到") + gone + came + r("年。") + moved), "<w:del>" + p("整段") + "</w:del>", p("末"))
    assert read.text == "题\n到2027年。\n末"
    assert kinds(read) == ["read_revisions"]
    assert "3 处" in read.notes[0].message and "2026" in read.notes[0].message
    assert read.text[slice(*read.notes[0].span)] == "到2027年。"
    assert kinds(document(p("<w:del><w:r/></w:del>" + r("无")))) == []


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    numbering = lists(level(0, "decimal", "%1."))
    assert lines(p("上", mark), listed("下"), listed("又"), numbering=numbering) == ["1.上下", "2.又"]
    assert lines(p("首", '<w:framePr w:dropCap="drop"/>'), p("字下沉。"), p("尾", mark)) == ["首字下沉。", "尾"]
    assert lines(p("普通", "<w:rPr><w:b/></w:rPr>"), p("段")) == ["普通", "段"]


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tc(words: str, properties: str = "") -> str:
    inside = words if words.startswith("<") else p(words)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def test_merged_cells_repeat_downwards_and_leave_the_others_empty_across() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="3"/>'
    read = document(
        table(
            row(tc("任务"), tc("单位"), tc("时限")),
            row(tc("甲"), tc(p("甲局") + p("") + p("乙局"), down), tc("年底")),
            row(tc("乙"), tc("藏字", on), tc("")),
            row(tc("备注：全列", wide)),
            row(tc("并", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("后")),
            row(tc("后"), properties='<w:gridBefore w:val="2"/>'),
            row(tc("宽", '<w:gridSpan w:val="99999"/>'), tc("窄", '<w:gridSpan w:val="x"/>')),
        )
    )
    rows = read.text.split("\n")[1:-1]
    assert rows[:6] == ["任务\t单位\t时限", "甲\t甲局\v乙局\t年底", "乙\t甲局\v乙局\t", "备注：全列", "并\t\t后", ""]
    assert rows[6] == "宽\t窄"
    assert kinds(read) == ["read_hidden"] and "藏字" in read.notes[0].message


def test_deleted_rows_and_cells_are_said() -> None:
    read = document(
        table(row(tc("留"), tc("删格", "<w:cellDel/>")), row(tc("删行"), properties="<w:del/>"), "<w:del/>", p("散"))
    )
    assert read.text.split("\n") == ["", "留", ""] and "2 处" in read.notes[0].message


def test_a_table_inside_a_cell_and_breaks_become_lines_of_the_cell() -> None:
    inner = table(row(tc("附"), tc("表")))
    assert lines(table(row(tc(p(r("甲") + "<w:r><w:br/></w:r>" + r("乙")) + inner), tc("x")))) == [
        "",
        "甲\v乙\v附 表\tx",
        "",
    ]


def test_a_continued_cell_without_a_beginning_is_read() -> None:
    assert lines(table(row(tc("无头", "<w:vMerge/>"), tc("x")))) == ["", "无头\tx", ""]


def test_breaks_tabs_and_hyphens() -> None:
    words = (
        r("甲") + "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丁</w:t></w:r>"
    )
    assert lines(p(words), p(r("前") + '<w:r><w:br w:type="page"/></w:r>')) == ["甲 乙", "丙-丁", "前"]


def char(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def field(instruction: str, result: str | None = None) -> str:
    shown = "" if result is None else char("separate") + r(result)
    return char("begin") + code(instruction) + shown + char("end")


def test_fields_show_their_result_and_never_their_instruction() -> None:
    date = field(' DATE \\@ "yyyy" ', "2028")
    inner = (
        char("begin") + code("IF ") + field("MERGEFIELD 甲", "1") + code(' = 1 "是" "否"') + char("separate") + r("是")
    )
    assert lines(p(r("到") + date + r("年，") + inner + char("end") + r("。"))) == ["到2028年，是。"]
    argument = char("begin") + code("QUOTE ") + r("参数") + char("separate") + r("结果") + char("end")
    assert lines(p(argument)) == ["结果"]


def test_a_field_may_run_over_paragraphs_and_a_broken_one_hides_nothing() -> None:
    start = char("begin") + code("REF x") + char("separate") + r("上")
    assert lines(p(start), p(r("下") + char("end"))) == ["上", "下"]
    assert lines(p(char("begin") + code("REF x") + r("不能丢")), p("后文")) == ["不能丢", "后文"]
    assert lines(p(char("end") + char("separate") + code("散") + r("字") + char("begin"))) == ["字"]


def test_equation_fields_are_drawn() -> None:
    assert lines(p(field(" eq \\o\\ac(○,3)") + r("建库"))) == ["③建库"]
    assert lines(p(field("EQ \\o\\ac(○,甲)") + field("EQ \\o\\ac(○,21)"))) == ["甲21"]
    assert lines(p(field(" EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(kù),库)") + r("房"))) == ["库房"]
    assert lines(p(field("EQ \\f(1,3)"))) == ["1/3"]
    assert lines(p('<w:fldSimple w:instr="EQ \\o\\ac(○,1)"/>')) == ["①"]
    read = document(p(r("和") + field("EQ \\i(1,2,x)")))
    assert read.text == "和" and kinds(read) == ["read_untold"]
    assert kinds(document(p(field("PAGE")))) == []


def test_a_drop_down_shows_what_was_picked() -> None:
    def picked(inside: str) -> str:
        entries = '<w:listEntry w:val="省商务厅"/><w:listEntry w:val="省财政厅"/>'
        begin = char("begin", f"<w:ffData><w:ddList>{inside}{entries}</w:ddList></w:ffData>")
        return lines(p(begin + code("FORMDROPDOWN") + char("end")))[0]

    assert picked('<w:result w:val="1"/>') == "省财政厅"
    assert picked('<w:default w:val="1"/>') == "省财政厅"
    assert picked("") == "省商务厅"
    assert picked('<w:result w:val="7"/>') == ""


def test_ruby_is_its_base() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('lěng')}</w:rt><w:rubyBase>{r('冷')}</w:rubyBase></w:ruby></w:r>"
    assert lines(p(ruby + r("库"))) == ["冷库"]


def test_symbols_are_what_they_look_like() -> None:
    def sym(font: str, char: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'

    symbol = '<w:rFonts w:ascii="Symbol"/>'
    assert lines(p(sym("Symbol", "F0B3") + r("95%") + sym("Wingdings", "00FE") + sym("Wingdings", "F021"))) == [
        "≥95%☑□"
    ]
    assert lines(p(r("\uf0a3", symbol) + r("省", symbol) + sym("宋体", "2160") + sym("宋体", "xyz"))) == ["≤省Ⅰ□"]
    assert lines(p(sym("宋体", "0007"))) == ["□"]


def test_hidden_words_are_left_out_and_said() -> None:
    read = document(p(r("见") + r("不见", "<w:vanish/>") + r("还见", '<w:vanish w:val="0"/>') + r(" ", "<w:vanish/>")))
    assert read.text == "见还见" and kinds(read) == ["read_hidden"] and "不见" in read.notes[0].message


def box(*paragraphs: str) -> str:
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_box_is_read_once_behind_its_paragraph() -> None:
    assert lines(p(r("正文") + box(p("框一"), p("框二"))), p("后")) == ["正文", "框一", "框二", "后"]
    inside = f"<w:txbxContent>{p('旧框')}</w:txbxContent>"
    old = f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"
    assert lines(p(r("甲") + old)) == ["甲", "旧框"]


def test_words_only_in_boxes_are_read_and_said() -> None:
    read = document(p(box(p("一、任务"))), p(""))
    assert read.text == "\n一、任务\n" and kinds(read) == ["read_boxes"]
    assert kinds(document(p(""))) == []


def test_of_several_forms_the_one_with_words_is_read() -> None:
    drawn = '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback>' + r("😀") + "</mc:Fallback>"
    assert lines(p(drawn + "</mc:AlternateContent></w:r>" + "<w:r><mc:AlternateContent/></w:r>")) == ["😀"]
    forms = f"<mc:Choice>{p('新')}</mc:Choice><mc:Fallback>{p('旧')}</mc:Fallback>"
    block = f"<mc:AlternateContent>{forms}</mc:AlternateContent>"
    assert lines(block) == ["新"]


def test_contents_get_leaders_that_the_layout_knows() -> None:
    toc = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    entry = r("一、任务") + "<w:r><w:tab/></w:r>" + r("3")
    assert lines(p(entry, '<w:pStyle w:val="11"/>'), styles=toc) == ["一、任务……3"]
    first = char("begin") + code("TOC \\o") + char("separate")
    assert lines(p(first + entry), p(entry + char("end")), p(entry)) == ["一、任务……3", "一、任务……3", "一、任务 3"]


def test_notes_stand_at_the_end() -> None:
    def note(kind: str, key: str, words: str) -> str:
        return f'<w:{kind} w:id="{key}">{p(words)}</w:{kind}>'

    feet = note("footnote", "1", "冷链：\t低温运输") + note("footnote", "2", "未用")
    written = (
        r("建冷链")
        + '<w:r><w:footnoteReference w:id="1"/></w:r>'
        + r("，建库")
        + '<w:r><w:endnoteReference w:id="5"/></w:r>'
    )
    assert lines(p(written), footnotes=feet, endnotes=note("endnote", "5", "库：仓库")) == [
        "建冷链，建库", "注1：冷链： 低温运输", "注2：库：仓库",
    ]  # fmt: skip
    assert lines(p(written)) == ["建冷链，建库"]


def picture(width: int, height: int) -> str:
    size = f'<a:xfrm><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    return f"<w:r><w:drawing><pic:pic><pic:spPr>{size}</pic:spPr></pic:pic></w:drawing></w:r>"


def test_what_cannot_be_read_is_said() -> None:
    assert kinds(document(p(r("x") + picture(5_000_000, 3_000_000)))) == ["read_picture"]
    assert kinds(document(p(r("x") + picture(500_000, 300_000) + "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"))) == []
    assert kinds(document(p(r("x") + "<w:r><w:object/></w:r>"), '<w:altChunk r:id="rId9"/>')) == ["read_embedded"]


def test_formulas_are_read_along_the_line() -> None:
    one, three = (f"<m:r><m:t>{figure}</m:t></m:r>" for figure in (1, 3))
    fraction = f"<m:oMath><m:f><m:fPr/><m:num>{one}</m:num><m:den>{three}</m:den></m:f></m:oMath>"
    assert lines(p(r("增长") + fraction)) == ["增长1/3"]


def test_words_outside_paragraphs_are_read() -> None:
    assert lines(r("散字"), '<w:bookmarkStart w:name="x"/>', p("段")) == ["散字", "段"]


def test_a_document_without_a_body_is_empty() -> None:
    assert read_word(Parts(parse(rooted("w:document", "")))).text == ""


def test_a_text_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "LONGEST", 300)
    rows = [row(tc("长" * 50, '<w:vMerge w:val="restart"/>'), tc("a"))] + [row(tc("", "<w:vMerge/>"), tc("b"))] * 9
    with pytest.raises(Refusal) as caught:
        document(table(*rows))
    assert caught.value.code == "plan.file.too_large"


def test_the_strict_edition_has_other_namespaces() -> None:
    strict = rooted("w:document", f"<w:body>{p('严格')}</w:body>").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_word(Parts(parse(strict))).text == "严格"
