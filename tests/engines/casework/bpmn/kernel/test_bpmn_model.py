"""What the standard says of an element is asked of it."""

from tests.engines.casework.bpmn.samples import STRANGE, file

from qilian.engines.casework.bpmn.kernel.model import (
    Bounds,
    Edge,
    Expression,
    Flow,
    Node,
    Participant,
    Plane,
    Shape,
    Trigger,
)
from qilian.engines.casework.bpmn.kernel.reading import read

FILE = read(STRANGE.encode())
KNOWN = FILE.by_id()


def node(name: str) -> Node:
    found = KNOWN[name]
    assert isinstance(found, Node)
    return found


def test_events_say_what_they_wait_for() -> None:
    start, border = node("s"), node("be")
    assert start.borrowed == ("t:shared",) and [each.reference for each in start.triggers] == ["t:m1"]
    assert (start.interrupting, border.interrupting, node("ie").interrupting) == (False, False, True)
    assert border.attached_to == "u" and border.triggers[0].expression == Expression("2026-01-01")
    assert border.triggers[0].reference == "" and start.triggers[0].expression is None
    assert start.name == "收到\n来文"


def test_activities_say_how_they_run() -> None:
    assert (node("u").loop, node("u").default) == ("sequential", "f2")
    assert (node("sp").event_driven, node("sp").contains, node("u").contains) == (True, True, False)
    assert [each.id for each in node("sp").nodes] == ["inner", "ie"]
    assert node("ca").called == "t:other" and node("ca").loop == "" and not node("ca").event_driven
    body = "<task id='a'><standardLoopCharacteristics/></task><task id='b'><multiInstanceLoopCharacteristics/></task>"
    assert [each.loop for each in read(file(body)).processes[0].nodes] == ["standard", "parallel"]


def test_a_reference_may_be_an_element() -> None:
    body = "<endEvent id='a'><errorEventDefinition><errorRef>err</errorRef></errorEventDefinition></endEvent>"
    event = read(file(body)).processes[0].nodes[0]
    assert event.triggers[0].reference == "err"


def test_flows_lead_from_somewhere_to_somewhere() -> None:
    flows = {name: each for name, each in KNOWN.items() if isinstance(each, Flow)}
    assert (flows["f"].source, flows["f"].target) == ("s", "u")
    assert flows["f"].condition == Expression("a < 3 & b", "urn:feel") and flows["f2"].condition is None
    assert (flows["da"].source, flows["da"].target) == ("dr", "di")
    assert [each.id for each in FILE.processes[0].flows] == ["f", "f2", "as"]


def test_pools_and_lanes_say_who() -> None:
    lanes = {each.id: each for each in FILE.walk() if each.kind == "lane"}
    assert lanes["l1"].members == ("s", "u")  # type: ignore[attr-defined]  # read as a lane, as the next line proves
    assert type(lanes["l2"]).__name__ == "Lane"
    assert [each.process for each in FILE.collaborations[0].participants] == ["p", ""]
    assert isinstance(KNOWN["pool"], Participant)


def test_the_layout_has_numbers() -> None:
    first, second = FILE.diagrams
    pool, task, bare = first.plane.shapes
    assert pool.bounds == Bounds(-5, 5, 94.93333333333335, 300) and not pool.horizontal
    assert task.bounds == Bounds(0, 0, 100, 80) and task.label == Bounds(1, 2, 3, 4)
    assert (task.marker, task.expanded, task.horizontal, task.shows) == (True, False, True, "u")
    assert bare.bounds is None and bare.label is None
    edge = first.plane.edges[0]
    assert [tuple(each) for each in edge.points] == [(1, 2), (3.5, 4)] and edge.label is None
    assert second.plane == Plane("BPMNPlane") and first.name == "总图"
    assert isinstance(edge, Edge) and isinstance(pool, Shape)


def test_the_first_of_two_with_the_same_id_is_found() -> None:
    assert read(file("<task id='a' name='1'/><task id='a' name='2'/>")).by_id()["a"].name == "1"


def test_an_element_is_made_with_its_attributes_and_contents() -> None:
    trigger = Trigger.of("timerEventDefinition")
    event = Node.of("boundaryEvent", trigger, id="b", attachedToRef="u")
    assert event == Node("boundaryEvent", (("id", "b"), ("attachedToRef", "u")), (trigger,))
    assert event.attached_to == "u" and event.triggers == (trigger,)
