"""Gaps, overlaps and rules that never count, each shown by an example that the table itself confirms."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.dmn.api import InputColumn, OutputColumn, Rule, Table, TableShape, findings, literal
from qilian.core.values.text import Refusal


def table(*rules: tuple[str, ...], types: tuple[str, ...] = ("number",), hit: str = "UNIQUE", **more: str) -> Table:
    """A table with inputs a, b, … of the given types and one output."""
    inputs = tuple(InputColumn("abc"[n], type=kind, allowed=more.get("allowed", "")) for n, kind in enumerate(types))
    output = OutputColumn("r", default=more.get("default", ""))
    width = len(types)
    made = tuple(Rule(rule[:width], (rule[width] if len(rule) > width else '"x"',)) for rule in rules)
    return Table(TableShape(inputs, (output,), made, hit))


def kinds(found: Table) -> list[str]:
    return [one.kind for one in findings(found)]


def said(found: Table) -> list[str]:
    return [one.message.en for one in findings(found)]


def test_a_complete_table_has_no_finding() -> None:
    assert findings(table(("< 1000",), ("[1000..3000)",), (">= 3000",))) == ()
    assert findings(table(("true",), ("false",), types=("boolean",))) == ()
    assert findings(table(('"a"',), ('not("a")',), types=("string",))) == ()
    assert findings(table(("-",))) == ()


@pytest.mark.parametrize(
    ("kind", "example"),
    [("number", "0"), ("string", '""'), ("boolean", "true"), ("date", "2026-01-01")],
)
def test_a_column_that_nothing_tests_has_an_example_too(kind: str, example: str) -> None:
    assert said(table(types=("number", kind)))[0].endswith(f"Example: a = 0, b = {example}.")


def test_a_gap_is_said_as_a_range_with_an_example() -> None:
    assert said(table(("< 1000",), ("(1000..3000)",))) == [
        "No rule covers a 1000, >= 3000. Example: a = 1000.",
    ]
    assert said(table(("[1..2]",), ("[4..5]",)))[0] == "No rule covers a < 1, (2..4), > 5. Example: a = 0."
    assert said(table(('"a"',), ('"b"',), types=("string",))) == ['No rule covers a anything else. Example: a = "…".']
    assert said(table(('"…"',), types=("string",))) == ['No rule covers a anything else. Example: a = "……".']
    assert said(table(("true",), types=("boolean",))) == ["No rule covers a false. Example: a = false."]


def test_gaps_span_inputs() -> None:
    found = table(("< 5", "true"), (">= 5", "-"), types=("number", "boolean"))
    assert said(found) == ["No rule covers a < 5, b false. Example: a = 4, b = false."]
    assert said(table((("< 5"), "-"), types=("number", "string"))) == ['No rule covers a >= 5. Example: a = 5, b = "".']
    assert said(table(types=("number", "string"))) == ['No rule covers a anything, b anything. Example: a = 0, b = "".']


@pytest.mark.parametrize(
    ("tests", "kind", "wanted"),
    [
        (('< @"2026-01-01"', '> @"2026-01-02"'), "date", "[2026-01-01..2026-01-02]"),
        (('< @"2026-01-01T00:00:00"', '> @"2026-01-01T00:00:01"'), "date and time", ".."),
        (('< @"10:00:00"', '> @"10:00:02"'), "time", ".."),
        (('< @"P1D"', '> @"P3D"'), "days and time duration", ".."),
        (('< @"P1M"', '> @"P3M"'), "years and months duration", ".."),
        (('<= date("2026-01-01")', '> date("2026-01-01")'), "date", ""),
        (("<= -1", ">= 1.5"), "number", "(-1..1.5)"),
    ],
)
def test_every_ordered_type_is_cut(tests: tuple[str, ...], kind: str, wanted: str) -> None:
    found = said(table(*((test,) for test in tests), types=(kind,)))
    assert [one.replace('@"', "").replace('"', "") for one in found] == found[:0] if not wanted else len(found) == 1
    assert not wanted or wanted in found[0].replace('@"', "").replace('"', "")


def test_neighbouring_days_leave_nothing_between() -> None:
    assert kinds(table(('<= @"2026-01-01"',), ('>= @"2026-01-02"',), types=("date",))) == []
    assert kinds(table(('<= @"P1M"',), ('>= @"P2M"',), types=("years and months duration",))) == []
    nanos = ('<= @"PT0.000000001S"',), ('>= @"PT0.000000002S"',)
    assert kinds(table(*nanos, types=("days and time duration",))) == []


ORDERED = [
    ("number", "1", "3", "2", "0", "4"),
    ("date", "2026-01-01", "2026-01-03", "2026-01-02", "2025-12-31", "2026-01-04"),
    ("time", "10:00:00", "10:00:02", "10:00:01", "09:59:59", "10:00:03"),
    ("date and time", "2026-01-01T00:00:00", "2026-01-01T00:00:02", "2026-01-01T00:00:01", "2025-12-31T23:59:59",
     "2026-01-01T00:00:03"),
    ("days and time duration", "PT1S", "PT3S", "PT2S", "PT0S", "PT4S"),
    ("years and months duration", "P1M", "P3M", "P2M", "P0M", "P4M"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "low", "high", "between", "below", "above"), ORDERED)
def test_the_example_of_a_gap_lies_one_unit_beside_or_in_the_middle(
    kind: str, low: str, high: str, between: str, below: str, above: str
) -> None:
    def example(*tests: str) -> str:
        written = [test if kind == "number" else re.sub(r"(\S+)$", r'@"\1"', test) for test in tests]
        [gap] = findings(table(*((test,) for test in written), types=(kind,)))
        return literal(gap.example["a"]).replace('@"', "").rstrip('"')

    assert example(f"<= {low}", f">= {high}") == between
    assert example(f">= {low}") == below
    assert example(f"<= {high}") == above


def test_overlaps_matter_under_unique_and_conflicts_under_any() -> None:
    overlap = findings(table(("<= 10",), (">= 10",)))
    assert [(one.kind, one.rules, one.example) for one in overlap] == [("overlap", (1, 2), {"a": 10})]
    assert kinds(table(("<= 10", "1"), (">= 10", "1"), hit="ANY")) == []
    assert kinds(table(("<= 10", "1"), (">= 10", "2"), hit="ANY")) == ["conflict"]
    assert kinds(table(("<= 10",), (">= 10",), hit="COLLECT")) == []


def test_a_rule_behind_others_never_counts() -> None:
    assert [(one.kind, one.rules) for one in findings(table(("< 5",), (">= 5",), ("3",), hit="FIRST"))] == [
        ("masked", (3,))
    ]
    assert kinds(table(("< 5",), ("< 6",), ("-",), hit="FIRST")) == []
    second = findings(table(("-",), ("3",), hit="FIRST"))
    assert [(one.kind, one.rules) for one in second] == [("masked", (2,))]


def test_a_rule_that_cannot_match_is_dead() -> None:
    assert [(one.kind, one.rules) for one in findings(table(("-",), ("1",), hit="FIRST", allowed="2, 3"))] == [
        ("dead", (2,))
    ]


def test_allowed_values_close_the_domain() -> None:
    assert kinds(table(('"a"',), ('"b"',), types=("string",), allowed='"a", "b"')) == []
    assert said(table(('"a"',), types=("string",), allowed='"a", "b"')) == ['No rule covers a "b". Example: a = "b".']


def test_a_default_closes_all_gaps() -> None:
    assert kinds(table(("1",), default="0")) == []


def test_what_cannot_be_told_is_said_and_taken_for_covered() -> None:
    assert [(one.kind, one.rules) for one in findings(table(("1",), ("> limit",)))] == [("unclear", (2,))]
    assert kinds(table(("> limit",), ("1",))) == ["unclear"]
    assert kinds(table(("? * 2 > 4",), ("1",))) == ["unclear"]
    assert kinds(table(("((",), ("1",))) == ["unread", "unclear"]
    assert kinds(table(("[1, x]",))) == ["unclear"]
    assert kinds(table(('split("a,b", ",")',), ("1",))) == ["unclear"]


def test_a_column_of_two_types_is_taken_word_by_word() -> None:
    assert said(table(('"a"',), ("1",))) == ['No rule covers a anything else. Example: a = "…".']
    assert said(table(("1",), ('"a"',), types=("",)))[0].endswith('a = "…".')


def test_columns_of_one_expression_are_one_axis() -> None:
    inputs = (InputColumn("a", type="number"), InputColumn("a", type="number"))
    rules = (Rule((">= 1", "< 5"), ("1",)), Rule(("< 1", "-"), ("1",)), Rule(("-", ">= 5"), ("1",)))
    assert findings(Table(TableShape(inputs, (OutputColumn("r"),), rules))) == ()


def test_a_list_of_tests_and_a_negation_are_cut_too() -> None:
    assert findings(table(("[1, 2]",), ("!= 1, 2",))) != ()
    assert kinds(table(("!= 1",), ("1",))) == []
    assert kinds(table(("not(< 1)",), ("< 1",))) == []


def test_the_work_is_bounded() -> None:
    many = table(*((f"[{n}..{n + 1})",) for n in range(1001)))
    assert kinds(many) == ["large"]
    wide = [tuple(str((row * 7 + column * 13) % 11) for column in range(3)) for row in range(300)]
    found = kinds(table(*wide, types=("number",) * 3, hit="FIRST"))
    assert len(found) <= 50
    assert len(kinds(table(*[("-",)] * 20))) == 50


def test_a_search_that_takes_too_long_says_so() -> None:
    width = 18
    ends = [("-",) * (width - 1) + (last,) for last in ("true", "false")]
    rules = [("-",) * n + ("true",) + ("-",) * (width - n - 2) + ("true",) for n in range(width - 1)]
    inputs = tuple(InputColumn(f"c{n}", type="boolean") for n in range(width))
    made = tuple(Rule(rule, ("1",)) for rule in [*rules, *ends])
    assert kinds(Table(TableShape(inputs, (OutputColumn("r"),), made, "COLLECT"))) == ["large"]
    behind = (*made, Rule(("-",) * width, ("1",)))
    closed = TableShape(inputs, (OutputColumn("r", default="1"),), behind, "FIRST")
    assert kinds(Table(closed)) == ["large"]


NUMBERS = st.integers(0, 4)
TESTS = st.one_of(
    st.just("-"),
    NUMBERS.map(str),
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">=", "!="]), NUMBERS),
    st.builds(
        lambda a, b, s, e: f"{s}{min(a, b)}..{max(a, b)}{e}",
        NUMBERS,
        NUMBERS,
        st.sampled_from("[("),
        st.sampled_from(")]"),
    ),
)
HALVES = [half / 2 for half in range(-1, 10)]


@given(st.lists(st.tuples(TESTS, TESTS), max_size=4))
def test_gaps_and_overlaps_are_exactly_those_that_trying_finds(rules: list[tuple[str, str]]) -> None:
    found = table(*rules, types=("number", "number"))
    matched = [found.decide({"a": a, "b": b}).matched for a in HALVES for b in HALVES]
    told = findings(found)
    assert any(one.kind == "gap" for one in told) == (() in matched)
    pairs = {(one, two) for numbers in matched for one in numbers for two in numbers if one < two}
    assert {one.rules for one in told if one.kind == "overlap"} == pairs
    for one in told:
        if one.kind == "gap":
            assert found.decide(one.example).matched == ()
        if one.kind == "overlap":
            assert set(one.rules) <= set(found.decide(one.example).matched)


@given(
    st.lists(st.tuples(TESTS, TESTS, st.sampled_from(["1", "2", "a + b", "string(a)"])), max_size=4),
    st.sampled_from(["UNIQUE", "FIRST", "COLLECT", "ANY"]),
    st.lists(st.tuples(st.sampled_from([0, 1, 1.0, 2, 2.5, None, "x", [1]]), st.sampled_from([0, 1, 3])), max_size=6),
)
def test_columns_decide_as_cases_do(rules: list[tuple[str, ...]], hit: str, cases: list[tuple[object, object]]) -> None:
    found = table(*rules, types=("", ""), hit=hit)
    made = found.decide_columns({"a": [a for a, _ in cases], "b": [b for _, b in cases]})
    single = [found.decide({"a": a, "b": b}) for a, b in cases]
    assert [str(one) for one in made.results] == [str(one.result) for one in single]
    assert made.matched == [one.matched for one in single]
    assert made.diagnostics == {n: one.diagnostics for n, one in enumerate(single) if one.diagnostics}


def test_columns_must_have_one_length_and_may_be_missing() -> None:
    found = table(("> limit",), ('date("x")',), types=("",))
    with pytest.raises(Refusal):
        found.decide_columns({"a": [1], "limit": []})
    assert found.decide_columns({"a": [1, 2]}).results == [None, None]
    assert found.decide_columns({}).results == []
    limited = table(("-", "1"), types=("number",), allowed="[1..5]")
    assert limited.decide_columns({"a": [3, 9, "x", 3]}).matched == [(1,), (), (), (1,)]
    named = table(("-", "1"), types=("number",), allowed="[1..limit]")
    assert named.decide_columns({"a": [3], "limit": [5]}).matched == [(1,)]
    assert table(("1 + true", "1"), types=("number",)).decide_columns({"a": [1]}).diagnostics[0][0].code == "operator"
    assert table(("((",)).decide_columns({"a": [date(2026, 1, 1)]}).results == [None]


def test_a_thousand_rules_are_looked_at() -> None:
    many = table(*((str(n % 3),) for n in range(1000)), hit="COLLECT", default="0")
    assert kinds(many) == []
