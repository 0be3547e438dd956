"""Models as other makers write them: their namespaces, types, languages and habits; and what is no table is said."""

from pathlib import Path

import pytest

from qilian.core.rules.dmn.api import Model, Table, findings, literal, read_model, table_in
from qilian.core.rules.dmn.command import command
from qilian.core.values.text import Refusal

VERSIONS = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "1.6": "https://www.omg.org/spec/DMN/20240513/MODEL/",
}


def rule(test: str, *results: str) -> str:
    tests = f"<inputEntry><text>{test.replace('<', '&lt;')}</text></inputEntry>"
    return f"<rule>{tests}{''.join(f'<outputEntry><text>{one}</text></outputEntry>' for one in results)}</rule>"


RULES = rule("< 10", '"低"') + rule(">= 10", '"高"')
COLUMN = '<input label="数"><inputExpression typeRef="{type}"><text>x</text></inputExpression></input>'


def table(rules: str = RULES, policy: str = 'hitPolicy="UNIQUE"', kind: str = "number") -> str:
    output = '<output name="level" typeRef="string"/>'
    return f"<decisionTable {policy}>{COLUMN.format(type=kind)}{output}{rules}</decisionTable>"


def model(body: str, namespace: str = VERSIONS["1.5"], more: str = "", **imports: str) -> Model:
    text = f'<definitions xmlns="{namespace}" name="m" namespace="urn:m" {more}>{body}</definitions>'
    return read_model(text, imports={f"urn:{name}": other for name, other in imports.items()})


def decision(logic: str, name: str = "等级", links: str = "", variable: bool = True) -> str:
    named = f'<variable name="{name}"/>' if variable else ""
    return f'<decision id="{name}" name="{name}">{named}{links}{logic}</decision>'


X = '<inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>'
NEEDS_X = '<informationRequirement><requiredInput href="#x"/></informationRequirement>'


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_the_standard_loads(version: str) -> None:
    found = model(X + decision(table(), links=NEEDS_X), VERSIONS[version])
    assert found.findings == []
    assert found.evaluate("等级", {"x": 12}).value == "高"


@pytest.mark.parametrize(
    "kind", ["integer", "long", "double", "Integer", "xsd:decimal", "feel:number", "int", "float", "short", "Number"]
)
def test_numbers_have_many_names(kind: str) -> None:
    items = f'<itemDefinition name="t"><typeRef>{kind}</typeRef></itemDefinition>'
    found = model(items + X + decision(table(kind=kind), links=NEEDS_X) + decision(table(kind="t"), "又", NEEDS_X))
    assert found.findings == []
    assert found.evaluate("等级", {"x": 9}).value == found.evaluate("又", {"x": 9}).value == "低"
    assert found.evaluate("等级", {"x": "九"}).value is None


def test_a_camunda_graph_names_outputs_and_lists_no_inputs() -> None:
    """Required decisions are known by their outputs; what is tested stands in no inputData."""
    one = (
        '<decision id="season" name="Season"><decisionTable id="t1">'
        '<input id="i" camunda:inputVariable="month"><inputExpression typeRef="integer" expressionLanguage="feel">'
        "<text>month</text></inputExpression></input>"
        '<output id="o" name="season" typeRef="string"/>'
        + rule("[3..8]", '"warm"')
        + rule("-", '"cold"')
        + "</decisionTable></decision>"
    ).replace("<decisionTable ", '<decisionTable hitPolicy="FIRST" ')
    both = (
        '<decision id="pair" name="Pair"><decisionTable hitPolicy="FIRST"><output name="one" typeRef="integer"/>'
        '<output name="two" typeRef="integer"/><rule><outputEntry><text>1</text></outputEntry>'
        "<outputEntry><text>2</text></outputEntry></rule></decisionTable></decision>"
    )
    links = "".join(
        f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>'
        for one in ("season", "pair")
    )
    dish = (
        f'<decision id="dish" name="Dish">{links}<decisionTable hitPolicy="UNIQUE">'
        '<input><inputExpression typeRef="string"><text>season</text></inputExpression></input>'
        '<output name="dish" typeRef="string"/>'
        + rule('"warm"', '"salad" + string(one + two)')
        + rule('"cold"', '"soup"')
        + "</decisionTable></decision>"
    )
    found = model(
        one + both + dish,
        VERSIONS["1.3"],
        'xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
        'exporter="Camunda Modeler" modeler:executionPlatform="Camunda Platform"',
    )
    assert found.findings == []
    assert found.evaluate("Dish", {"month": 5}).value == "salad3"
    assert found.evaluate("Dish", {"month": 11}).value == "soup"


