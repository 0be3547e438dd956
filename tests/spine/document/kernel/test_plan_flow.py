"""The flow of a document: what stands beside the body is left out and named, broken lines joined, places come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.spine.compiler.kernel import compile_plan
from qilian.spine.document.api import flow

FULL = "推动全市检验检测服务业提质增效并向高端延伸发展"  # twenty-three characters, no stop


def left(text: str) -> list[tuple[str, str]]:
    return [(kind, text[slice(*span)]) for kind, span in flow(text).taken]


def test_a_plain_text_is_its_own_flow() -> None:
    text = "一、任务\n（一）建站。（责任单位：市甲局）\n"
    assert flow(text).whole() and flow(text).text == text and flow(text).back((2, 4)) == (2, 4)


@pytest.mark.parametrize(
    "line",
    ["— 1 —", "-12-", "－ 3 －", "第 4 页", "第4页 共9页", "第4页，共9页", "4/9", "· 7 ·"],
)
def test_page_numbers_are_left_out(line: str) -> None:
    assert left(f"建站。\n{line}\n修路。\n") == [("page", line)]


def test_a_number_alone_is_a_page_number_only_apart_from_the_text() -> None:
    assert left("建站。\n\n12\n\n修路。") == [("page", "12")]
    assert left("建站。\n12\f修路。") == [("page", "12")]
    assert left("建站。\n12\n修路。") == []


def test_running_heads_repeat_or_are_the_title() -> None:
    assert left("市甲方案\n建站。\n— 1 —\n市甲方案\n修路。") == [("page", "— 1 —"), ("page", "市甲方案")]
    text = "建站。\n某市文件\n— 1 —\n修路。\n某市文件\n— 2 —\n"
    assert [kind for kind, _ in left(text)] == ["page"] * 4
    assert left("建站。\n修建道路\n— 1 —\n架设桥梁\n") == [("page", "— 1 —")]
    assert left("建站。\n— 1 —\n建站。\n") == [("page", "— 1 —")]


def test_contents_end_where_the_first_entry_stands_again() -> None:
    text = "方案\n目录\n一、目标\n二、任务\n一、目标\n建站。\n二、任务\n修路。\n"
    assert left(text) == [("contents", "目录"), ("contents", "一、目标"), ("contents", "二、任务")]
    assert left("目 录\n一、目标 1\n二、任务 3\n一、目标\n建站。") == [
        ("contents", "目 录"),
        ("contents", "一、目标 1"),
        ("contents", "二、任务 3"),
    ]
    assert left("一、目标……………3\n建站。") == [("contents", "一、目标……………3")]
    assert left("目录\n") == [] and left("目录\n一、目标\n修路。\n建站") == [("contents", "目录")]
    assert left("目录\n一、目标\n二、任务") == [("contents", "目录")]


def test_notes_by_word_or_by_a_mark_that_the_body_bears() -> None:
    assert left("建站①。\n注：①站指网点。\n②另有规定。\n③又。\n修路。") == [
        ("note", "注：①站指网点。"),
        ("note", "②另有规定。"),
        ("note", "③又。"),
    ]
    assert left("建站[1]。\n[1] 见国家规定。\n") == [("note", "[1] 见国家规定。")]
    assert left("[1] 建站。\n[2] 修路。\n") == []
    assert left("建站。\n注：责任单位中排名第一的为牵头单位。\n") == []


def test_names_of_attachments_and_the_imprint() -> None:
    text = "修路。\n附件：1.项目清单\n2.名词解释\n抄送：市委各部门。\n市政府办公室 2025年4月18日印发\n"
    assert [kind for kind, _ in left(text)] == ["attachments", "attachments", "imprint", "imprint"]
    assert left("附件1：任务分工表\n序号\t任务\t牵头单位\n") == []
    assert left("附件：实施方案\n一、任务\n") == []


def test_broken_lines_are_joined_when_several_are_full() -> None:
    pages = f"（一）{FULL[:20]}\n{FULL}\n{FULL}\n并做好服务。\n（二）修路。\n"
    assert flow(pages).text == f"（一）{FULL[:20]}{FULL}{FULL}并做好服务。\n（二）修路。\n"
    assert flow(f"{FULL}\n{FULL}\n做好服务。").whole(), "two lines show nothing"
    assert flow(f"{FULL}\n\n{FULL}\n\n{FULL}\n\n{FULL}").whole(), "paragraphs stay apart"
    assert flow(f"{FULL}\n一、{FULL}\n（一）{FULL}\n1.{FULL}\n责任单位：市甲局").whole(), "something begins"
    assert flow("\n".join([FULL] * 4) + "\n" + "长" * 130).whole(), "a longer line shows that no width broke them"
    assert flow("\n".join(["短句一二三"] * 5)).whole()
    assert flow("\n".join([f"{FULL}\t甲"] * 5)).whole()


def test_labels_and_brackets_go_on_over_a_broken_line() -> None:
    head = f"{FULL}\n{FULL}\n{FULL}\n"
    half = "做好全市的各项服务工作（牵头单位：市甲局；配合"
    assert flow(f"{head}{half}\n单位：市乙局）\n").text.endswith("；配合单位：市乙局）\n")
    whole = "做好全市的各项服务工作（牵头单位：市甲局、市乙"
    assert flow(f"{head}{whole}\n12局、市丙局）\n").text.endswith("市乙12局、市丙局）\n")
    assert "\n1.局（" in flow(f"{head}{whole}\n1.局（市丙局）\n").text


def test_labels_spread_over_their_line() -> None:
    assert flow("建站。\n牵 头 单 位：市甲局\n").text == "建站。\n牵头单位：市甲局\n"
    assert flow("建站。\n甲 乙 丙 丁：市甲局\n").whole()


def test_places_come_back() -> None:
    text = "建站。\n— 1 —\n修路。"
    found = flow(text)
    assert found.text == "建站。\n修路。"
    assert text[slice(*found.back((4, 7)))] == "修路。"
    assert text[slice(*found.back((2, 5)))] == "。\n— 1 —\n修"
    assert found.back((4, 4)) == (10, 10)
    assert flow("— 1 —").text == "" and flow("— 1 —").back((0, 0)) == (0, 0)


def test_what_is_left_out_is_a_node_and_is_reported_once_a_kind() -> None:
    text = "一、任务\n1.建站。（责任单位：市甲局）\n— 1 —\n2.修路。（责任单位：市乙局）\n— 2 —\n注：略。\n注：又略。\n"
    draft = compile_plan(text)
    assert [node.kind for node in draft.nodes if node.kind in ("page", "note")] == ["page", "page", "note", "note"]
    assert [doubt.kind for doubt in draft.diagnostics] == ["left_out_page", "left_out_note", "left_out_note"]
    assert [clause.text for clause in draft.clauses] == ["建站。", "修路。"]
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text


PIECES = [
    "一、任务",
    "（一）建站",
    FULL,
    "。",
    "\n",
    "\n\n",
    "\f",
    "— 3 —",
    "7",
    "注：略",
    "目录",
    "附件1",
    "\t",
    "（责任单位：市甲局）",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_every_character_has_one_node_whatever_is_left_out(text: str) -> None:
    draft = compile_plan(text)
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text
    assert all(clause.text == text[slice(*clause.span)] for clause in draft.clauses)
    found = flow(text)
    kept = "".join(text[slice(*found.back((place, place + 1)))] for place in range(len(found.text)))
    assert kept == found.text


def test_spaces_of_typesetting_between_words_and_figures() -> None:
    assert flow("到 2027 年，覆盖率达到 85% 以上。\n").text == "到2027年，覆盖率达到85%以上。\n"
    assert flow("2 重点任务\n2.1 计量 10 项\n").text == "2 重点任务\n2.1 计量10项\n"


def test_only_some_kinds_may_be_left_out() -> None:
    found = flow("目录\n一、目标 1\n— 1 —\n一、目标\n注：略。\n", only=("page",))
    assert [kind for kind, _ in found.taken] == ["page"] and "目录" in found.text and "注" in found.text


def test_a_head_on_the_first_page_stands_above_everything() -> None:
    text = "内部文件\n建站。\n— 1 —\n内部文件\n修路。\n— 2 —\n内部文件\n架桥。\n"
    assert flow(text).text == "建站。\n修路。\n架桥。\n"


def test_a_broken_entry_of_contents_ends_where_the_whole_one_stands() -> None:
    text = "目录\n一、总体要\n求…………1\n一、总体要求\n建站。\n"
    assert flow(text).text == "一、总体要求\n建站。\n"


def test_a_label_at_the_end_of_a_line_waits_and_rows_of_a_table_stay() -> None:
    head = f"{FULL}\n{FULL}\n{FULL}\n"
    assert "配合单位：市甲局" in flow(f"{head}做好各项服务保障工作（牵头单位：市乙局；配合单位：\n市甲局）").text
    assert flow("\n".join([f"| {FULL} |"] * 5)).whole()
    assert flow("\n".join([f"{FULL[:10]}  {FULL[:10]}"] * 5)).whole()
    rows = [f"{FULL[:16]}………………"] * 2 + [FULL] * 4
    assert flow("\n".join(rows), only=("page",)).text == "\n".join([*rows[:2], FULL * 4])
