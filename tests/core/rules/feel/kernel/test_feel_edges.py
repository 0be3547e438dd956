"""Where a rule of FEEL turns: the last value on this side and the first on that, and all pairs of small domains."""

import calendar
import operator
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from qilian.core.rules.feel.api import (
    SIMPLE,
    Limits,
    SyntaxFault,
    TemporalError,
    compare,
    compile_expression,
    conform,
    literal,
    parse_temporal,
    same,
    to_feel,
    unary_tests,
)
from qilian.core.rules.feel.api import Fault as FeelFault
from qilian.core.rules.moments.api import Date, month_length, zone_offset


def value(text: str, **names: object) -> object:
    return compile_expression(text, names=names).evaluate(names).value


def codes(text: str, limits: Limits | None = None, **names: object) -> list[str]:
    outcome = compile_expression(text, names=names, limits=limits or Limits()).evaluate(names)
    return [one.code for one in outcome.diagnostics]


ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne}


@pytest.mark.parametrize("sign", ORDERS)
def test_numbers_texts_and_moments_compare_as_in_python(sign: str) -> None:
    days = [date(2026, 1, 2), date(2026, 1, 10), date(2026, 2, 1), date(2027, 1, 1)]
    moments = [datetime(2026, 1, 1, 9), datetime(2026, 1, 1, 10)]
    spans = [timedelta(hours=1), timedelta(hours=2)]
    for values in ([1, 2, 3], ["a", "b"], days, moments, [moment.time() for moment in moments], spans):
        for one, other in product(values, values):
            assert value(f"a {sign} b", a=one, b=other) is ORDERS[sign](one, other), (one, sign, other)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # exponents lie between -999,999,999 and 999,999,999
        ("1 ** 999999999", "1"),
        ("1 ** 1000000000", "null"),
        ("0 ** 2", "0"),
        # table 57: a date or a date and time, less a duration
        ('@"2021-03-31" - @"P1M"', "2021-02-28"),
        ('@"2021-03-31" - @"P1Y1M"', "2020-02-29"),
        ('@"2021-03-31T10:00:00Z" - @"P1M"', "2021-02-28T10:00:00Z"),
        ('@"2021-03-31T10:00:00Z" + @"P1M"', "2021-04-30T10:00:00Z"),
        ('@"2021-03-31T00:30:00Z" - @"PT1H"', "2021-03-30T23:30:00Z"),
        ('@"00:30:00" - @"PT1H"', "23:30:00"),
        ('@"P1M" - @"P3M"', "-P2M"),
        ('@"P1D" - @"PT1H"', "PT23H"),
        ('@"P3M" / 2', "P1M"),
        # a test may be an open range of a sum, a list, or a name
        ("5 in (< 2 + 4)", "true"),
        ("[1] in ([[2]])", "false"),
        # iteration
        ("for i in [1, 2] return partial", "[[], [[]]]"),
        ("for i in 2..2 return i", "[2]"),
        ("for i in 2..1 return i", "[2, 1]"),
        # a name that is no word may stand after a dot, and a keyword is no name
        ('{"2026": 5}.2026', "5"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][-3]", "1"),
        ("[1, 2, 3][3]", "3"),
        ("[1, 2, 3][-4]", "null"),
        # minus binds tighter than a test of type
        ("-1 instance of number", "true"),
        ("- -1 instance of string", "false"),
        ("(0 - 0) * -1", "0"),
        ("0.00 * -1", "0.00"),
    ],
)
def test_values_at_the_turn(text: str, wanted: str) -> None:
    assert literal(value(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10**6000 / 10**-6000", "range.number"),
        ("0 ** -1", "range.number"),
        ('for d in @"2026-01-01"..5 return d', "iterate"),
        ("1 instance of context<a: number, b: nothing>", "type"),
        ("1 instance of function<number, nothing> -> number", "type"),
        ('date and time("2026-01-01T10:00:00", 1)', "arguments"),
    ],
)
def test_faults_at_the_turn(text: str, wanted: str) -> None:
    assert codes(text)[0] == wanted


def test_a_known_name_is_no_keyword_and_a_near_name_hides_a_far_one() -> None:
    assert value("true", true=5) is True
    assert value("for a-b in [1] return a-b", **{"a - b": 5}) == [1]
    assert unary_tests("x", names=["x"]).evaluate(False, {"x": True}).value is False
    assert unary_tests("x", names=["x"]).evaluate([1], {"x": [2]}).value is False


@pytest.mark.parametrize(("count", "known"), [(39, True), (40, True), (41, False)])
def test_a_name_has_at_most_forty_words(count: int, known: bool) -> None:
    name = " ".join(["a"] * count)
    if known:
        assert value(name, **{name: 1}) == 1
    else:
        with pytest.raises(SyntaxFault):
            value(name, **{name: 1})


