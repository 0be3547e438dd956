"""From words to roles: notes that hold from somewhere on, headings and closing lines that hand down, units for all."""

from decimal import Decimal

import pytest

from qilian.spine.compiled.api import CompiledPlan
from qilian.spine.compiler.kernel import Target, compile_plan

TWO = "（责任单位：市甲局、市乙局）"
NOTE = "排在第一位的为牵头单位"


def leads(text: str) -> list[list[str]]:
    return [clause.units("lead") for clause in compile_plan(text).clauses]


def responsible(text: str) -> list[list[str]]:
    return [clause.units("responsible") for clause in compile_plan(text).clauses]


def doubts(draft: CompiledPlan, text: str) -> list[tuple[str, str]]:
    return [(doubt.kind, text[slice(*doubt.span)]) for doubt in draft.diagnostics]


def test_a_note_inside_an_annotation_holds_from_there_on_only_where_it_says_so() -> None:
    noted = f"（责任单位：市甲局、市乙局，{NOTE}{{}}）"
    assert leads(f"1.甲。{TWO}\n2.乙。{noted.format('，下同')}\n3.丙。{TWO}\n") == [[], ["市甲局"], ["市甲局"]]
    assert leads(f"1.甲。{TWO}\n2.乙。{noted.format('')}\n3.丙。{TWO}\n") == [[], ["市甲局"], []]
    assert leads(f"1.甲。（责任单位：市甲局、市乙局，下同）\n2.乙。{TWO}\n") == [[], []]


def test_a_sentence_holds_from_its_place_on_and_at_the_end_for_all() -> None:
    assert leads(f"1.甲。{TWO}\n以下{NOTE}。\n2.乙。{TWO}\n") == [[], ["市甲局"]]
    assert leads(f"1.甲。{TWO}\n2.乙。{TWO}\n注：{NOTE}。\n") == [["市甲局"], ["市甲局"]]
    assert leads(f"1.甲。{TWO}{NOTE}") == [["市甲局"]]
    assert leads(f"{NOTE}。\n1.甲。{TWO}\n") == [["市甲局"]]
    assert leads(f"1.甲。{TWO}\n2.乙。（责任单位：市丙局、市丁局，{NOTE}）\n") == [[], ["市丙局"]]
    assert leads(f"1.甲。{TWO}第一位牵头") == [["市甲局"]]
    assert leads("责任单位：市甲局、市乙局\n注：第一位牵头。") == [["市甲局"]]


def test_a_note_in_a_table_is_the_table_s_own() -> None:
    table = f"任务\t责任单位（{NOTE}）\n建站\t市甲局、市乙局\n"
    assert leads(f"1.甲。{TWO}\n2.乙。\n{table}") == [[], ["市甲局"]]


def test_roles_by_position_are_marked_and_words_go_before_position() -> None:
    draft = compile_plan(
        f"{NOTE}。\n1.甲。（责任单位：市甲局、市乙局、市丙局）\n2.乙。（牵头单位：市丁局；责任单位：市戊局）\n"
    )
    first, second = draft.clauses
    assert [(own.unit, own.role, own.origin) for own in first.assignments] == [
        ("市甲局", "lead", "positional"),
        ("市乙局", "support", "positional"),
        ("市丙局", "support", "positional"),
    ]
    assert [(own.unit, own.role, own.origin) for own in second.assignments] == [
        ("市丁局", "lead", "explicit"),
        ("市戊局", "responsible", "explicit"),
    ]


def test_a_heading_hands_its_roles_to_items_without_their_own() -> None:
    text = "一、甲（责任单位：市甲局）\n（一）乙。\n（二）丙。\n1.丁。\n2.戊。\n二、己。\n（一）庚。\n"
    draft = compile_plan(text)
    assert [(clause.id, clause.units("responsible")) for clause in draft.clauses] == [
        ("1", ["市甲局"]),
        ("1.1", ["市甲局"]),
        ("1.2.1", ["市甲局"]),
        ("1.2.2", ["市甲局"]),
    ]
    assert [clause.scope for clause in draft.clauses] == ["clause", "heading", "heading", "heading"]


def test_who_has_only_a_time_of_his_own_takes_the_roles_of_the_heading() -> None:
    text = "一、甲（责任单位：市甲局）\n1.乙。（2027年底前完成）\n2.丙。\n"
    draft = compile_plan(text)
    assert responsible(text) == [["市甲局"]] * 3
    assert [own.date for own in draft.clauses[1].deadlines] == ["2027-12-31"] and draft.diagnostics == ()


def test_a_heading_between_that_says_nothing_lets_roles_through() -> None:
    text = "一、甲（责任单位：市甲局）\n（一）乙。\n产值达到5亿元。\n1.丙。\n（二）丁。（责任单位：市乙局）\n1.戊。\n"
    found = {clause.id: clause.units("responsible") for clause in compile_plan(text).clauses}
    assert (found["1.1.1"], found["1.2.1"]) == (["市甲局"], ["市乙局"])


def test_a_plan_that_names_nobody_raises_no_doubt() -> None:
    assert compile_plan("一、甲\n1.乙。\n2.丙。\n").diagnostics == ()


def test_a_leaf_hands_nothing_on() -> None:
    text = "一、甲\n（一）乙。（责任单位：市甲局）\n（二）丙。\n"
    draft = compile_plan(text)
    assert responsible(text) == [["市甲局"], []]
    assert doubts(draft, text) == [("no_annotation", "丙。")]
    assert [clause.scope for clause in draft.clauses] == ["clause", "none"]


