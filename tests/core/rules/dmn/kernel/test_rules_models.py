"""Models in XML: boxed expressions, requirements, services, types, imports, hit policies, and what is refused."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from qilian.core.rules.dmn.api import Model, literal, namespace_of, read_model
from qilian.core.rules.dmn.xml import parse
from qilian.core.values.text import Refusal

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">'


def model(body: str, **imports: str) -> Model:
    return read_model(f"{HEAD}{body}</definitions>", imports={f"urn:{name}": text for name, text in imports.items()})


def decision(box: str, *, name: str = "d", type_: str = "", requires: tuple[str, ...] = ()) -> str:
    """A decision with its logic; requirements are written `kind:id`."""
    kinds = {"input": "informationRequirement", "decision": "informationRequirement", "know": "knowledgeRequirement"}
    tags = {"input": "requiredInput", "decision": "requiredDecision", "know": "requiredKnowledge"}
    links = ""
    for one in requires:
        kind, _, href = one.partition(":")
        links += f'<{kinds[kind]}><{tags[kind]} href="{href}"/></{kinds[kind]}>'
    return f'<decision id="{name}" name="{name}"><variable name="{name}" typeRef="{type_}"/>{links}{box}</decision>'


def text(feel: str, tag: str = "literalExpression", attributes: str = "") -> str:
    return f"<{tag} {attributes}><text>{feel.replace('<', '&lt;')}</text></{tag}>"


def box(inner: str, inputs: Mapping[str, object] | None = None, **more: str) -> tuple[str, tuple[str, ...]]:
    """The value of a decision with one boxed expression, and the codes of what failed."""
    result = model(decision(inner, **more)).evaluate("d", inputs or {})
    return literal(result.value), tuple(one.code for one in result.diagnostics)


def test_boxed_contexts_lists_and_relations() -> None:
    entry = "<contextEntry><variable name='{}' typeRef='{}'/>{}</contextEntry>"
    entries = entry.format("a", "number", text("1")) + entry.format("b", "string", text("a + 1"))
    assert box(f"<context>{entries}</context>") == ("{a: 1, b: null}", ("conform",))
    assert box(
        f"<context>{entry.format('a', '', text('1'))}<contextEntry>{text('a + 1')}</contextEntry></context>"
    ) == ("2", ())
    assert box("<context><contextEntry><variable name='a'/></contextEntry></context>") == ("{a: null}", ())
    assert box(f"<list>{text('1')}{text('2')}</list>") == ("[1, 2]", ())
    columns = "<column name='x'/><column name='y z'/>"
    rows = f"<row>{text('1')}{text('2')}</row><row>{text('3')}{text('4')}</row>"
    assert box(f"<relation>{columns}{rows}</relation>") == ("[{x: 1, y z: 2}, {x: 3, y z: 4}]", ())


def test_boxed_conditionals_filters_and_iterators() -> None:
    def conditional(condition: str) -> str:
        return f"<conditional><if>{text(condition)}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>"

    assert box(conditional("true")) == ("1", ())
    assert box(conditional("null")) == ("2", ())
    assert box(conditional('"x"')) == ("null", ("boolean",))
    assert box(f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>") == ("[2, 3]", ())
    assert box(f"<filter><in>{text('null')}</in><match>{text('true')}</match></filter>") == ("null", ("filter",))
    loop = f"<in typeRef='Any'>{text('[1, 2, 3]')}</in>"
    assert box(f"<for iteratorVariable='i'>{loop}<return>{text('i + count(partial)')}</return></for>") == (
        "[1, 3, 5]",
        (),
    )
    some = "<some iteratorVariable='i'>{}<satisfies>{}</satisfies></some>"
    assert box(some.format(loop, text("i > 2"))) == ("true", ())
    assert box(some.format(loop, text("if i > 9 then true else null"))) == ("null", ())
    assert box(some.format(loop, text("i"))) == ("null", ("boolean",))
    assert box(some.replace("some", "every").format(loop, text("i > 0"))) == ("true", ())
    assert box("<for iteratorVariable='i'></for>") == ("null", ("iterate",))


def test_invocations_and_functions() -> None:
    parameter = "<formalParameter name='{}' typeRef='{}'/>"
    function = f"<functionDefinition>{parameter.format('x', 'number')}{text('x + 1')}</functionDefinition>"
    binding = "<binding><parameter name='x'/>{}</binding>"
    assert box(f"<invocation>{function}{binding.format(text('2'))}</invocation>") == ("3", ())
    assert box(f"<invocation>{function}{binding.format(text('true'))}</invocation>") == ("null", ("conform",))
    assert box(f"<invocation>{function}<binding>{text('2')}</binding></invocation>") == ("null", ("arguments",))
    assert box(f"<invocation>{text('1')}</invocation>") == ("null", ("call",))
    typed = function.replace("<functionDefinition>", "<functionDefinition typeRef='string'>")
    assert box(f"<invocation>{typed}{binding.format(text('2'))}</invocation>") == ("null", ("conform",))
    entry = "<contextEntry><variable name='{}'/>{}</contextEntry>"
    java = f"<context>{entry.format('class', '{}')}{entry.format('method signature', '{}')}</context>"
    maximum = java.format(text('"java.lang.Math"'), text('"max(int, int)"'))
    both = parameter.format("a", "") + parameter.format("b", "")
    external = f"<functionDefinition kind='Java'>{both}{maximum}</functionDefinition>"
    context = f"<context>{entry.format('f', external)}<contextEntry>{text('f(3, 4)')}</contextEntry></context>"
    assert box(context) == ("4", ())
    pmml = context.replace("kind='Java'", "kind='PMML'")
    assert box(pmml) == ("null", ("external",))


def test_endless_recursion_is_an_error_not_a_crash() -> None:
    logic = f"<encapsulatedLogic><formalParameter name='n'/>{text('again(n)')}</encapsulatedLogic>"
    itself = "<knowledgeRequirement><requiredKnowledge href='#k'/></knowledgeRequirement>"
    knowledge = f"<businessKnowledgeModel id='k' name='again'>{itself}{logic}</businessKnowledgeModel>"
    result = model(knowledge + decision(text("again(1)"), requires=("know:#k",))).evaluate("d", {})
    assert (result.value, result.diagnostics[-1].code) == (None, "deep")


def knowledge(body: str, variable: str = "", logic: str = "") -> str:
    return (
        f"<businessKnowledgeModel id='k' name='twice'><variable name='twice' typeRef='{variable}'/>"
        f"<encapsulatedLogic typeRef='{logic}'><formalParameter name='n' typeRef='number'/>{text(body)}"
        "</encapsulatedLogic>"
        "</businessKnowledgeModel>"
    )


def test_knowledge_models_are_functions_with_typed_results() -> None:
    call = decision(text("twice(4)"), requires=("know:#k",))
    assert model(knowledge("n * 2") + call).evaluate("d", {}).value == 8
    assert model(knowledge("n * 2", variable="string") + call).evaluate("d", {}).value is None
    assert model(knowledge("n * 2", logic="string") + call).evaluate("d", {}).value is None
    item = "<functionItem outputTypeRef='string'><parameters name='n' typeRef='number'/></functionItem>"
    function = f"<itemDefinition name='tF'>{item}</itemDefinition>"
    assert model(function + knowledge("n * 2", variable="tF") + call).evaluate("d", {}).value is None
    assert model(knowledge("n * 2")).call("twice", {"n": 5}).value == 10
    assert literal(model(knowledge("n * 2")).evaluate("twice", {}).value) == "function(n)"
    fact = knowledge("if n = 0 then 1 else n * twice(n - 1)")
    assert model(fact + call).evaluate("d", {}).value == 24
    assert (
        model("<businessKnowledgeModel id='k' name='twice'/>" + call).evaluate("d", {}).diagnostics[0].code == "empty"
    )


def test_each_node_is_evaluated_once_and_all_values_are_told() -> None:
    inputs = "<inputData id='i' name='x'><variable name='x' typeRef='number'/></inputData>"
    parts = decision(text("x + 1"), name="a", requires=("input:#i",)) + decision(
        text("a * 2"), requires=("decision:#a",)
    )
    found = model(inputs + parts)
    result = found.evaluate("d", {"x": 4})
    assert (result.value, dict(result.values), result.trace) == (10, {"x": 4, "a": 5, "d": 10}, ())
    assert found.evaluate("d", {"a": 1}).value == 2  # a decision that is given is not computed
    missing = found.evaluate("d", {})
    assert [one.code for one in missing.diagnostics] == ["missing", "operator", "operator"]
    assert str(missing.diagnostics[0]) == "x: 缺少输入“x”。"
    assert found.evaluate("x", {"x": 1}).value == 1
    with pytest.raises(Refusal) as refused:
        found.evaluate("nobody", {})
    assert refused.value.code == "rules.model.node"


def test_a_circle_of_decisions_is_an_error() -> None:
    parts = decision(text("b"), name="a", requires=("decision:#b",)) + decision(
        text("a"), name="b", requires=("decision:#a",)
    )
    found = model(parts)
    assert [(one.code, one.where) for one in found.findings] == [("cycle", "a")]
    assert [one.code for one in found.evaluate("a", {}).diagnostics] == ["cycle"]


def test_no_logic_is_null_with_a_diagnostic() -> None:
    assert box("") == ("null", ("empty",))
    assert box("<literalExpression/>") == ("null", ())


SERVICE = (
    "<inputData id='i' name='x'><variable name='x' typeRef='number'/></inputData>"
    + decision(text("x + 1"), name="inner", requires=("input:#i",))
    + decision(text("inner * 2"), name="outer", requires=("decision:#inner",))
    + "<decisionService id='s' name='serve'><variable name='serve' typeRef='{}'/><outputDecision href='#outer'/>"
    "<encapsulatedDecision href='#inner'/><inputData href='#i'/></decisionService>"
)


def test_decision_services_are_functions_of_their_inputs() -> None:
    found = model(SERVICE.format("") + decision(text("serve(4)"), requires=("know:#s",)))
    assert found.evaluate("d", {}).value == 10
    assert found.evaluate_service("serve", {"x": 4}).value == 10
    assert found.evaluate_service("serve", {}).value is None
    assert found.evaluate_service("serve", {"x": "text"}).diagnostics[-1].code == "conform"
    typed = model(SERVICE.format("string") + decision(text("serve(4)"), requires=("know:#s",)))
    assert typed.evaluate("d", {}).diagnostics[-1].code == "conform"
    outputs = "<outputDecision href='#a'/><outputDecision href='#b'/><inputData href='#nowhere'/>"
    two = f"<decisionService id='s' name='both'>{outputs}</decisionService>"
    both = model(decision(text("1"), name="a") + decision(text("2"), name="b") + two)
    assert literal(both.evaluate_service("both", {}).value) == "{a: 1, b: 2}"
    assert [finding.code for finding in both.findings] == ["reference"]


ITEMS = """
<itemDefinition name="tAge"><typeRef>number</typeRef>
  <allowedValues><text>[0..150]</text></allowedValues></itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent>
  <itemComponent name="size"><typeRef>string</typeRef>
    <allowedValues><text>"S", "L"</text></allowedValues></itemComponent>
  <itemComponent name="friends" isCollection="true"><typeRef>tPerson</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tSizes" isCollection="true"><typeRef>string</typeRef>
  <allowedValues><text>"S", "L"</text></allowedValues></itemDefinition>
