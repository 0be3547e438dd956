"""What stands at a door: literals alone where everybody may come in, and numbers that decimal128 has."""

from decimal import Decimal

import pytest

from qilian.core.rules.feel.api import Fault, SyntaxFault, compile_expression, literal, literal_value, source, to_feel


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1.50",
        '"祁连"',
        "true",
        "null",
        '@"2026-11-30"',
        'date("2026-11-30")',
        'duration("P1D")',
        "[1, [2, 3], []]",
        '{a: 1, "b c": [2]}',
        "[1..5]",
        "(<= 5)",
        "-(-1)",
    ],
)
def test_a_literal_is_what_it_is_anywhere(text: str) -> None:
    assert literal(literal_value(text).value) == literal(compile_expression(text).evaluate().value)


@pytest.mark.parametrize(
    "text",
    [
        "1 + 1",
        "x",
        "abs(1)",
        "[1, 1 + 1]",
        "{a: b}",
        "[1..x]",
        "for i in 1..9 return i",
        "function(x) x",
        "date(2026, 11, 30)",
        'date("a" + "b")',
        'matches("aaaa", "(a+)+b")',
        "[1, 2][1]",
        "-x",
        "if true then 1 else 2",
    ],
)
def test_nothing_that_runs_is_a_literal(text: str) -> None:
    with pytest.raises(SyntaxFault) as fault:
        literal_value(text)
    assert fault.value.code == "literal"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e9999999", "range.number"),
        ("9" * 1990 + "e99999", "range.number"),
        ("9" * 60_000, "long"),
        ("[" * 20 + "]" * 20, "deep"),
        ("1 +", "syntax"),
    ],
)
def test_a_literal_is_short_flat_and_a_number_that_there_is(text: str, code: str) -> None:
    with pytest.raises(SyntaxFault) as fault:
        literal_value(text)
    assert fault.value.code == code and fault.value.message.zh


@pytest.mark.parametrize("text", ["1e6145", "9" * 60_000, "-1e9999999", "[1, 1e7000]"])
def test_a_number_beyond_decimal128_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(SyntaxFault) as fault:
        compile_expression(text)
    assert fault.value.code == "range.number"
    assert text[fault.value.start : fault.value.end] in text


def test_the_widest_numbers_are_read() -> None:
    assert compile_expression("1e6144").evaluate().value == Decimal("1e6144")
    assert compile_expression("1e-99999").evaluate().value == 0


@pytest.mark.parametrize(
    "value",
    [float("inf"), float("nan"), Decimal("NaN"), Decimal("1e9999999"), 10**7000],
    ids=["infinity", "no float", "no number", "beyond", "digits"],
)
def test_a_number_from_outside_that_is_none_is_a_fault_and_no_exception(value: object) -> None:
    with pytest.raises(Fault) as fault:
        to_feel(value)
    assert fault.value.code == "range.number"
    outcome = compile_expression("x + 1", names=["x"]).evaluate({"x": value})
    assert (outcome.value, [one.code for one in outcome.diagnostics]) == (None, ["range.number"])


def test_numbers_from_outside_are_rounded_to_what_feel_has() -> None:
    assert to_feel(Decimal("1." + "3" * 50)) == Decimal("1." + "3" * 33)
    assert str(to_feel(Decimal("1.50"))) == "1.50"


@pytest.mark.parametrize(
    "text", ['duration("P1D") * 1e6000', 'duration("P1Y") * 1e40', 'duration("P999999999999999999D") / 1e-20']
)
def test_a_duration_is_as_long_as_it_can_be_written(text: str) -> None:
    outcome = compile_expression(text).evaluate()
    assert (outcome.value, [one.code for one in outcome.diagnostics]) == (None, ["range.number"])


def test_values_are_written_as_they_are_read() -> None:
    value = compile_expression('[1, "a", {b: @"2026-01-01", c: []}, [@"P1D".. @"P2D"], true, null]').evaluate().value
    assert source(value) == '[1, "a", {"b": @"2026-01-01", "c": []}, [@"P1D"..@"P2D"], true, null]'
    assert compile_expression(source(value)).evaluate().value == value
