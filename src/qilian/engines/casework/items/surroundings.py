"""What a procedure names outside of itself: units, decision tables, items that it calls; all of it must be there."""

from collections.abc import Iterator

from qilian.core.values import clock
from qilian.core.values.text import Refusal, Text
from qilian.core.who.units.api import units
from qilian.core.work.decisions.api import decisions
from qilian.engines.casework.procedures.api import HANDLING, Node, Procedure

from .queries import called_path, procedure_at


def strangers(procedure: Procedure) -> Iterator[Refusal]:
    """Whatever a procedure names that this house does not know, each with the name of its step."""
    nodes = list(procedure.graph.nodes.values())
    named = {each.unit for node in nodes for each in (*node.by, *node.copies)} - {"", HANDLING}
    known = set(units().filter(slug__in=named).values_list("slug", flat=True))
    tables = set(decisions().values_list("key", flat=True))
    for node in nodes:
        for unit in sorted({each.unit for each in (*node.by, *node.copies)} & (named - known)):
            yield _unknown("unit", node, Text(f"没有登记“{unit}”这个单位。", f"There is no unit “{unit}”."))
        if node.decision and node.decision not in tables:
            words = Text(f"没有决策表“{node.decision}”。", f"There is no decision table “{node.decision}”.")
            yield _unknown("decision", node, words)
        if node.kind == "call":
            yield from _called(node)


def _called(node: Node) -> Iterator[Refusal]:
    """A call names an item of this house, and draws a way for each of its ends unless it draws only one."""
    path = called_path(node.call)
    if not path:
        yield _unknown(
            "call", node, Text(f"没有可调用的事项“{node.call}”。", f"There is no item “{node.call}” to call.")
        )
        return
    ends = [each.slug for each in procedure_at(path, clock.today()).graph.nodes.values() if each.kind == "end"]
    for end in ends if len(node.ways) > 1 else ():
        if not node.way(end):
            words = Text(
                f"没有写“{node.call}”以“{end}”办结后的去向。", f"No way is drawn for “{node.call}” ending in “{end}”."
            )
            yield _unknown("ends", node, words)


def _unknown(code: str, node: Node, words: Text) -> Refusal:
    message = Text(f"步骤“{node.slug}”：{words.zh}", f"Step “{node.slug}”: {words.en}")
    return Refusal(f"casework.item.{code}", message, where="text")
