"""What a house has taught, as data to the kernel; and places that would be lost in silence."""

import pytest

from qilian.spine.compiled.api import CompiledPlan
from qilian.spine.compiler.kernel import KnownUnit, Learned, compile_plan, meaning

TEXT = "一、任务\n（一）做甲。（责任单位：市甲局、冷链办、专班组）\n（二）做乙。（主攻：市丙局）\n"


def kinds(draft: CompiledPlan) -> list[str]:
    return [doubt.kind for doubt in draft.diagnostics]


def test_an_alias_resolves_and_a_string_that_is_none_is_left_out() -> None:
    units = (KnownUnit("a", ("市甲局",)), KnownUnit("l", ("市冷链办公室",)), KnownUnit("x", ("冷链办",)))
    learned = Learned(aliases={"冷链办": "l", "专班": "z"}, no_units=frozenset({"专班组"}), labels={"主攻": "lead"})
    draft = compile_plan(TEXT, units=units, learned=learned)
    assert [(own.unit, own.resolution) for own in draft.clauses[0].assignments] == [("市甲局", "a"), ("冷链办", "l")]
    assert draft.clauses[1].units("lead") == ["市丙局"]
    assert "unknown_label" in kinds(compile_plan(TEXT)) and "unknown_label" not in kinds(draft)


def test_the_same_text_with_the_same_data_gives_the_same_draft() -> None:
    learned = Learned(aliases={"冷链办": "l"}, titles={"谁来办": "lead"})
    assert compile_plan(TEXT, learned=learned) == compile_plan(TEXT, learned=learned)


@pytest.mark.parametrize(
    ("word", "means", "wrong"),
    [("谁来办", "lead", None), ("何时", "when", None), ("谁", "lead", "word"), ("市甲局", "lead", "word"),
     ("甲" * 17, "lead", "word"), ("谁来办", "boss", "means")],
)  # fmt: skip
def test_a_word_has_a_meaning(word: str, means: str, wrong: str | None) -> None:
    assert meaning(word, means) == wrong


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("任务\t谁办\t何时\n修路\t市甲局\t明年\n", "unread_table"),
        ("序号\n任务\n责任单位\n1\n修路\n2\n架桥\n市甲局\n", "unread_table"),
        ("一、任务\n（一）修路。\n12、架桥。\n2026年完成。（责任单位：市甲局）\n", "sequence"),
        ("一、任务\n（一）修路（责任单位：市甲局*、市乙局）。\n", "star_without_legend"),
        ("一、任务\n（一）修路。\n第（九）项由市甲局负责。\n", "items_unknown"),
        ("一、任务\n（一）修路。（责任单位：市甲局）\n落实情况：已开工。\n", "words_without_clause"),
        ("一、任务\n（一）修路。\n主攻方：市甲局\n", "unknown_label"),
    ],
)
def test_what_is_not_read_is_told(text: str, kind: str) -> None:
    assert kind in kinds(compile_plan(text))


def test_an_ordinal_inside_the_words_of_a_clause_is_told() -> None:
    text = "1.修路。（责任单位：市甲局）\n7.362工匠。（责任单位：市乙局）\n"
    draft = compile_plan(text)
    assert [text[slice(*doubt.span)] for doubt in draft.diagnostics if doubt.kind == "ordinal_in_text"] == ["7."]


def test_ordinals_name_items_of_the_nearest_group() -> None:
    text = (
        "总则。（责任单位：市己局）\n一、甲\n1.修路。\n2.架桥。\n二、乙\n1.挖井。\n2.种树。\n第1、2项由市甲局负责。\n"
    )
    found = {clause.text[:2]: clause.units("responsible") for clause in compile_plan(text).clauses}
    assert (found["挖井"], found["种树"]) == (["市甲局"], ["市甲局"]) and not found.get("修路")


def test_the_year_of_the_document_dates_what_has_none() -> None:
    def date(text: str, **more: int) -> str | None:
        return compile_plan(f"{text}\n1.做甲。（市甲局负责，10月底前完成）\n", **more).clauses[0].deadlines[0].date

    assert date("某市2026年工作要点") == "2026-10-31"
    assert date("某市2026年工作要点", start_year=2030) == "2030-10-31"
    assert date("某市工作要点", default_year=2029) == "2029-10-31"
    assert date("某市2026年工作要点", default_year=2029) == "2026-10-31"
    assert date("某市2026—2028年规划") is None
    assert date("某政发〔2027〕9号\n某市工作要点") == "2027-10-31"
    assert date("某市工作要点。\n2025年任务") is None
    assert date("某市工作要点\n2027年3月1日") == "2027-10-31"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("9.做甲。（市甲局负责）\n10.做乙。（市乙局负责）\n11.362工匠。（市丙局负责）\n", ["9", "10", "11"]),
        ("1.15分钟圈。（市甲局负责）\n2.24小时区。（市乙局负责）\n", ["1", "2"]),
        ("1、做甲。（市甲局负责）\n2、24小时区。（市乙局负责）\n", ["1", "2"]),
        ("2.1做甲。（市甲局负责）\n2.2做乙。（市乙局负责）\n", ["1", "2"]),
    ],
)
def test_an_ordinal_may_stand_before_a_figure(text: str, ids: list[str]) -> None:
    assert [clause.id for clause in compile_plan(text).clauses] == ids


def test_an_item_that_a_rule_names_from_elsewhere_hands_nothing_to_its_group() -> None:
    text = "一、甲\n1.修路。（责任单位：市己局）\n2.架桥。\n3.挖井。\n"
    text += "二、乙\n1.种树。（责任单位：市庚局）第3项由市甲局负责。\n"
    found = {clause.text[:2]: clause.units("responsible") for clause in compile_plan(text).clauses}
    assert (found["架桥"], found["挖井"]) == ([], ["市甲局"])
    bare = "一、甲\n1.修路，到2026年建成。\n2.架桥，到2027年建成。\n"
    bare += "二、乙\n1.种树。（责任单位：市庚局）第2项由市甲局负责。\n"
    found = {clause.text[:2]: clause.units("responsible") for clause in compile_plan(bare).clauses}
    assert (found["架桥"], found["修路"]) == (["市甲局"], [])


def test_words_behind_an_annotation_that_assign_are_a_clause_of_their_own() -> None:
    text = "（一）修路。（责任单位：市甲局）市乙局牵头架桥，按月调度。\n（二）挖井。（责任单位：市丙局）\n"
    found = [(clause.text, clause.units("lead")) for clause in compile_plan(text).clauses]
    assert ("市乙局牵头架桥，按月调度。", ["市乙局"]) in found
    text = "（一）修路。（责任单位：市甲局）\n市乙局：负责架桥。\n市丙局：负责挖井。\n"
    names = [own.unit for clause in compile_plan(text).clauses for own in clause.assignments]
    assert names == ["市甲局", "市乙局", "市丙局"]
