"""What an approval procedure can run, and what lies outside of it, by name and id in both languages."""

import pytest
from tests.engines.casework.bpmn.samples import file

from qilian.engines.casework.bpmn.kernel.profile import outside
from qilian.engines.casework.bpmn.kernel.reading import read

WAIT = "<intermediateCatchEvent id='w'><{kind}EventDefinition/></intermediateCatchEvent>"
TWO = "<timerEventDefinition/><messageEventDefinition/>"
FLOW = "<task id='a'/><task id='b'/><sequenceFlow id='f' sourceRef='a' targetRef='{to}'>{inner}</sequenceFlow>"
CONDITION = "<conditionExpression{language}>x &gt; 1</conditionExpression>"


def kinds(body: str, more: str = "") -> list[str]:
    return [each.kind for each in outside(read(file(body, more=more)))]


@pytest.mark.parametrize(
    "body",
    [
        "<startEvent id='s'/><userTask id='u'/><task id='t'/><businessRuleTask id='b'/>",
        "<serviceTask id='v'/><endEvent id='e'/>",
        "<exclusiveGateway id='x'/><parallelGateway id='p1'/><inclusiveGateway id='i'/><callActivity id='c'/>",
        "<subProcess id='s'><startEvent id='i'/></subProcess>",
        *(WAIT.format(kind=kind) for kind in ("timer", "message", "conditional")),
        FLOW.format(to="b", inner=""),
        FLOW.format(to="t:b", inner=CONDITION.format(language=" language='https://www.omg.org/spec/DMN/FEEL/'")),
        FLOW.format(to="b", inner=CONDITION.format(language="")),
        FLOW.format(to="b", inner="<conditionExpression language='java'/>"),
        "<laneSet><lane id='l'><flowNodeRef>a</flowNodeRef></lane></laneSet><task id='a'/><dataStore id='d'/>",
    ],
)
def test_what_a_procedure_can_run_lies_inside(body: str) -> None:
    assert kinds(body) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        *(
            (f"<{kind} id='x'/>", kind)
            for kind in ("scriptTask", "manualTask", "sendTask", "receiveTask", "transaction")
        ),
        *((f"<{kind} id='x'/>", kind) for kind in ("complexGateway", "eventBasedGateway", "boundaryEvent")),
        *((f"<{kind} id='x'/>", kind) for kind in ("adHocSubProcess", "choreographyTask", "intermediateThrowEvent")),
        *((f"<{kind} id='x'/>", kind) for kind in ("dataObjectReference", "textAnnotation", "group", "association")),
        ("<startEvent id='x'><messageEventDefinition/></startEvent>", "startEvent"),
        ("<endEvent id='x'><terminateEventDefinition/></endEvent>", "endEvent"),
        ("<intermediateCatchEvent id='x'/>", "intermediateCatchEvent"),
        (f"<intermediateCatchEvent id='x'>{TWO}</intermediateCatchEvent>", "intermediateCatchEvent"),
        (WAIT.format(kind="signal"), "intermediateCatchEvent"),
        ("<userTask id='x'><standardLoopCharacteristics/></userTask>", "userTask"),
        ("<userTask id='x' isForCompensation='true'/>", "userTask"),
        ("<subProcess id='x' triggeredByEvent='true'/>", "subProcess"),
        (FLOW.format(to="nowhere", inner=""), "sequenceFlow"),
        (FLOW.format(to="b", inner=CONDITION.format(language=" language='java'")), "sequenceFlow"),
        ("<task id='a'/><userTask id='a'/>", "userTask"),
    ],
)
def test_what_lies_outside_is_told_once(body: str, kind: str) -> None:
    assert kinds(body) == [kind]


def test_the_language_of_the_file_holds_for_its_conditions() -> None:
    body = FLOW.format(to="b", inner=CONDITION.format(language=""))
    assert kinds(body, "expressionLanguage='http://www.w3.org/1999/XPath'") == ["sequenceFlow"]


def test_a_trigger_may_be_shared() -> None:
    event = "<intermediateCatchEvent id='w'><eventDefinitionRef>t</eventDefinitionRef></intermediateCatchEvent>"
    data = file(event)
    assert [each.kind for each in outside(read(data))] == ["intermediateCatchEvent"]
    with_root = data.replace(b"<process", b"<timerEventDefinition id='t'/><process")
    assert outside(read(with_root)) == ()


def test_other_worlds_lie_outside() -> None:
    second = b"<process id='q'><task id='t2'/></process><choreography id='c'/>"
    second += b"<collaboration><messageFlow id='m'/></collaboration>"
    data = file("<task id='t'/>").replace(b"<process", second + b"<process")
    found = outside(read(data))
    assert [each.kind for each in found] == ["choreography", "messageFlow", "process"]


def test_a_sentence_names_the_element_in_both_languages() -> None:
    note = "<textAnnotation id='n'><text>注意</text></textAnnotation>"
    found = outside(read(file(f"<scriptTask id='s' name='算&#10;费'/><manualTask/>{note}")))
    named, nameless, noted = found
    assert named.message.zh == "scriptTask“算 费”（s）：图里不写程序，用决策表。"
    assert named.message.en == "scriptTask “算 费” (s): no program stands in a drawing: use a decision table."
    assert nameless.message.en == "manualTask (no id): use a user task."
    assert noted.name == "注意"