def test_a_variable_may_be_called_otherwise_than_its_node() -> None:
    """Signavio names nodes for people and variables for expressions; its extensions are left alone."""
    age = (
        '<inputData id="i" name="Age of applicant"><extensionElements><signavio:shapeId id="1"/></extensionElements>'
        '<variable name="age" typeRef="feel:number"/></inputData>'
    )
    logic = "<literalExpression><text>age >= 18 and given</text></literalExpression>"
    other = '<inputData id="j" name="given"><variable name="age" typeRef="boolean"/></inputData>'
    links = "".join(f'<informationRequirement><requiredInput href="#{one}"/></informationRequirement>' for one in "ji")
    found = model(
        age + other + decision(logic, links=links),
        VERSIONS["1.1"],
        'xmlns:signavio="http://www.signavio.com/schema/dmn/1.1/"',
    )
    assert found.findings == []
    assert found.evaluate("等级", {"Age of applicant": 20, "given": True}).diagnostics[0].code == "compare"
    found = model(
        age + decision("<literalExpression><text>age >= 18</text></literalExpression>", links=links[len(links) // 2 :]),
        VERSIONS["1.1"],
        'xmlns:signavio="http://www.signavio.com/schema/dmn/1.1/"',
    )
    assert found.evaluate("等级", {"Age of applicant": 20}).value is True


def test_extensions_and_diagrams_of_drools_are_left_alone() -> None:
    more = (
        'xmlns:kie="http://www.drools.org/kie/dmn/1.2" xmlns:dmndi="http://www.omg.org/spec/DMN/20180521/DMNDI/" '
        'typeLanguage="http://www.omg.org/spec/DMN/20180521/FEEL/" '
        'expressionLanguage="http://www.omg.org/spec/DMN/20180521/FEEL/"'
    )
    extras = (
        "<extensionElements><kie:attachment kie:url='u' kie:name='n'/></extensionElements>"
        "<dmndi:DMNDI><dmndi:DMNDiagram><di:extension xmlns:di='urn:di'/></dmndi:DMNDiagram></dmndi:DMNDI>"
    )
    found = model(X + decision(table(), links=NEEDS_X) + extras, VERSIONS["1.2"], more)
    assert found.findings == [] and found.evaluate("等级", {"x": 1}).value == "低"


@pytest.mark.parametrize("language", ["juel", "groovy", "http://www.w3.org/1999/XPath"])
def test_another_language_is_a_finding_and_decides_nothing(language: str) -> None:
    foreign = f'<literalExpression expressionLanguage="{language}"><text>${{x.size()}}</text></literalExpression>'
    found = model(X + decision(foreign, links=NEEDS_X))
    assert [one.code for one in found.findings] == ["language"]
    assert found.evaluate("等级", {"x": 1}).value is None
    cells = table(
        RULES.replace("<outputEntry>", f'<outputEntry expressionLanguage="{language}">').replace('"低"', "low()")
    )
    found = model(X + decision(cells, links=NEEDS_X))
    assert [one.code for one in found.findings] == ["language"]
    assert found.evaluate("等级", {"x": 1}).value is None
    plain = table(RULES.replace("<outputEntry>", f'<outputEntry expressionLanguage="{language}">'))
    assert model(X + decision(plain, links=NEEDS_X)).evaluate("等级", {"x": 1}).value == "低"
    whole = model(X + decision(table(), links=NEEDS_X), more=f'expressionLanguage="{language}"')
    assert [one.code for one in whole.findings] == ["language"]


RAGGED = {
    "a result too many": rule("< 10", '"低"', "1") + rule(">= 10", '"高"'),
    "a result too few": rule("< 10") + rule(">= 10", '"高"'),
    "a test too few": rule("< 10", '"低"').replace("<inputEntry><text>&lt; 10</text></inputEntry>", "")
    + rule("-", '"高"'),
}


@pytest.mark.parametrize("rules", RAGGED.values(), ids=RAGGED)
def test_a_ragged_rule_is_named_and_decides_nothing(rules: str) -> None:
    text = X + decision(table(rules), links=NEEDS_X)
    found = model(text)
    assert [(one.code, "1" in one.message.zh) for one in found.findings] == [("ragged", True)]
    for value in (5, 20):
        result = found.evaluate("等级", {"x": value})
        assert (result.value, [one.code for one in result.diagnostics]) == (None, ["ragged"])
    alone = Table.from_dmn(f'<definitions xmlns="{VERSIONS["1.5"]}">{text}</definitions>')
    assert [one.code for one in alone.findings] == ["ragged"]
    assert alone.decide({"x": 5}).diagnostics[0].code == "ragged"
    assert alone.decide({"x": 5}).trace.rules == ()
    assert [one.kind for one in findings(alone)] == ["unread"]
    assert alone.decide_columns({"x": [5]}).diagnostics[0][0].code == "ragged"
    for write in (alone.to_csv, alone.to_yaml, alone.to_dmn):
        with pytest.raises(Refusal) as refused:
            write()
        assert refused.value.code == "rules.table.ragged"


@pytest.mark.parametrize(
    "policy", ['hitPolicy="unique"', 'hitPolicy=""', 'hitPolicy="COLLECT" aggregation="AVG"', 'hitPolicy="RULE_ORDER"']
)
def test_a_hit_policy_that_is_none_is_a_finding_and_never_a_list(policy: str) -> None:
    found = model(X + decision(table(policy=policy), links=NEEDS_X))
    assert [one.code for one in found.findings] == ["policy"]
    result = found.evaluate("等级", {"x": 5})
    assert (result.value, [one.code for one in result.diagnostics]) == (None, ["policy"])


def test_a_table_without_outputs_decides_nothing() -> None:
    found = model(X + decision(f"<decisionTable>{COLUMN.format(type='number')}</decisionTable>", links=NEEDS_X))
    assert [one.code for one in found.findings] == ["outputs"]


def test_a_column_with_a_label_alone_tests_what_it_names() -> None:
    columns = "inputs:\n  - {label: 季节, type: string}\noutputs:\n  - 等级: string\n"
    text = f"table: 等级\nhit: U\n{columns}rules:\n  - [春, 一]\n"
    found = Table.from_yaml(text)
    assert found.decide({"季节": "春"}).result == "一"
    assert Table.from_yaml(found.to_yaml()).shape == Table.from_csv(found.to_csv()).shape == found.shape
    blank = '<input label="季节"><inputExpression typeRef="string"><text></text></inputExpression></input><input/>'
    cells = rule("-", "1").replace("</inputEntry>", "</inputEntry><inputEntry><text></text></inputEntry>")
    logic = f'<decisionTable>{blank}<output name="r"/>{cells}</decisionTable>'
    empty = f'<definitions xmlns="{VERSIONS["1.5"]}"><decision name="d">{logic}</decision></definitions>'
    drawn = Table.from_dmn(empty)
    assert drawn.shape.inputs[0].expression == "季节" and drawn.names == ("季节",)
    for again in (Table.from_csv(drawn.to_csv()), Table.from_yaml(drawn.to_yaml()), Table.from_dmn(drawn.to_dmn())):
        assert again.shape == drawn.shape


LOOP = '<import namespace="urn:{other}" name="{name}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'


def looped(name: str) -> Model:
    """Two models that import each other, under a name or none."""
    dot = f"{name}." if name else ""
    allowed = "<allowedValues><text>&lt; 50</text></allowedValues>"
    item = f'<itemDefinition name="tSmall"><typeRef>number</typeRef>{allowed}</itemDefinition>'
    other = (
        f'<definitions xmlns="{VERSIONS["1.5"]}" name="乙" namespace="urn:b">{LOOP.format(other="m", name=name)}{item}'
        + decision("<literalExpression><text>21</text></literalExpression>", "基数")
        + decision(
            f"<literalExpression><text>{dot}收费 + 1</text></literalExpression>",
            "合计",
            '<informationRequirement><requiredDecision href="urn:m#收费"/></informationRequirement>',
        )
        + "</definitions>"
    )
    return model(
        LOOP.format(other="b", name=name)
        + f'<decision id="收费" name="收费"><variable name="收费" typeRef="{dot}tSmall"/>'
        '<informationRequirement><requiredDecision href="urn:b#基数"/></informationRequirement>'
        f"<literalExpression><text>{dot}基数 * 2</text></literalExpression></decision>"
        + decision(
            f"<literalExpression><text>{dot}合计</text></literalExpression>",
            "全部",
            '<informationRequirement><requiredDecision href="urn:b#合计"/></informationRequirement>',
        ),
        b=other,
    )


@pytest.mark.parametrize("name", ["b", ""])
def test_models_may_import_each_other_as_long_as_no_decision_needs_itself(name: str) -> None:
    found = looped(name)
    assert found.findings == []
    assert found.evaluate("收费", {}).value == 42
    assert found.evaluate("全部", {}).value == 43


def test_a_decision_that_needs_itself_through_two_models_is_said() -> None:
    needs = '<informationRequirement><requiredDecision href="urn:{0}#d"/></informationRequirement>'
    logic = "<literalExpression><text>{0}.d</text></literalExpression>"
    other = (
        f'<definitions xmlns="{VERSIONS["1.5"]}" name="b" namespace="urn:b">{LOOP.format(other="m", name="m")}'
        + decision(logic.format("m"), "d", needs.format("m"))
        + "</definitions>"
    )
    found = model(LOOP.format(other="b", name="b") + decision(logic.format("b"), "d", needs.format("b")), b=other)
    result = found.evaluate("d", {})
    assert result.value is None and "cycle" in {one.code for one in result.diagnostics}


def test_a_function_whose_text_leaves_open_what_it_returns_fits_a_typed_parameter() -> None:
    item = (
        '<itemDefinition name="tFun"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/>'
        "</functionItem></itemDefinition>"
        '<itemDefinition name="tTwo"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/>'
        '<parameters name="m" typeRef="number"/></functionItem></itemDefinition>'
    )
    apply = (
        '<businessKnowledgeModel id="k" name="apply"><encapsulatedLogic><formalParameter name="f" typeRef="tFun"/>'
        '<formalParameter name="g" typeRef="tTwo"/>'
        "<literalExpression><text>f(4) + g(1, 2)</text></literalExpression>"
        "</encapsulatedLogic></businessKnowledgeModel>"
    )
    link = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'

    def applied(one: str, two: str) -> str:
        logic = f"<literalExpression><text>apply({one}, {two})</text></literalExpression>"
        return literal(model(item + apply + decision(logic, links=link)).evaluate("等级", {}).value)

    assert applied("function(a) a * 2", "sum") == "11"
    assert applied("sqrt", "function(a, b) a + b") == "5"
    assert applied("function(a: number) a", "max") == "6"
    assert applied('function(a) "text"', "sum") == applied("function(a: string) a", "sum") == "null"
    assert applied("function(a, b) a", "sum") == applied("abs", "function(a) a") == "null"


def test_the_command_names_the_rule_that_does_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:

    file = tmp_path / "m.dmn"
    text = X + decision(table(RAGGED["a result too many"]), links=NEEDS_X)
    file.write_text(
        f'<definitions xmlns="{VERSIONS["1.5"]}" name="m" namespace="urn:m">{text}</definitions>', encoding="utf-8"
    )
    assert command(["check", str(file)]) == 1
    assert "规则 1" in capsys.readouterr().out


def test_the_tables_of_a_file_are_listed_by_name() -> None:
    other = decision("<literalExpression><text>1</text></literalExpression>", "别的")
    text = f'<definitions xmlns="{VERSIONS["1.5"]}">{decision(table())}{other}{decision(table(), "乙")}</definitions>'
    assert Table.names_in(text) == ("等级", "乙")


def test_a_sum_beyond_all_numbers_is_said_in_a_model_too() -> None:
    rules = rule("-", "9e6144") * 2
    found = model(
        X + decision(table(rules, 'hitPolicy="COLLECT" aggregation="SUM"').replace("string", "number"), links=NEEDS_X)
    )
    result = found.evaluate("等级", {"x": 1})
    assert (result.value, [one.code for one in result.diagnostics]) == (None, ["range.number"])


def test_a_model_that_is_found_in_place_of_another_is_missing() -> None:
    other = f'<definitions xmlns="{VERSIONS["1.5"]}" name="c" namespace="urn:c"></definitions>'
    with pytest.raises(Refusal) as refused:
        model(LOOP.format(other="b", name="b"), b=other)
    assert refused.value.code == "rules.model.import"


ONCE = decision(table())
TWICE = ONCE * 2


def test_a_file_is_read_by_its_ending() -> None:
    one = f'<definitions xmlns="{VERSIONS["1.5"]}">{decision(table())}</definitions>'
    two = one.replace("</definitions>", f"{decision(table(), '乙')}</definitions>")
    wanted = Table.from_dmn(one)
    for name, content in (
        ("a.dmn", one.encode()),
        ("A.XML", one.encode()),
        ("a.csv", wanted.to_csv().encode("utf-8-sig")),
        ("a.csv", wanted.to_csv().encode("gb18030")),
        ("a.yaml", wanted.to_yaml().encode()),
        ("a.yml", wanted.to_yaml().encode()),
    ):
        assert table_in(name, content).shape == wanted.shape
    assert table_in("a.dmn", two.encode(), "乙").shape.name == "乙"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("", b"", "rules.file"),
        ("a.xlsx", b"", "rules.file"),
        ("a.csv", b"\xff\xff", "rules.file.encoding"),
        ("a.csv", b"x", "rules.csv.head"),
        ("a.yaml", b"x" * 8_000_001, "rules.file.size"),
        ("a.dmn", b"<a/>", "rules.model.form"),
        ("a.dmn", f'<definitions xmlns="{VERSIONS["1.5"]}"/>'.encode(), "rules.table.none"),
        ("a.dmn", f'<definitions xmlns="{VERSIONS["1.5"]}">{TWICE}</definitions>'.encode(), "rules.file.tables"),
        ("a.dmn", f'<definitions xmlns="{VERSIONS["1.5"]}">{ONCE}</definitions>'.encode(), "rules.file.rules"),
    ],
    ids=lambda part: str(part)[:20],
)
def test_a_file_that_holds_no_table_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        table_in(name, content, rules=1)
    assert refused.value.code == code


