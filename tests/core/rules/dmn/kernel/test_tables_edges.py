"""Where a table turns: the last row and column allowed, what a form shows exactly, pieces beside each other."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qilian.core.rules.dmn.analysis import _Enough, _uncovered
from qilian.core.rules.dmn.api import Grid, InputColumn, OutputColumn, Rule, Table, TableShape, findings, readings
from qilian.core.rules.dmn.axes import _between
from qilian.core.rules.dmn.cells import write_cell
from qilian.core.rules.dmn.columns import _places
from qilian.core.rules.feel.api import Value, compare, literal, parse_temporal, to_feel
from qilian.core.values.text import Refusal


def table(*rules: tuple[str, ...], kind: str = "", output: str = "r") -> Table:
    made = tuple(Rule((test,), (result[0] if result else '"x"',)) for test, *result in rules)
    return Table(TableShape((InputColumn("a", type=kind),), (OutputColumn(output),), made))


def said(found: Table) -> list[str]:
    return [one.message.en for one in findings(found)]


# -- pieces of an input -----------------------------------------------------------------------------------------------


def pairs() -> Iterator[tuple[Value, list[Value]]]:
    """A value of each ordered kind that is counted in units, and those that lie 1, 2, 3 units after it."""
    yield parse_temporal("2026-02-27"), [parse_temporal(f"2026-{day}") for day in ("02-28", "03-01", "03-02")]
    yield parse_temporal("P1M"), [parse_temporal(f"P{months}M") for months in (2, 3, 4)]
    yield parse_temporal("PT0S"), [parse_temporal(f"PT0.00000000{nanos}S") for nanos in (1, 2, 3)]


@pytest.mark.parametrize(("low", "higher"), pairs(), ids=("days", "months", "nanoseconds"))
def test_between_neighbours_lies_nothing_and_between_others_a_value(low: Value, higher: list[Value]) -> None:
    next_one, *others = higher
    assert _between(low, next_one) is None
    for high in others:
        middle = _between(low, high)
        assert (compare(low, middle), compare(middle, high)) == (-1, -1)


@pytest.mark.parametrize(
    ("low", "high", "middle"), [(1, 2, "1.5"), (2, 3, "2.5"), (1, 3, "2"), (1, 4, "2"), (-1, 0, "-0.5")]
)
def test_between_numbers_lies_a_whole_one_where_there_is_one(low: int, high: int, middle: str) -> None:
    assert literal(_between(to_feel(low), to_feel(high))) == middle


def test_a_list_of_values_cuts_at_each() -> None:
    assert said(table(("[1, 2]",))) == ["No rule covers a < 1, (1..2), > 2. Example: a = 0."]
    assert said(table(("true",))) == ["No rule covers a false. Example: a = false."]


def test_each_region_that_is_looked_at_costs_one() -> None:
    assert list(_uncovered([], [0], [], 0, [1])) == [[]]
    with pytest.raises(_Enough):
        list(_uncovered([], [0], [], 0, [0]))


# -- many cases at once -----------------------------------------------------------------------------------------------


def test_columns_are_decided_value_by_value_where_cells_name_nothing() -> None:
    plain = table(("1", "1"), ("2", "2"), ("-", "3"))
    assert plain.decide_columns({"a": [1, 2, 3, 1]}).matched == [(1, 3), (2, 3), (3,), (1, 3)]
    assert table(("1",), ("2",)).decide_columns({"a": [1, 2, 3]}).matched == [(1,), (2,), ()]
    assert table(("count(?) = 2",)).decide_columns({"a": [[1], [1, 2], [3]]}).matched == [(), (1,), ()]
    assert _places(plain.compiled, ["b", "a"]) == [1]
    assert _places(plain.compiled, ["b"]) is None
    assert _places(table(("limit",)).compiled, ["a", "limit"]) is None


def test_allowed_values_that_name_something_are_asked_case_by_case() -> None:
    column = InputColumn("a", type="number", allowed="[1..limit]")
    limited = Table(TableShape((column,), (OutputColumn("r"),), (Rule(("-",), ("1",)),)))
    assert limited.decide_columns({"a": [3, 3], "limit": [5, 2]}).matched == [(1,), ()]
    assert _places(limited.compiled, ["a", "limit"]) is None
    constant = Table(replace(limited.shape, inputs=(replace(column, allowed="[1..5]"),)))
    assert _places(constant.compiled, ["a", "limit"]) == [0]


# -- what the forms show ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feel", "kind", "plain"),
    [
        ("true", "boolean", "是"),
        ("false", "boolean", "否"),
        ('@"2026-01-01"', "date", "2026-01-01"),
        ('>= @"P1D"', "days and time duration", "≥ P1D"),
        ('"甲", "乙"', "string", "甲、乙"),
        (">= 3", "number", "≥ 3"),
        ('@"2026-01-01"', "number", '@"2026-01-01"'),
    ],
)
def test_a_cell_is_shown_plainly(feel: str, kind: str, plain: str) -> None:
    assert write_cell(feel, kind, True) == plain


def test_yaml_says_of_a_column_what_it_has() -> None:
    columns = (InputColumn("a", type="number"), InputColumn("b", "乙", "string"), InputColumn("", "", "date", "-"))
    outputs = (OutputColumn("r", type="string"), OutputColumn("s", type="number", default="0"))
    lines = Table(TableShape(columns, outputs, ())).to_yaml().splitlines()
    assert [line.strip() for line in lines if line.startswith("  - ")] == [
        "- a: number",
        "- {expression: b, label: 乙, type: string}",
        '- {type: date, allowed: "-"}',
        "- r: string",
        "- {name: s, type: number, default: 0}",
    ]


def test_yaml_may_have_every_head_and_names_the_rule_that_is_wrong() -> None:
    full = "table: t\nhit: C+\nlabel: l\ninputs: [a: number]\noutputs: [r: number]\nnotes: [n]\nrules:\n"
    assert Table.from_yaml(full + '- ["-", "1", x]\n').shape.notes == ("n",)
    for text, code, where in (
        (full + '- ["-", "1", x]\n- ["-"]\n', "rule", "rule 2"),
        ("hit: Cx\noutputs: [x: string]", "hit", "hit"),
        ("\0" + "#" * 999_999, "form", None),
        ("#" * 1_000_001, "size", ""),
    ):
        with pytest.raises(Refusal) as refused:
            Table.from_yaml(text)
        assert refused.value.code == f"rules.yaml.{code}" and where in (refused.value.where, None)


HEAD = "决策表,x,命中策略,唯一\n列,输入,输出\n表达式,a,r\n"


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("else\n", "head", 1),
        ("决策表,x,命中策略,唯一\n列,输入,输出\n", "heading", 1),
        ("决策表,x,命中策略,唯一\n列,输入\n表达式,a\n", "output", 2),
        ("决策表,x,命中策略,C++\n列,输出\n表达式,a\n", "policy", 1),
        ("决策表,x,命中策略,uni\n列,输出\n表达式,a\n", "policy", 1),
        (HEAD + "1,2,3\n2,2,3,4\n", "width", 5),
        (HEAD + "1,2,3\n" * 4998, "size", 5001),
        ("决策表" + ",x" * 200, "size", 1),
    ],
)
def test_a_csv_is_refused_at_its_row(text: str, code: str, row: int) -> None:
    with pytest.raises(Refusal) as refused:
        Table.from_csv(text)
    assert (refused.value.code, refused.value.where) == (f"rules.csv.{code}", f"row {row}")


def test_a_csv_that_no_reader_takes_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        Table.from_csv("决策表," + "x" * 200_000)
    assert refused.value.code == "rules.csv.form"


def test_a_csv_is_read_up_to_its_limits() -> None:
    assert len(Table.from_csv(HEAD + "1,-,3\n" * 4997).shape.rules) == 4997
    wide = "决策表" + ",x" * 199 + "\n列" + ",输出" * 199 + "\n表达式" + ",r" * 199 + "\n"
    assert len(Table.from_csv(wide.replace("决策表,x,x,x", "决策表,x,命中策略,唯一")).shape.outputs) == 199


def test_rows_of_a_csv_may_be_short() -> None:
    short = Table.from_csv("决策表\n列,输入,输出,注释\n表达式,a,r\n类型,number\n1,> 1\n").shape
    assert short.name == "" and short.rules == (Rule(("> 1",), ("",), ("",)),)
    assert (short.inputs, short.outputs) == ((InputColumn("a", type="number"),), (OutputColumn("r"),))
    assert Table.from_csv("决策表,甲\n列,输出\n表达式,r\n").shape.name == "甲"
    headless = Table.from_csv("决策表,甲\n1,2\n列,输入,输出\n表达式,a,r\n").shape
    assert headless.rules == (Rule(("2",), ("",)),)


# -- the grid ---------------------------------------------------------------------------------------------------------

GRID = "决策表,t\n列,输入,输入,输出\n表达式,a,b,r\n1,甲,-,一\n2,乙,-,二\n3,丙,-,三\n4,丁,-,四\n"


def moved(step: str, text: str = GRID) -> list[str] | None:
    """The second cells of the lines after a step; None where it is refused."""
    try:
        return [line[1] for line in Grid.of(text).moved(step).lines]
    except Refusal:
        return None


def test_a_grid_is_as_wide_as_its_widest_line() -> None:
    assert Grid.of("a,b,\n1,,\n").lines == (("a", "b"), ("1", ""))
    assert Grid.of(",,\n").lines == ((),)
    assert Grid.of("决策表,t\n列,输出\n").kinds == ("列", "输出")
    assert Grid.of("决策表,t\n").kinds == ()


def test_rules_are_added_among_rules_only() -> None:
    names = ["t", "输入", "a", "甲", "乙", "丙", "丁"]
    for line in range(8):
        assert moved(f"add-{line}") == ([*names[: line + 1], "", *names[line + 1 :]] if 2 <= line <= 6 else None)
    assert moved("add-2", "决策表,t\n列,输出\n表达式,r\n") == ["t", "输出", "r", ""]
    assert moved("add-1", "决策表,t\n列,输出\n表达式,r\n") is None


def test_rules_change_places_with_their_neighbours() -> None:
    assert moved("up-5") == ["t", "输入", "a", "甲", "丙", "乙", "丁"]
    assert moved("down-5") == ["t", "输入", "a", "甲", "乙", "丁", "丙"]


def test_a_column_is_taken_out_where_another_of_its_kind_stays() -> None:
    assert moved("narrow-1") == ["t", "输入", "b", "-", "-", "-", "-"]
    assert moved("narrow-2") == ["t", "输入", "a", "甲", "乙", "丙", "丁"]
    assert [moved(f"narrow-{cell}") for cell in (0, 3, 4)] == [None] * 3
    assert [moved(f"widen-{cell}") is None for cell in (0, 1, 2, 3, 4)] == [True, False, False, False, True]


def test_a_cell_may_name_the_value_that_it_tests() -> None:
    """A unary test is any expression about `?` (DMN 1.5, grammar rule 17 and clause 7.3.3)."""
    assert [table(("? * 2 > 4",)).decide({"a": a}).matched for a in (2, 3)] == [(), (1,)]
    assert [table(('contains(?, "x")', "1")).decide({"a": a}).matched for a in ("ab", "axb")] == [(), (1,)]
    assert [table(("not(? > 2)",)).decide({"a": a}).matched for a in (2, 3)] == [(1,), ()]
    assert [table(("< 1, ? = b",)).decide({"a": a, "b": 5}).matched for a in (0, 3, 5)] == [(1,), (), (1,)]
    assert [table(("[?..b]",)).decide({"a": a, "b": 5}).matched for a in (4, 6)] == [(1,), ()]


# -- results ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hit", "values", "wanted"),
    [("C<", "213", "1"), ("C<", "123", "1"), ("C>", "312", "3"), ("C<", "5", "5"), ("C>", "5", "5")],
)
def test_the_least_and_the_most_of_the_results(hit: str, values: str, wanted: str) -> None:
    rows = "".join(f'  - ["-", "{value}"]\n' for value in values)
    made = Table.from_yaml(f"hit: {hit}\ninputs: [a: number]\noutputs: [r: number]\nrules:\n{rows}")
    assert literal(made.decide({"a": 1}).result) == wanted


def test_results_of_several_columns_have_no_sum() -> None:
    made = Table.from_yaml(
        'hit: C+\ninputs: [a: number]\noutputs: [r: number, s: number]\nrules: [["-", "1", "2"], ["-", "3", "4"]]\n'
    )
    outcome = made.decide({"a": 1})
    assert (outcome.result, [one.code for one in outcome.diagnostics]) == (None, ["aggregate"])


def test_rules_that_match_together_are_named_by_their_numbers() -> None:
    [unique] = table(("1",), ("2",), ("> 1",)).decide({"a": 2}).diagnostics
    assert unique.message.en == "Hit policy UNIQUE, but rules 2, 3 match together."


def test_an_entry_that_comes_to_nothing_is_refused() -> None:
    asked = table(("1",), kind="number")
    for text in ("null", "1 + true", 'if "a" then 1 else 2', "1,50", "12,34.5"):
        with pytest.raises(Refusal) as refused:
            readings(asked, {"a": text})
        assert refused.value.code == "rules.input"
    assert readings(asked, {"a": "1,000"}) == {"a": 1000}
    days = table(("-",), kind="date")
    assert readings(days, {"a": "20261122"}) == readings(days, {"a": "2026-11-22"}) != {}
