"""Roles inside words, lists of duties, rules for many clauses, labels of a house; and what only looks like them."""

import pytest

from qilian.spine.annotation.api import audit, find_annotations, find_inline, find_items, find_rules, read
from qilian.spine.language.api import Known

Roles = list[tuple[str, str]]


def inline(text: str, known: Known | None = None) -> Roles:
    return [
        (text[own.inner[0] + mention.span[0] : own.inner[0] + mention.span[1]], mention.role)
        for own in find_inline(text, [], known or Known())
        for mention in own.reading.mentions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由市甲局牵头制定办法。", [("市甲局", "lead")]),
        ("此项工作由市甲局负责，按月调度。", [("市甲局", "responsible")]),
        ("市甲局牵头修路，市乙局配合做好保障。", [("市甲局", "lead"), ("市乙局", "support")]),
        ("由市甲局牵头负责、市乙局配合，每年清理。", [("市甲局", "lead"), ("市乙局", "support")]),
        ("（一）市甲局负责修路。", [("市甲局", "responsible")]),
        ("市甲局负责统筹协调。", []),  # for the whole, no task of its own
        ("由市甲局牵头、市乙局参与的会议制度。", []),
        ("市甲局负责人到场。", []),
        ("市甲局配合开展检查，按月报告。", []),  # nobody leads
        ("修路（由市甲局负责）工作。", []),
        ("甲乙丙负责修路。", []),
        ("负责修路。", []),
    ],
)
def test_what_words_assign(text: str, expected: Roles) -> None:
    assert inline(text) == expected


def test_a_name_that_is_known_assigns_as_well() -> None:
    assert inline("联席专班组负责修路。") == []
    assert inline("联席专班组负责修路。", Known(frozenset({"联席专班组"}))) == [("联席专班组", "responsible")]


def test_a_list_of_duties_needs_two_units() -> None:
    text = "市甲局：牵头修路。\n2.市乙局：配合架桥。\n市丙队：巡查。\n目标任务：修好路。\n"
    assert inline(text) == [("市甲局", "lead"), ("市乙局", "support"), ("市丙队", "responsible")]
    assert inline("市甲局：修路。\n") == [] and inline("甲站：修路。\n乙站：架桥。\n") == []


def test_what_is_read_elsewhere_is_not_read_again() -> None:
    text = "由市甲局负责，按月调度。市乙局牵头修路，市丙局牵头架桥。"
    assert find_inline(text, [(0, 11)], Known()) == find_inline(text, [(1, 6)], Known())
    assert [own.span[0] for own in find_inline(text, [(0, 11)], Known())] == [12, 20]


def test_every_role_word_beside_a_unit_is_told_where_nothing_reads_it() -> None:
    text = "市甲局牵头。市乙局（丙）负责。市丁局负责人。企业参与。市戊局配合"
    assert [text[slice(*doubt.span)] for doubt in audit(text, [(0, 5)])] == ["市乙局（丙）负责", "市戊局配合"]


def test_items_are_named_by_their_ordinals() -> None:
    text = "上述第（一）至（三）项由市甲局牵头，市乙局配合；第5、7项由市丙局负责。另由市丁局负责。第2项由甲乙丙。"
    rules, sentences = find_items(text, [])
    assert [(rule.ordinals, [(text[slice(*span)], role) for span, role in rule.units]) for rule in rules] == [
        ((1, 2, 3), [("市甲局", "lead"), ("市乙局", "support")]),
        ((5, 7), [("市丙局", "responsible")]),
    ]
    assert [text[slice(*each.span)] for each in sentences] == [text[: text.index("。")]]
    assert find_items(text, [(0, len(text))]) == ([], [])
    apart = "第1项由市甲局负责。另外，第2项由市乙局负责。"
    assert len(find_items(apart, [])[1]) == 2


