"""Annotations: exactly which words assign, in brackets, lines and sentences of every kind; and which only look so."""

from itertools import pairwise

import pytest

from qilian.spine.annotation.kernel.brackets import find_annotations

Found = list[tuple[str, str, str]]


def found(text: str, blocked: tuple[tuple[int, int], ...] = ()) -> tuple[Found, list[tuple[str, str]]]:
    """Return the annotations as (all words, words read, form) and the doubts as (kind, words)."""
    annotations, doubts = find_annotations(text, list(blocked))
    spans = [annotation.span for annotation in annotations]
    assert spans == sorted(spans) and all(left[1] <= right[0] for left, right in pairwise(spans))
    return (
        [(text[slice(*each.span)], text[slice(*each.inner)], each.form) for each in annotations],
        [(doubt.kind, text[slice(*doubt.span)]) for doubt in doubts],
    )


def inners(text: str) -> list[str]:
    return [inner for _, inner, _ in found(text)[0]]


@pytest.mark.parametrize("pair", ["（）", "［］", "【】", "〔〕"])
def test_a_labelled_bracket_of_any_kind(pair: str) -> None:
    left, right = pair
    text = f"做甲。{left}责任单位：市甲局{right}做乙。"
    assert found(text) == ([(f"{left}责任单位：市甲局{right}", "责任单位：市甲局", "bracket")], [])


def test_brackets_inside_brackets_belong_to_the_outer_one() -> None:
    assert inners("做甲（责任单位：市甲局（市乙局）、各市（州）政府）。") == [
        "责任单位：市甲局（市乙局）、各市（州）政府"
    ]
    assert inners("做甲（一期（责任单位：市甲局）二期）。") == ["责任单位：市甲局"]
    assert inners("（一）做甲（牵头单位：市甲局）（配合单位：市乙局）。") == ["牵头单位：市甲局", "配合单位：市乙局"]


@pytest.mark.parametrize("stop", list("。；！？：…”’）］】\n"))
def test_spoken_roles_stand_behind_a_stop_or_before_one(stop: str) -> None:
    assert inners(f"做甲{stop}（市甲局负责）再做乙") == ["市甲局负责"]
    assert inners(f"做甲{stop} \t（市甲局负责）再做乙") == ["市甲局负责"]


@pytest.mark.parametrize(
    "after", ["", "。", "；", "，做", "、做", "！", "\n做", "（二）", "二、做", "二是", "2.做", "第二条", "步骤：做"]
)
def test_spoken_roles_may_close_what_goes_before(after: str) -> None:
    assert inners(f"做甲（市甲局负责）{after}")[:1] == ["市甲局负责"]


def test_spoken_roles_in_the_middle_of_a_sentence_are_none() -> None:
    assert found("凡是（市甲局负责）的范围都算") == ([], [])
    assert inners("（市甲局负责）做甲") == ["市甲局负责"]  # at the beginning of a text


def test_most_of_the_names_must_be_like_units() -> None:
    assert inners("做甲。（市甲局、市乙局、甲乙丙负责）") == ["市甲局、市乙局、甲乙丙负责"]
    assert found("做甲。（市甲局、甲乙丙负责）") == ([], [("not_a_unit", "（市甲局、甲乙丙负责）")])
    assert found("做甲。（甲乙丙负责）") == ([], [("not_a_unit", "（甲乙丙负责）")])
    assert found("凡做甲（甲乙丙负责）的") == ([], [])
    assert found("做甲。（甲乙丙负责）的") == ([], [])


def test_units_without_a_role_are_assumed_only_where_nothing_else_stands() -> None:
    assert found("做甲。（市甲局、市乙局）") == (
        [("（市甲局、市乙局）", "市甲局、市乙局", "bracket")],
        [("role_assumed", "（市甲局、市乙局）")],
    )
    for before in ("。", "；", "！", "。 "):
        for after in ("", "。", "；", "\n做", " \n", "（二）"):
            assert inners(f"做甲{before}（市甲局）{after}")[:1] == ["市甲局"], (before, after)
    for text in ("做甲（市甲局）。", "修路（市甲局、市乙局），做乙"):  # a stop behind it closes the words before it
        assert found(text)[1] == [("role_assumed", text[text.index("（") : text.index("）") + 1])]
    assert found("修路（市甲局）\n") == ([], [("units_in_bracket", "（市甲局）")])
    for text in (
        "依托市甲局（市乙局）。",
        "对接《条例》（市甲局）。",
        "做甲。（市甲局）做乙",
        "做甲。（市甲局、某某）",
        "做甲：（市甲局）\n",
        "（市甲局）",
    ):
        assert found(text) == ([], []), text


