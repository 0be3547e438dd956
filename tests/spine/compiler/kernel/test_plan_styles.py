"""Plans in styles that nobody showed us: invented words, every form of annotation, doubts where reading is unsafe."""

import pytest

from qilian.spine.compiled.api import CompiledClause, CompiledPlan
from qilian.spine.compiler.kernel import compile_plan


def compiled(text: str) -> CompiledPlan:
    draft = compile_plan(text, start_year=2024)
    assert "".join(text[slice(*node.span)] for node in draft.nodes) == text
    assert all(clause.text == text[slice(*clause.span)] for clause in draft.clauses)
    return draft


def who(clause: CompiledClause) -> tuple[list[str], list[str], list[str]]:
    return clause.units("lead"), clause.units("support"), clause.units("responsible")


def doubts(draft: CompiledPlan) -> list[str]:
    return [doubt.kind for doubt in draft.diagnostics]


ONE = [
    (
        "（牵头单位：市甲局；配合单位：市乙局、各县（市、区）人民政府）",
        (["市甲局"], ["市乙局", "各县（市、区）人民政府"], []),
    ),
    ("(牵头单位:市甲局;配合单位:市乙局,市丙局)", (["市甲局"], ["市乙局", "市丙局"], [])),
    ("[责任单位：市甲局、市乙局]", ([], [], ["市甲局", "市乙局"])),
    ("（牵头单位：市甲局；配合单位：无）", (["市甲局"], [], [])),
    ("【牵头单位：市甲局；责任单位：市乙局】", (["市甲局"], [], ["市乙局"])),
    ("〔配合单位：市甲局〕", ([], ["市甲局"], [])),
    ("（牽頭單位：市甲廳；配合單位：市乙廳）", (["市甲廳"], ["市乙廳"], [])),
    ("（市甲局牵头，市乙局、市丙局等按职责分工负责）", (["市甲局"], [], ["市乙局", "市丙局"])),
    ("（责任单位：市甲局、市乙局，市丙局配合）", ([], ["市丙局"], ["市甲局", "市乙局"])),
    ("（责任单位：市甲局牵头，市乙局，市丙局配合）", (["市甲局"], ["市乙局", "市丙局"], [])),
    ("（牵头单位：市甲局负责，市乙局配合）", (["市甲局"], ["市乙局"], [])),
    ("（责任单位：市甲局牵头，市乙局）", (["市甲局"], [], ["市乙局"])),
    ("（市甲局、市乙局按职责分别负责）", ([], [], ["市甲局", "市乙局"])),
    ("（市甲局、市乙局按职责分工）", ([], [], ["市甲局", "市乙局"])),
    ("（市甲局，市乙局，各市（州）政府）", ([], [], ["市甲局", "市乙局", "各市（州）政府"])),
    ("（责任单位：市甲局（市乙局）、市丙局）", ([], [], ["市甲局（市乙局）", "市丙局"])),
    ("（责任单位：市甲局（牵头）、市乙局、市丙局（配合））", (["市甲局"], ["市丙局"], ["市乙局"])),
    ("（责任单位：市甲局 市乙局 市丙局）", ([], [], ["市甲局", "市乙局", "市丙局"])),
    ("（责任单位：市甲 乙局）", ([], [], ["市甲乙局"])),
    ("（牵头单位：市甲局 配合单位：市乙局）", (["市甲局"], ["市乙局"], [])),
    ("（责任单位：市甲局和市乙局）", ([], [], ["市甲局", "市乙局"])),
    ("（责任单位：市文化和旅游局、市住房和城乡建设局）", ([], [], ["市文化和旅游局", "市住房和城乡建设局"])),
    ("（市甲局会同市乙局负责）", ([], [], ["市甲局", "市乙局"])),
    ("（责任单位：以及市甲局）", ([], [], ["市甲局"])),
    ("（各市（州）、县（市、区）人民政府负责）", ([], [], ["各市（州）、县（市、区）人民政府"])),
    ("（各区域、各单位负责）", ([], [], ["各区域", "各单位"])),
    ("由市甲局牵头，市乙局、市丙局配合。", (["市甲局"], ["市乙局", "市丙局"], [])),
    ("这项工作由市甲局负责，市乙局配合。", ([], ["市乙局"], ["市甲局"])),
    ("市甲局牵头，市乙局配合。", (["市甲局"], ["市乙局"], [])),
    ("责任单位：市甲局、市乙局）", ([], [], ["市甲局", "市乙局"])),
    ("【责任单位】市甲局", ([], [], ["市甲局"])),
    ("\n（责任单位）：市甲局、市乙局", ([], [], ["市甲局", "市乙局"])),
    ("\n责任单位 市甲局", ([], [], ["市甲局"])),
    ("\n牵头单位：市甲局\n配合单位：市乙局、\n市丙局\n", (["市甲局"], ["市乙局", "市丙局"], [])),
    ("（牵头单位：市甲局；具体任务：另行下达）", (["市甲局"], [], [])),
    ("（责任单位：市甲局、\n市乙局）", ([], [], ["市甲局", "市乙局"])),
    ("（责任单位：市高等教育办、市甲局等12个部门）", ([], [], ["市高等教育办", "市甲局"])),
]