def test_a_line_behind_a_group_closes_it() -> None:
    text = "一、甲\n1.乙。\n2.丙。\n责任单位：市甲局\n二、丁\n1.戊。\n责任单位：市乙局\n"
    draft = compile_plan(text)
    assert responsible(text) == [["市甲局"], ["市甲局"], ["市乙局"]]
    assert [[own.origin for own in clause.assignments] for clause in draft.clauses] == [
        ["inherited"],
        ["explicit"],
        ["explicit"],
    ]
    assert doubts(draft, text) == [("group_annotation", "责任单位：市甲局")]


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n1.乙。\n2.丙。（责任单位：市甲局）\n",  # a bracket belongs to its own item
        "一、甲。1.乙。2.丙。\n责任单位：市甲局\n3.丁。（市乙局负责）\n",  # inside a line
        "一、甲\n1.乙。（责任单位：市乙局）\n2.丙。\n3.丁。\n责任单位：市甲局\n",  # not all before it are bare
    ],
)
def test_what_closes_no_group(text: str) -> None:
    draft = compile_plan(text)
    assert "group_annotation" not in {kind for kind, _ in doubts(draft, text)}
    assert all(own.origin == "explicit" for clause in draft.clauses for own in clause.assignments)


def test_words_before_all_items_are_no_group() -> None:
    text = "第一件。（责任单位：市甲局）\n第二件。（责任单位：市乙局）\n到2030年建成。\n"
    draft = compile_plan(text)
    assert [clause.units("responsible") for clause in draft.clauses] == [["市甲局"], ["市乙局"]]
    assert [kind for kind, _ in doubts(draft, text)] == []


def test_a_bare_clause_beside_annotated_ones_is_told_once() -> None:
    text = "一、甲\n1.乙。（责任单位：市甲局）\n2.丙。\n3.丁。（责任单位：市乙局）\n4.戊。\n"
    assert doubts(compile_plan(text), text) == [("no_annotation", "丙。"), ("no_annotation", "戊。")]
    text = "一、甲\n1.乙。（责任单位：市甲局）\n2.丙。（责任单位：市乙局）\n"
    assert doubts(compile_plan(text), text) == []


def test_units_for_all_are_the_words_right_before() -> None:
    all_of = "各县（区）政府均为责任单位，不再一一列出。"
    assert responsible(f"1.甲。（责任单位：市甲局）\n{all_of}")[0] == ["市甲局", "各县（区）政府"]
    assert responsible(f"{all_of}\n1.甲。（责任单位：市甲局）\n")[0] == ["市甲局", "各县（区）政府"]
    text = f"1.甲。（责任单位：市甲局）\n另外，{all_of}"
    (own,) = [each for each in compile_plan(text).clauses[0].assignments if each.origin == "default"]
    assert text[slice(*own.span)] == own.unit == "各县（区）政府" and own.collective
    supporting = "1.甲。（牵头单位：市甲局）\n市乙局均为配合单位，不再列出。"
    assert compile_plan(supporting).clauses[0].units("support") == ["市乙局"]


def test_spans_of_roles_and_times_are_places_in_the_text() -> None:
    text = "前言。\n一、任务\n1.做甲。（责任单位：市甲局、市甲 乙局；责任人：张三；完成时限：2026年6月底前）\n"
    (clause,) = compile_plan(text).clauses
    assert [(own.unit, text[slice(*own.span)]) for own in clause.assignments] == [
        ("市甲局", "市甲局"),
        ("市甲乙局", "市甲 乙局"),
    ]
    assert [(own.text, own.date, text[slice(*own.span)]) for own in clause.deadlines] == [
        ("2026年6月底前", "2026-06-30", "2026年6月底前")
    ]
    assert clause.persons == ("张三",)


def test_doubts_point_at_the_words() -> None:
    odd, edge = "市" + "甲" * 23 + "局", "市" + "甲" * 22 + "局"
    text = f"前言。\n1.做甲。（责任单位：{edge}、{odd}）\n2.做乙。（ 总的要求，牵头单位：市乙局）\n"
    assert (len(edge), len(odd)) == (24, 25)
    assert doubts(compile_plan(text), text) == [("unusual_unit", odd), ("not_a_role", "总的要求")]


def test_tiers_are_set_by_the_preamble_that_names_every_title() -> None:
    def tiers(preamble: str, *titles: str) -> list[str | None]:
        items = "".join(
            f"（{number}）{title}。\n1.做。（市甲局负责）\n" for number, title in zip("一二三", titles, strict=False)
        )
        return [clause.tier for clause in compile_plan(f"一、重点\n{preamble}\n{items}").clauses]

    assert tiers("优先发展甲业、乙业。", "甲业", "乙业") == ["优先发展", "优先发展"]
    assert tiers("优先发展甲业；鼓励发展乙业。", "甲业", "乙业") == ["优先发展", "鼓励发展"]
    assert tiers("优先发展甲业。", "甲业", "乙业") == [None, None]
    assert tiers("优先发展甲业。", "甲业") == [None]


def test_numbers_in_the_json_are_whole_where_they_are_whole() -> None:
    def value(number: object) -> object:
        return Target("", "", "none", number, "", None, None, (0, 0)).as_json()["value"]  # type: ignore[arg-type] # given by hand

    assert (value(Decimal("3")), value(Decimal("3.0")), value(Decimal("2.5"))) == (3, 3, 2.5)
    assert [type(value(Decimal(each))) for each in ("3", "2.5")] == [int, float]
    assert value((Decimal("1"), Decimal("2.5"))) == [1, 2.5]
