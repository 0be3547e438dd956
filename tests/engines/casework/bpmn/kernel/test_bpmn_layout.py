"""Whatever is laid out: no two steps upon each other, every flow from its source to its target and through no other."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.casework.bpmn.samples import box, file

from qilian.core.values.text import Refusal
from qilian.engines.casework.bpmn.kernel.grid import GRID, arranged
from qilian.engines.casework.bpmn.kernel.kinds import ACTIVITIES, CONTAINERS
from qilian.engines.casework.bpmn.kernel.layout import laid_out
from qilian.engines.casework.bpmn.kernel.model import Bounds, Definitions, Flow, Node, Plane, Point, Process
from qilian.engines.casework.bpmn.kernel.reading import read
from qilian.engines.casework.bpmn.kernel.writing import write

KINDS = (
    "userTask",
    "task",
    "startEvent",
    "endEvent",
    "exclusiveGateway",
    "callActivity",
    "subProcess",
    "boundaryEvent",
)
BESIDE = ("dataObjectReference", "textAnnotation")
NAMES = st.sampled_from(["", "受理", "申请人补正材料并重新提交", "Review by the experts of the province", "a\nb"])


@st.composite
def contents(draw: st.DrawFn, prefix: str = "n", depth: int = 2) -> tuple[Node | Flow, ...]:
    """Steps, and flows between any two of them."""
    count = draw(st.integers(0, 7))
    ids = [f"{prefix}{number}" for number in range(count)]
    kinds = [draw(st.sampled_from((*KINDS, *BESIDE))) for _ in ids]
    nodes = []
    for name, kind in zip(ids, kinds, strict=True):
        inner = draw(contents(f"{name}_", depth - 1)) if kind == "subProcess" and depth else ()
        host = (("attachedToRef", draw(st.sampled_from([*ids, "no"]))),) if kind == "boundaryEvent" else ()
        nodes.append(Node(kind, (("id", name), ("name", draw(NAMES)), *host), inner))
    ends = st.tuples(st.sampled_from([*ids, "no"]), st.sampled_from([*ids, "no"]))
    flows = [
        Flow(
            draw(st.sampled_from(["sequenceFlow"] * 5 + ["association"])),
            (("id", f"{prefix}f{n}"), ("sourceRef", one), ("targetRef", other), ("name", draw(NAMES))),
        )
        for n, (one, other) in enumerate(draw(st.lists(ends, max_size=14)))
    ]
    return (*nodes, *flows)


def model(parts: tuple[Node | Flow, ...]) -> Definitions:
    return Definitions("definitions", (), (Process("process", (("id", "p"),), parts),))


def overlap(one: Bounds, other: Bounds) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0.01 and down > 0.01


def places(plane: Plane) -> dict[str, Bounds]:
    found = {each.shows: each.bounds for each in plane.shapes}
    return {name: bounds for name, bounds in found.items() if bounds}


def inside_of(definitions: Definitions) -> dict[str, set[str]]:
    """What may stand upon what: the inside of a sub-process upon it, an event upon the border of its activity."""
    allowed: dict[str, set[str]] = {}
    for each in definitions.walk():
        if isinstance(each, Node):
            below = {one.id for one in each.walk() if one is not each}
            seated = (
                {one.id for one in definitions.walk() if isinstance(one, Node) and one.attached_to == each.id}
                if each.kind in ACTIVITIES
                else set()
            )
            allowed[each.id] = below | seated
    return allowed


@given(contents())
def test_nothing_lies_upon_another_and_flows_go_round(parts: tuple[Node | Flow, ...]) -> None:
    _keeps_apart(laid_out(model(parts)))


def test_flows_from_a_border_go_round_too() -> None:
    """Two limits on one step, one of which calls for a step far away; the leftmost flow runs deepest."""
    steps = "<userTask id='a' name='专家评审'/><task id='b'/><task id='c'/><task id='d'/><task id='e'/>"
    events = "".join(f"<boundaryEvent id='{name}' name='超期提醒一次' attachedToRef='a'/>" for name in ("x", "y"))
    ways = [("a", "b"), ("b", "c"), ("c", "d"), ("x", "e"), ("y", "d"), ("y", "a")]
    flows = "".join(f"<sequenceFlow id='{a}{b}' sourceRef='{a}' targetRef='{b}'/>" for a, b in ways)
    definitions = laid_out(read(file(steps + events + flows)))
    _keeps_apart(definitions)
    plane = definitions.diagrams[0].plane
    at, corners = places(plane), {each.shows: each.points for each in plane.edges}
    assert all(at["a"].y < at[name].y + 18 == at["a"].y + at["a"].height for name in ("x", "y"))
    assert corners["xe"][0] == (at["x"].x + 18, at["x"].y + 36)
    assert corners["xe"][1].y > corners["yd"][1].y > at["a"].y + at["a"].height


def _keeps_apart(definitions: Definitions) -> None:
    plane = definitions.diagrams[0].plane
    at, allowed, known = places(plane), inside_of(definitions), definitions.by_id()
    assert {each.id for each in definitions.walk() if isinstance(each, Node)} == set(at)
    for one, other in combinations(at, 2):
        if other not in allowed[one] and one not in allowed[other]:
            assert not overlap(at[one], at[other]), (one, other)
    labels = {each.shows: each.label for each in plane.shapes if each.label}
    for (one, label), (other, bounds) in ((a, b) for a in labels.items() for b in at.items() if a[0] != b[0]):
        if known[other].kind not in CONTAINERS and other not in allowed[one] and label:
            attached = one in allowed[other]
            assert attached or not overlap(label, bounds), (one, other)
    for edge in plane.edges:
        flow = known[edge.shows]
        assert isinstance(flow, Flow)
        if flow.kind == "sequenceFlow":
            _goes_round(edge.points, flow, at, allowed)


def _goes_round(points: tuple[Point, ...], flow: Flow, at: dict[str, Bounds], allowed: dict[str, set[str]]) -> None:
    source, target = at[flow.source], at[flow.target]
    assert points[-1] == (target.x, target.y + target.height / 2)
    assert points[0].x in (source.x + source.width, source.x + source.width / 2)
    around = {name for name, below in allowed.items() if {flow.source, flow.target} & below}
    for one, other in pairwise(points):
        assert one.x == other.x or one.y == other.y
        band = Bounds(min(one.x, other.x), min(one.y, other.y), abs(one.x - other.x), abs(one.y - other.y))
        for name, bounds in at.items():
            assert name in around or not _crosses(band, bounds), (flow.id, name)


def _crosses(band: Bounds, box: Bounds) -> bool:
    """Whether a stretch of a flow runs through the inside of a box."""
    across = min(band.x + band.width, box.x + box.width) - max(band.x, box.x)
    down = min(band.y + band.height, box.y + box.height) - max(band.y, box.y)
    return (
        across >= 0
        and down >= 0
        and box.x < band.x + band.width
        and band.x < box.x + box.width
        and (box.y < band.y + band.height and band.y < box.y + box.height)
    )


@given(contents())
def test_the_same_model_gives_the_same_picture_and_can_be_written(parts: tuple[Node | Flow, ...]) -> None:
    definitions = laid_out(model(parts))
    assert definitions == laid_out(model(parts))
    assert read(write(definitions)) == definitions


def test_a_chain_is_one_straight_line_from_left_to_right() -> None:
    steps = "<startEvent id='a'/><task id='b'/><exclusiveGateway id='c'/><endEvent id='d'/>"
    flows = "".join(f"<sequenceFlow id='{a}{b}' sourceRef='{a}' targetRef='{b}'/>" for a, b in pairwise("abcd"))
    plane = laid_out(read(file(steps + flows))).diagrams[0].plane
    at = places(plane)
    assert sorted(at, key=lambda name: at[name].x) == ["a", "b", "c", "d"]
    assert len({box.y + box.height / 2 for box in at.values()}) == 1
    assert [len(each.points) for each in plane.edges] == [2, 2, 2]
    gateway = next(each for each in plane.shapes if each.shows == "c")
    assert gateway.marker
    assert [at[name][2:] for name in "abcd"] == [(36, 36), (100, 80), (50, 50), (36, 36)]


def test_a_flow_turns_before_another_arrives_at_its_height() -> None:
    """Rising and falling flows between the same layers: where one leaves another arrives, and they share no line."""
    steps = "".join(f"<task id='{name}'/>" for name in "abcdefghij")
    flows = "".join(
        f"<sequenceFlow id='{a}{b}' sourceRef='{a}' targetRef='{b}'/>" for a, b in ("bi", "cf", "bj", "df", "ej")
    )
    edges = laid_out(read(file(steps + flows))).diagrams[0].plane.edges
    strangers = [(a, b) for a, b in combinations(edges, 2) if a.shows[0] != b.shows[0] and a.shows[1] != b.shows[1]]
    pairs = [(a, b) for one, two in strangers for a in pairwise(one.points) for b in pairwise(two.points)]
    flat = [(a, b) for a, b in pairs if a[0].y == a[1].y == b[0].y == b[1].y]
    assert flat, "some stand on one height"
    assert all(
        max(a[0].x, a[1].x) <= min(b[0].x, b[1].x) or max(b[0].x, b[1].x) <= min(a[0].x, a[1].x) for a, b in flat
    )


def test_a_branch_lies_in_layers_by_the_longest_way() -> None:
    steps = "".join(f"<task id='{name}'/>" for name in "abcd")
    ways = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    flows = "".join(f"<sequenceFlow id='{a}{b}' sourceRef='{a}' targetRef='{b}'/>" for a, b in ways)
    at = places(laid_out(read(file(steps + flows))).diagrams[0].plane)
    assert at["a"].x < at["b"].x < at["c"].x < at["d"].x


def test_what_leads_back_runs_below_everything() -> None:
    steps = "<task id='a'/><task id='b'/><sequenceFlow id='f' sourceRef='a' targetRef='b'/>"
    plane = laid_out(read(file(steps + "<sequenceFlow id='g' sourceRef='b' targetRef='a'/>"))).diagrams[0].plane
    back = next(each for each in plane.edges if each.shows == "g")
    assert max(point.y for point in back.points) > max(box.y + box.height for box in places(plane).values())


def test_flows_that_cross_turn_on_tracks_of_their_own() -> None:
    steps = "".join(f"<task id='{name}'/>" for name in "abcd")
    ways = [("a", "d"), ("b", "c"), ("a", "c"), ("b", "d")]
    flows = "".join(f"<sequenceFlow id='{a}{b}' sourceRef='{a}' targetRef='{b}'/>" for a, b in ways)
    plane = laid_out(read(file(steps + flows))).diagrams[0].plane
    tracks = [each.points[1].x for each in plane.edges if len(each.points) == 4]
    assert len(tracks) == len(set(tracks)) >= 2


def test_labels_of_flows_stand_apart() -> None:
    steps = "".join(f"<task id='{name}'/>" for name in "abcd")
    flows = "".join(f"<sequenceFlow id='{a}' name='条件{a}' sourceRef='{a}' targetRef='d'/>" for a in "abc")
    labels = [each.label for each in laid_out(read(file(steps + flows))).diagrams[0].plane.edges]
    assert not any(overlap(one, other) for one, other in combinations([each for each in labels if each], 2))
    assert all(labels)


def test_data_is_tied_to_the_step_that_uses_it() -> None:
    body = (
        "<dataObjectReference id='d' name='卷'/><dataStoreReference id='e'/><task id='t'>"
        "<dataInputAssociation id='i'><sourceRef>d</sourceRef><targetRef>x</targetRef></dataInputAssociation>"
        "<dataOutputAssociation id='o'><sourceRef>y</sourceRef><targetRef>e</targetRef></dataOutputAssociation>"
        "<dataInputAssociation><sourceRef>d</sourceRef></dataInputAssociation>"
        "<dataInputAssociation id='gone'><sourceRef>no</sourceRef></dataInputAssociation></task><association/>"
    )
    plane = laid_out(read(file(body))).diagrams[0].plane
    assert [each.shows for each in plane.edges] == ["i", "o"]
    at = places(plane)
    assert plane.edges[0].points[0].y == at["t"].y + at["t"].height and plane.edges[0].points[1].y == at["d"].y


def test_what_has_a_place_keeps_it() -> None:
    drawn = read(file("<task id='a'/>", box("a", 5, 6)))
    assert laid_out(drawn) is drawn


def test_an_empty_diagram_is_replaced_and_ids_stay_apart() -> None:
    data = file("<task id='a'/><task id='a_di'/><task/><group id='g'/>", " ").replace(b'id="p"', b'name="x"')
    definitions = laid_out(read(data))
    assert len(definitions.diagrams) == 1
    assert [each.id for each in definitions.diagrams[0].plane.shapes] == ["a_di_", "a_di_di"]
    assert definitions.diagrams[0].plane.id == "process_plane"


def test_each_process_has_a_diagram_of_its_own() -> None:
    data = file("<task id='a'/>").replace(b"<process", b"<process id='q'><task id='b'/></process><process")
    assert [each.plane.shows for each in laid_out(read(data)).diagrams] == ["q", "p"]


def test_what_nobody_would_look_at_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        laid_out(read(file("".join(f"<task id='t{n}'/>" for n in range(501)))))
    assert caught.value.code == "bpmn.large"
    flows = "".join(f"<sequenceFlow id='f{n}' sourceRef='a' targetRef='b'/>" for n in range(1500))
    assert len(laid_out(read(file(f"<task id='a'/><task id='b'/>{flows}"))).diagrams[0].plane.edges) == 1500


@given(st.data())
def test_a_grid_has_layers_that_rise_along_its_ways(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 8))
    vertex = st.integers(0, count - 1)
    ways = data.draw(st.lists(st.tuples(vertex, vertex), max_size=14))
    room = st.integers(1, 9).map(lambda each: each * GRID)
    rooms = data.draw(st.lists(st.tuples(room, room), min_size=count, max_size=count))
    grid = arranged(rooms, ways)
    layer = {vertex: n for n, layer in enumerate(grid.layers) for vertex in layer}
    assert sorted(layer) == list(range(len(grid.height)))
    for (source, target), chain in zip(ways, grid.passes, strict=True):
        assert not chain or (chain[0], chain[-1]) == (source, target)
        assert [layer[each] for each in chain] == list(range(layer[source], layer[source] + len(chain)))
    for column in grid.layers:
        for upper, lower in pairwise(column):
            below = rooms[upper][1] if upper < count else GRID
            above = rooms[lower][0] if lower < count else GRID
            assert grid.height[lower] - grid.height[upper] >= below + above
    if all(source < target for source, target in ways):
        assert all(grid.passes), "nothing leads back where nothing does"
