"""What is wrong with a graph and what its steps say, before anybody walks it."""

import pytest
from tests.engines.casework.procedures.samples import WHOLE, changed, wrong

from qilian.engines.casework.flow.kernel import AMEND
from qilian.engines.casework.procedures.api import names_of, read_procedure

HEAD = """
procedure: 试
en: Try
kind: 许可
level: 省级
target: 法人
limit: {promised: 5 工作日}
form: [{name: 金额, kind: decimal, required: 否}]
steps:
"""


def found(steps: str) -> list[tuple[str, str]]:
    return wrong(HEAD + steps)


def test_a_sound_file_has_nothing_wrong() -> None:
    assert wrong(WHOLE) == []
    assert found("  甲: {by: 经办@承办, next: 完}\n  完: {end: 完}\n") == []


def test_conditions_may_speak_of_fields_results_and_the_case() -> None:
    names = names_of(read_procedure(WHOLE))
    assert names[:5] == ("项目", "金额", "类别", "说明", "日期")
    assert {"分数", "分级", "另办", "受理", "申请人", "承办", "地区", "申请日"} <= set(names)
    assert "公示" not in names and "办结" not in names


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ("  甲: {by: 经办@承办, next: 乙}\n  完: {end: 完}", [("target", "甲")]),
        ("  甲: {by: 经办@承办, next: {好: 丙, 坏: 丁}}\n  完: {end: 完}", [("target", "甲"), ("target", "甲")]),
        ("  甲: {by: 经办@承办, next: 完}\n  乙: {by: 经办@承办, next: 完}\n  完: {end: 完}", [("unreached", "乙")]),
        ("  甲: {by: 经办@承办, next: {好: 甲, 坏: 甲}}", [("endless", "甲"), ("end", "")]),
        (
            "  甲: {by: 经办@承办, next: {好: 完, 坏: 乙}}\n  乙: {by: 经办@承办, next: 丙}\n"
            "  丙: {by: 经办@承办, next: 乙}\n  完: {end: 完}",
            [("endless", "乙"), ("endless", "丙")],
        ),
        (
            "  甲: {route: [{when: 金额 > 1, to: 乙}], else: 完}\n  乙: {decide: a.b, next: {是: 甲}, else: 完}\n"
            "  完: {end: 完}",
            [("circle", "甲"), ("circle", "乙")],
        ),
        (
            "  甲: {call: 别的, waits: 否, next: 乙}\n"
            "  乙: {route: [{when: 金额 > 1, to: 甲}], else: 完}\n  完: {end: 完}",
            [("circle", "甲"), ("circle", "乙")],
        ),
        ("  甲: {call: 别的, next: 乙}\n  乙: {route: [{when: 金额 > 1, to: 甲}], else: 完}\n  完: {end: 完}", []),
        ("  甲: {by: 经办@承办, next: 乙}\n  乙: {route: [{when: 金额 > 1, to: 甲}], else: 完}\n  完: {end: 完}", []),
    ],
)  # fmt: skip
def test_every_step_is_reached_and_leads_to_an_end(steps: str, refused: list[tuple[str, str]]) -> None:
    assert found(steps) == refused


def fork(branches: str, join: str = "合", more: str = "") -> list[tuple[str, str]]:
    return found(
        f"  始: {{by: 经办@承办, next: 分}}\n  分: {{fork: [甲, 乙], join: {join}}}\n{branches}"
        f"  合: {{by: 经办@承办, next: {{好: 完, 再来: 分}}}}\n  完: {{end: 完}}\n{more}"
    )


SOUND = "  甲: {by: 经办@承办, next: 合}\n  乙: {by: 经办@承办, next: 合}\n"


def test_branches_run_alone_from_the_fork_to_the_join() -> None:
    assert fork(SOUND) == []
    inner = "  甲: {fork: [丙, 丁], join: 戊}\n  丙: {by: 经办@承办, next: 戊}\n  丁: {by: 经办@承办, next: 戊}\n"
    assert fork(inner + "  戊: {by: 经办@承办, next: 合}\n  乙: {by: 经办@承办, next: 合}\n") == []
    refusing = SOUND.replace("甲: {by: 经办@承办, next: 合}", "甲: {by: 经办@承办, next: {好: 合, 坏: 否}}")
    assert fork(refusing, more="  否: {end: 否}") == [], "a branch may end the case"


def leaking(beyond: str) -> list[tuple[str, str]]:
    """What is refused when the second branch leads elsewhere; that no end is reached follows from it."""
    branches = SOUND.replace("乙: {by: 经办@承办, next: 合}", f"乙: {{by: 经办@承办, next: {beyond}}}")
    return [each for each in fork(branches) if each[0] != "endless"]


