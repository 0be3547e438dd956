"""The methods of java.lang that the standard's examples call; everything else is null with a diagnostic."""

import pytest

from qilian.core.rules.feel.api import compile_expression, literal


def call(home: str, signature: str, *arguments: str) -> tuple[str, tuple[str, ...]]:
    names = ", ".join("abcdefgh"[: len(arguments)])
    mapping = f'{{java: {{class: "{home}", method signature: "{signature}"}}}}'
    outcome = compile_expression(f"(function({names}) external {mapping})({', '.join(arguments)})").evaluate()
    return literal(outcome.value), tuple(one.code for one in outcome.diagnostics)


@pytest.mark.parametrize(
    ("home", "signature", "arguments", "wanted"),
    [
        ("Math", "cos(double)", ["0"], "1.0"),
        ("Math", "pow(double, double)", ["2", "10"], "1024.0"),
        ("Math", "max(int, int)", ["1", "2"], "2"),
        ("Math", "min(long,long)", ["1", "2"], "1"),
        ("Math", "abs(double)", ["-1.5"], "1.5"),
        ("Math", "floor(double)", ["1.5"], "1"),
        ("Math", "ceil(double)", ["1.5"], "2"),
        ("Math", "round(double)", ["-1.5"], "-1"),
        ("Integer", "valueOf(java.lang.String)", ['"12"'], "12"),
        ("Integer", "parseInt(java.lang.String)", ['"12"'], "12"),
        ("Long", "parseLong(java.lang.String)", ['"12"'], "12"),
        ("Double", "valueOf(java.lang.String)", ['"1.5"'], "1.5"),
        ("Boolean", "valueOf(java.lang.String)", ['"TRUE"'], "true"),
        ("Character", "getNumericValue(char)", ['"a"'], "10"),
        ("Character", "toString(java.lang.Character)", ['"a"'], '"a"'),
        ("String", "valueOf(boolean)", ["true"], '"true"'),
        ("String", "valueOf(java.lang.Boolean)", ["false"], '"false"'),
        ("String", "valueOf(java.lang.Object)", ["1.50"], '"1.50"'),
        (
            "String",
            "format(java.lang.String, [Ljava.lang.Object;)",
            ['"%s %2$s %1$s|%n%%"', '"a"', '"b"'],
            '"a b a|\\n%"',
        ),
        (
            "String",
            "format(java.lang.String, java.lang.Object...)",
            ['"%5d|%-5d|%05d|%,d"', "1", "2", "3", "4000"],
            '"    1|2    |00003|4,000"',
        ),
        (
            "String",
            "format(java.lang.String, java.lang.Object[])",
            ['"%.2f %f %S %.1s %x %+d"', "1", "2", '"a"', '"bc"', "255", "5"],
            '"1.00 2.000000 A b ff +5"',
        ),
    ],
)
def test_a_known_method_answers(home: str, signature: str, arguments: list[str], wanted: str) -> None:
    assert call(f"java.lang.{home}", signature, *arguments) == (wanted, ())


@pytest.mark.parametrize(
    ("home", "signature", "arguments", "code"),
    [
        ("java.lang.System", "exit(int)", ["1"], "external"),
        ("java.lang.Math", "random()", [], "external"),
        ("java.lang.Math", "cos", ["1"], "external"),
        ("java.lang.Math", "max(int,int)", ["1"], "arguments"),
        ("java.lang.Math", "max(int,int)", ["1", '"a"'], "domain"),
        ("java.lang.Math", "abs(int)", ["1.5"], "domain"),
        ("java.lang.Math", "abs(byte)", ["1000"], "domain"),
        ("java.lang.Math", "acos(double)", ["2"], "domain"),
        ("java.lang.Integer", "valueOf(java.lang.String)", ['"x"'], "domain"),
        ("java.lang.Integer", "valueOf(java.lang.String)", ['"99999999999"'], "domain"),
        ("java.lang.String", "valueOf(char)", ['"ab"'], "domain"),
        ("java.lang.String", "valueOf(java.lang.Object)", ["null"], "domain"),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ['"%q"', "1"], "domain"),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ['"%d"', '"a"'], "domain"),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ['"%3$s"', '"a"'], "domain"),
    ],
)
def test_anything_else_is_null_with_a_code(home: str, signature: str, arguments: list[str], code: str) -> None:
    assert call(home, signature, *arguments) == ("null", (code,))


@pytest.mark.parametrize(("kind", "bits"), [("Byte", 8), ("Short", 16), ("Integer", 32), ("Long", 64)])
def test_whole_numbers_are_those_of_two_s_complement(kind: str, bits: int) -> None:
    lowest, highest = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1  # JLS 4.2.1
    for number, fits in ((lowest - 1, False), (lowest, True), (highest, True), (highest + 1, False)):
        shown, codes = call(f"java.lang.{kind}", "valueOf(java.lang.String)", f'"{number}"')
        assert (shown, codes) == ((str(number), ()) if fits else ("null", ("domain",)))


def test_a_parameter_takes_values_of_its_kind_only() -> None:
    takes = {
        "double": {"1.5", "2"}, "int": {"2"}, "char": {'"a"'}, "boolean": {"true"},
        "java.lang.String": {'"a"', '"ab"'}, "java.lang.Object": {"1.5", "2", '"a"', '"ab"', "true"}, "void": set(),
    }  # fmt: skip
    for kind, fits in takes.items():
        for given in ("1.5", "2", '"a"', '"ab"', "true", "null"):
            codes = call("java.lang.String", f"valueOf({kind})", given)[1]
            assert codes == (() if given in fits else ("domain",)), (kind, given)


@pytest.mark.parametrize(
    ("form", "argument", "wanted"),
    [
        ("%.2f", "1.125", "1.13"),  # java.util.Formatter rounds half up
        ("%.2f", "-1.125", "-1.13"),
        ("%.1f", "0.25", "0.3"),
        ("%.0f", "2.5", "3"),
        ("%f", "0.0000005", "0.000001"),
        ("%,.1f", "1234.55", "1,234.6"),
        ("%.6f", "10**40", "1" + 40 * "0" + ".000000"),
        ("<%s>", '""', "<>"),
        ("<%3s>", '"a"', "<  a>"),
        ("<%-3s>", '"a"', "<a  >"),
    ],
)
def test_a_format_is_filled_as_in_java(form: str, argument: str, wanted: str) -> None:
    shown = call("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", f'"{form}"', argument)
    assert shown == (f'"{wanted}"', ())


def test_a_fraction_is_no_whole_number() -> None:
    shown = call("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", '"%d"', "1.5")
    assert shown == ("null", ("domain",))