def test_the_message_shows_what_stands_there_and_what_was_wanted() -> None:
    for text, wanted, found in (("1 + )", "a value", ")"), ("1 +", "a value", "…"), ("(1 2", ")", "2")):
        with pytest.raises(SyntaxFault) as fault:
            compile_expression(text)
        assert fault.value.message.en == f"Not FEEL: expected {wanted}, found {found}."
    for text, given in (("abs()", "()"), ('abs("a", 1)', "string, number"), ('abs(m: "a")', "m: string")):
        said = compile_expression(text).evaluate().diagnostics[0].message.en
        assert said == f"abs does not take these arguments: {given}."


def test_a_text_may_be_as_long_as_its_limit() -> None:
    assert compile_expression("1 + 1", limits=Limits(text=5)).evaluate().value == 2
    with pytest.raises(SyntaxFault) as fault:
        compile_expression("1 + 1", limits=Limits(text=4))
    assert (fault.value.code, fault.value.start, fault.value.end) == ("long", 0, 5)


@pytest.mark.parametrize(("length", "wanted"), [(267, "syntax"), (266, "deep")])
def test_a_text_is_read_again_within_a_bound(length: int, wanted: str) -> None:
    """Nine open tests: each reads its inside as a list of tests and then as a bracket, r(k) = 2 + 2·r(k-1), r(0) = 1.

    That makes 1,534 readings, and 1,000 + 2 for each character are allowed.
    """
    with pytest.raises(SyntaxFault) as fault:
        compile_expression(("1 in (" * 9 + "1").ljust(length))
    assert fault.value.code == wanted


@pytest.mark.parametrize("marked", ["x[1«»", "[1..2] + x[1«»", "]1..2[ + x[1 «2»]", "{a: [1..3]} + x[1«»"])
def test_a_filter_outside_a_range_is_a_filter(marked: str) -> None:
    start, text = marked.index("«"), marked.replace("«", "").replace("»", "")
    with pytest.raises(SyntaxFault) as fault:
        compile_expression(text, names=["x"])
    assert fault.value.start == start


FUNCTIONS = (
    "{f: function(n) if n = 0 then 0 else f(n - 1), r: %s}.r"  # f(n) enters n + 1 functions, each within another
)


@pytest.mark.parametrize(
    ("text", "limit", "enough", "code"),
    [
        ("for i in 1..10 return i", "steps", 10, "steps"),  # one for each round
        ("[abs(1), abs(2)]", "steps", 2, "steps"),  # one for each call
        ("for i in 1..3 return abs(i)", "steps", 6, "steps"),
        ("[1, 2, 3][item > 1]", "steps", 3, "steps"),  # one for each item that is asked
        ("abs(1)", "calls", 1, "deep"),
        (FUNCTIONS % "f(3)", "calls", 4, "deep"),
        (FUNCTIONS % "[f(1), f(1), f(3)]", "calls", 4, "deep"),
        ('"ab" + "cd"', "size", 4, "size"),
        ("for i in 1..4 return i", "size", 4, "size"),
    ],
)
def test_a_limit_is_the_last_that_is_allowed(text: str, limit: str, enough: int, code: str) -> None:
    assert codes(text, Limits(**{limit: enough})) == []
    assert codes(text, Limits(**{limit: enough - 1})) == [code]


def test_a_fault_of_no_place_is_at_the_beginning() -> None:
    outcome = compile_expression("for i in 1..2 return i", limits=Limits(steps=1)).evaluate()
    assert [(one.start, one.end) for one in outcome.diagnostics] == [(0, 0)]


def test_a_local_time_takes_the_clock_of_the_other() -> None:
    early, late = parse_temporal("02:00:00"), parse_temporal("09:00:00@Asia/Shanghai")  # 01:00 at Greenwich
    assert (compare(early, late), compare(late, early)) == (-1, 1)
    assert value('@"10:00:00" = @"09:00:00"') is False and value('@"10:00:00" = @"10:00:00Z"') is False
    assert value('@"10:00:00Z" = @"18:00:00+08:00"') is True


def test_what_differs_in_kind_is_not_the_same() -> None:
    kinds: list[object] = [1, "1", True, None, [1], {"a": 1}, []]
    for (place, one), (other_place, other) in product(enumerate(kinds), enumerate(kinds)):
        assert same(one, other) is (place == other_place)