def test_persons_and_times_alone_close_a_sentence() -> None:
    assert inners("做甲。（责任人：张三）") == ["责任人：张三"]
    assert inners("做甲。（2027年底前完成）") == ["2027年底前完成"]
    for text in ("做甲（2027年底前完成）", "做甲。（2027年底前完成）的事", "做甲。（另行通知时间）"):
        assert found(text) == ([], []), text


def test_what_has_a_label_and_cannot_be_read_is_told() -> None:
    assert found("做甲。（牵头单位：市甲局，牵头，负责）") == (
        [],
        [("not_understood", "（牵头单位：市甲局，牵头，负责）")],
    )
    assert found("做甲。（牵头，负责）") == ([], [])


def test_a_bracket_has_at_most_fifteen_hundred_characters() -> None:
    def bracket(length: int) -> str:
        return "（责任单位：市甲局、" + "市" * (length - len("（责任单位：市甲局、）") - 1) + "局）"

    assert len(bracket(1500)) == 1500
    assert inners(f"做甲。{bracket(1500)}") == [bracket(1500)[1:-1]]
    assert inners(f"做甲。{bracket(1501)}") == []


def test_a_bracket_may_run_over_a_line_when_it_closes_soon() -> None:
    assert inners("做甲。（责任单位：市甲局、\n市乙局）\n") == ["责任单位：市甲局、\n市乙局"]
    for between in (
        "\n\n",
        "\n（又）",
        "\n另。",
        "\n2.做乙",
        "\n（二）做乙",
        "\n二、做乙",
        "\n第二条 ",
        "\n责任单位：市丙局",
        "\n" + "市" * 299,
    ):
        text = f"做甲。（责任单位：市甲局{between}）"
        assert found(text)[0][0][1] == "责任单位：市甲局", text
        assert ("unclosed_bracket", "（责任单位：市甲局") in found(text)[1]
    assert inners("做甲。（责任单位：市甲局、\n" + "市" * 290 + "局）")[0].endswith("局")


@pytest.mark.parametrize(
    ("text", "whole", "inner"),
    [
        ("做甲。（责任单位：市甲局", "（责任单位：市甲局", "责任单位：市甲局"),
        ("做甲。（责任单位：市甲局。另行安排。", "（责任单位：市甲局", "责任单位：市甲局"),
        ("做甲。（责任单位：市甲局（二）做乙。", "（责任单位：市甲局", "责任单位：市甲局"),
        ("做甲。（责任单位：市甲局（牵头单位：市乙局", "（责任单位：市甲局", "责任单位：市甲局"),
        ("做甲。（责任单位：市甲局 2.做乙。", "（责任单位：市甲局 ", "责任单位：市甲局 "),
        ("做甲。（市甲局牵头，市乙局配合", "（市甲局牵头，市乙局配合", "市甲局牵头，市乙局配合"),
    ],
)
def test_what_never_closes_ends_where_the_next_thing_begins(text: str, whole: str, inner: str) -> None:
    annotations, doubts = found(text)
    assert annotations[0] == (whole, inner, "bracket")
    assert doubts[0] == ("unclosed_bracket", whole)


@pytest.mark.parametrize(
    "text", ["做甲（市甲局牵头", "做甲。（甲乙丙负责", "做甲。（共两期，负责到底", "做甲。（市甲局、甲乙丙负责"]
)
def test_what_never_closes_and_does_not_assign_is_left_alone(text: str) -> None:
    assert found(text) == ([], [])


def test_brackets_that_do_not_match_are_read_and_told() -> None:
    assert found("做甲。（责任单位：市甲局］做乙。") == (
        [("（责任单位：市甲局］", "责任单位：市甲局", "bracket")],
        [("unclosed_bracket", "（责任单位：市甲局］")],
    )
    messages = [
        doubt.message for doubt in find_annotations("做甲。（责任单位：市甲局］做乙。（责任单位：市乙局", [])[1]
    ]
    assert messages == ["左右括号不一致，已读取，请核对", "括号不成对，已按句末读取，请核对"]
    assert found("做甲）。（责任单位：市甲局）") == ([("（责任单位：市甲局）", "责任单位：市甲局", "bracket")], [])
    assert inners("做甲。（责任单位：市甲局【注】、市乙局）") == ["责任单位：市甲局【注】、市乙局"]
    assert inners("做甲。（责任单位：市甲局【注、市乙局）") == ["责任单位：市甲局【注、市乙局"]
    assert inners("做甲。【（【（【责任单位：市甲局】") == ["责任单位：市甲局"]


