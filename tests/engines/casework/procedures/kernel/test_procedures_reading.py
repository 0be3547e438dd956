"""A procedure file read member by member: what it says, everything that is wrong at once, and never an exception."""

from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.casework.procedures.samples import WHOLE, changed, wrong

from qilian.core.values.text import Refusal, Text
from qilian.engines.casework.procedures.api import Length, Performer, Quorum, Way, read_procedure


def test_the_head_says_what_stands_in_the_catalogue() -> None:
    item = read_procedure(WHOLE)
    assert (item.title, item.kind, item.level, item.public) == (Text("补助", "Grant"), "扶持", "省级", False)
    assert item.targets == ("法人", "非法人组织")
    assert (item.statutory, item.promised) == (Length(30, "workday"), Length(20, "workday"))
    assert item.extension == Length(2, "month")
    assert [(each.title, each.clause, each.recalled) for each in item.basis] == [
        ("预算法", "第五十七条", False),
        ("办法", "", True),
    ]
    assert [(each.name, each.source, each.required, each.note) for each in item.materials] == [
        ("申请书", "申请人", True, ""),
        ("营业执照", "证照", False, "免提交"),
    ]
    assert [(each.name, each.amount, each.basis) for each in item.fees] == [("工本费", "10 元", "收费清单")]
    assert (item.results, item.keywords, item.check) == (("决定书",), ("补助", "资金"), "pack.table")
    assert item.samples == ({"项目": "演示", "金额": "5", "类别": "甲类", "日期": "2026-11-24"},)


def test_the_form_has_typed_fields() -> None:
    project, amount, kind, why, day = read_procedure(WHOLE).form.fields
    assert (project.kind, project.length, project.hint) == ("text", 40, Text("写全称", "The full name"))
    assert (amount.low, amount.high, amount.unit, amount.length) == ("1", "1000", Text("元", "yuan"), 300)
    assert kind.choices == (("甲类", Text("甲类", "甲类")), ("乙类", Text("乙类", "Second")))
    assert why.when is not None and (why.when.field, why.when.values) == ("类别", ("乙类",))
    assert (day.kind, day.low, day.high, why.required) == ("date", "2026-01-01", "", False)


def test_each_step_is_the_node_that_it_says() -> None:
    graph = read_procedure(WHOLE).graph
    assert graph.start.slug == "受理"
    assert {node.kind for node in graph.nodes.values()} == {
        "task", "decision", "route", "fork", "choose", "call", "wait", "end",
    }  # fmt: skip
    first = graph["受理"]
    assert (first.limit, first.extension, first.basis) == (Length(5, "workday"), Length(2, "workday"), "第三条")
    assert first.ways == (Way("受理", "分级"), Way("补正", "补正")) and first.way("补正") == "补正"
    assert first.way("别的") == ""
    assert graph["补正"].by[0].applicant and not first.by[0].applicant
    assert graph["补正"].pause == Text("等待申请人", "Waits for the applicant")
    assert graph["补正"].ways == (Way("完成", "受理"),)
    assert (graph["分级"].decision, graph["分级"].otherwise) == ("pack.table", "择办")
    assert graph["分级"].targets == ("并联", "择办")
    assert graph["并联"].ways == (Way("财务", "财务"), Way("技术", "技术"))
    assert (graph["并联"].join, graph["择办"].join) == ("会签", "会签")
    assert graph["技术"].by == (Performer("", expression="金额"),)
    assert graph["复核"].copies == (Performer("办公室", "承办"),)
    assert (graph["另办"].call, graph["另办"].waits) == ("另一事项", False)
    assert (graph["公示"].length, graph["到账"].message, graph["达标"].until) == (
        Length(5, "workday"),
        "到账",
        "金额 > 0",
    )
    assert (graph["办结"].outcome, graph["办结"].granted) == (Text("准予", "Granted"), True)
    assert not graph["驳回"].granted


def test_a_countersign_has_one_rule() -> None:
    graph = read_procedure(WHOLE).graph
    rule = graph["会签"].quorum
    assert rule == Quorum(0, Decimal(2) / Decimal(3), "sequential", "wait", ("法制",), (("处长", 2),), "同意", "不同意")
    assert rule is not None and (rule.weight("处长"), rule.weight("法制")) == (2, 1)
    assert graph["技术"].quorum == Quorum(1, agree="完成", reject="完成")