@pytest.mark.parametrize(("written", "expected"), ONE)
def test_one_annotation(written: str, expected: tuple[list[str], list[str], list[str]]) -> None:
    draft = compiled(f"一、任务\n（一）做好第一件事，建成站点。{written}\n（二）做好第二件事。（责任单位：市癸局）\n")
    assert [who(clause) for clause in draft.clauses] == [expected, ([], [], ["市癸局"])]
    assert [clause.id for clause in draft.clauses] == ["1.1", "1.2"]


NONE = [
    "（以下简称站点）",
    "（含分站）",
    "（公开）",
    "（企业负责）",
    "（由施工单位负责）",
    "（按规定负责）",
    "（甲乙丙丁负责，市甲局）",
    "（责任大、任务重）",
    "（见第〔2014〕26号）",
    "（市甲局负责）的范围扩大，",
    "（负责）",
    "（牵头单位/市甲局，配合单位/市乙局）",
]


@pytest.mark.parametrize("written", NONE)
def test_other_brackets_are_no_annotations(written: str) -> None:
    draft = compiled(f"一、任务\n（一）建成站点{written}并做好服务。\n（二）做好第二件事。（责任单位：市癸局）\n")
    assert [clause.id for clause in draft.clauses if clause.assignments] == ["1.2"]
    assert [kind for kind in doubts(draft) if kind != "role_in_words"] == ["no_annotation"]


def test_brackets_that_never_close_swallow_nothing() -> None:
    draft = compiled(
        "一、任务\n1.做甲。（牵头单位：市甲局；配合单位：市乙局\n2.做乙。（责任单位：市丙局]\n"
        "3.做丙。（市丁局牵头，市戊局配合\n4.做丁。【责任单位：市己局（市庚局、市辛局】\n5.做戊。（共两期\n"
        "6.做己。（责任单位：市壬局。另行安排\n7.做庚。（甲乙丙负责\n"
    )
    assert [who(clause) for clause in draft.clauses[:4]] == [
        (["市甲局"], ["市乙局"], []),
        ([], [], ["市丙局"]),
        (["市丁局"], ["市戊局"], []),
        ([], [], ["市己局（市庚局、市辛局"]),
    ]
    assert who(draft.clauses[5]) == ([], [], ["市壬局"])
    assert who(draft.clauses[6]) == ([], [], [])
    assert doubts(draft).count("unclosed_bracket") >= 4


def test_an_unclosed_bracket_where_breaks_are_lost() -> None:
    draft = compiled(
        "一、任务（一）做甲。（责任单位：市甲局、市乙局（二）做乙。（责任单位：市丙局）（三）做丙。（市丁局负责）"
    )
    assert [who(clause)[2] for clause in draft.clauses] == [["市甲局", "市乙局"], ["市丙局"], ["市丁局"]]
    assert doubts(draft) == ["unclosed_bracket"]


