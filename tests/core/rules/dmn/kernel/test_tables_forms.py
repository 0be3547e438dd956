"""Decision tables by themselves: the energy review in two versions, and every form back to the same table."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.dmn.api import (
    InputColumn,
    OutputColumn,
    Rule,
    Table,
    TableShape,
    literal,
)
from qilian.core.rules.dmn.cells import read_cell, write_cell
from qilian.core.values.text import Refusal, speaking

OLD = """\
table: 节能审查分类（旧办法）
hit: F
inputs:
  - 年综合能源消费量: number
  - 年电力消费量: number
outputs:
  - {name: 类别, type: string, allowed: 报告书、报告表、登记表}
notes: [说明]
rules:
  - [">= 3000", "-", 报告书, 吨标准煤]
  - ["-", ">= 500", 报告书, 万千瓦时]
  - ["[1000..3000)", "-", 报告表, ""]
  - ["-", "[200..500)", 报告表, ""]
  - ["-", "-", 登记表, ""]
"""
NEW = """\
table: 节能审查（2023年办法）
hit: U
inputs:
  - 年综合能源消费量: number
  - 年电力消费量: number
outputs:
  - 审查机关: string
rules:
  - [">= 10000", "-", 省级]
  - ["[1000..10000)", "-", 市级]
  - ["< 1000", ">= 500", 市级]
  - ["< 1000", "< 500", 不单独审查]
