"""The measures of a laid out drawing, by the rules of its modules: margin 30, gaps 40, events 36, tasks 100 × 80."""

import pytest
from tests.engines.casework.bpmn.samples import file

from qilian.engines.casework.bpmn.kernel.grid import arranged, even
from qilian.engines.casework.bpmn.kernel.layout import laid_out, place
from qilian.engines.casework.bpmn.kernel.model import Bounds, Node, Plane
from qilian.engines.casework.bpmn.kernel.reading import read
from qilian.engines.casework.bpmn.kernel.sizes import label_beside, label_size, size


def plane(body: str) -> Plane:
    return laid_out(read(file(body))).diagrams[0].plane


def places(body: str) -> dict[str, Bounds | None]:
    return {each.shows: each.bounds for each in plane(body).shapes}


def labels(body: str) -> dict[str, Bounds | None]:
    sheet = plane(body)
    return {each.shows: each.label for each in (*sheet.shapes, *sheet.edges)}


def flow(name: str, source: str, target: str, said: str = "") -> str:
    return f"<sequenceFlow id='{name}' sourceRef='{source}' targetRef='{target}' name='{said}'/>"


def test_one_step_stands_at_the_margin() -> None:
    assert places("<task id='a'/>") == {"a": (30, 30, 100, 80)}
    assert (place(read(file("<task id='a'/>")).processes[0]).width, place(read(file("")).processes[0]).width) == (
        160,
        60,
    )


def test_steps_follow_at_the_distance_of_a_gap() -> None:
    """A gap is twice twenty, ten more for each track in it."""
    at = places("<startEvent id='s'/><task id='a'/><endEvent id='e'/>" + flow("f", "s", "a") + flow("g", "a", "e"))
    assert at == {"s": (32, 52, 36, 36), "a": (110, 30, 100, 80), "e": (252, 52, 36, 36)}
    two = "<task id='a'/><task id='b'/><task id='c'/>" + flow("f", "a", "b") + flow("g", "a", "c")
    at = places(two)
    assert at["b"] and at["c"] and at["a"]
    assert at["b"].x == at["c"].x == 30 + 100 + 40 + 20
    assert at["c"].y - at["b"].y == 40 + 20 + 40, "their room, and twenty between"
    tracks = sorted(each.points[1].x for each in plane(two).edges)
    assert tracks == [150, 160]
    assert [each.points[0] for each in plane(two).edges] == [(130, at["a"].y + 40)] * 2


def test_an_event_on_a_border_sticks_out_by_half() -> None:
    body = "<task id='a'/>" + "".join(f"<boundaryEvent id='{x}' attachedToRef='a' name='超期'/>" for x in "xy")
    at, names = places(body + "<endEvent id='e'/>" + flow("f", "x", "e")), labels(body)
    host = at["a"]
    assert host == (30 + 2, 30, 10 + 2 * (36 + 32 + 10), 80), "in the middle of a column of 170"
    assert at["x"] == (host.x + 10, host.y + 80 - 18, 36, 36)
    assert at["y"] == (host.x + 10 + 36 + 32 + 10, host.y + 80 - 18, 36, 36)
    assert names["x"] == (host.x + 10 + 36 + 2, host.y + 80 + 2, 32, 16)
    down = plane(body + "<endEvent id='e'/>" + flow("f", "x", "e")).edges[0].points
    assert down[0] == (host.x + 28, host.y + 98)
    assert down[1] == (host.x + 28, host.y + 40 + 40 + 40 + 20), "below the names, of two flows the deeper"


def test_a_name_stands_below_its_event_and_a_flows_name_before_its_target() -> None:
    body = "<startEvent id='s' name='提交'/><startEvent id='t'/><task id='a'/>"
    found = labels(body + flow("f", "s", "a", "齐全") + flow("g", "t", "a", "不齐"))
    at = places(body + flow("f", "s", "a", "齐全") + flow("g", "t", "a", "不齐"))
    start, task = at["s"], at["a"]
    assert start and task
    assert found["s"] == (start.x + 18 - 16, start.y + 36 + 4, 32, 16)
    assert found["f"] == (task.x - 2 - 32, task.y + 40 - 16, 32, 16)
    assert found["g"] == (task.x - 2 - 32, task.y + 40 + 2, 32, 16)
    assert task.x == 30 + 40 + 40 + 20 + 40


def test_the_third_name_at_one_place_stands_above_the_first() -> None:
    steps = "".join(f"<task id='{name}'/>" for name in "abcd")
    found = labels(steps + "".join(flow(f"f{name}", name, "d", "条件") for name in "abc"))
    first, third = found["fa"], found["fc"]
    assert first and third and third.y == first.y - 16