def test_persons_and_times_are_not_units() -> None:
    draft = compiled(
        "（一）做甲。（牵头负责领导：张三；牵头单位：县甲局；责任人：王五）\n（二）做乙。\n牵头领导：赵六\n"
        "牵头单位：县乙局（联系人：钱七，电话：12345678）、县丙局\n完成时限：2025年12月底前\n"
        "（三）做丙。（县丁局、县戊局负责，2026年6月底前完成）\n（四）做丁。（2027年底前完成）\n（五）做戊。（责任人：孙八）\n"
        "（六）做己。（完成时限：；责任单位：县己局）\n"
    )
    assert [who(clause) for clause in draft.clauses[:3]] == [
        (["县甲局"], [], []),
        (["县乙局", "县丙局"], [], []),
        ([], [], ["县丁局", "县戊局"]),
    ]
    assert draft.clauses[0].persons == ("张三", "王五")
    assert draft.clauses[1].persons == ("赵六", "联系人：钱七，电话：12345678")
    assert [deadline.date for clause in draft.clauses for deadline in clause.deadlines] == [
        "2025-12-31",
        "2026-06-30",
        "2027-12-31",
    ]
    assert draft.clauses[4].persons == ("孙八",)


def test_open_lists_and_collectives() -> None:
    clause = compiled("1.做甲。（市甲局等市直有关部门及各县区按职责分工负责）").clauses[0]
    assert clause.open_list
    assert clause.units("responsible") == ["市甲局", "各县区"]
    assert clause.collectives() == ["各县区", "市直有关部门"]
    assert clause.as_json()["scope"] == "clause"


def test_the_first_named_leads_from_the_note_on() -> None:
    draft = compiled(
        "1.做甲。（市甲局、市乙局负责）\n2.做乙。（市丙局、市丁局负责；排在首位的为牵头单位，下同）\n"
        "3.做丙。（责任单位：市戊局、市己局）\n4.做丁。（市庚局牵头，市辛局配合）\n"
    )
    assert [who(clause) for clause in draft.clauses] == [
        ([], [], ["市甲局", "市乙局"]),
        (["市丙局"], ["市丁局"], []),
        (["市戊局"], ["市己局"], []),
        (["市庚局"], ["市辛局"], []),
    ]
    assert {item.origin for item in draft.clauses[2].assignments} == {"positional"}


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("任务如下，责任单位中排在第一位的为牵头单位。\n1.做甲。（责任单位：市甲局、市乙局）\n", ["市甲局"]),
        ("1.做甲。（责任单位：市甲局、市乙局）\n注：责任单位中排名第一的为牵头单位。\n", ["市甲局"]),
        ("1.做甲。（责任单位：市甲局、市乙局，列第一位的为牵头单位）\n2.做乙。（市丙局负责）", ["市甲局"]),
    ],
)
def test_notes_outside_annotations(text: str, leads: list[str]) -> None:
    draft = compiled(text)
    assert draft.clauses[0].units("lead") == leads
    assert draft.clauses[0].units("support") == ["市乙局"]


def test_units_that_a_sentence_makes_responsible_for_all() -> None:
    draft = compiled(
        "1、做甲。（责任单位：市甲局）\n2、做乙。（责任单位：各县（区）政府）\n3、做丙。\n"
        "各县（区）政府均为责任单位，不再一一列出。\n均为配合单位，不再列出。\n"
    )
    assert draft.clauses[0].units("responsible") == ["市甲局", "各县（区）政府"]
    assert draft.clauses[0].assignments[1].origin == "default"
    assert draft.clauses[1].units("responsible") == ["各县（区）政府"]
    assert draft.clauses[2].assignments == ()