"""


@pytest.mark.parametrize(
    ("coal", "power", "wanted", "matched"),
    [
        (3000, 0, "报告书", (1,)),
        (2999, 0, "报告表", (3,)),
        (10, 500, "报告书", (2,)),
        (999, 200, "报告表", (4,)),
        (999, 199, "登记表", (5,)),
    ],
)
def test_the_old_rule_of_the_energy_review(coal: int, power: int, wanted: str, matched: tuple[int, ...]) -> None:
    decision = Table.from_yaml(OLD).decide({"年综合能源消费量": coal, "年电力消费量": power})
    assert (decision.result, decision.matched, decision.diagnostics) == (wanted, matched, ())


@pytest.mark.parametrize(
    ("coal", "power", "wanted"),
    [(10000, 0, "省级"), (9999, 0, "市级"), (1000, 0, "市级"), (999, 500, "市级"), (999, 499, "不单独审查")],
)
def test_the_new_rule_of_the_energy_review(coal: int, power: int, wanted: str) -> None:
    assert Table.from_yaml(NEW).decide({"年综合能源消费量": coal, "年电力消费量": power}).result == wanted


def test_the_trace_tells_why_in_both_languages() -> None:
    decision = Table.from_yaml(NEW).decide({"年综合能源消费量": 1200, "年电力消费量": 10})
    said = decision.trace.sentences()
    assert [str(sentence) for sentence in said][:3] == [
        "输入：年综合能源消费量 = 1200。",
        "输入：年电力消费量 = 10。",
        "规则 2 命中。",
    ]
    assert "规则 1 未命中：年综合能源消费量 1200 不满足“>= 10000”。" in [sentence.zh for sentence in said]
    with speaking("en"):
        assert str(said[-1]) == 'Hit policy unique: rules 2; the result is "市级".'
    nothing = Table.from_yaml(NEW).decide({})
    assert nothing.trace.matched == ()
    assert (
        nothing.trace.sentences()[-1].en
        == "Hit policy unique: no rule matches, the default is taken; the result is null."
    )


def test_an_output_label_is_kept() -> None:
    table = Table.from_yaml("table: x\nhit: U\nlabel: 结论\noutputs: [a: string]\nrules: [[好]]\n")
    assert table.shape.output_label == "结论"
    assert Table.from_yaml(table.to_yaml()) == table and Table.from_dmn(table.to_dmn()) == table


@pytest.mark.parametrize("text", [OLD, NEW])
def test_every_form_gives_the_table_back(text: str) -> None:
    table = Table.from_yaml(text)
    assert Table.from_yaml(table.to_yaml()) == table
    assert Table.from_csv(table.to_csv()) == table
    assert Table.from_csv("\ufeff" + table.to_csv("en")) == table
    assert Table.from_dmn(table.to_dmn()) == table
    assert Table.from_dmn(table.to_dmn().encode(), table.shape.name) == table


def test_officials_write_plainly() -> None:
    table = Table.from_csv(
        "决策表,补贴,命中策略,收集,求和\n"
        "列,输入,输入,输入,输出\n"
        "名称,行业,申报日,首次,金额\n"
        "表达式,,,,金额\n"
        "类型,string,date,boolean,number\n"
        "缺省,,,,0\n"
        "一,轻工、纺织,≥2026-01-01,是,1000\n"
        '二,-,"[2026-01-01..2026-06-30]",,"=500 * 2"\n'
    )
    assert table.shape.rules[0].inputs == ('"轻工", "纺织"', '>=@"2026-01-01"', "true")
    assert table.shape.rules[1].inputs == ("-", '[@"2026-01-01"..@"2026-06-30"]', "")
    assert table.shape.rules[1].outputs == ("500 * 2",)
    case = {"行业": "纺织", "申报日": date(2026, 3, 1), "首次": True}
    assert literal(table.decide(case).result) == "2000"
    assert literal(table.decide({"行业": "化工", "申报日": date(2025, 3, 1)}).result) == "0"
    assert table.names == ("行业", "申报日", "首次")


WORDS = st.text("甲乙a b、,;\"'=-<>.()[]@#0123\\", max_size=8)
CELLS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "-",
            "",
            ">= 5",
            "[1..3)",
            '"a", "b"',
            'not("a")',
            "true",
            "false",
            '@"2026-01-01"',
            '> @"P1D"',
            '"a、b"',
            '"-"',
        ]
    ),
)
TYPES = st.sampled_from(["", "string", "number", "boolean", "date", "time", "Any"])


@st.composite
def shapes(draw: st.DrawFn) -> TableShape:
    """Tables of any content: what a form must not lose."""
    text = st.text("甲乙ab ,\"'<&\n\x85\u2028", max_size=5).map(str.strip)
    cells = CELLS.map(str.strip)
    names = st.sampled_from(["x", "label", "type", "name", "expression", "allowed", ""])
    inputs = draw(st.lists(st.builds(InputColumn, names, text, TYPES, cells), max_size=3))
    outputs = draw(st.lists(st.builds(OutputColumn, text, text, TYPES, cells, cells), min_size=1, max_size=2))
    notes = draw(st.lists(text, max_size=2))
    width = (len(inputs), len(outputs), len(notes))
    rule = st.tuples(*(st.tuples(*[cells] * size) for size in width[:2]), st.tuples(*[WORDS.map(str.strip)] * width[2]))
    rules = draw(st.lists(rule, max_size=3))
    policy, how = draw(st.sampled_from([("UNIQUE", ""), ("FIRST", ""), ("COLLECT", "SUM"), ("OUTPUT ORDER", "")]))
    return TableShape(
        tuple(inputs), tuple(outputs), tuple(Rule(*one) for one in rules), policy, how, tuple(notes), "表", draw(text)
    )


@given(shapes())
def test_every_form_loses_nothing(shape: TableShape) -> None:
    table = Table(shape)
    assert Table.from_csv(table.to_csv()).shape == shape
    assert Table.from_csv(table.to_csv("en")).shape == shape
    assert Table.from_yaml(table.to_yaml()).shape == shape
    assert Table.from_dmn(table.to_dmn()).shape == shape
    assert Table.from_csv(Table.from_dmn(Table.from_yaml(table.to_yaml()).to_dmn()).to_csv()).shape == shape


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "head"),
        ("something,else\n", "head"),
        ("决策表,x,命中策略,唯一\n列,输入\n表达式,a\n", "output"),
        ("决策表,x,命中策略,唯一\n列,输入,输出\n", "heading"),
        ("决策表,x,命中策略,瞎猜\n列,输出\n表达式,a\n", "policy"),
        ("决策表,x,命中策略,唯一\n列,输出\n表达式,a\n1,2,3\n", "width"),
        ("决策表" + ",x" * 300, "size"),
    ],
)
def test_a_csv_that_is_no_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Table.from_csv(text)
    assert refused.value.code == f"rules.csv.{code}"
    assert refused.value.where.startswith("row ") and refused.value.remedy


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [", "form"),
        ("- 1", "head"),
        ("outputs: 1", "head"),
        ("outputs: [x: string]\nextra: 1", "head"),
        ("hit: Q\noutputs: [x: string]", "hit"),
        ("hit: U+x\noutputs: [x: string]", "hit"),
        ("outputs: [[1]]", "column"),
        ("outputs: [{name: {a: b}}]", "column"),
        ("outputs: [x: string]\nrules: [[1, 2]]", "rule"),
        ("outputs: [x: string]\nrules: [[[1]]]", "rule"),
        ("outputs: [x: string]\nrules: [x]", "rule"),
        ("outputs: [&a x, *a]", "alias"),
        ("#" * 1_000_001, "size"),
    ],
)
def test_a_yaml_that_is_no_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Table.from_yaml(text)
    assert refused.value.code == f"rules.yaml.{code}"


def test_policies_are_read_as_words_and_letters() -> None:
    def policy(*cells: str) -> str:
        return Table.from_csv(f"决策表,x,命中策略,{','.join(cells)}\n列,输出\n表达式,a\n").shape.indicator

    assert [policy("C+"), policy("c#"), policy("collect", "max"), policy("规则次序"), policy()] == [
        "C+",
        "C#",
        "C>",
        "R",
        "U",
    ]


def test_a_dmn_file_without_a_table_is_refused() -> None:
    model = 'xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n"'
    empty = f'<definitions {model}><decision name="d"/></definitions>'
    with pytest.raises(Refusal) as refused:
        Table.from_dmn(empty)
    assert refused.value.code == "rules.table.none"


def test_names_are_those_that_nothing_in_the_table_defines() -> None:
    shape = TableShape(
        (InputColumn("amount * rate"), InputColumn("sum(for x in list return x)"), InputColumn("not feel (")),
        (OutputColumn("r"),),
        (Rule(("> limit", "? > item", "-"), ("{a: 1, b: a}.b + (function(q) q)(1)",)),),
    )
    assert Table(shape).names == ("amount", "rate", "list", "limit")
    assert [finding.code for finding in Table(shape).findings] == ["syntax"]


def test_a_decision_requires_each_of_its_inputs_once() -> None:
    text = Table.from_yaml(OLD).to_dmn()
    inputs = re.findall(r'<inputData id="(input\d+)"', text)
    assert len(inputs) >= 2 and re.findall(r'<requiredInput href="#(input\d+)"', text) == inputs


@pytest.mark.parametrize(
    ("plain", "kind", "test", "feel"),
    [
        ("物流、检测", "string", True, '"物流", "检测"'),
        ("物流、检测", "string", False, '"物流、检测"'),
        ('"物流"', "string", True, '"物流"'),
        ('"物流"，"检测"', "string", True, '"物流","检测"'),
        ("是", "boolean", True, "true"),
        ("≥ 3", "number", True, ">= 3"),
        ("-", "string", True, "-"),
        ("= a + 1", "number", False, "a + 1"),
    ],
)
def test_a_cell_is_read_by_the_type_of_its_column(plain: str, kind: str, test: bool, feel: str) -> None:
    assert read_cell(plain, kind, test) == feel
    assert read_cell(write_cell(feel, kind, test), kind, test) == feel
