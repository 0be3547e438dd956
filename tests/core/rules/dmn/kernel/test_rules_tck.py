"""The part of the public DMN TCK that lies beside the repository: every case passes."""

from pathlib import Path

import pytest

from qilian.core.rules.dmn.command import command
from qilian.core.rules.dmn.tck import run_folder
from qilian.core.values.text import Refusal


def test_every_case_at_hand_passes(shared: Path) -> None:
    cases = list(run_folder(shared / "testdata" / "dmn-tck"))
    assert len(cases) == 883
    assert [case for case in cases if case.trouble] == []


def test_the_command_ends_with_the_total(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["tck", str(shared / "testdata/dmn-tck/compliance-level-3/0001-filter")]) == 0
    assert capsys.readouterr().out.splitlines() == ["0001-filter 1/1", "total 1/1"]


MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
<inputData id="i" name="x"><variable name="x" typeRef="Any"/></inputData>
<decision id="d" name="d"><variable name="d"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>x</text></literalExpression></decision>
<decision id="c" name="c"><variable name="c"/>
<literalExpression><text>{a: 1/3, b: [null, "x"]}</text></literalExpression></decision>
<decision id="e" name="e"><variable name="e"/><literalExpression><text>1 +</text></literalExpression></decision>
<businessKnowledgeModel id="k" name="k"><encapsulatedLogic><formalParameter name="n"/>
<literalExpression><text>n + 1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
<decisionService id="s" name="s">
<outputDecision href="#d"/><outputDecision href="#c"/><inputData href="#i"/></decisionService>
</definitions>"""
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<modelName>{model}</modelName>{cases}</testCases>"""


def suite(folder: Path, cases: str, model: str = "m.dmn") -> Path:
    """Lay a folder of one model and one test file."""
    (folder / "m.dmn").write_text(MODEL)
    (folder / "m-test-01.xml").write_text(CASES.format(model=model, cases=cases))
    return folder


def case(given: str, wanted: str, attributes: str = "", name: str = "d", result: str = "") -> str:
    node = f'<inputNode name="x">{given}</inputNode>' if given else ""
    expected = f"<expected>{wanted}</expected>" if wanted else ""
    return f'<testCase id="1" {attributes}>{node}<resultNode name="{name}" {result}>{expected}</resultNode></testCase>'


def troubles(folder: Path) -> list[str]:
    return [one.trouble for one in run_folder(folder)]


def value(kind: str, text: str) -> str:
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("decimal", "1.5"),
        ("boolean", "false"),
        ("string", ""),
        ("date", "2026-01-01"),
        ("time", "10:00:00"),
        ("duration", "P1D"),
        ("dateTime", "2026-01-01T00:00:00"),
        ("double", "1E3"),
        ("decimal", "no number"),
        ("date", "no date"),
    ],
)
def test_values_of_every_type_are_read_and_compared(kind: str, text: str, tmp_path: Path) -> None:
    other = case(value(kind, text), value("string", "another"))
    assert [bool(one) for one in troubles(suite(tmp_path, case(value(kind, text), value(kind, text)) + other))] == [
        False,
        True,
    ]


def test_null_lists_and_components_are_compared(tmp_path: Path) -> None:
    null = '<value xsi:nil="true"/>'
    lists = f"<list><item>{value('decimal', '1')}</item><item>{null}</item></list>"
    parts = '<component name="a"><value xsi:type="xsd:decimal">0.333333334</value></component>'
    parts += f'<component name="b"><list><item>{null}</item><item>{value("string", "x")}</item></list></component>'
    cases = case(null, null) + case(lists, lists) + case(null, '<list xsi:nil="true"/>') + case("", parts, name="c")
    cases += case(null, "") + case(null, "<extensionElements/>") + case(lists, null, result='errorResult="true"')
    assert [bool(one) for one in troubles(suite(tmp_path, cases))] == [False] * 6 + [True]
    (tmp_path / "m-test-01.xml").unlink()
    nil = '<inputNode name="x" xsi:nil="true"/>'
    (tmp_path / "n-test-01.xml").write_text(
        CASES.format(model="m", cases=case(null, null).replace("</testCase>", nil + "</testCase>"))
    )
    assert troubles(tmp_path) == [""]


def test_services_and_knowledge_models_are_invoked(tmp_path: Path) -> None:
    one = value("decimal", "1")
    service = case(one, one, 'type="decisionService" invocableName="s"')
    knowledge = case(one, value("decimal", "2"), 'type="bkm" invocableName="k"').replace(
        'inputNode name="x"', 'inputNode name="n"'
    )
    assert troubles(suite(tmp_path, service + knowledge)) == ["", ""]


def test_inputs_of_imported_models_are_named_by_their_namespace(tmp_path: Path) -> None:
    (tmp_path / "other.dmn").write_text(MODEL.replace("urn:m", "urn:o").replace('name="m"', 'name="o"'))
    imports = '<import namespace="urn:o" name="o" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    reading = (
        MODEL.replace("<inputData", imports + "<inputData", 1)
        .replace('href="#i"', 'href="urn:o#i"', 1)
        .replace("<text>x<", "<text>o.x<")
    )
    folder = suite(
        tmp_path, case(value("decimal", "1"), value("decimal", "1")).replace('name="x"', 'name="x" namespace="urn:o"')
    )
    (folder / "m.dmn").write_text(reading)
    assert troubles(folder) == [""]
    (folder / "other.dmn").unlink()
    assert "urn:o" in troubles(folder)[0]


def test_what_is_missing_fails_the_cases_with_a_sentence(tmp_path: Path) -> None:
    assert "nobody" in troubles(suite(tmp_path, case("", "", name="nobody")))[0]
    assert "gone.dmn" in troubles(suite(tmp_path, case("", ""), model="gone.dmn"))[0]


def test_the_command_tells_folders_failures_and_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = suite(
        tmp_path,
        case(value("decimal", "1"), value("decimal", "2")) + case(value("decimal", "1"), value("decimal", "1")),
    )
    assert command(["tck", str(folder / "m-test-01.xml")]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [f"{tmp_path.name} 1/2", "total 1/2"]
    assert "d: 1 ≠ 2" in told.err
    with pytest.raises(Refusal) as refused:
        command(["tck", str(tmp_path / "nowhere")])
    assert refused.value.code == "rules.path"


def test_the_command_evaluates(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["eval", "祁连 山 + 1", "--set", "祁连 山=[1, 3][2]"]) == 0
    assert capsys.readouterr().out == "4\n"
    assert command(["eval", "1 + true"]) == 1
    assert "“+”" in capsys.readouterr().err
    assert command(["eval", "1 +"]) == 2
    assert capsys.readouterr().err.startswith("写法有误")


def test_the_command_checks_models_and_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.dmn").write_text(MODEL)
    assert command(["check", str(tmp_path / "m.dmn")]) == 1
    assert capsys.readouterr().out.startswith("e: 写法有误")
    for name, text, status in (
        ("t.csv", "决策表,x,命中策略,唯一\n列,输入,输出\n表达式,a,r\n类型,number,string\n1,-,好\n", 0),
        ("t.yaml", 'hit: U\ninputs: [a: number]\noutputs: [r: number]\nrules: [["> 1", "1"]]\n', 1),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert command(["check", str(tmp_path / name)]) == status
