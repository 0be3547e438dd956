"""What is wrong with a graph before anybody walks it: names, reach, ends, circles and branches.

A branch of a fork or a choice runs from its first node to the join and is entered in no other way; so a join can be
drawn, and whatever officials do inside, the fork closes when nothing in it is open.
"""

from collections.abc import Iterator, Mapping, Sequence

from qilian.core.values.text import Refusal, Text

from .contents import contents, wrong
from .model import Node, Procedure


def lint(procedure: Procedure) -> Iterator[Refusal]:
    """What is wrong with a procedure that was read; nothing for a sound one."""
    nodes = procedure.graph.nodes
    yield from contents(procedure)
    yield from _names(nodes)
    if any(target not in nodes for node in nodes.values() for target in node.targets):
        return
    yield from _reach(procedure)
    yield from _circles(nodes)
    yield from _branches(nodes, procedure.graph.start.slug)
    if not any(node.kind == "end" for node in nodes.values()):
        yield wrong("end", "", "没有终点：至少一个步骤写 end。", "There is no end: at least one step says “end”.")


def _names(nodes: Mapping[str, Node]) -> Iterator[Refusal]:
    for node in nodes.values():
        for target in node.targets:
            if target and target not in nodes:  # that one is missing was said already
                yield wrong(
                    "target", node.slug, f"步骤“{node.slug}”指向没有的步骤“{target}”。",
                    f"Step “{node.slug}” leads to “{target}”, which does not exist.",
                )  # fmt: skip


def _reach(procedure: Procedure) -> Iterator[Refusal]:
    """Every step is reached from the start, and from every step an end is reached."""
    nodes = procedure.graph.nodes
    seen = _closure({procedure.graph.start.slug}, {slug: node.targets for slug, node in nodes.items()})
    back: dict[str, list[str]] = {slug: [] for slug in nodes}
    for node in nodes.values():
        for target in node.targets:
            back[target].append(node.slug)
    ending = _closure({slug for slug, node in nodes.items() if node.kind == "end"}, back)
    for slug in nodes:
        if slug not in seen:
            yield wrong("unreached", slug, f"没有一条路到步骤“{slug}”。", f"No way leads to step “{slug}”.")
        elif slug not in ending:
            yield wrong("endless", slug, f"从步骤“{slug}”走不到终点。", f"From step “{slug}” no end is reached.")


def _circles(nodes: Mapping[str, Node]) -> Iterator[Refusal]:
    """Steps that a case passes by itself do not lead in a circle: it would never stand still."""
    alone = {node.slug for node in nodes.values() if node.kind in ("route", "decision") or not node.waits}
    ways = {slug: [target for target in nodes[slug].targets if target in alone] for slug in alone}
    for slug in nodes:
        if slug in alone and slug in _closure(set(ways[slug]), ways):
            yield wrong(
                "circle",
                slug,
                f"“{slug}”不经过任何人就会回到自己。",
                f"“{slug}” comes back to itself without anybody doing anything.",
            )


def _branches(nodes: Mapping[str, Node], first: str) -> Iterator[Refusal]:
    """The nodes of a branch up to the join are entered from that branch alone, and lead to the join or an end."""
    for fork in nodes.values():
        if not fork.join:
            continue
        starts = [way.target for way in fork.ways] + ([fork.otherwise] if fork.otherwise else [])
        if fork.join == fork.slug:
            yield wrong("join", fork.slug, f"“{fork.slug}”汇合到自己。", f"“{fork.slug}” joins at itself.")
            continue
        for start in dict.fromkeys(starts):
            if fork.kind == "fork" and starts.count(start) > 1:
                zh, en = f"“{fork.slug}”有两支都到“{start}”。", f"Two branches of “{fork.slug}” lead to “{start}”."
                yield wrong("twice", fork.slug, zh, en)
            if start != fork.join:
                yield from _branch(nodes, fork, start, first)
            elif fork.kind == "fork":
                zh, en = f"“{fork.slug}”有一支是空的。", f"A branch of “{fork.slug}” is empty."
                yield wrong("branch", fork.slug, zh, en)


def _branch(nodes: Mapping[str, Node], fork: Node, start: str, first: str) -> Iterator[Refusal]:
    ways = {slug: node.targets for slug, node in nodes.items()}
    found = _closure({start}, ways, stop={fork.join, fork.slug}) - {fork.join}
    inside = {slug for slug in found if nodes[slug].kind != "end"}
    mark = f"{fork.slug}→{start}"
    for slug in sorted(inside):
        entering = {node.slug for node in nodes.values() if slug in node.targets} - inside
        if slug in (fork.slug, first) or entering - {fork.slug} or (entering and slug != start):
            yield wrong(
                "branch",
                slug,
                f"步骤“{slug}”在分支“{mark}”里，却能从别处进来。",
                f"Step “{slug}” lies in the branch “{mark}” and is entered from elsewhere.",
                Text(
                    "分支要单独走到汇合处；汇合之后再退回。", "A branch goes to its join alone; go back from behind it."
                ),
            )
            return
    if inside == found and not any(fork.join in nodes[slug].targets for slug in inside):
        yield wrong(
            "join",
            start,
            f"分支“{mark}”走不到汇合“{fork.join}”。",
            f"The branch “{mark}” never reaches its join “{fork.join}”.",
        )


def _closure(first: set[str], steps: Mapping[str, Sequence[str]], stop: set[str] | None = None) -> set[str]:
    """All that is reached from some nodes, not going on from where it is to stop."""
    found, waiting = set(first), sorted(first - (stop or set()))
    while waiting:
        for target in steps[waiting.pop()]:
            if target not in found:
                found.add(target)
                if target not in (stop or ()):
                    waiting.append(target)
    return found