def test_a_table_takes_the_types_of_its_model_along_as_what_they_are() -> None:
    """Signavio and Kie name every type; one that is defined by another, or by itself, ends."""
    items = (
        '<itemDefinition name="customerType"><typeRef>feel:string</typeRef>'
        '<allowedValues><text>"企业", "农户"</text></allowedValues></itemDefinition>'
        '<itemDefinition name="alias"><typeRef>customerType</typeRef></itemDefinition>'
        '<itemDefinition name="loop"><typeRef>loop</typeRef></itemDefinition>'
        '<itemDefinition name="many" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
        '<itemDefinition name="parts"><itemComponent name="a"><typeRef>number</typeRef></itemComponent>'
        "</itemDefinition>"
    )

    def brought(kind: str) -> Table:
        logic = decision(table(rule("-", '"低"'), kind=kind))
        text = f'<definitions xmlns="{VERSIONS["1.1"]}" name="m" namespace="urn:m">{items}{logic}</definitions>'
        return table_in("a.dmn", text.encode())

    for kind in ("customerType", "alias"):
        found = brought(kind)
        (column,) = found.shape.inputs
        assert (column.type, column.allowed, found.findings) == ("string", '"企业", "农户"', ())
        assert found.decide({"x": "企业"}).result == "低" and found.decide({"x": "国企"}).result is None
        assert (
            Table.from_csv(found.to_csv())
            == Table.from_yaml(found.to_yaml())
            == Table.from_dmn(found.to_dmn())
            == found
        )
    assert [one.code for kind in ("loop", "many", "parts") for one in brought(kind).findings] == ["type"] * 3


@pytest.mark.parametrize("cell", ['== "西宁"', '"a" == "b"'])
def test_two_equal_signs_of_other_languages_are_a_finding_and_never_quietly_false(cell: str) -> None:
    found = model(X + decision(table(rule(cell, '"低"'), kind="string"), links=NEEDS_X))
    assert [one.code for one in found.findings] == ["syntax"]
    assert found.evaluate("等级", {"x": "西宁"}).value is None
