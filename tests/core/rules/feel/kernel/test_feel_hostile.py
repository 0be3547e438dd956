"""Expressions that were written to hang or to fill the machine: each ends by a limit, with its reason, in little room.

Shared lists are small in memory and endless to whoever walks them; texts double; patterns backtrack; one round of a
loop may be worth a thousand. Without one account for all of it these run for minutes or for ever.
"""

import tracemalloc

import pytest

from qilian.core.rules.feel.api import Limits, compile_expression, literal

TEXT = '{s: (for i in 1..18 return if i = 1 then "ab" else partial[-1] + partial[-1])[-1], r: %s}.r'
SHARED = "{l: (for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1], r: %s}.r"
LONG = "{n: for i in 1..5000 return i, r: %s}.r"
WIDE = "{c: {" + ",".join(f"k{number}: 1" for number in range(1000)) + "}, r: for i in 1..100000 return %s}.r"
LOOP = "for i in 1..100000 return %s"
BODIES = {
    SHARED: (
        "list contains(l, [l[1], l[2]])",
        "l = [l[1], l[2]]",
        "[l] = [[l[1], l[2]]]",
        "{a: l} = {a: [l[1], l[2]]}",
        "distinct values([l, [l[1], l[2]]])",
        "union([l], [[l[1], l[2]]])",
        "index of([l], [l[1], l[2]])",
        "flatten(l)",
        "string(l)",
        "is(l, [l[1], l[2]])",
        "l instance of list<" + "list<" * 40 + "Any" + ">" * 41,
        "(function(x: list<" + "list<" * 40 + "Any" + ">" * 41 + ") x)(l)",
        "[l][item = [l[1], l[2]]]",
        "l in ([[l[1], l[2]]])",
        "l.a",
    ),
    TEXT: (
        'for i in 1..100000 return contains(s, "b" + s)',
        "for i in 1..100000 return upper case(s)",
        "for i in 1..100000 return s + s",
        "for i in 1..100000 return substring(s, 2)",
        'for i in 1..100000 return replace(s, "a", s)',
        'replace(s, "(a)", "$1$1$1$1$1$1$1$1")',
        'for i in 1..100000 return matches(s, "(a|b)*c")',
        'for i in 1..100000 return split(s, "a")',
        "string join(for i in 1..100000 return s)",
        'string join(for i in 1..1000 return "a", s)',
        'for i in 1..100000 return s = (s + "")',
        'for i in 1..100000 return s < s + "x"',
        'max(for i in 1..1000 return s + "x")',
        "for i in 1..100000 return number(s)",
        'for i in 1..10000 return range("[" + s + "]")',
        "for i in 1..100000 return string([s])",
    ),
    LONG: (
        "for i in n return sum(n)",
        "for i in n return list contains(n, -1)",
        "for i in n return append(n, i)",
        "for i in n return n[item = 0]",
        "for i in n return concatenate(n, n)",
        "for i in n return distinct values(n)",
        "for i in n return n = reverse(n)",
        "for i in n return i in n",
        "for i in n return partial",
        "for i in n return n instance of list<number>",
        "for i in n return n.a",
        "for i in n return context merge(for j in n return {a: j})",
        "some i in n satisfies every j in n satisfies i = -j",
        "sort(n, function(a, b) abs(a) > abs(b))",
        "for i in n, j in n return n[1e6144 + i]",
        "for i in n, j in n return sublist(n, 1e6144)",
    ),
    WIDE: (
        "[c][true]",
        "get entries(c)",
        'context put(c, "x", 1)',
        'context put(c, ["x", "y"], 1)',
        "context merge([c, c])",
        "c = context merge([c])",
    ),
    LOOP: (
        "1.1 ** (i * 1.7)",
        "exp(i / 7)",
        "log(i)",
        "modulo(9e6000 + i, 7.123e-6000)",
        "string(1e6144)",
        "even(1e6144)",
        "decimal(i, 1e6144)",
        "(for j in 1e6144..1e6000 return j)",
        'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "(a+)+b")',
        'matches("x", "((((((((((a{2}){2}){2}){2}){2}){2}){2}){2}){2}){2}){99}" + string(i))',
        'matches("x", "a{0,1900}" + string(i))',
        'matches("x", "' + "|".join(["a"] * 1000) + '" + string(i))',
        'matches("x", "' + "()" * 900 + '" + string(i))',
        "[" + ", ".join(["1"] * 2000) + "]",
        " + ".join(["i"] * 3000),
        "i in (" + ", ".join(map(str, range(1, 3000))) + ")",
        "(function() " + " + ".join(["i"] * 3000) + ")()",
        '(function() external {java: {class: "java.lang.Math", method signature: "exp(double)"}})(i)',
    ),
}
CASES = [frame.replace("%s", body) for frame, bodies in BODIES.items() for body in bodies]
LIMITED = {"steps", "size"}
FEW = Limits(steps=20_000, regex=20_000)
"""A tenth of what a run may use: enough for each to show what it is, and quick to reach."""


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[-40:])
def test_it_ends_by_a_limit_and_says_so(text: str) -> None:
    outcome = compile_expression(text, limits=FEW).evaluate()
    assert outcome.value is None
    assert outcome.diagnostics[-1].code in {*LIMITED, "regex.slow"}


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("%s", "for i in 1..100000 return s + s"),
        LONG.replace("%s", "for i in n return partial"),
        LONG.replace("%s", "for i in n return {a: i, b: i, c: {d: i}}"),
        LONG.replace("%s", "for i in n return function(x) x + i"),
        WIDE.replace("%s", "get entries(c)"),
        'matches("' + "a" * 500 + '", "(' + "()" * 900 + '.)*y")',
        "{f: function(x) [x, x, f(x)], r: f(1)}.r",
    ],
    ids=lambda text: text[-40:],
)
def test_it_takes_little_room(text: str) -> None:
    tracemalloc.start()
    compile_expression(text, limits=Limits(steps=50_000)).evaluate()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000


def test_what_holds_itself_many_times_over_is_shown_cut() -> None:
    outcome = compile_expression(SHARED.replace("%s", "[l, l][1]")).evaluate()
    shown = literal(outcome.value)
    assert len(shown) < 1_100_000 and shown.endswith("…")
    assert compile_expression("[1, [], {a: {}}, [[2]]]").evaluate().value is not None
    assert literal(compile_expression("[1, [], {a: {}}, [[2]]]").evaluate().value) == "[1, [], {a: {}}, [[2]]]"


def test_the_reason_is_said_even_after_a_hundred_faults() -> None:
    outcome = compile_expression("for i in 1..1000000 return i.a", limits=FEW).evaluate()
    assert len(outcome.diagnostics) == 100
    assert outcome.diagnostics[-1].code == "steps"


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..50000 return i * 2",
        "count(for i in 1..300, j in 1..300 return 1)",
        "sum(for i in 1..1000 return i)",
    ],
)
def test_honest_work_has_room(text: str) -> None:
    assert not {one.code for one in compile_expression(text).evaluate().diagnostics} & LIMITED


def test_one_account_is_for_everything_in_a_run() -> None:
    whole = Limits(steps=1000, regex=10**9)
    once = 'matches("aaaaaaaaaaaaaaaaaaaaaaaa", "(a+)+b")'
    assert compile_expression(once, limits=whole).evaluate().diagnostics[-1].code in {"steps", "regex.slow"}
    many = f'for i in 1..100 return matches("{"a" * 99}", "b")'
    assert compile_expression(many, limits=whole).evaluate().diagnostics[-1].code == "steps"
    assert not compile_expression(many, limits=Limits(steps=10_000)).evaluate().diagnostics