def test_a_branch_that_leaks_is_named() -> None:
    assert leaking("甲") == [("branch", "甲"), ("branch", "甲")], "it lies in both"
    assert leaking("{好: 合, 坏: 始}") == leaking("{好: 合, 坏: 分}") == [("branch", "分")], (
        "the fork in its own branch"
    )
    assert leaking("乙") == [("join", "乙")]
    assert fork(SOUND, "没有") == [("target", "分")]
    assert ("join", "分") in fork(SOUND, "分")


def test_a_fork_does_not_enter_a_branch_twice_nor_an_empty_one() -> None:
    assert changed("fork: [财务, 技术]", "fork: [财务, 财务, 技术]") == [("twice", "并联")]
    assert changed("fork: [财务, 技术]", "fork: [财务, 技术, 会签]") == [("branch", "并联")]


def test_a_case_does_not_begin_within_a_branch() -> None:
    steps = "  甲: {by: 经办@承办, next: 合}\n  合: {by: 经办@承办, next: {好: 完, 分开: 分}}\n"
    steps += "  分: {fork: [甲, 乙], join: 合}\n  乙: {by: 经办@承办, next: 合}\n  完: {end: 完}\n"
    assert found(steps) == [("branch", "甲")]


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("agree: 同意", "agree: 赞成", [("outcome", "会签")]),
        ("reject: 不同意", "reject: 反对", [("outcome", "会签")]),
        ("弃权: 驳回", "弃权: 补正", [("outcome", "会签")]),
        ("veto: 法制", "veto: 审计", [("role", "会签")]),
        ('{处长: "2"}', '{科长: "2"}', [("role", "会签")]),
        ("need: 2/3", 'need: "6"', [("quorum", "会签")]),
        ("quorum: 任一", "quorum: {need: 任一, on_reject: 退回}", [("outcome", "技术")]),
        ("quorum: 任一", "quorum: {need: 任一, veto: 法制}", [("outcome", "技术")]),
        ("reject: 不同意", "reject: 同意", [("outcome", "会签")]),
        ("[处长@承办, 处长@czt, 法制@承办]", "[处长@承办, 处长@承办, 法制@承办]", [("twice", "会签")]),
        ("=金额, quorum", "[=金额, =金额], quorum", [("twice", "技术")]),
        ("=金额, quorum", "=金额 +, quorum", [("condition", "技术")]),
        ("=金额, quorum", "=专家, quorum", [("name", "技术")]),
        ("by: 经办@czt", "by: 承办@经办", [("performer", "财务")]),
        ("by: 经办@czt", "by: 经办@申请人", [("performer", "财务")]),
        ("by: 经办@czt", "by: 经办@czt, extend: 5 工作日", [("limit", "财务")]),
        ("{when: 金额 > 100, to: 另办}", "{when: 金额 >, to: 另办}", [("condition", "去向")]),
        ("{when: 金额 > 100, to: 另办}", "{when: 总额 > 单价, to: 另办}", [("name", "去向")]),
        ("{when: 金额 > 100, to: 另办}", "{when: 金额 > 9, to: 另办}, {when: 金额 > 9, to: 公示}", [("twice", "去向")]),
        ("until: 金额 > 0", "until: 余额 > 0", [("name", "达标")]),
        ("{name: 分数,", "{name: 金额,", [("twice", "金额")]),
        ("{name: 分数,", "{name: 承办,", [("twice", "承办")]),
        ("{name: 分数,", "{name: 财务,", [("twice", "财务")]),
        ("类别: 甲类, 日期", "类别: 丙类, 日期", [("sample", "类别")]),
        ('金额: "5"', '金额: "1001"', [("sample", "金额")]),
        ('金额: "5"', '颜色: 红, 金额: "5"', [("sample", "颜色")]),
        ("samples:\n  - {项目: 演示, ", "samples:\n  - {", [("sample", "项目")]),
        ("samples:\n  - {项目: 演示, ", "samples:\n  - {项目: [演示], ", [("shape", "samples"), ("sample", "项目")]),
    ],
)  # fmt: skip
def test_what_a_step_or_a_sample_says_wrongly_is_named(old: str, new: str, refused: list[tuple[str, str]]) -> None:
    assert changed(old, new) == refused


def test_what_fields_pick_is_looked_up_later() -> None:
    assert changed("length: 40", "picks: parties") == []


def test_a_limit_that_law_counts_otherwise_is_not_compared() -> None:
    assert changed("statutory: 30 工作日", "statutory: 15 自然日") == []


def test_the_step_that_sends_back_to_the_applicant_is_not_drawn() -> None:
    assert wrong(WHOLE.replace("补正}}", f"{AMEND}}}}}").replace("  补正:", f"  {AMEND}:")) == [("reserved", AMEND)]


def test_several_things_that_are_wrong_are_all_said() -> None:
    text = (
        WHOLE.replace("agree: 同意", "agree: 赞成")
        .replace("until: 金额", "until: 余额")
        .replace("fork: [财务, 技术]", "fork: [财务, 技术, 会签]")
    )
    assert wrong(text) == [("outcome", "会签"), ("name", "达标"), ("branch", "并联")]
