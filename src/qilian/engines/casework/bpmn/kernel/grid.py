"""Where the vertices of a graph stand: layers from left to right, their order within a layer, and their heights.

Layers by the longest way, flows that lead back left aside; within a layer in the order of the mean place of neighbours
(barycentre, Sugiyama et al. 1981); heights as near to those of the neighbours as the room between allows (isotonic
regression). Vertices are numbers; what passes a layer is a vertex of its own there. All lengths are multiples of GRID.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

GRID, _BETWEEN, _SWEEPS = 10, 20, 4
Ways = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """The layer and height of every vertex, and of each way the vertices that it passes; none where it leads back."""

    layers: list[list[int]]
    height: list[int]
    passes: list[list[int]]


def even(length: float) -> int:
    """Return a length as a multiple of GRID, not shorter."""
    return GRID * ceil(length / GRID)


def arranged(rooms: Sequence[tuple[int, int]], ways: Ways) -> Grid:
    """Arrange vertices that take so much room above and below their middle, with the ways between them."""
    room = list(rooms)
    back = _leading_back(len(room), ways)
    layer = _layers(len(room), [way for number, way in enumerate(ways) if number not in back])
    passes: list[list[int]] = []
    for number, (source, target) in enumerate(ways):
        between = [] if number in back else range(layer[source] + 1, layer[target])
        first = len(room)
        room += [(GRID, GRID)] * len(between)
        layer += between
        passes.append([] if number in back else [source, *range(first, len(room)), target])
    layers: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for vertex, place in enumerate(layer):
        layers[place].append(vertex)
    before: list[list[int]] = [[] for _ in room]
    after: list[list[int]] = [[] for _ in room]
    for chain in passes:
        for one, next_one in pairwise(chain):
            before[next_one].append(one)
            after[one].append(next_one)
    _order(layers, before, after)
    return Grid(layers, _heights(layers, room, before, after), passes)


def _leading_back(count: int, ways: Ways) -> set[int]:
    """The ways that close a circle, found by going on from each vertex as far as it leads, in the order given."""
    leaving: list[list[int]] = [[] for _ in range(count)]
    entered = {target for _, target in ways}
    for number, (source, _) in enumerate(ways):
        leaving[source].append(number)
    back: set[int] = set()
    state = [0] * count  # not seen, on the way, done
    for start in sorted(range(count), key=lambda vertex: vertex in entered):
        trail = [(start, iter(leaving[start]))] if not state[start] else []
        state[start] = max(state[start], 1)
        while trail:
            vertex, rest = trail[-1]
            going = next(rest, None)
            if going is None:
                state[vertex] = 2
                trail.pop()
            elif state[target := ways[going][1]] == 1:
                back.add(going)
            elif not state[target]:
                state[target] = 1
                trail.append((target, iter(leaving[target])))
    return back


def _layers(count: int, ways: Ways) -> list[int]:
    """The length of the longest way to each vertex."""
    layer, waiting = [0] * count, [0] * count
    leaving: list[list[int]] = [[] for _ in range(count)]
    for source, target in ways:
        leaving[source].append(target)
        waiting[target] += 1
    ready = [vertex for vertex in range(count) if not waiting[vertex]]
    for vertex in ready:  # grows while it is read
        for target in leaving[vertex]:
            layer[target] = max(layer[target], layer[vertex] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return layer


def _order(layers: list[list[int]], before: list[list[int]], after: list[list[int]]) -> None:
    for sweep in range(_SWEEPS):
        place = {vertex: float(n) for layer in layers for n, vertex in enumerate(layer)}
        near = before if sweep % 2 == 0 else after
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            layer.sort(key=lambda vertex: _mean([place[each] for each in near[vertex]], place[vertex]))
            place |= {vertex: float(n) for n, vertex in enumerate(layer)}


def _heights(
    layers: list[list[int]], room: list[tuple[int, int]], before: list[list[int]], after: list[list[int]]
) -> list[int]:
    height = [0] * len(room)
    for near, turned in ((before, False), (after, True), (before, False)):
        for layer in reversed(layers) if turned else layers:
            offsets = [0]
            for upper, lower in pairwise(layer):
                offsets.append(offsets[-1] + room[upper][1] + _BETWEEN + room[lower][0])
            wanted = [
                _mean([float(height[each]) for each in near[vertex]], float(height[vertex])) - offset
                for vertex, offset in zip(layer, offsets, strict=True)
            ]
            for vertex, found, offset in zip(layer, _rising(wanted), offsets, strict=True):
                height[vertex] = GRID * floor(found / GRID + 0.5) + offset
    top = min((height[vertex] - room[vertex][0] for vertex in range(len(room))), default=0)
    return [each - top for each in height]


def _rising(wanted: list[float]) -> list[float]:
    """The rising numbers that are nearest to those wanted (least squares): neighbours that fall are put together."""
    pools: list[tuple[float, int]] = []
    for each in wanted:
        total, count = each, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before, many = pools.pop()
            total, count = total + before, count + many
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def _mean(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise
