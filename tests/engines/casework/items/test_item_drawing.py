"""A procedure as a diagram: every kind of step, each line at its end, and a model that is of the profile."""

import pytest
from tests.engines.casework.conftest import HEAD

from qilian.core.offers.packs.api import offers
from qilian.core.values.text import speaking
from qilian.engines.casework.bpmn.api import Definitions, outside, read, write
from qilian.engines.casework.items.api import item_at, picture
from qilian.engines.casework.items.drawing import diagram
from qilian.engines.casework.procedures.api import Procedure, read_procedure

STEPS = """
  受理: {en: Accept, by: 窗口@承办, next: {受理: 分, 退: 否}}
  分: {en: Route, route: [{when: 注册资本 > 1, to: 并}], else: 择}
  择: {en: Choose, choose: [{when: 注册资本 > 0, to: 评}], else: 叫, join: 并}
  评: {en: Score, by: [甲@a, 乙@b], quorum: 全部, next: {同意: 并, 不同意: 否}}
  叫: {en: Call, call: 另一件, next: 并}
  并: {en: Fork, fork: [公示, 回执], join: 达标}
  公示: {en: Notice, wait: {time: 2 个月}, next: 短}
  短: {en: Short, wait: {time: 3 小时}, next: 达标}
  回执: {en: Receipt, wait: {message: 回执}, next: 分钟}
  分钟: {en: Minutes, wait: {time: 30 分钟}, next: 达标}
  达标: {en: Reached, wait: {until: 注册资本 > 5}, next: 决定}
  决定: {en: Decide, decide: x.y, next: {是: 完}, else: 否}
  完: {en: Done, end: 准予, granted: 是}
  否: {en: Refused, end: 不予}
"""


def drawn(steps: str = STEPS) -> tuple[Procedure, Definitions]:
    procedure = read_procedure(f"{HEAD}steps:{steps}")
    return procedure, diagram(procedure)


def lines(made: Definitions) -> set[tuple[str, str, str]]:
    """The lines between what is drawn, by names; a gateway without one is called after its id."""
    names = {node.id: node.name or node.id for node in made.processes[0].nodes}
    return {(names[flow.source], names[flow.target], flow.name) for flow in made.processes[0].flows}


def test_each_step_is_its_kind_and_each_way_a_line() -> None:
    _, made = drawn()
    kinds = {node.name: node.kind for node in made.processes[0].nodes if node.name}
    assert kinds["评"] == "userTask" and kinds["决定"] == "businessRuleTask" and kinds["叫"] == "callActivity"
    assert kinds["分"] == "exclusiveGateway" and kinds["并"] == "parallelGateway" and kinds["择"] == "inclusiveGateway"
    found = lines(made)
    assert ("申请", "受理", "") in found and ("受理", "n1x", "") in found and ("n1x", "分", "受理") in found
    assert ("分", "并", "注册资本 > 1") in found and ("分", "择", "其他") in found
    assert ("短", "n6j", "") in found and ("n6j", "达标", "") in found, "a branch ends at the gateway before its join"
    assert ("叫", "n3j", "") in found and ("n3j", "并", "") in found


def test_a_diagram_is_of_the_profile_and_comes_back_whole() -> None:
    _, made = drawn()
    assert outside(made) == () and read(write(made)) == made
    waits = [node.triggers[0] for node in made.processes[0].nodes if node.triggers]
    assert [each.expression.text for each in waits if each.expression] == ["P2M", "PT3H", "PT30M", "注册资本 > 5"]


@pytest.mark.parametrize("path", offers("procedure"))
def test_every_item_of_the_plan_can_be_drawn(path: str) -> None:
    made = diagram(read_procedure(item_at(path).text))
    assert outside(made) == () and made.diagrams


def test_the_picture_marks_what_is_under_way_and_speaks_the_readers_language() -> None:
    procedure, _ = drawn()
    with speaking("en"):
        shown = str(picture(procedure, ["受理", "没有的"]).context["drawn"])
    assert "Under way: " in shown and "Accept" in shown and "受理</" not in shown.partition("<g")[0]
