"""Documents with every tile drawn by hand: `{kind:words}`, `{clause 1.2:words}`; the rest is blank or a mark."""

import re

import pytest

from qilian.spine.compiler.kernel import compile_plan

_DRAWN = re.compile(r"\{(?P<kind>[a-z_]+)(?: (?P<id>[\d.-]+))?:(?P<words>[^{}]*)\}")


def check(drawn: str) -> None:
    """Compile the words of a drawing and compare the tiles with it; ids stand at clauses and their annotations."""
    text = _DRAWN.sub(lambda tile: tile["words"], drawn)
    expected = [(tile["kind"], tile["words"], tile["id"] or "") for tile in _DRAWN.finditer(drawn)]
    draft = compile_plan(text)
    nodes = [(node.kind, text[slice(*node.span)], node.clause) for node in draft.nodes]
    assert [node for node in nodes if node[0] not in ("blank", "mark")] == expected
    assert "".join(words for _, words, _ in nodes) == text


DOCUMENTS = {
    "the usual": """{title:关于建设驿站的方案}
{title:（征求意见稿）}
{number:某办发〔2024〕3号}
{addressee:各市、州人民政府：}
{preamble:为建设驿站，制定本方案。}
{marker:一、}{heading:总体要求}
{text:按计划办。}
{marker:二、}{heading:任务}
{marker:（一）}{heading:布局。}{preamble:驿站要够用。}
{marker:1.}{clause 2.1.1:建驿站。}{annotation 2.1.1:（责任单位：市甲局）}
{marker:2.}{clause 2.1.2:修路。}{annotation 2.1.2:（责任单位：市乙局）}
{marker:（二）}{clause 2.2:记录。记下温度。}{annotation 2.2:（市丙局牵头）}{annotation 2.2:（市丁局配合）}。
{marker:三、}{heading:附则}
{text:本方案自印发之日起施行。}
{signature:某市人民政府}
{signature:2024年1月1日}
""",
    "lost breaks": (
        "{marker:一、}{heading:任务}{marker:（一）}{clause 1.1:建站。}{annotation 1.1:（市甲局负责）}"
        "{marker:（二）}{clause 1.2:修路}{annotation 1.2:（市乙局负责）}。"
        "{marker:二、}{heading:保障}{marker:（一）}{clause 2.1:给钱。}{annotation 2.1:（市丙局负责）}"
    ),
    "several tasks in one item": """{marker:一、}{heading:任务}
{marker:（一）}{heading:甲。}{clause 1.1.1:做一。}{annotation 1.1.1:（市甲局负责）}{clause 1.1.2:做二。}\
{annotation 1.1.2:（市乙局负责）}
{marker:（二）}{heading:乙。}{clause 1.2.1:做三。}{annotation 1.2.1:（市丙局负责）}
{marker:（三）}{heading:丙。}{clause 1.3.1:做四。}{annotation 1.3.1:（市丁局负责）}
{marker:（四）}{heading:丁。}{clause 1.4.1:做五。}{annotation 1.4.1:（市戊局负责）}
""",
    "one item in five has several": """{marker:一、}{heading:任务}
{marker:（一）}{heading:甲。}{clause 1.1.1:做一。}{annotation 1.1.1:（市甲局负责）}{clause 1.1.2:做二。}\
{annotation 1.1.2:（市乙局负责）}
{marker:（二）}{clause 1.2:乙。做三。}{annotation 1.2:（市丙局负责）}
{marker:（三）}{clause 1.3:丙。做四。}{annotation 1.3:（市丁局负责）}
{marker:（四）}{clause 1.4:丁。做五。}{annotation 1.4:（市戊局负责）}
{marker:（五）}{clause 1.5:戊。做六。}{annotation 1.5:（市己局负责）}
""",
    "labels one level down": """{marker:一、}{heading:任务}
{marker:（一）}{clause 1.1:总述。}{annotation 1.1:（市甲局负责）}{label:具体措施：}{clause 1.1.1:做细。}\
{annotation 1.1.1:（市乙局负责）}\
{label:预期成果：}{clause 1.1.2:做成。}{annotation 1.1.2:（市丙局负责）}
{marker:（二）}{clause 1.2:总述。}{annotation 1.2:（市丁局负责）}{label:具体措施：}
{marker:1.}{clause 1.2.1:做实。}{annotation 1.2.1:（市戊局负责）}
""",
    "an annotation in the title": """{marker:一、}{heading:任务}
{marker:（一）}{heading:推动转型}{annotation 1.1:（责任单位：市甲局）}。{clause 1.1:支持企业转型，建设工业平台。}
{marker:（二）}{heading:推动合作}{annotation 1.2:（责任单位：市乙局）}
{clause 1.2:大力引进外来投资企业来此安家。}
{signature:某市政府}
{signature:2024年1月1日}
""",
    "words behind the annotation": """{marker:（一）}{clause 1:推动转型。}{annotation 1:（责任单位：市甲局）}\
{text:支持企业转型，建设工业平台。}
{marker:（二）}{clause 2:推动合作}{annotation 2:（责任单位：市乙局）}。{text:引进企业。}
{marker:（三）}{clause 3:推动消费。}{annotation 3:（责任单位：市丙局）}{signature:以上请照办}
""",
    "paragraphs under a heading": """{marker:一、}{heading:支持}
{preamble:要加大力度。}
{clause 1.1:第一件事情。}{annotation 1.1:（责任单位：市甲局）}
{clause 1.2:第二件事情，有两行，前一行没有写完就在这里换了行，所以后一行还是它
的一部分。}{annotation 1.2:（责任单位：市乙局）}
{marker:二、}{heading:保障}
{clause 2.1:总的说明。
只有一件。}{annotation 2.1:（责任单位：市丙局）}
""",
    "without any annotation": """{title:某方案}
{marker:一、}{heading:总则}
{clause 1.1:第一段。}
{clause 1.2:第二段}
{marker:二、}{heading:任务}
{marker:（一）}{clause 2.1:做甲。详细说明。}
{marker:（二）}{clause 2.2:做乙
下一段。}
{marker:三、}{clause 3:附则}
{signature:某政府}
""",
    "without ordinals and annotations": """{title:标题}
{clause 1:第一段有句号。}
{title:小标题}
{clause 2:第二段有分号；}
{signature:某政府}
""".replace("{signature:", "{title:"),
    "words with figures": """{clause 0:到2030年全面建成。}
{marker:一、}{heading:目标}
{clause 1.0:总产值达到500亿元。}
{marker:（一）}{clause 1.1:分项目标
增加值提高3个百分点。}
{marker:（二）}{heading:其他。}
{text:空话。}
{marker:二、}{heading:任务}
{marker:（一）}{clause 2.1:做甲。}{annotation 2.1:（责任单位：市甲局）}
""",
    "beside annotated items": """{marker:一、}{heading:任务}
{marker:（一）}{clause 1.1:做甲。}{annotation 1.1:（责任单位：市甲局）}
{marker:（二）}{clause 1.2:做乙。没有写谁做。}
{marker:二、}{heading:空话。}
""",
    "tables": """{marker:一、}{heading:分工}
{preamble:见下表。}
{table_header:序号\t类别\t任务\t责任单位\t备注}
{marker:1}\t{table_context:甲类}\t{clause 1.1:建设平台}\t{annotation 1.1:市甲局}{text:\t无
}{marker:3.}\t{table_context:甲类}\t{clause 1.3:制定标准}\t{annotation 1.3:同上}{text:\t无
}{marker:三}\t{table_context:乙类}\t{clause 1.3-2:推广应用}\t{annotation 1.3-2:市乙局}\t
{text:说明很长，有句号。}
""".replace("{text:说明", "{closing:说明"),
    "a table behind a title with a stop": """{marker:一、}{heading:分工。}{preamble:见下表。}
{table_header:任务\t责任单位}
{clause 1.1:建站}\t{annotation 1.1:市甲局}
""",
    "a source line and long front": """{source:# 来自何处}
{title:某方案}
{preamble:本方案所称驿站是指为来往的车辆和人员提供歇息和补给的场所包括沿途的停车场加油站卫生间小卖部和观景台等各类设施以及它们的附属设施}
{marker:一、}{clause 1:做甲。}{annotation 1:（责任单位：市甲局）}
""",
    "a group closed by a line": """{marker:一、}{heading:举措}
{marker:1.}{clause 1.1:建实验室。}
{marker:2.}{clause 1.2:引进人才。}
{annotation 1.2:责任单位：市甲局}
""",
}