def test_only_a_day_becomes_a_moment() -> None:
    for wrong, kind in ((5, "date and time"), ("x", "date and time"), (date(2026, 1, 1), "number")):
        with pytest.raises(FeelFault) as fault:
            conform(to_feel(wrong), SIMPLE[kind])
        assert fault.value.code == "conform"
    assert conform(to_feel([1]), SIMPLE["Any"]) == [1]


# -- the calendar and the clock ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [-400, -4, 0, 1, 1582, 1600, 1900, 1999, 2000, 2023, 2024, 2100])
def test_months_are_as_long_as_in_the_calendar(year: int) -> None:
    python = year % 400 or 400  # the calendar repeats every 400 years
    lengths = [calendar.monthrange(python, month)[1] for month in range(1, 13)]
    assert [month_length(year, month) for month in range(1, 13)] == lengths


@pytest.mark.parametrize("day", [date(1600, 2, 29), date(2000, 2, 29), date(2000, 3, 1), date(2400, 2, 29), date.min])
def test_the_days_round_a_leap_day_come_back(day: date) -> None:
    ordinal = (day - date(1970, 1, 1)).days
    assert Date.at(ordinal) == Date(day.year, day.month, day.day) and to_feel(day).ordinal == ordinal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("10:00:00+05:30", "10:00:00+05:30"),
        ("10:00:00-09:30", "10:00:00-09:30"),
        ("10:00:00+01:59", "10:00:00+01:59"),
        ("10:00:00+18:00", "10:00:00+18:00"),
        ("10:00:00-00:00:01", "10:00:00-00:00:01"),
        ("10:00:00+00:00:01", "10:00:00+00:00:01"),
        ("10:00:00.12345678998", "10:00:00.123456789"),
        ("PT0.000000001S", "PT0.000000001S"),
        ("0001-01-01", "0001-01-01"),
        ("-0001-01-01", "-0001-01-01"),
        (
            "-P000000000000000001DT000000000000000001H000000000000000001M000000000000000001.50000000000000000000000000000000S",
            "-P1DT1H1M1.5S",
        ),
    ],
)
def test_moments_at_the_turn_read_back(text: str, shown: str) -> None:
    assert str(parse_temporal(text)) == shown


@pytest.mark.parametrize("text", ["10:00:00+18:00:01", "10:00:00-18:01", "10:00:00+00:60", "1" * 500, "@" + "a" * 5000])
def test_moments_beyond_the_turn_are_refused(text: str) -> None:
    with pytest.raises(TemporalError):
        parse_temporal(text)


def test_an_offset_that_is_added_fits_the_clock() -> None:
    assert literal(value('time(10, 0, 0, duration("PT18H"))')) == "10:00:00+18:00"
    assert codes('time(10, 0, 0, duration("PT18H1S"))') == ["domain"]
    assert literal(value('date and time("2026-01-01")')) == "2026-01-01T00:00:00"


def test_components_of_durations_have_its_sign() -> None:
    for text, wanted in (
        ('@"P1M".months', "1"),
        ('@"P0M".months', "0"),
        ('@"-P1M".months', "-1"),
        ('@"-P13M".years', "-1"),
        ('@"PT0S".seconds', "0"),
        ('@"PT0.000000001S".seconds', "0.000000001"),
        ('@"-PT61.5S".seconds', "-1.5"),
        ('@"-PT61.5S".minutes', "-1"),
        ('@"-PT1S".hours', "0"),
    ):
        assert literal(value(text)) == wanted


def test_a_zone_of_a_time_keeps_its_standard_offset() -> None:
    assert value('@"10:00:00@Australia/Sydney" = @"00:00:00Z"') is True  # +10:00; +11:00 is its summer time
    assert value('@"10:00:00@America/New_York" = @"15:00:00Z"') is True
    assert value('@"10:00:00@Etc/UTC" = @"10:00:00Z"') is True


def test_a_zone_has_its_first_offset_before_all_years_and_its_last_rule_after_them() -> None:
    local = 8 * 3600 + 5 * 60 + 43  # Shanghai by the sun, until 1901
    for year in (-44, -1, 0, 1, 2):
        assert zone_offset("Asia/Shanghai", Date(year, 7, 1), 0) == local
    for year, hours in ((9998, -3), (9999, -3), (10_000, -3), (123_456, -3)):  # no summer time since 2019
        assert zone_offset("America/Sao_Paulo", Date(year, 1, 1), 0) == hours * 3600
    assert zone_offset("Etc/UTC", Date(2026, 1, 1), 0) == 0
    summer = 9 * 3600  # Shanghai in the summers of 1986 to 1991
    assert [zone_offset("Asia/Shanghai", Date(year, 7, 1), 0) for year in (1985, 1990, 1992)] == [
        *(8 * 3600, summer, 8 * 3600)
    ]