@pytest.mark.parametrize(
    ("written", "need", "ratio"),
    [("全部", 0, None), ("任一", 1, None), ("2", 2, None), ("60%", 0, Decimal("0.6")), ("3 / 4", 0, Decimal("0.75"))],
)
def test_a_quorum_is_all_any_a_number_or_a_share(written: str, need: int, ratio: Decimal | None) -> None:
    rule = read_procedure(WHOLE.replace("need: 2/3", f"need: {written}")).graph["会签"].quorum
    assert rule is not None and (rule.need, rule.ratio) == (need, ratio)


HEAD = [
    ("procedure: 补助", "procedure: ''", [("missing", "文件")]),
    ("en: Grant\nkind", "kind", [("missing", "文件")]),
    ("kind: 扶持", "kind: 赠送", [("choice", "kind")]),
    ("level: 省级", "level: ''", [("missing", "文件")]),
    ("level: 省级", "level: 国家级", [("choice", "level")]),
    ("target: [法人, 非法人组织]", "target: [法人, 外星人]", [("choice", "target")]),
    ("target: [法人, 非法人组织]\n", "", [("missing", "target")]),
    ("target: [法人, 非法人组织]", "target: ['', 法人]", [("shape", "文件")]),
    ("public: 否", "public: 或许", [("boolean", "文件")]),
    ("public: 否", "public: [否]", [("shape", "文件")]),
    ("promised: 20 工作日", "promised: 20 日", [("length", "limit")]),
    ("promised: 20 工作日", "promised: 0 工作日", [("length", "limit")]),
    ("promised: 20 工作日", "promised: 很快", [("length", "limit")]),
    ("promised: 20 工作日, ", "", [("missing", "limit")]),
    ("limit: {statutory: 30 工作日, promised: 20 工作日, extend: 2 个月}\n", "", [("shape", "limit")]),
    ("promised: 20", "promised: 31", [("limit", "limit")]),
    ("{title: 办法}", "{clause: 第一条}", [("missing", "basis")]),
    ("{title: 办法}", "办法", [("shape", "basis"), ("missing", "basis")]),
    ("checked: 是", "checked: 是, author: 甲", [("unknown", "basis")]),
    ("conditions: [在本省登记]", "conditions: {甲: 乙}", [("shape", "文件")]),
    ("source: 证照", "source: 邻居", [("choice", "营业执照")]),
    ("{name: 营业执照, ", "{", [("missing", "materials")]),
    ("amount: 10 元, ", "", [("missing", "fees")]),
    ("samples:\n  - {项", "samples:\n  - 无\n  - {项", [("shape", "samples")]),
    ("samples:\n", "samples: 无\nhints:\n", [("unknown", "文件"), ("shape", "文件")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "refused"), HEAD, ids=[new.strip()[:30] or old[:30] for old, new, _ in HEAD])
def test_what_is_wrong_in_the_head_is_named(old: str, new: str, refused: list[tuple[str, str]]) -> None:
    assert changed(old, new) == refused


FIELDS = [
    ("{name: 说明, en: Why", "{en: Why", [("missing", "申请表/?")]),
    ("kind: money", "kind: 钱", [("kind", "申请表/金额")]),
    ("length: 40", "length: 很长", [("number", "申请表/项目")]),
    ("length: 40", "length: '0'", [("number", "申请表/项目")]),
    ("length: 40", "length: " + "9" * 5000, [("number", "申请表/项目")]),
    ("length: 40", "places: none", [("number", "申请表/项目")]),
    ("length: 40", "places: [4]", [("shape", "申请表/项目")]),
    ("length: 40", "size: 40", [("unknown", "申请表/项目")]),
    ("length: 40", "low: '4'", [("bound", "申请表/项目")]),
    ('low: "1"', "low: 一", [("bound", "申请表/金额")]),
    ('low: "1"', "low: 1%", [("bound", "申请表/金额")]),
    ('low: "1"', 'low: "2000"', [("bound", "申请表/金额")]),
    ('low: "2026-01-01"', 'low: "2026-13-01"', [("bound", "申请表/日期")]),
    ('low: "2026-01-01"', 'low: "2026年1月1日"', [("bound", "申请表/日期")]),
    ('low: "2026-01-01"', 'low: "20260101"', [("bound", "申请表/日期")]),
    ("choices: [甲类, [乙类, Second]]", "choices: 甲类", [("shape", "申请表/类别"), ("form", "申请表")]),
    ("[乙类, Second]", "[乙类, Second, Third]", [("shape", "申请表/类别")]),
    ("[乙类, Second]", "' '", [("shape", "申请表/类别")]),
    ("[乙类, Second]", "[乙类, Second], [乙类, Third]", [("twice", "申请表/类别")]),
    ("when: [类别, 乙类]", "when: 类别", [("when", "申请表/说明")]),
    ("when: [类别, 乙类]", "when: [颜色, 红]", [("form", "申请表")]),
    ("  - {name: 说明", "  - 说明\n  - {name: 说明", [("shape", "申请表")]),
    ("{name: 分数, kind: integer}", "{name: 分数, kind: choice}", [("form", "复核")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "refused"), FIELDS, ids=[f"{new.strip()[:40]}" for _, new, _ in FIELDS])
def test_what_is_wrong_in_a_field_is_named(old: str, new: str, refused: list[tuple[str, str]]) -> None:
    assert changed(old, new) == refused


STEPS = [
    ("{end: 不予}", "{}", [("step", "驳回")]),
    ("{end: 不予}", "不予", [("step", "驳回")]),
    ("{end: 不予}", "{end: 不予, by: 经办@承办}", [("step", "驳回")]),
    ("{end: 不予}", "{end: 不予, next: 办结}", [("next", "驳回")]),
    ("{end: 不予}", "{end: 不予, color: red}", [("unknown", "驳回")]),
    ("{by: 经办@czt, next", "{by: 经办, next", [("performer", "财务")]),
    ("{by: 经办@czt, next", "{by: 经办@, next", [("performer", "财务")]),
    ("{by: 经办@czt, next", "{by: [经办@czt, 处长@czt], next", [("quorum", "财务")]),
    ("by: 经办@czt, next: 会签", "by: 经办@czt", [("next", "财务")]),
    ("by: 经办@czt, next: 会签", "by: 经办@czt, next: {}", [("shape", "财务/next")]),
    ("by: 经办@czt, next: 会签", "by: 经办@czt, next: {'': 会签}", [("name", "财务/next")]),
    ("by: 经办@czt, next: 会签", "by: 经办@czt, next: {' 好': 会签}", [("name", "财务/next")]),
    ("by: 经办@czt, next: 会签", "by: 经办@czt, next: {好: ''}", [("missing", "财务")]),
    ("need: 2/3", "need: 多数", [("quorum", "会签")]),
    ("need: 2/3", "need: 2/0", [("quorum", "会签")]),
    ("need: 2/3", "need: 120%", [("quorum", "会签")]),
    ("need: 2/3", "need: '0'", [("quorum", "会签")]),
    ("need: 2/3", "need: " + "9" * 5000, [("quorum", "会签")]),
    ("need: 2/3, ", "", [("missing", "会签")]),
    ("order: 顺序", "order: 随便", [("quorum", "会签")]),
    ("on_reject: 等待", "on_reject: 吵架", [("quorum", "会签")]),
    ('weights: {处长: "2"}', 'weights: {处长: "0"}', [("weight", "会签")]),
    ('weights: {处长: "2"}', 'weights: {处长: ["2"]}', [("weight", "会签")]),
    ('weights: {处长: "2"}', 'weights: "2"', [("shape", "会签/weights")]),
    ("quorum: 任一", "quorum: [任一]", [("shape", "技术/quorum"), ("missing", "技术")]),
    ("next: {大: 并联, 小: 择办}, else", "next: 并联, else", [("result", "分级")]),
    ("next: {大: 并联, 小: 择办}, else", "else", [("next", "分级")]),
    ("choose: [{when: 金额 > 10, to: 复核}]", "choose: []", [("shape", "择办")]),
    ("{when: 金额 > 100, to: 另办}], else: 公示", "{when: 金额 > 100, to: 另办}]", [("missing", "去向")]),
    ("fork: [财务, 技术]", "fork: 财务", [("shape", "并联"), ("unreached", "技术")]),
    ("{call: 另一事项", "{call: ''", [("missing", "另办")]),
    ("wait: {time: 5 工作日}", "wait: 5 工作日", [("shape", "公示/wait"), ("wait", "公示")]),
    ("wait: {time: 5 工作日}", "wait: {time: ''}", [("missing", "公示")]),
    ("wait: {message: 到账}", "wait: {message: ''}", [("missing", "到账")]),
    ("wait: {message: 到账}", "wait: {message: 到账, time: 1 工作日}", [("wait", "到账")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "refused"), STEPS, ids=[f"{new[:40]}" for _, new, _ in STEPS])
def test_what_is_wrong_in_a_step_is_named(old: str, new: str, refused: list[tuple[str, str]]) -> None:
    found = changed(old, new)
    assert found[: len(refused)] == refused


def test_everything_that_is_wrong_comes_at_once() -> None:
    text = (
        WHOLE.replace("kind: 扶持", "kind: 赠送")
        .replace("promised: 20 工作日, ", "")
        .replace("checked: 是", "checked: 嗯")
    )
    text = (
        text.replace("by: 经办@czt", "by: 经办")
        .replace("next: 达标", "next: 达标了")
        .replace("need: 2/3", "need: 半数")
    )
    assert set(wrong(text)) == {
        ("choice", "kind"), ("missing", "limit"), ("boolean", "basis"), ("performer", "财务"), ("target", "到账"),
        ("quorum", "会签"),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "只是文字", "[甲, 乙]", "steps: {}", "steps: [甲]"])
def test_what_is_no_procedure_at_all_is_refused(text: str) -> None:
    assert ("shape", "steps") in wrong(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲: 1\n甲: 2", "yaml.twice"),
        ("甲: &a 1\n乙: *a", "yaml.alias"),
        ("甲: [", "yaml.form"),
        ("? [甲]\n: 乙", "yaml.form"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str, code: str) -> None:
    assert [each for each, _ in wrong(text)] == [code]


NAMES = [
    "procedure", "limit", "steps", "form", "samples", "by", "next", "end", "decide", "route", "fork", "choose", "wait",
    "join", "else", "quorum", "need", "weights", "veto", "when", "to", "time", "until", "name", "kind", "choices",
    "low", "high", "length", "promised", "basis", "fees", "materials", "受理", "办结", "申请人", "同意", "金额",
]  # fmt: skip
MORE = ["经办@承办", "=金额", "=(", "5 工作日", "任一", "2/3", "money", "date", "choice", "是", "金额 > 1"]
WORDS = st.sampled_from([*NAMES, *MORE, "", " ", "9" * 5000]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=8
)  # fmt: skip
ANYTHING = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text("甲乙ab ", max_size=3), inner)
    ),
    max_leaves=30,
)
MAPPINGS = st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=8)
MEMBERS = (
    "by", "next", "limit", "quorum", "form", "decide", "else", "route", "fork", "join", "choose", "call", "wait", "end",
)  # fmt: skip
STEP = st.fixed_dictionaries({}, optional=dict.fromkeys(MEMBERS, ANYTHING))


def only_refused(data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    try:
        assert read_procedure(text).graph.nodes
    except Refusal as refusal:
        assert all(each.code.startswith("procedures.") and str(each.message) for each in refusal.every)


@given(MAPPINGS)
@settings(derandomize=True)
def test_no_file_raises_anything_but_a_refusal(data: dict[str, object]) -> None:
    only_refused(data)


@given(
    st.sampled_from(["steps", "form", "samples"]),
    ANYTHING,
    st.dictionaries(st.sampled_from(["受理", "复核", "会签"]), STEP),
)
@settings(derandomize=True)
def test_no_piece_of_a_sound_file_raises_anything_but_a_refusal(
    member: str, piece: object, steps: dict[str, object]
) -> None:
    data = yaml.load(WHOLE, Loader=yaml.BaseLoader)
    only_refused({**data, "steps": {**data["steps"], **steps}})
    only_refused({**data, member: piece})
    only_refused({**data, "form": [piece, *data["form"]], "steps": {**data["steps"], "受理": piece}})


def test_deep_conditions_are_refused_and_do_not_break_the_reader() -> None:
    assert ("condition", "达标") in changed("{until: 金额 > 0}", f'{{until: "{"(" * 20000}"}}')