def test_headings_and_groups_hand_their_roles_down() -> None:
    draft = compiled(
        "一、举措\n（一）促进创新\n1. 建实验室。\n2. 引进人才。\n责任单位：市甲局\n"
        "（二）促进开放（牵头单位：市乙局）\n1. 组织展会。\n2. 扩大出口。\n"
        "（三）促进消费。总的说明。（责任单位：市丙局）以下为具体内容说明。\n1.办集市。（责任单位：市丁局）\n2.发消费券。\n"
    )
    given = {clause.id: (who(clause), {item.origin for item in clause.assignments}) for clause in draft.clauses}
    assert given["1.1.1"] == (([], [], ["市甲局"]), {"inherited"})
    assert given["1.1.2"] == (([], [], ["市甲局"]), {"explicit"})
    assert given["1.2.1"] == given["1.2.2"] == ((["市乙局"], [], []), {"inherited"})
    assert given["1.3.2"] == (([], [], []), set())
    assert {clause.scope for clause in draft.clauses} == {"clause", "heading", "none"}
    assert doubts(draft) == ["group_annotation", "no_annotation"]


def test_an_annotation_in_the_title_governs_the_words_below() -> None:
    draft = compiled(
        "一、举措\n（一）推动数字赋能（责任单位：市甲局）。支持企业转型，建设工业平台。\n"
        "（二）推动开放合作（责任单位：市乙局）\n大力引进外来投资企业。\n某市人民政府\n2024年1月1日\n"
    )
    assert [clause.text for clause in draft.clauses] == ["支持企业转型，建设工业平台。", "大力引进外来投资企业。"]
    assert draft.clauses[0].section == ("举措", "推动数字赋能")
    assert [node.kind for node in draft.nodes].count("signature") == 2


def test_sayings_divide_only_where_each_has_an_annotation() -> None:
    draft = compiled(
        "（一）推进流通。完善体系。一是建仓储。二是做配送。三是育企业。（责任单位：市甲局）\n"
        "（二）推进金融。一是扩信贷。（牵头单位：市乙局）二是防风险。（牵头单位：市丙局）四是乱编号。\n"
        "（四）跳号。（责任单位：市丁局）\n"
    )
    assert [clause.id for clause in draft.clauses] == ["1", "2.1", "2.2", "2.4", "4"]
    assert doubts(draft) == ["sequence", "no_annotation", "sequence"]
    draft = compiled("（一）总述。\n一是做甲。（责任单位：市甲局）\n三是做丙。（责任单位：市乙局）\n")
    assert [clause.id for clause in draft.clauses] == ["1.1", "1.3"]


def test_tables_in_text() -> None:
    draft = compiled(
        "任务分工表\n序号\t任务\t内容\t牵头单位\t配合单位\t完成时限\t责任人\t备注\n"
        "1\t平台\t建设统一的平台\t市甲局\t市乙局、各区政府\t2025年12月底前\t张三\t无\n"
        "2\t平台\t制定数据标准办法\t同上\t市丙局（牵头）\t长期坚持\t\t\n三\t\t推广应用\t\t同上\t\t\t\n说明文字。\n"
    )
    assert [clause.id for clause in draft.clauses] == ["1", "2", "3"]
    assert [who(clause) for clause in draft.clauses] == [
        (["市甲局"], ["市乙局", "各区政府"], []),
        (["市甲局", "市丙局"], [], []),
        (["市丙局"], [], []),
    ]
    assert draft.clauses[0].section == ("平台",)
    assert draft.clauses[0].persons == ("张三",)
    assert draft.clauses[1].deadlines[0].date is None
    assert draft.clauses[1].assignments[0].origin == "inherited"
    assert compiled("任务\t责任单位\n建平台\t同上\n").clauses[0].assignments == ()
    assert compiled("任务\t责任单位\n一段文字。\n").clauses[0].assignments == ()


def test_a_form_is_no_table() -> None:
    draft = compiled(
        "主要内容\t建设平台\n责任单位\t市甲局、市乙局\n完成时限\t2025年底\n\n事项\t责任单位\n责任单位\t市丙局\n"
    )
    assert who(draft.clauses[0])[2] == ["市甲局", "市乙局"]
    assert draft.clauses[0].deadlines[0].date == "2025-12-31"