def test_a_line_that_begins_with_a_label_runs_to_its_end() -> None:
    assert found("做甲。\n  责任单位：市甲局、市乙局\n做乙。") == (
        [("责任单位：市甲局、市乙局", "责任单位：市甲局、市乙局", "line")],
        [],
    )
    assert found("做甲。\n责任单位：市甲局。另有说明")[0] == [("责任单位：市甲局", "责任单位：市甲局", "line")]
    assert found("做甲。\n（责任单位：市甲局\n做乙")[0] == [("（责任单位：市甲局", "责任单位：市甲局", "bracket")]
    assert found("责任单位：市甲局 \n")[0] == [("责任单位：市甲局", "责任单位：市甲局", "line")]
    assert found("做甲。责任单位：市甲局。做乙。")[0] == [("责任单位：市甲局", "责任单位：市甲局", "line")]
    assert found("完成时限：2026年底\n")[0] == [("完成时限：2026年底", "完成时限：2026年底", "line")]
    assert found("责任人：张三\n")[0] == [("责任人：张三", "责任人：张三", "line")]
    assert found("做甲。\n责任单位：市甲局，牵头，负责\n") == ([], [("not_understood", "责任单位：市甲局，牵头，负责")])


def test_a_line_goes_on_while_it_waits_for_more() -> None:
    for mark in "、，":
        assert inners(f"责任单位：市甲局{mark}\n市乙局\n做乙") == [f"责任单位：市甲局{mark}\n市乙局"]
    assert inners("责任单位：\n市甲局、市乙局\n做乙") == ["责任单位：\n市甲局、市乙局"]
    assert inners("完成时限：\n2026年6月底前\n做乙") == ["完成时限：\n2026年6月底前"]
    assert inners("责任单位：市甲局、\n2.做乙") == ["责任单位：市甲局、"]
    assert inners("牵头单位：市甲局、\n配合单位：市乙局\n") == ["牵头单位：市甲局、", "配合单位：市乙局"]
    assert inners("责任单位：市甲局、。\n市乙局") == ["责任单位：市甲局、"]
    assert inners("责任单位：市甲局、") == ["责任单位：市甲局、"]
    assert inners("责任单位：市甲局、\n\n做乙") == ["责任单位：市甲局、"]
    assert inners("责任单位：\n\n市甲局\n做乙") == ["责任单位："]


def test_a_line_has_at_most_fifteen_hundred_characters_behind_its_label() -> None:
    assert inners("责任单位：" + "市" * 1499 + "局")[0].endswith("局")
    assert inners("责任单位：" + "市" * 1500 + "局")[0].endswith("市")


@pytest.mark.parametrize(
    ("text", "whole", "inner"),
    [
        ("这项工作由市甲局负责。", "这项工作由市甲局负责", "市甲局负责"),
        ("做甲。以上任务由市甲局牵头，市乙局配合。", "以上任务由市甲局牵头，市乙局配合", "市甲局牵头，市乙局配合"),
        ("做甲，由市甲局负责；做乙。", "由市甲局负责", "市甲局负责"),
        ("做甲。 市甲局牵头，市乙局配合\n", "市甲局牵头，市乙局配合", "市甲局牵头，市乙局配合"),
        ("做甲；市甲局牵头落实", "市甲局牵头落实", "市甲局牵头落实"),
        ("（附）市甲局牵头，市乙局参与。", "市甲局牵头，市乙局参与", "市甲局牵头，市乙局参与"),
        ("由各区域办负责。", "由各区域办负责", "各区域办负责"),
    ],
)
def test_sentences_that_only_assign(text: str, whole: str, inner: str) -> None:
    assert found(text) == ([(whole, inner, "sentence")], [])


@pytest.mark.parametrize(
    "text",
    [
        "市甲局配合。",  # nobody leads or answers
        "市甲局参与，市乙局协助。",
        "各地认真落实。",
        "甲乙丙牵头。",
        "推进平台建设由甲乙丙负责。",
        "建设单位负责。",
        "强化部门间配合，市甲局负责。",  # words before the roles
        "市甲局负责的事项。",
        "研究，市甲局、市乙局牵头负责做好有关事项",
    ],
)
def test_sentences_that_only_look_so(text: str) -> None:
    assert found(text) == ([], [])


def test_the_first_form_found_keeps_its_words() -> None:
    assert found("做甲。（责任单位：市甲局）由市乙局负责。")[0] == [
        ("（责任单位：市甲局）", "责任单位：市甲局", "bracket"),
        ("由市乙局负责", "市乙局负责", "sentence"),
    ]
    assert found("责任单位：市甲局，由市乙局负责。")[0] == [
        ("责任单位：市甲局，由市乙局负责", "责任单位：市甲局，由市乙局负责", "line")
    ]


def test_tables_are_read_elsewhere() -> None:
    text = "做甲。（责任单位：市甲局）做乙。（责任单位：市乙局）做丙。（责任单位：市丙局，牵头，负责）"
    place = text.index("（责任单位：市乙局")
    assert [inner for _, inner, _ in found(text, ((place, len(text)),))[0]] == ["责任单位：市甲局"]
    assert found(text, ((place, len(text)),))[1] == [] and found(text)[1] != []
    assert len(found(text, ((0, 3),))[0]) == 2