def test_rules_hold_from_somewhere_to_somewhere() -> None:
    text = "（责任单位：市甲局*、市乙局。标*为牵头单位，下同）以上各项任务均由各区政府配合，不再列出。后。"
    annotations, _ = find_annotations(text, [])
    star, everyone = find_rules(text, annotations, [])
    assert (star.kind, star.star, star.holds(0), star.holds(40)) == ("star", "*", True, True)
    assert (everyone.kind, everyone.holds(0), everyone.holds(len(text) - 1)) == ("everyone", True, False)
    assert [(text[slice(*span)], role) for span, role in everyone.units] == [("各区政府", "support")]
    alone = "（责任单位：★市甲局。标★的为牵头单位）（责任单位：★市乙局）"
    annotations, _ = find_annotations(alone, [])
    (rule,) = find_rules(alone, annotations, [])
    assert rule.holds(annotations[0].span[0]) and not rule.holds(annotations[1].span[0])


def test_words_of_the_house_are_labels() -> None:
    known = Known(labels=(("主攻", "lead"), ("帮办单位", "support")))
    text = "修路。\n主攻：市甲局；帮办单位：市乙局\n架桥。（主攻：市丙局）"
    annotations, _ = find_annotations(text, [], known)
    found = [(text[slice(*each.inner)], [mention.role for mention in each.reading.mentions]) for each in annotations]
    assert found == [("主攻：市甲局；帮办单位：市乙局", ["lead", "support"]), ("主攻：市丙局", ["lead"])]
    assert find_annotations("修路。\n主攻：市甲局\n", [])[0] == []


def test_a_string_that_is_no_unit_is_left_out_without_a_doubt() -> None:
    inner = "责任单位：市甲局、工作专班组"
    assert len(read(inner).mentions) == 2
    reading = read(inner, Known(others=frozenset({"工作专班组"})))
    assert len(reading.mentions) == 1 and reading.doubts == ()


@pytest.mark.parametrize(
    ("inner", "taken", "other"),
    [("责任单位：市甲局、甲乙丙", "单位", "说明文字"), ("责任单位：市甲局、视情按照规定另行研究", "说明文字", "单位")],
)
def test_two_readings_that_are_near_are_both_told(inner: str, taken: str, other: str) -> None:
    (doubt,) = read(inner).doubts
    assert doubt.taken.startswith(taken) and doubt.other.startswith(other)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("市甲局、市乙局，市甲局牵头", [("市甲局", "lead"), ("市乙局", "responsible")]),
        ("市甲局、市乙局负责，其中市乙局牵头", [("市甲局", "responsible"), ("市乙局", "lead")]),
        ("责任单位：市甲局、市乙局，市乙局牵头", [("市甲局", "responsible"), ("市乙局", "lead")]),
        ("责任单位：市甲局为主，市乙局配合", [("市甲局", "lead"), ("市乙局", "support")]),
        ("责任单位：1、市甲局；2、市乙局", [("市甲局", "responsible"), ("市乙局", "responsible")]),
        ("责任单位：①市甲局②市乙局", [("市甲局", "responsible"), ("市乙局", "responsible")]),
        ("责任单位：市甲局 王小明、市乙局（李四）", [("市甲局", "responsible"), ("市乙局", "responsible")]),
        ("责任单位：市甲局（★）、*市乙局", [("市甲局", "responsible"), ("市乙局", "responsible")]),
        ("牵头单位：市甲局；责任单位：市甲局、市乙局", [("市甲局", "lead"), ("市乙局", "responsible")]),
    ],
)
def test_who_is_named_twice_has_the_stronger_role(inner: str, expected: Roles) -> None:
    reading = read(inner)
    found = [(inner[slice(*mention.span)], mention.role) for mention in reading.mentions]
    assert sorted(found) == sorted(expected)


def test_the_title_of_a_column_is_a_label() -> None:
    assert [mention.role for mention in read("市甲局、市乙局按职责分工负责", under="lead").mentions] == ["lead", "lead"]
    reading = read("市甲局牵头，市乙局", under="responsible")
    assert [mention.role for mention in reading.mentions] == ["lead", "responsible"] and not reading.labelled


def test_units_before_a_label_have_no_role() -> None:
    inner = "市甲局，牵头单位：市乙局"
    reading = read(inner)
    assert [inner[slice(*span)] for span in reading.dropped] == ["市甲局"]
    assert [inner[slice(*mention.span)] for mention in reading.mentions] == ["市乙局"]