def test_words_with_annotations_around_a_table() -> None:
    draft = compiled(
        "（一）做甲。（责任单位：市甲局）\n任务\t责任单位\n建平台\t市乙局\n（二）标题\n任务\t责任单位\n建网络\t市丙局\n\n"
        "另外做丁。（责任单位：市丁局）\n"
    )
    assert [who(clause)[2] for clause in draft.clauses] == [["市甲局"], ["市乙局"], ["市丙局"], ["市丁局"]]
    assert [clause.id for clause in draft.clauses] == ["1", "1.1", "2.1", "2"]


def test_tables_of_other_makes() -> None:
    text = (
        "一、平台\n总的要求。\n"
        "| 任务 | 责任单位（排在第一位的为牵头单位） |\n|---|---|\n| 建平台 | 市甲局、市乙局 |\n\n"
        "二、改革\n任务  责任单位\n推改革  市丙局\n坏行\n单位\t牵头单位\n没有行数\n牵头单位\t责任单位\n"
    )
    draft = compiled(text)
    assert [who(clause) for clause in draft.clauses] == [(["市甲局"], ["市乙局"], []), ([], [], ["市丙局"])]
    assert [clause.id for clause in draft.clauses] == ["1.1", "2.1"]


def test_a_plan_without_ordinals() -> None:
    draft = compiled(
        "若干措施\n各单位：\n某办〔2024〕3号\n# 来源\n为促进发展，制定以下措施。\n"
        "加大宣传推介力度，让更多的人知道我们这里有好山好水、有好风光、还有许多好物产，\n每年办好各项活动。（责任单位：县甲局）\n"
        "完善配套设施。（责任单位：县乙局、县丙局）另有说明文字。\n任务：做好培训。（责任单位：县丁局）\n某县政府\n"
    )
    assert [clause.id for clause in draft.clauses] == ["1", "2", "3"]
    assert draft.clauses[0].text.startswith("加大宣传")
    kinds = [node.kind for node in draft.nodes]
    assert {"title", "addressee", "number", "source", "preamble", "signature"} <= set(kinds)


def test_plans_without_annotations() -> None:
    draft = compiled(
        "某方案\n一、总则\n第一段。\n第二段。\n二、任务\n（一）做甲。详细说明。\n（二）做乙\n下一段。\n三、附则\n某政府\n"
    )
    assert [clause.id for clause in draft.clauses] == ["1.1", "1.2", "2.1", "2.2", "3"]
    assert draft.units == ()
    draft = compiled("标题\n第一段有句号。\n第二段也有。\n某政府\n")
    assert [clause.id for clause in draft.clauses] == ["1", "2"]
    assert compiled("").clauses == ()


def test_words_with_figures_are_clauses_even_without_a_unit() -> None:
    draft = compiled(
        "到2030年全面建成。\n一、目标\n总产值达到500亿元。\n（一）分项目标\n增加值提高3个百分点。\n（二）其他。\n空话。\n"
        "二、任务\n（一）做甲。（责任单位：市甲局）\n三、要求\n空话一句。\n"
    )
    assert [clause.id for clause in draft.clauses] == ["0", "1.0", "1.1", "2.1"]


def test_pieces_of_one_item_and_labels() -> None:
    draft = compiled(
        "一、任务\n（一）总述一。（市甲局负责）具体措施：做细。（市乙局负责）\n（二）总述二。（市丙局负责）具体措施：1.做实。（市丁局负责）\n"
        "二、措施\n（一）加大支持。给钱。（责任单位：市戊局）给地。（责任单位：市己局）\n（二）加强服务。送上门。（责任单位：市庚局）\n"
        "三、保障\n总的说明。\n第一件。（责任单位：市辛局）\n第二件。（责任单位：市壬局）\n（责任单位：市癸局）\n"
        "四、其他\n只有一件。（责任单位：市子局）\n五、无字\n1.（责任单位：市丑局）\n1.重号。（责任单位：市寅局）\n"
    )
    assert [clause.id for clause in draft.clauses] == [
        *("1.1", "1.1.1", "1.2", "1.2.1", "2.1.1", "2.1.2", "2.2.1", "3.1", "3.2", "4.1", "5.1", "5.1-2"),
    ]
    assert draft.clauses[8].units("responsible") == ["市壬局", "市癸局"]
    assert set(doubts(draft)) == {"annotation_without_words", "duplicate_id", "sequence"}