def test_the_inside_of_a_sub_process_stands_in_the_middle_of_it() -> None:
    at = places("<subProcess id='s'><task id='a'/></subProcess>")
    assert at == {"s": (30, 30, 160, 160), "a": (60, 80, 100, 80)}
    small = places("<subProcess id='s'><startEvent id='a'/></subProcess>")
    assert small == {"s": (30, 30, 100, 120), "a": (62, 82, 36, 36)}


def test_data_stands_in_a_row_below() -> None:
    body = "<task id='a'/><dataObjectReference id='d' name='卷宗材料'/><dataObjectReference id='e'/>"
    at, names = places(body), labels(body)
    below = 30 + 80 + 30
    assert at["d"] == (30 + (60 - 36) / 2, below, 36, 50) and names["d"] == (30, below + 54, 60, 16)
    assert at["e"] == (30 + 60 + 20, below, 36, 50)
    placed = place(read(file(body)).processes[0])
    assert (placed.width, placed.height) == (30 + 60 + 20 + 36 + 30, below + 50 + 16 + 30)


def test_what_leads_back_runs_twenty_below_the_lowest_and_each_twenty_more() -> None:
    body = "<task id='a'/><task id='b'/>" + flow("f", "a", "b") + flow("g", "b", "a") + flow("h", "b", "b")
    back = {each.shows: each.points for each in plane(body).edges}
    assert [max(point.y for point in back[name]) for name in "gh"] == [30 + 80 + 20, 30 + 80 + 40]


@pytest.mark.parametrize(
    ("name", "most", "expected"),
    [
        ("", 96, (0, 0)),
        ("受理", 96, (32, 16)),
        ("ab", 96, (18, 16)),
        ("受理审批", 96, (60, 16)),
        ("受理审批受", 96, (74, 16)),
        ("受理审批受理", 96, (88, 32)),
        ("受理审批受理审批受理审批", 96, (96, 48)),
        ("受理\n审批", 96, (60, 32)),
        ("受理\n\n审批", 96, (60, 48)),
        ("受理审批受理", 192, (88, 16)),
    ],
)
def test_names_take_the_room_of_their_characters(name: str, most: float, expected: tuple[float, float]) -> None:
    """Seven pixels a column, two columns a Chinese character; a line holds what the room does less a character."""
    assert label_size(name, most) == expected


def test_shapes_have_the_sizes_of_the_tools() -> None:
    sizes = {
        kind: size(Node.of(kind)) for kind in ("endEvent", "inclusiveGateway", "dataStoreReference", "callActivity")
    }
    assert list(sizes.values()) == [(36, 36), (50, 50), (36, 50), (100, 80)]
    note = read(file("<textAnnotation id='a'><text>注意</text></textAnnotation>")).processes[0].nodes[0]
    assert size(note) == (192, 32)
    assert label_beside(Node.of("task", name="受理")) == (0, 0)
    assert label_beside(Node.of("endEvent", name="办结")) == (32, 16)


def test_a_grid_is_as_near_to_its_neighbours_as_their_room_allows() -> None:
    assert [even(length) for length in (0, 0.5, 10, 10.1)] == [0, 10, 10, 20]
    grid = arranged([(40, 50), (20, 20), (20, 20)], [(0, 1), (0, 2)])
    assert grid.layers == [[0], [1, 2]] and grid.passes == [[0, 1], [0, 2]]
    assert grid.height[2] - grid.height[1] == 20 + 20 + 20
    assert min(grid.height[0] - 40, grid.height[1] - 20) == 0
    assert arranged([], []).layers == []
    crossed = arranged([(10, 10)] * 4, [(0, 3), (1, 2)])
    assert crossed.layers == [[0, 1], [3, 2]]


def test_what_leads_back_is_what_returns_on_the_way_from_a_start() -> None:
    assert arranged([(10, 10)] * 3, [(0, 1), (1, 0), (2, 1)]).passes == [[], [1, 0], [2, 1]]


def test_below_a_border_there_is_room_for_its_flows() -> None:
    at = places("<task id='a'/><boundaryEvent id='x' attachedToRef='a'/><task id='b'/>")
    assert at["a"] and at["b"] and at["b"].y - at["a"].y == 80 + 20 + 20 + 20, "the step, the event, its flow, between"


def test_a_tie_leads_from_the_foot_of_a_step_to_the_head_of_its_note() -> None:
    body = "<task id='a'/><textAnnotation id='n'/><association id='t' sourceRef='n' targetRef='a'/>"
    at, edge = places(body), plane(body).edges[0]
    assert at["a"] and at["n"]
    assert edge.points == ((80, at["a"].y + 80), (at["n"].x + 96, at["n"].y))
