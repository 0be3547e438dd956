"""Scoring against hand computations, and the shapes of published assessment schemes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qilian.core.rules.scoring.api import (
    RULES,
    Figure,
    Indicator,
    Method,
    Step,
    as_data,
    digest_of,
    figures_document,
    method_document,
    over_periods,
    problems,
    ranks,
    read_cells,
    read_figures,
    read_method,
    result_document,
    rule_words,
    score,
)
from qilian.core.rules.scoring.kernel.method import Method as Whole
from qilian.core.values.text import Refusal, Text

D = Decimal
TITLE = Text("题", "Title")
PASS = (Step("pass", Text("合格", "pass"), D(60)), Step("fail", Text("不合格", "fail"), D(0)))


def one(rule: str, weight: str = "10", **more: object) -> Indicator:
    parameters = tuple(sorted((name, D(value)) for name, value in more.pop("p", {}).items()))
    return Indicator("x", TITLE, rule, D(weight), parameters, source="law", **more)


def of(*indicators: Indicator, **more: object) -> Method:
    return Method("m", TITLE, "law", indicators, **more)


def known(*values: str | int) -> Figure:
    return Figure(tuple(D(value) for value in values), "return 1")


EFFICACY = {"unallowed": "50", "satisfied": "90"}


@pytest.mark.parametrize(
    ("indicator", "values", "points"),
    [
        (one("direct", p={"top": "5"}), (4,), "8.0000"),
        (one("conformity"), (1,), "10.0000"),
        (one("conformity"), (0,), "0.0000"),
        (one("conformity"), ("0.5",), "0.0000"),
        (one("share"), (19, 20), "9.5000"),
        (one("completion"), (15, 10), "10.0000"),
        (one("completion", p={"cap": "1.2"}), (15, 10), "12.0000"),
        (one("completion"), (-5, 10), "0.0000"),
        # 60 + (70 - 50) / (90 - 50) * 40 = 80
        (one("efficacy", p=EFFICACY), (70,), "8.0000"),
        (one("efficacy", p=EFFICACY), (99,), "10.0000"),
        (one("efficacy", p={**EFFICACY, "cap": "110"}), (100,), "11.0000"),
        # 60 + (40 - 50) / 40 * 40 = 50
        (one("efficacy", p=EFFICACY), (40,), "5.0000"),
        (one("efficacy", p={**EFFICACY, "floor": "55"}), (40,), "5.5000"),
        # less is better: satisfied 5, unallowed 15; at 10: 60 + (-5)/(-10)*40 = 80
        (one("efficacy", p={"unallowed": "15", "satisfied": "5"}, up=False), (10,), "8.0000"),
        (one("efficacy", p={**EFFICACY, "base": "0"}), (70,), "5.0000"),
        # share of instrument hours: 10 points for each 0.1, capped at the weight
        (one("linear", p={"step": "0.1", "points": "10"}), ("0.07",), "7.0000"),
        (one("linear", p={"step": "0.1", "points": "10"}), ("0.5",), "10.0000"),
        (one("linear", "15", p={"step": "100", "points": "1"}), (1440,), "14.4000"),
        (one("bands", steps=((D(95), D(10)), (D(80), D(6)))), (95,), "10.0000"),
        (one("bands", steps=((D(95), D(10)), (D(80), D(6)))), (80,), "6.0000"),
        (one("bands", steps=((D(95), D(10)), (D(80), D(6)))), (79,), "0.0000"),
        (one("panel", p={"top": "10"}), (6, 8, 10), "8.0000"),
        (one("panel", p={"top": "10", "drop": "1"}), (1, 7, 8, 10), "7.5000"),
        (one("panel", p={"top": "10", "drop": "1"}), (4, 6), "5.0000"),
        (one("completion"), (1, 3), "3.3333"),
        (one("completion"), (2, 3), "6.6667"),
    ],
)
def test_each_rule_by_hand(indicator: Indicator, values: tuple[str | int, ...], points: str) -> None:
    assert problems(of(indicator)) == ()
    assert str(score(of(indicator, ceiling=D(120)), {"x": known(*values)}).cell("x").points) == points


@pytest.mark.parametrize(
    ("indicator", "values", "code"),
    [
        (one("direct", p={"top": "5"}), (6,), "scoring.range"),
        (one("direct", p={"top": "5"}), (-1,), "scoring.range"),
        (one("direct", p={"top": "5"}), ("NaN",), "scoring.range"),
        (one("direct", p={"top": "5"}), ("Infinity",), "scoring.range"),
        (one("direct", p={"top": "5"}), (1, 2), "scoring.figures"),
        (one("share"), (1, 0), "scoring.whole"),
        (one("share"), (-1, 2), "scoring.range"),
        (one("panel", p={"top": "10"}), (), "scoring.figures"),
        (one("panel", p={"top": "10"}), (5, 11), "scoring.range"),
        (one("conformity"), (2,), "scoring.range"),
        (one("veto", "0"), (-1,), "scoring.range"),
    ],
)
def test_figures_that_a_rule_cannot_take(indicator: Indicator, values: tuple[str | int, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        score(of(indicator), {"x": known(*values)})
    assert refused.value.code == code and refused.value.where == "x" and refused.value.message.en


def other(slug: str, rule: str, weight: str = "10", **more: object) -> Indicator:
    row = one(rule, weight, **more)
    return Indicator(slug, row.title, rule, row.weight, row.parameters, row.steps, source="law", missing=row.missing)


def test_missing_figures_follow_the_declared_policy() -> None:
    a = other("a", "direct", "30", p={"top": "10"})
    for policy, expected, state in (("zero", "45.00", "missing-zero"), ("exclude", "90.00", "excluded")):
        b = other("b", "direct", "30", p={"top": "10"}, missing=policy)
        result = score(of(a, b), {"a": known(9)})
        assert (str(result.score), result.cell("b").state, result.cell("b").points) == (expected, state, 0)
    with pytest.raises(Refusal) as refused:
        score(of(a, other("b", "conformity")), {"a": known(9)})
    assert (refused.value.code, refused.value.where) == ("scoring.missing", "b")
    with pytest.raises(Refusal) as nothing:
        score(of(other("b", "conformity", missing="exclude")), {})
    assert nothing.value.code == "scoring.nothing"
    with pytest.raises(Refusal) as unknown:
        score(of(a), {"a": known(9), "z": known(1)})
    assert (unknown.value.code, unknown.value.where) == ("scoring.unknown", "z")


def test_adjustments_are_bounded_and_the_score_is_kept_within_its_ceiling() -> None:
    base = other("a", "direct", "100", p={"top": "100"})
    penalty = other("late", "tally", "0", p={"each": "-1", "limit": "3"})
    bonus = other("prize", "tally", "0", p={"each": "0.5", "limit": "1"})
    method = of(base, penalty, bonus)
    assert problems(method) == ()
    result = score(method, {"a": known(80), "late": known(7), "prize": known(1)})
    assert (result.adjustments, str(result.score)) == (D("-2.5"), "77.50")
    assert str(score(method, {"a": known(100), "prize": known(9)}).score) == "100.00"
    assert str(score(method, {"a": known(1), "late": known(9)}).score) == "0.00"
    assert score(method, {"a": known(1)}).cell("late").state == "clear"


def test_what_is_stated_stands_in_its_cell_without_points() -> None:
    method = of(other("a", "direct", "100", p={"top": "100"}), other("rate", "stated", "0"))
    assert problems(method) == ()
    result = score(method, {"a": known(80), "rate": known("0.11", "0.02")})
    cell = result.cell("rate")
    assert (cell.values, cell.points, cell.state, str(result.score)) == ((D("0.11"), D("0.02")), 0, "stated", "80.00")
    for figures, code in (
        ({"a": known(80)}, "scoring.missing"),
        ({"a": known(80), "rate": known()}, "scoring.figures"),
    ):
        with pytest.raises(Refusal) as refused:
            score(method, figures)
        assert refused.value.code == code


def test_a_veto_gives_its_grade_whatever_the_score() -> None:
    method = of(other("a", "direct", "100", p={"top": "100"}), other("fraud", "veto", "0"), grades=PASS, vetoed="fail")
    assert problems(method) == ()
    struck, clear = (score(method, {"a": known(99), "fraud": known(times)}) for times in (1, 0))
    assert (struck.grade, struck.vetoes, str(struck.score)) == ("fail", ("fraud",), "99.00")
    assert (clear.grade, clear.vetoes) == ("pass", ()) and clear.cell("fraud").state == "clear"
    assert score(method, {"a": known(60)}).grade == "pass" and score(method, {"a": known(59)}).grade == "fail"
    assert score(of(one("conformity")), {"x": known(1)}).grade == ""


def test_the_geometric_mean_punishes_what_lags() -> None:
    a, b = (other(slug, "direct", "50", p={"top": "100"}) for slug in "ab")
    method = of(a, b, mean="geometric")
    # sqrt(0.25 * 1) = 0.5
    assert str(score(method, {"a": known(25), "b": known(100)}).score) == "50.00"
    assert str(score(method, {"a": known(0), "b": known(100)}).score) == "0.00"


def test_rounding_is_declared() -> None:
    third = other("a", "completion", "1")
    for rounding, value, expected in (
        ("half-up", ("0.125", "1"), "12.5"),
        ("half-up", ("0.0005", "1"), "0.1"),
        ("half-even", ("0.0005", "1"), "0.0"),
        ("down", ("0.9999", "1"), "99.9"),
    ):
        method = of(third, rounding=rounding, places=1, cell_places=6)
        assert str(score(method, {"a": known(*value)}).score) == expected


def test_ranks_and_their_ties() -> None:
    a, b = (other(slug, "direct", "50", p={"top": "50"}) for slug in "ab")
    plain = of(a, b)
    results = {
        name: score(plain, {"a": known(x), "b": known(y)})
        for name, x, y in (("p", 40, 40), ("q", 30, 50), ("r", 50, 50), ("s", 10, 10))
    }
    assert ranks(plain, results) == {"r": 1, "p": 2, "q": 2, "s": 4}
    assert ranks(of(a, b, ties=("b",)), results) == {"r": 1, "q": 2, "p": 3, "s": 4}


# The shapes of schemes that are published (their weights and periods; the figures are ours).


def test_a_scheme_of_180_points_in_seven_classes_over_four_periods() -> None:
    """63 indicators, 152.5 + 27.5 points, periods of 15, 25, 25 and 35 %, seven vetoes."""
    weights = [D("2.5")] * 61 + [D("13.75")] * 2
    indicators = [other(f"i{n}", "completion", str(weight)) for n, weight in enumerate(weights)]
    vetoes = [other(f"v{n}", "veto", "0") for n in range(7)]
    method = of(*indicators, *vetoes, full=D(180), ceiling=D(180), grades=PASS, vetoed="fail")
    assert problems(method) == () and sum(weights) == D(180) and len(indicators) == 63
    assert sum(weights[:61]) == D("152.5")

    def quarter(done: int) -> D:
        return score(method, {each.slug: known(done, 100) for each in indicators}).score

    scores = [quarter(done) for done in (100, 80, 60, 90)]
    assert [str(each) for each in scores] == ["180.00", "144.00", "108.00", "162.00"]
    # 27 + 36 + 27 + 56.7
    assert (
        str(over_periods(method, list(zip(map(D, ("0.15", "0.25", "0.25", "0.35")), scores, strict=True)))) == "146.70"
    )
    with pytest.raises(ValueError, match="add up"):
        over_periods(method, [(D("0.5"), D(1))])


def test_a_scheme_of_60_20_10_10_with_the_leaders_bonus() -> None:
    """Objective figures, leaders, counties, the public; and a bonus that leaders may give."""
    method = of(
        other("objective", "direct", "60", p={"top": "100"}),
        other("leaders", "panel", "20", p={"top": "10", "drop": "1"}),
        other("counties", "panel", "10", p={"top": "10"}),
        other("public", "share", "10"),
        other("bonus", "tally", "0", p={"each": "1", "limit": "2"}),
        ceiling=D(102),
    )
    figures = {
        "objective": known(90),
        "leaders": known(2, 8, 8, 9, 10),
        "counties": known(7, 8),
        "public": known(850, 1000),
        "bonus": known(3),
    }
    # 54 + 20 * 25/3/10 + 7.5 + 8.5 + 2 = 54 + 16.6667 + 18
    assert str(score(method, figures).score) == "88.67"


def test_a_scheme_of_95_and_5() -> None:
    method = of(other("work", "completion", "95"), other("praise", "direct", "5", p={"top": "5"}))
    assert str(score(method, {"work": known(3, 4), "praise": known(4)}).score) == "75.25"


# Documents and their digests.

FULL = of(
    one("efficacy", p=EFFICACY, unit=Text("分", "points"), group=Text("组", "Group")),
    other("b", "bands", steps=((D(9), D(8)), (D(1), D(2)))),
    other("v", "veto", "0"),
    grades=PASS,
    vetoed="fail",
    months=12,
    ties=("x",),
)


def test_a_method_goes_to_data_and_back() -> None:
    assert read_method(as_data(FULL)) == FULL == read_method(method_document(FULL))
    short = {"slug": "m", "title": ["题", "Title"], "source": "law", "indicators": [], "full": 180}
    assert read_method(short) == Whole("m", TITLE, "law", (), full=D(180), ceiling=D(180))
    assert FULL.indicator("b").rule == "bands" and FULL.grade_title("pass").en == "pass"
    assert FULL.grade_title("other").zh == "other"


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean": "harmonic"},
        {"title": "题"},
        {"indicators": [3]},
        {"indicators": [{"slug": "a", "title": ["a", "a"], "rule": "direct", "parameters": 3}]},
        {"indicators": [{"slug": "a", "title": ["a", "a"], "rule": "direct", "missing": "perhaps"}]},
        {"grades": 5},
    ],
)
def test_what_is_no_method(wrong: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_method({"slug": "m", "title": ["题", "T"], "source": "law", "indicators": [], **wrong})


def test_a_run_repeated_gives_the_same_digest() -> None:
    figures = {"x": known("70.0"), "b": known(9)}
    result = score(FULL, figures)
    again = score(read_method(method_document(FULL)), read_figures(figures_document(figures)))
    assert digest_of(result_document(result)) == digest_of(result_document(again))
    assert read_cells(result_document(result)) == tuple(
        type(cell)(cell.indicator, tuple(v.normalize() for v in cell.values), *_rest(cell)) for cell in result.cells
    )
    assert digest_of(result_document(result)) != digest_of(result_document(score(FULL, {**figures, "x": known(71)})))
    for wrong in ({"cells": 3}, {"cells": [{"values": 3}]}):
        with pytest.raises(TypeError):
            read_cells(wrong)
    with pytest.raises(TypeError):
        read_figures({"x": 3})


def _rest(cell: object) -> tuple[object, ...]:
    return tuple(getattr(cell, name) for name in ("source", "weight", "share", "points", "state"))


@given(st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=5))
def test_what_is_shown_adds_up(values: list[D]) -> None:
    indicators = [other(f"i{n}", "direct", "20", p={"top": "100"}) for n in range(len(values))]
    result = score(of(*indicators), {f"i{n}": known(str(value)) for n, value in enumerate(values)})
    assert result.got == sum(cell.points for cell in result.cells)
    assert result.score == of().rounded(result.got / result.applicable * 100, 2) and 0 <= result.score <= 100


def test_every_rule_has_words() -> None:
    for name in RULES:
        said = rule_words(one(name, steps=((D(9), D(8)),)))
        assert said.zh and said.en and "{" not in said.zh + said.en
        assert RULES[name].weighted or RULES[name].share(one(name), (D(1),)) == 0, "what has no weight earns no share"
    assert "50" in rule_words(one("efficacy", p=EFFICACY)).zh


def wrecked(**more: object) -> Method:
    return of(one("conformity"), **more)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (of(one("conformity"), one("conformity")), "share a slug"),
        (of(one("veto", "0"), grades=PASS, vetoed="fail"), "No indicator carries points"),
        (of(one("veto", "0"), grades=PASS), "no grade that it gives"),
        (Method("m", TITLE, " ", (one("conformity"),)), "names no source"),
        (Method("m", Text("题", ""), "law", (one("conformity"),)), "Chinese and English"),
        (wrecked(full=D(0)), "above 0"),
        (wrecked(ceiling=D(90)), "ceiling"),
        (wrecked(places=7, cell_places=7), "decimal places"),
        (wrecked(places=-1), "decimal places"),
        (wrecked(cell_places=13), "decimal places"),
        (wrecked(cell_places=1), "decimal places"),
        (wrecked(grades=PASS[::-1]), "from best to least"),
        (wrecked(grades=PASS[:1]), "begins at 0"),
        (wrecked(ties=("z",)), "unknown indicators"),
        (of(one("wonder")), "no rule"),
        (of(one("direct")), "lacks"),
        (of(one("conformity", p={"top": "3"})), "does not take"),
        (of(one("conformity", "0")), "weight does not fit"),
        (of(one("tally", "5", p={"each": "1", "limit": "1"})), "weight does not fit"),
        (of(Indicator("x", TITLE, "conformity", D(1))), "names no source"),
        (of(one("direct", p={"top": "0"})), "divides is 0"),
        (of(one("efficacy", p={"unallowed": "5", "satisfied": "5"})), "against its direction"),
        (of(one("efficacy", p=EFFICACY, up=False)), "against its direction"),
        (of(one("bands")), "from high to low"),
        (of(one("conformity", steps=((D(1), D(1)),))), "from high to low"),
        (of(one("bands", steps=((D(1), D(1)), (D(2), D(2))))), "from high to low"),
        (of(one("bands", steps=((D(1), D(11)),))), "more than the full points"),
    ],
)
def test_what_is_wrong_with_a_method(method: Method, words: str) -> None:
    assert any(words in said.en for said in problems(method)), [said.en for said in problems(method)]
    assert problems(FULL) == ()


def test_decimal_places_may_go_to_six_and_of_cells_to_twelve() -> None:
    assert problems(of(one("conformity"), places=6, cell_places=12)) == ()
    assert problems(of(one("conformity"), places=2, cell_places=2)) == ()
    assert problems(of(one("conformity"), places=0, cell_places=0)) == ()