<itemDefinition name="tPair" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>
<itemDefinition name="tLoop"><typeRef>tLoop</typeRef></itemDefinition>
<itemDefinition name="tOdd"><typeRef>tNowhere</typeRef><allowedValues><text>((</text></allowedValues></itemDefinition>
<inputData id="i" name="p"><variable name="p" typeRef="{}"/></inputData>
"""


@pytest.mark.parametrize(
    ("kind", "given", "wanted"),
    [
        ("tAge", 3, "3"),
        ("tAge", 200, "null"),
        ("tAge", None, "null"),
        ("tPerson", {"name": "a", "age": 3}, '{name: "a", age: 3, size: null, friends: null}'),
        ("tPerson", {"name": 1}, "null"),
        ("tPerson", {"size": "M"}, "null"),
        (
            "tPerson",
            {"friends": [{"name": "b"}]},
            '{friends: [{name: "b", age: null, size: null, friends: null}], name: null, age: null, size: null}',
        ),
        ("tSizes", ["S", "L"], '["S", "L"]'),
        ("tSizes", "S", '["S"]'),
        ("tSizes", ["M"], "null"),
        ("tPair", [1, 2], "[1, 2]"),
        ("tPair", [1], "null"),
        ("tLoop", 1, "1"),
        ("tOdd", 1, "1"),
        ("feel:number", 1, "1"),
        ("tUnheard", 1, "1"),
    ],
)
def test_item_definitions_check_inputs(kind: str, given: object, wanted: str) -> None:
    found = model(ITEMS.format(kind) + decision(text("p"), requires=("input:#i",)))
    assert literal(found.evaluate("d", {"p": given}).value) == wanted
    codes = [finding.code for finding in found.findings]
    assert codes[:2] == ["type", "cycle"] and len(codes) == 2 + (kind == "tUnheard")


def test_types_stand_in_expressions_by_name() -> None:
    found = model(
        ITEMS.format("Any") + decision(text("[p instance of tAge, p instance of tPerson]"), requires=("input:#i",))
    )
    assert literal(found.evaluate("d", {"p": 3}).value) == "[true, false]"
    assert literal(found.evaluate("d", {"p": 300}).value) == "[true, false]"  # the lattice knows no allowed values


def test_imports_bring_types_decisions_and_functions() -> None:
    other = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20180521/MODEL/" name="other" namespace="urn:other">'
        "<itemDefinition name='tSmall'><typeRef>number</typeRef>"
        "<allowedValues><text>&lt; 5</text></allowedValues></itemDefinition>"
        "<itemDefinition name='tBox'>"
        "<itemComponent name='in side'><typeRef>number</typeRef></itemComponent></itemDefinition>"
        "<inputData id='i' name='the x'><variable name='the x' typeRef='number'/></inputData>"
        + decision(text("{in side: the x}"), name="D", type_="tBox", requires=("input:#i",))
        + knowledge("n * 2")
        + "</definitions>"
    )
    imports = (
        "<import namespace='urn:other' name='o' importType='https://www.omg.org/spec/DMN/20180521/MODEL/'/>"
        "<import namespace='urn:xsd' name='s' importType='http://www.w3.org/2001/XMLSchema'/>"
    )
    box_ = decision(
        text("o.twice(o.D.in side) + o.the x"),
        type_="o.tSmall",
        requires=("know:urn:other#k", "decision:urn:other#D", "input:urn:other#i"),
    )
    found = model(imports + box_, other=other)
    assert found.evaluate("d", {"urn:other#the x": 1}).value == 3
    assert found.evaluate("d", {"the x": 2}).diagnostics[-1].code == "allowed"
    assert namespace_of(other) == "urn:other"
    with pytest.raises(Refusal) as refused:
        model(imports + box_)
    assert refused.value.code == "rules.model.import"
    own = "<import namespace='urn:m' name='me' importType='DMN'/>"
    assert model(own + decision(text("1"))).evaluate("d", {}).value == 1
    bare = imports.replace("name='o'", "name=''")
    direct = decision(text("twice(3)"), type_="tSmall", requires=("know:urn:other#k",))
    assert model(bare + direct, other=other).evaluate("d", {}).diagnostics[-1].code == "allowed"
    same = read_model(f"{HEAD}{imports}{imports.replace('>', '>', 1)}{box_}</definitions>", imports=lambda _: other)
    assert same.evaluate("d", {"the x": 1}).value == 3


def table(policy: str, outputs: str, rules: str, inputs: str = "", aggregation: str = "") -> str:
    tested = inputs or f"<input label='x'>{text('x', 'inputExpression')}</input>"
    how = f"aggregation='{aggregation}'" if aggregation else ""
    return f"<decisionTable hitPolicy='{policy}' {how}>{tested}{outputs}{rules}</decisionTable>"


def rule(test: str, *results: str) -> str:
    return f"<rule>{text(test, 'inputEntry')}{''.join(text(one, 'outputEntry') for one in results)}</rule>"


def decided(given: object, box_: str) -> tuple[str, tuple[str, ...]]:
    inputs = "<inputData id='i' name='x'/>"
    result = model(inputs + decision(box_, requires=("input:#i",))).evaluate("d", {"x": given})
    return literal(result.value), tuple(one.code for one in result.diagnostics)


ONE = "<output name='r'>{}</output>"
ORDER = '<output name=\'r\'><outputValues><text>"high", "low"</text></outputValues></output>'
RULES = rule("> 1", '"low"') + rule("> 2", '"high"') + rule("> 3", '"low"')


@pytest.mark.parametrize(
    ("policy", "given", "wanted"),
    [
        ("UNIQUE", 2, ('"low"', ())),
        ("UNIQUE", 3, ("null", ("overlap",))),
        ("ANY", 3, ("null", ("differ",))),
        ("FIRST", 4, ('"low"', ())),
        ("PRIORITY", 4, ('"high"', ())),
        ("RULE ORDER", 4, ('["low", "high", "low"]', ())),
        ("OUTPUT ORDER", 4, ('["high", "low", "low"]', ())),
        ("COLLECT", 4, ('["low", "high", "low"]', ())),
        ("COLLECT", 0, ("null", ())),
    ],
)
def test_hit_policies(policy: str, given: int, wanted: tuple[str, tuple[str, ...]]) -> None:
    assert decided(given, table(policy, ORDER, RULES)) == wanted


@pytest.mark.parametrize(
    ("how", "results", "wanted"),
    [
        ("SUM", ("1", "2"), ("3", ())),
        ("COUNT", ("1", "2"), ("2", ())),
        ("MIN", ("2", "1", "3"), ("1", ())),
        ("MAX", ('"a"', '"b"'), ('"b"', ())),
        ("SUM", ('"a"', '"b"'), ("null", ("aggregate",))),
        ("MIN", ("1", '"a"'), ("null", ("aggregate",))),
        ("odd", ("1",), ("null", ("policy",))),
    ],
)
def test_aggregations(how: str, results: tuple[str, ...], wanted: tuple[str, tuple[str, ...]]) -> None:
    rules = "".join(rule("-", one) for one in results)
    assert decided(1, table("COLLECT", ONE.format(""), rules, aggregation=how)) == wanted


def test_any_agrees_with_itself() -> None:
    assert decided(4, table("ANY", ONE.format(""), rule("> 1", "1") + rule("> 2", "1.0"))) == ("1", ())


def test_several_outputs_make_a_context() -> None:
    two = "<output name='a b' typeRef='number'/><output label='c'/>"
    assert decided(1, table("UNIQUE", two, rule("1", "1", "2"))) == ("{a b: 1, c: 2}", ())
    assert decided(1, table("PRIORITY", two, rule("1", "1", "2") + rule("1", "3", "4"))) == ("{a b: 1, c: 2}", ())
    assert decided(1, table("UNIQUE", two, rule("1", '"x"', "2"))) == ("null", ("conform",))
    assert decided(1, table("COLLECT", two, rule("1", "1", "2"), aggregation="SUM")) == ("null", ("aggregate",))
    assert decided(2, table("UNIQUE", two, rule("1", "1", "2"))) == ("null", ())
    default = two.replace("typeRef='number'/>", f"typeRef='number'>{text('9', 'defaultOutputEntry')}</output>")
    assert decided(2, table("UNIQUE", default, rule("1", "1", "2"))) == ("{a b: 9, c: null}", ())


def test_inputs_and_outputs_may_be_limited() -> None:
    tested = text("x", "inputExpression", "typeRef='number'")
    limited = f"<input label='x'>{tested}{text('[1..5]', 'inputValues')}</input>"
    inputs = limited
    assert decided(3, table("UNIQUE", ONE.format(""), rule("-", "1"), inputs)) == ("1", ())
    assert decided(9, table("UNIQUE", ONE.format(""), rule("-", "1"), inputs)) == ("null", ("input",))
    assert decided("a", table("UNIQUE", ONE.format(""), rule("-", "1"), inputs)) == ("null", ("conform",))
    assert decided(3, table("UNIQUE", ORDER, rule("-", '"other"'))) == ('"other"', ("output",))
    assert decided(3, table("PRIORITY", ONE.format(text("((", "outputValues")), rule("-", "1"))) == (
        "1",
        ("syntax", "output"),
    )
    assert decided(3, table("UNIQUE", ONE.format(text("0", "defaultOutputEntry")), rule("4", "1"))) == ("0", ())


def test_cells_that_are_no_feel_are_findings_and_null() -> None:
    found = model(
        "<inputData id='i' name='x'/>"
        + decision(table("UNIQUE", ONE.format(""), rule("((", "1") + rule("-", "1 +")), requires=("input:#i",))
    )
    assert [(one.code, one.where) for one in found.findings] == [("syntax", "d"), ("syntax", "d")]
    result = found.evaluate("d", {"x": 1})
    assert (result.value, [one.code for one in result.diagnostics]) == (None, ["syntax", "syntax"])
    long = model(decision(text("1 + " * 40)))
    assert "…" in long.findings[0].message.zh


def test_the_trace_of_a_model_names_its_tables() -> None:
    found = model("<inputData id='i' name='x'/>" + decision(table("UNIQUE", ORDER, RULES), requires=("input:#i",)))
    (trace,) = found.evaluate("d", {"x": 2}).trace
    assert (trace.name, trace.matched, trace.result) == ("d", (1,), '"low"')
    assert trace.rules[1].sentence().en == "Rule 2 does not match: x 2 does not meet “> 2”."


def test_the_moment_is_one_for_the_whole_model() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    found = model(decision(text("today()")) + SERVICE.format(""))
    assert str(found.evaluate("d", {}, now=at).value) == "2026-01-01"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("<a>", "xml.form"),
        ("", "xml.form"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml.doctype"),
        ('<?xml version="1.0" encoding="x-unheard"?><a/>', "xml.encoding"),
        ("<!-- before --><!DOCTYPE a><a/>", "xml.doctype"),
        ("<a>&x;</a>", "xml.form"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "xml.encoding"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="idna"?><a/>', "xml.encoding"),
        (b'<?xml version="1.0" encoding="GBK"?><a>\xff\xff</a>', "xml.encoding"),
        ('<?xml version="1.0" encoding="utf-7"?><a/>'.encode("utf-16"), "xml.encoding"),
        (b'<?xml version="1.0"?><a>\xff</a>', "xml.form"),
        ("<a>" * 300, "xml.deep"),
        ("<a>" + "<b/>" * 400_001 + "</a>", "xml.deep"),
        (b" " * 8_000_001, "xml.size"),
        ("<a/>", "model.form"),
        ('<definitions xmlns="urn:x"/>', "model.form"),
    ],
)
def test_what_is_no_dmn_is_refused_with_a_sentence(data: str | bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_model(data)
    assert refused.value.code == f"rules.{code}"
    assert refused.value.message.zh and refused.value.message.en


@pytest.mark.parametrize("name", ["GB18030", "gbk", "gb2312", "utf-8", "utf-16", "iso-8859-1"])
def test_a_file_is_read_in_the_encoding_that_it_declares(name: str) -> None:
    word = "é" if name == "iso-8859-1" else "祁连"
    text = f'<?xml version="1.0" encoding="{name}"?><a>{word}<!-- -->{word}</a>'
    assert parse(text.encode(name)).text == parse(text).text == word * 2


def test_a_refusal_of_a_file_names_the_line() -> None:
    with pytest.raises(Refusal) as refused:
        read_model("<a>\n<b></a>")
    assert refused.value.where == "line 2" and refused.value.remedy


def test_limits_end_an_evaluation_wherever_they_are_passed() -> None:
    endless = text("for i in 1..1000000000 return i")
    assert box(f"<list>{endless}</list>") == ("null", ("steps",))
    assert box(f"<filter><in>{endless}</in><match>{text('true')}</match></filter>") == ("null", ("steps",))
    loop: list[object] = []
    loop.append(loop)
    found = model("<inputData id='i' name='x'/>" + decision(text("x"), requires=("input:#i",)))
    assert [one.code for one in found.evaluate("d", {"x": loop}).diagnostics] == ["deep"]


def test_the_nodes_of_a_model_are_listed_by_kind() -> None:
    found = model(SERVICE.format("") + knowledge("n"))
    names = {
        kind: [node.name for node in found.of_kind(kind)] for kind in ("input", "decision", "knowledge", "service")
    }
    assert names == {"input": ["x"], "decision": ["inner", "outer"], "knowledge": ["twice"], "service": ["serve"]}


def test_a_requirement_that_leads_nowhere_is_a_finding() -> None:
    found = model(decision(text("1"), requires=("input:#gone",)))
    assert [(one.code, one.message.en) for one in found.findings] == [
        ("reference", "The reference leads nowhere: #gone.")
    ]
    assert found.evaluate("d", {}).value == 1


def test_what_fails_outside_a_text_has_no_place_in_it() -> None:
    typed = model(decision(text('"a"'), type_="number")).evaluate("d", {})
    missing = model('<inputData id="i" name="i"/>' + decision(text("i"), requires=("input:#i",))).evaluate("d", {})
    empty = model('<decision id="d" name="d"/>').evaluate("d", {})
    for result, code in ((typed, "conform"), (missing, "missing"), (empty, "empty")):
        [found] = result.diagnostics
        assert (found.code, found.start, found.end, found.where) == (code, 0, 0, found.where)


def test_values_that_are_not_in_the_order_come_last() -> None:
    def decided(policy: str, *results: str) -> str:
        outputs = "<output name='o'><outputValues><text>3, 1</text></outputValues></output>"
        rules = "".join(
            f"<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>{one}</text></outputEntry></rule>"
            for one in results
        )
        head = f"<decisionTable hitPolicy='{policy}'><input><inputExpression><text>1</text></inputExpression></input>"
        return box(f"{head}{outputs}{rules}</decisionTable>")[0]

    assert decided("OUTPUT ORDER", "2", "1", "3") == "[3, 1, 2]"
    assert decided("PRIORITY", "2", "1") == "1"


def test_elements_stand_two_hundred_deep_and_no_deeper() -> None:
    def nested(depth: int) -> str:
        return "<a>" * depth + "</a>" * depth

    element, depth = parse(nested(200)), 1
    while element.children:
        element, depth = element.children[0], depth + 1
    assert depth == 200
    with pytest.raises(Refusal, match="嵌套过深"):
        parse(nested(201))


def test_keys_of_imported_types_are_known_at_any_depth_and_in_types_that_hold_themselves() -> None:
    other = (
        f"{HEAD.replace('urn:m', 'urn:other')}<itemDefinition name='tPerson'>"
        "<itemComponent name='full name'><typeRef>string</typeRef></itemComponent>"
        "<itemComponent name='home town'><itemComponent name='post code'><typeRef>number</typeRef></itemComponent>"
        "</itemComponent>"
        "<itemComponent name='close friends' isCollection='true'><typeRef>tPerson</typeRef></itemComponent>"
        "</itemDefinition><inputData id='i' name='p'><variable name='p' typeRef='tPerson'/></inputData></definitions>"
    )
    imports = "<import namespace='urn:other' name='o' importType='https://www.omg.org/spec/DMN/20230324/MODEL/'/>"
    requires = ("input:urn:other#i",)
    found = model(
        imports
        + decision(text("o.p.close friends[1].full name"), requires=requires)
        + decision(text("o.p.home town.post code + 1"), name="e", requires=requires),
        other=other,
    )
    friend = {"full name": "乙", "home town": None, "close friends": []}
    person = {"full name": "甲", "home town": {"post code": 810000}, "close friends": [friend]}
    assert found.evaluate("d", {"p": person}).value == "乙"
    assert found.evaluate("e", {"p": person}).value == 810001


def test_a_function_may_name_itself_by_several_words() -> None:
    logic = f"<encapsulatedLogic><formalParameter name='n'/>{text('if n = 0 then 1 else n * the fact(n - 1)')}"
    itself = "<knowledgeRequirement><requiredKnowledge href='#k'/></knowledgeRequirement>"
    fact = (
        f"<businessKnowledgeModel id='k' name='the fact'>{itself}{logic}</encapsulatedLogic></businessKnowledgeModel>"
    )
    assert model(fact + decision(text("the fact(4)"), requires=("know:#k",))).evaluate("d", {}).value == 24
    alone = fact.replace(itself, "")
    assert model(alone + decision(text("the fact(4)"), requires=("know:#k",))).evaluate("d", {}).value == 24


def test_the_type_of_a_function_is_that_of_its_body() -> None:
    def instance(result: str, body: str, of: str = "") -> str:
        function = f"<functionDefinition {of}><formalParameter name='x' typeRef='number'/>{text('x', attributes=body)}"
        entry = f"<contextEntry><variable name='f'/>{function}</functionDefinition></contextEntry>"
        asked = text(f"f instance of function<number> -> {result}")
        return box(f"<context>{entry}<contextEntry>{asked}</contextEntry></context>")[0]

    assert instance("number", "typeRef='number'") == "true" and instance("string", "typeRef='number'") == "false"
    assert (
        instance("number", "", "typeRef='number'") == "true" and instance("string", "", "typeRef='number'") == "false"
    )
