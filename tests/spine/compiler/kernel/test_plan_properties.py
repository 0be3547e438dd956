"""Whatever the text, the compiler answers, its tiles are the text, and folding keeps every place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qilian.spine.compiler.kernel import compile_plan, fold

PIECES = (
    "一、",
    "（一）",
    "1.",
    "1．2020年",
    "①",
    "⑴",
    "一是",
    "第一条",
    "（牵头单位：市甲局；配合单位：市乙局、各县政府）",
    "（责任单位：",
    "【责任单位】",
    "责任单位：市丙局\n",
    "完成时限：2025年底前\n",
    "（市甲局牵头，市乙局等单位按职责分工负责）",
    "由市甲局负责。",
    "下同",
    "排在第一位的为牵头单位",
    "均为责任单位，不再列出",
    "到2025年达到50%以上",
    "（",
    "）",
    "]",
    "、",
    "，",
    "。",
    "；",
    "：",
    "\n",
    "\t",
    "|",
    "　",
    "等",
    "及",
    "和",
    "任务\t责任单位\n甲\t市丁局\n",
    "做事",
    "“",
    "”",
    "國發〔2014〕26號",
    "責任單位：",
    "第1项由市甲局负责。",
    "上述第（一）至（三）项由市乙局牵头",
    "市甲局：负责修路。\n",
    "，由市丙局牵头",
    "（市甲局）；",
    "*、市乙局*。标*为牵头单位，下同",
    "各项任务均由各区政府落实，不再列出",
    "序号\n任务\n责任单位\n1\n修路\n市甲局\n",
    "1\t修路\t市甲局\n",
    "主攻：市甲局",
    "2.15分钟",
    "、建成3个园区，分别增长5%、6%",
    "落实情况：",
)
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=200))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_the_tiles_of_any_text_are_the_text(text: str) -> None:
    draft = compile_plan(text, start_year=2024)
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text
    assert all(node.span[0] < node.span[1] for node in draft.nodes)
    assert all(clause.text == text[slice(*clause.span)] for clause in draft.clauses)
    assert len({clause.id for clause in draft.clauses}) == len(draft.clauses)
    draft.as_json()


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