def test_ordinals_of_every_kind() -> None:
    draft = compiled(
        "第一章 总则\n第一节 范围\n第一条 为了发展，制定本办法。\n第二章 任务\n第二条 做甲。（责任单位：市甲局）\n"
        "第三条 做乙。下列：\n"
        "（1）做丙。（责任单位：市乙局）\n（2）做丁。（责任单位：市丙局）\n① 做戊。（责任单位：市丁局）\n"
    )
    assert [clause.id for clause in draft.clauses] == ["2.2", "2.3.1", "2.3.2", "2.3.2.1"]
    draft = compiled(
        "一、二、三产业融合发展。\n1.1 做甲。（责任单位：市甲局）\n1.2 做乙。（责任单位：市乙局）\n2019年1月1日\n"
    )
    assert [clause.id for clause in draft.clauses] == ["1", "2"]


def test_brackets_across_lines() -> None:
    draft = compiled(
        "1.做甲。（责任单位：市甲局。\n共三期\n2.做乙。（责任单位：市乙局，\n另见附件一）\n3.做丙（含\n\n）。\n责任单位：市丙局。说明\n"
    )
    assert [who(clause)[2] for clause in draft.clauses] == [["市甲局"], ["市乙局", "另见附件一"], ["市丙局"]]


def test_units_in_a_list_may_look_odd() -> None:
    long = "市" + "甲" * 30 + "局"
    text = f"1.做甲。（责任单位：{long}）\n2.做乙。（总的要求，牵头单位：市乙局）\n"
    text += "3.做丙。（牵头单位：市丙局，牵头，负责）"
    draft = compiled(text)
    assert "unusual_unit" in doubts(draft)
    apart = next(doubt.span for doubt in draft.diagnostics if doubt.kind == "not_a_role")
    assert "".join(text[slice(*apart)]).strip("，") == "总的要求"
    assert "not_understood" in doubts(draft)
    draft = compiled(
        "1.做甲。\n牵头单位：市甲局，牵头，负责\n2.做乙。（甲乙丙负责）\n3.做丙。\n完成时限：\n责任单位：·、市乙局、\n4.做丁。\n"
    )
    assert {"not_understood", "not_a_unit"} <= set(doubts(draft))
    assert [who(clause)[2] for clause in draft.clauses] == [[], [], ["市乙局"], []]


def test_tiers_need_every_title() -> None:
    text = (
        "一、重点\n优先发展甲业、乙业；{}。\n（一）甲业。说明。\n1.做甲。（责任单位：市甲局）\n"
        "（二）乙业。\n1.做乙。（市乙局负责）\n（三）丙业。\n1.做丙。（市丙局负责）\n"
    )
    assert [clause.tier for clause in compiled(text.format("鼓励发展丙业")).clauses] == [
        "优先发展",
        "优先发展",
        "鼓励发展",
    ]
    assert [clause.tier for clause in compiled(text.format("鼓励其他")).clauses] == [None, None, None]


def test_a_label_alone_takes_the_line_below_it_and_nothing_else() -> None:
    items = (
        "1.改造工厂。\n责任单位：\n市甲局、市乙局\n完成时限：\n2026年6月底前\n",
        "2.办好展会。\n牵头单位：\n请各地认真落实。\n",
    )
    text = "一、任务\n" + "".join(items)
    first, second = compiled(text).clauses
    assert who(first) == ([], [], ["市甲局", "市乙局"]) and first.deadlines[0].date == "2026-06-30"
    assert who(second) == ([], [], []) and second.text == "办好展会。"