LIMITS = {
    "a title has at most sixty characters": (
        "{marker:一、}{heading:" + "甲" * 60 + "}\n{marker:1.}{clause 1.1:做乙。}{annotation 1.1:（市甲局负责）}\n"
    ),
    "longer words are no title": (
        "{marker:一、}{preamble:" + "甲" * 61 + "}\n{marker:1.}{clause 1.1:做乙。}{annotation 1.1:（市甲局负责）}\n"
    ),
    "a task of the second level keeps its paragraphs": (
        "{marker:（一）}{clause 1:甲。\n做一。}{annotation 1:（市甲局负责）}\n"
    ),
    "one of the first level has a heading": (
        "{marker:一、}{heading:甲。}\n{clause 1.1:做一。}{annotation 1.1:（市甲局负责）}\n"
    ),
    "tasks of lower levels are divided one by one": (
        "{marker:（一）}{heading:总述}\n"
        "{marker:1.}{heading:甲。}{clause 1.1.1:做一。}{annotation 1.1.1:（市甲局负责）}"
        "{clause 1.1.2:做二。}{annotation 1.1.2:（市乙局负责）}\n"
        "{marker:2.}{clause 1.2:乙。做三。}{annotation 1.2:（市丙局负责）}\n"
    ),
    "a label before everything is no level": ("{marker:（一）}{clause 1:任务：做甲。}{annotation 1:（市甲局负责）}\n"),
    "nor is one where no item stands": (
        "{clause 1:做甲。}{annotation 1:（市甲局负责）}\n{clause 2:任务：做乙。}{annotation 2:（市乙局负责）}\n"
    ),
    "marks before an annotation are no words": (
        "{marker:（一）}{clause 1:做甲}，{annotation 1:（市甲局负责）}。\n"
        "{marker:（二）}{clause 2:做乙}、{annotation 2:（市乙局负责）}\n"
    ),
    "a title with annotation of sixty characters": (
        "{marker:（一）}{heading:" + "甲" * 60 + "}{annotation 1:（责任单位：市甲局）}\n{clause 1:" + "乙" * 11 + "}\n"
    ),
    "of sixty-one": (
        "{marker:（一）}{clause 1:"
        + "甲" * 61
        + "}{annotation 1:（责任单位：市甲局）}\n{signature:"
        + "乙" * 11
        + "}\n"
    ),
    "ten characters behind it are too few": (
        "{marker:（一）}{clause 1:甲}{annotation 1:（责任单位：市甲局）}\n{signature:" + "乙" * 10 + "}\n"
    ),
    "a title of one character": (
        "{marker:（一）}{heading:甲}{annotation 1:（责任单位：市甲局）}\n{clause 1:" + "乙" * 11 + "}\n"
    ),
    "no title at all": (
        "{marker:（一）}{annotation 1:（责任单位：市甲局）}{text:"
        + "乙" * 11
        + "。}\n{marker:（二）}{clause 2:丙。}{annotation 2:（市乙局负责）}"
    ),
    "a line of thirty characters goes on": ("{clause 1:" + "甲" * 30 + "\n乙。}{annotation 1:（市甲局负责）}\n"),
    "three such lines": ("{clause 1:" + "甲" * 30 + "\n" + "乙" * 30 + "\n丙。}{annotation 1:（市甲局负责）}\n"),
    "one of twenty-nine is a title": ("{title:" + "甲" * 29 + "}\n{clause 1:乙。}{annotation 1:（市甲局负责）}\n"),
    "far in the text too": (
        "{title:" + "甲" * 29 + "}\n{title:丙}\n{title:丁}\n{clause 1:乙。}{annotation 1:（市甲局负责）}\n"
    ),
    "and a stop ends a long one": ("{preamble:" + "甲" * 30 + "。}\n{clause 1:乙。}{annotation 1:（市甲局负责）}\n"),
    "words on the title's own line": (
        "{marker:一、}{clause 1:总则。第一段话。\n第二段话。}\n{marker:二、}{heading:甲}\n{clause 2.1:乙。}\n"
    ),
    "the last paragraph without a line's end": "{clause 1:第一段。}\n{clause 2:第二段。}",
    "a table without items": (
        "{title:任务分工表}\n{table_header:任务\t责任单位}\n{clause 1:建站}\t{annotation 1:市甲局}\n"
    ),
    "a number has less than thirty characters": (
        "{number:"
        + "甲" * 20
        + "〔2024〕12号}\n{title:"
        + "甲" * 21
        + "〔2024〕12号}\n{title:丙}\n{clause 1:做。}{annotation 1:（市甲局负责）}\n"
    ),
    "a title before everything has at most sixty": (
        "{title:" + "甲" * 59 + "，}\n{preamble:" + "乙" * 60 + "，}\n"
        "{title:丙}\n{marker:一、}{clause 1:做。}{annotation 1:（市甲局负责）}\n"
    ),
    "a signature has at most forty characters a line": (
        "{marker:一、}{clause 1:做。}{annotation 1:（市甲局负责）}\n{signature:"
        + "甲" * 40
        + "}\n{closing:"
        + "乙" * 41
        + "}\n"
    ),
    "at the end of a document without annotations too": (
        "{marker:一、}{clause 1:做。}\n{signature:" + "甲" * 40 + "}\n{signature:某年}\n"
    ),
    "longer lines belong to the words": (
        "{marker:一、}{heading:做。}\n{clause 1.1:" + "甲" * 41 + "}\n{signature:某年}\n"
    ),
    "eight lines may sign": (
        "{marker:一、}{heading:做。}\n"
        + "".join(f"{{clause 1.{n}:甲{n}}}\n" for n in (1, 2))
        + "".join(f"{{signature:乙{n}}}\n" for n in range(8))
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_one_below_and_one_above_each_limit(name: str) -> None:
    check(LIMITS[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_character_has_its_tile(name: str) -> None:
    check(DOCUMENTS[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_brackets_of_another_width_and_spaces_change_nothing(name: str) -> None:
    """Half-width punctuation and ideographic spaces fold to the same: kinds, ids and places stay."""
    text = _DRAWN.sub(lambda tile: tile["words"], DOCUMENTS[name])
    other = text.translate(str.maketrans("（）：；", "():;"))
    first, second = compile_plan(text), compile_plan(other)
    assert first.nodes == second.nodes
    assert [clause.assignments for clause in first.clauses] == [clause.assignments for clause in second.clauses]
    framed = "\r\n".join(f"　　{line}" for line in text.split("\n"))
    third = compile_plan(framed)
    if "\t" not in text:
        assert [clause.id for clause in third.clauses] == [clause.id for clause in first.clauses]
        assert [[each.unit for each in clause.assignments] for clause in third.clauses] == [
            [each.unit for each in clause.assignments] for clause in first.clauses
        ]
