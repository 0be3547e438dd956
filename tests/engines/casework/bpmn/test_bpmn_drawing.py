"""Diagrams as pictures: everything that has a place is shown, names are whole, and the file stays well-formed."""

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from tests.engines.casework.bpmn.samples import DEFINITIONS, STRANGE, box, file, label, line

from qilian.core.values.text import Refusal, speaking
from qilian.engines.casework.bpmn.api import Definitions, draw, laid_out, read

SVG = "{http://www.w3.org/2000/svg}"


def drawn(body: str, shapes: str, **given: object) -> Element:
    return fromstring(draw(read(file(body, shapes)), **given))  # type: ignore[arg-type]  # the keywords of `draw`


def texts(root: Element) -> list[str]:
    """The names in the picture, each of its lines put together."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def titles(root: Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}title")][1:]


@pytest.mark.parametrize("name", ["A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1", "B.1.0", "B.2.0"])
def test_the_reference_models_are_drawn_with_every_name(name: str, shared: Path) -> None:
    definitions = read((shared / "testdata/bpmn-miwg" / f"{name}.bpmn").read_bytes())
    root, known = fromstring(draw(definitions)), definitions.by_id()
    shapes = [each for each in definitions.diagrams[0].plane.shapes if each.shows in known]
    assert len(titles(root)) == len(shapes)
    names = {" ".join(known[each.shows].name.split()) or each.shows for each in shapes}
    assert set(titles(root)) == names
    flows = {
        " ".join(known[each.shows].name.split()) for each in definitions.diagrams[0].plane.edges if each.shows in known
    }
    said = {text.replace(" ", "") for text in texts(root)}
    assert {each.replace(" ", "") for each in flows if each} <= said


@given(DEFINITIONS)
def test_any_model_gives_a_well_formed_picture(definitions: Definitions) -> None:
    for sheet in range(len(definitions.diagrams)):
        root = fromstring(draw(definitions, sheet))
        assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None


def test_signs_of_names_are_escaped() -> None:
    root = drawn("<task id='a' name='&lt;b&gt;&amp;\"'/>", box("a"), name='x"y')
    assert texts(root) == ['<b>&"'] and root.get("aria-labelledby") == 'x"y-title'


def test_a_chinese_name_is_broken_into_lines_inside_its_box() -> None:
    root = drawn("<userTask id='a' name='申请人补正材料并重新提交审查意见'/>", box("a", 10, 20))
    spans = list(root.iter(f"{SVG}tspan"))
    assert len(spans) >= 2 and "".join(each.text or "" for each in spans) == "申请人补正材料并重新提交审查意见"
    assert all(12 * len(each.text or "") <= 100 for each in spans)
    assert all(20 < float(each.get("y", "0")) < 100 for each in spans)


def test_a_name_that_does_not_fit_is_cut_in_the_picture_and_whole_in_its_title() -> None:
    name = "很长的名称" * 20
    root = drawn(f"<task id='a' name='{name}'/>", box("a"))
    assert texts(root)[0].endswith("…") and titles(root) == [name]


def test_steps_under_way_are_told_and_marked_by_more_than_a_colour() -> None:
    body, shapes = "<task id='a' name='受理'/><task id='b' name='决定'/>", box("a") + box("b", 200)
    plain, live = drawn(body, shapes), drawn(body, shapes, marked=frozenset({"b", "gone"}))
    desc = live.find(f"{SVG}desc")
    assert desc is not None and desc.text == "流程图：受理、决定。在办：决定。"
    assert titles(live) == ["受理", "决定 (在办)"]
    assert len(list(live.iter())) > len(list(plain.iter()))
    with speaking("en"):
        assert "Diagram: 受理, 决定. Under way: 决定." in draw(read(file(body, shapes)), marked=frozenset({"b"}))


def test_the_picture_holds_all_that_has_a_place() -> None:
    root = drawn("<task id='a'/><sequenceFlow id='f'/>", box("a", -50, 10) + line("f", (400, 300), (500, -20)))
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert left <= -50 and top <= -20 and left + width >= 500 and top + height >= 300


def test_every_sign_of_the_standard_is_drawn() -> None:
    """The same shape with and without what the sign says: there is more in the picture with it."""
    plain = "<task id='a'/>"
    waits = [
        "timer",
        "message",
        "signal",
        "error",
        "escalation",
        "compensate",
        "cancel",
        "link",
        "terminate",
        "conditional",
    ]
    signs = [
        *(f"<{kind} id='a'/>" for kind in ("userTask", "serviceTask", "scriptTask", "manualTask", "businessRuleTask")),
        *(f"<{kind} id='a'/>" for kind in ("sendTask", "receiveTask", "subProcess", "transaction", "adHocSubProcess")),
        "<task id='a'><standardLoopCharacteristics/></task>",
        "<task id='a' isForCompensation='true'/>",
        "<dataInput id='a'/>",
    ]
    for body in signs:
        assert len(list(drawn(body, box("a")).iter())) > len(list(drawn(plain, box("a")).iter())), body
    seen = set()
    for kind in waits:
        event = f"<boundaryEvent id='a' cancelActivity='false'><{kind}EventDefinition/></boundaryEvent>"
        paths = [each.get("d") for each in drawn(event, box("a", 0, 0, 36, 36)).iter(f"{SVG}path")]
        assert len(paths) == 1, kind
        seen.add(paths[0])
    assert len(seen) == len(waits)
    many = "<startEvent id='a' parallelMultiple='{}'><timerEventDefinition/><signalEventDefinition/></startEvent>"
    both = [next(drawn(many.format(told), box("a")).iter(f"{SVG}path")).get("d") for told in ("true", "false")]
    assert both[0] != both[1]


@pytest.mark.parametrize(
    ("body", "shape", "count"),
    [
        ("<exclusiveGateway id='a'/>", box("a"), 1),
        ("<exclusiveGateway id='a'/>", box("a", more="isMarkerVisible='true'"), 2),
        ("<parallelGateway id='a'/>", box("a"), 2),
        ("<dataObjectReference id='a' isCollection='true'/>", box("a"), 2),
        ("<dataStoreReference id='a'/>", box("a"), 1),
        ("<textAnnotation id='a'/>", box("a"), 1),
        ("<subProcess id='a'><task id='b'/></subProcess>", box("a") + box("b", 10, 10, 20, 20), 0),
        ("<subProcess id='a'><task id='b'/></subProcess>", box("a", more="isExpanded='false'"), 1),
        ("<sequenceFlow id='a'/>", line("a", (0, 0), (9, 9)), 2),
        ("<sequenceFlow id='a'/>", line("a", (0, 0), (0, 0)), 0),
        ("<association id='a'/>", line("a", (0, 0), (9, 9)), 1),
        ("<association id='a' associationDirection='Both'/>", line("a", (0, 0), (9, 9)), 3),
        ("<task id='x'><dataInputAssociation id='a'/></task>", line("a", (0, 0), (9, 9)), 2),
        ("<messageFlow id='a'/>", line("a", (0, 0), (9, 9), more="messageVisibleKind='initiating'"), 3),
        ("<conversationLink id='a'/>", line("a", (0, 0), (9, 9)), 2),
        ("<task id='x' default='a'/><sequenceFlow id='a' sourceRef='x'/>", line("a", (0, 0), (9, 9)), 3),
        (
            "<task id='x'/><sequenceFlow id='a' sourceRef='x'><conditionExpression/></sequenceFlow>",
            line("a", (0, 0), (9, 9)),
            3,
        ),
    ],
)
def test_shapes_have_the_paths_of_their_kind(body: str, shape: str, count: int) -> None:
    assert len(list(drawn(body, shape).iter(f"{SVG}path"))) == count


def test_pools_lanes_and_groups_have_their_names() -> None:
    definitions = read(STRANGE.encode())
    assert "厅" in texts(fromstring(draw(definitions)))
    lanes = "<laneSet><lane id='l' name='窗口'/></laneSet><group id='g' categoryValueRef='v'/>"
    data = file(lanes, box("l", more="isHorizontal='false'") + box("g"))
    data = data.replace(b"<process", "<category><categoryValue id='v' value='一组'/></category><process".encode())
    assert texts(fromstring(draw(read(data)))) == ["窗口", "一组"]
    pools = (
        "<collaboration><participant id='o' name='市民'/><participant id='i' name='厅' processRef='p'/></collaboration>"
    )
    data = file("", box("o") + box("i", 0, 200)).replace(b"<process", f"{pools}<process".encode())
    assert texts(fromstring(draw(read(data)))) == ["市民", "厅"]


def test_names_stand_where_the_file_puts_them() -> None:
    shapes = box("a", 0, 100, 36, 36, inner=label(200, 300)) + box("b", 0, 200, 36, 36, inner=label(-9, 150, 60, 30))
    shapes += line("f", (0, 0), (50, 0), inner=label(70, 80)) + line("g", (0, 0), (0, 90)) + line("h", (0, 0), (90, 0))
    flows = "".join(f"<sequenceFlow id='{each}' name='{each}'/>" for each in "fgh")
    root = drawn(f"<startEvent id='a' name='甲'/><endEvent id='b' name='乙'/>{flows}", shapes)
    at = {each.text: (float(each.get("x", "")), float(each.get("y", ""))) for each in root.iter(f"{SVG}tspan")}
    assert at["甲"][0] == 230 and 300 < at["甲"][1] < 320
    assert at["乙"][0] == 21 and 150 < at["乙"][1] <= 180, "a label above its shape ends where it ended"
    assert at["f"][0] == 100 and at["h"] == (45, pytest.approx(-6, abs=3)) and at["g"][0] == 4


def test_a_diagram_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        draw(read(file("<task id='a'/>")))
    assert caught.value.code == "bpmn.sheet"


def test_what_was_laid_out_is_drawn() -> None:
    steps = "<startEvent id='s' name='提交'/><userTask id='u' name='受理'/><endEvent id='e' name='办结'/>"
    flows = "<sequenceFlow id='f' sourceRef='s' targetRef='u'/><sequenceFlow id='g' sourceRef='u' targetRef='e'/>"
    assert texts(fromstring(draw(laid_out(read(file(steps + flows)))))) == ["提交", "受理", "办结"]
